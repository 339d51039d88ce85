/// Some states that are expanded in one piece, and what comes of it.
///
/// A round of the search has some blocks. They are expanded in parallel, each sending the
/// fingerprints of its successors to the shards; the shards take them in, in parallel, each in the
/// order of blocks; then the blocks, in parallel, look at those successors that were new. Nothing
/// in this depends on which piece is done first.
@usableFromInline package struct Block<State: Sendable>: Sendable {
  /// What is to be expanded.
  @usableFromInline package var piece = Piece<State>()
  /// What the search wants to know.
  @usableFromInline package var task = BlockTask()
  /// Successors, in order; for the first block of all the initial states.
  @usableFromInline package var candidates: [State] = []
  /// What of the result knows no states.
  @usableFromInline package var mail = Mail()
  /// New states, to be expanded later.
  @usableFromInline package var fresh = Piece<State>()

  /// An empty block.
  @inlinable package init() {}
}

/// States with their fingerprints and numbers.
@usableFromInline package struct Piece<State: Sendable>: Sendable {
  @usableFromInline package var states: [State] = []
  @usableFromInline package var prints: [Fingerprint] = []
  @usableFromInline package var numbers: [Int32] = []

  /// An empty one.
  @inlinable package init() {}

  /// Adds a state.
  @inlinable package mutating func append(_ state: State, _ print: Fingerprint, _ number: Int32) {
    states.append(state)
    prints.append(print)
    numbers.append(number)
  }

  /// Takes all but the first states out.
  mutating func split(at count: Int) -> Piece {
    var rest = Piece()
    rest.states = Array(states[count...])
    rest.prints = Array(prints[count...])
    rest.numbers = Array(numbers[count...])
    states.removeSubrange(count...)
    prints.removeSubrange(count...)
    numbers.removeSubrange(count...)
    return rest
  }
}

/// What a search wants to know of a block.
@usableFromInline package struct BlockTask: Sendable {
  /// The successors are the initial states, and there is nothing to expand.
  @usableFromInline package var isBeginning = false
  /// The place of the first of them among all initial states.
  @usableFromInline package var firstPlace: Int32 = 0
  /// Whether only some of the actions may be taken where that is enough.
  @usableFromInline package var mayReduce = true
  /// Whether edges and what holds of each state are to be kept.
  @usableFromInline package var wantsGraph = false
  /// Whether it is to be kept which of its state's actions led to a successor.
  @usableFromInline package var wantsOrdinals = false
  /// Claims that are not decided yet, by their places as bits.
  @usableFromInline package var open: UInt64 = 0

  /// An empty one.
  @inlinable package init() {}
}

/// A successor on its way to a shard.
@usableFromInline package struct Letter: Sendable {
  @usableFromInline package let print: Fingerprint
  /// The number of the state that it was reached from; for an initial state -1 - its place.
  @usableFromInline package let predecessor: Int32
  /// Its place among the block's successors.
  @usableFromInline package let candidate: Int32

  /// Makes a letter.
  @inlinable package init(print: Fingerprint, predecessor: Int32, candidate: Int32) {
    self.print = print
    self.predecessor = predecessor
    self.candidate = candidate
  }
}

/// A step between two states, by their numbers.
@usableFromInline package struct Edge: Sendable {
  @usableFromInline package let from: Int32
  @usableFromInline package let to: Int32
  /// The fairness requirements whose action it is, as bits.
  @usableFromInline package let taken: UInt64

  /// Makes a step.
  @inlinable package init(from: Int32, to: Int32, taken: UInt64) {
    self.from = from
    self.to = to
    self.taken = taken
  }
}

/// What comes of a block, apart from states.
@usableFromInline package struct Mail: Sendable {
  /// How many parts the seen states are kept in; a power of two, the same on every machine, since
  /// the order of numbers depends on it.
  @usableFromInline package static let shards = 8

  /// Letters by shard.
  @usableFromInline package var outgoing: [[Letter]] = Array(repeating: [], count: shards)
  /// For each successor the place of the state that it was reached from.
  @usableFromInline package var sources: [Int32] = []
  /// For each successor its fingerprint.
  @usableFromInline package var prints: [Fingerprint] = []
  /// For each successor its number, or -1 - its number if it is new.
  @usableFromInline package var outcomes: [Int32] = []
  /// For each successor the place of the action among those of its state; only where wanted.
  @usableFromInline package var ordinals: [Int32] = []
  /// For each successor the requirements whose action led to it, as bits; only for a graph.
  @usableFromInline package var taken: [UInt64] = []
  /// For each state the requirements that are enabled in it, as bits; only for a graph.
  @usableFromInline package var enabled: [UInt64] = []
  /// Places of states that lead only to themselves.
  @usableFromInline package var ends: [Int32] = []
  /// Places of states of which only some actions were taken.
  @usableFromInline package var reduced: [Int32] = []
  /// How often each kind of action was taken.
  @usableFromInline package var kinds: [Int] = []
  @usableFromInline package var generated = 0
  /// Of the claims that the block decides: which state decides it, and how, by the claim's place.
  @usableFromInline package var decided: [Decision] = []
  /// A claim that tells apart what symmetry takes to be the same; -1 for none.
  @usableFromInline package var asymmetric = -1
  @usableFromInline package var edges: [Edge] = []
  /// What holds of each new state, as bits; only for a graph.
  @usableFromInline package var claims: [UInt64] = []

  /// An empty one.
  @inlinable package init() {}

  /// Empties it, keeping the room.
  @inlinable package mutating func clear(kinds count: Int) {
    for shard in outgoing.indices { outgoing[shard].removeAll(keepingCapacity: true) }
    sources.removeAll(keepingCapacity: true)
    prints.removeAll(keepingCapacity: true)
    outcomes.removeAll(keepingCapacity: true)
    ordinals.removeAll(keepingCapacity: true)
    taken.removeAll(keepingCapacity: true)
    enabled.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    reduced.removeAll(keepingCapacity: true)
    kinds = Array(repeating: 0, count: count)
    generated = 0
    decided.removeAll(keepingCapacity: true)
    asymmetric = -1
    edges.removeAll(keepingCapacity: true)
    claims.removeAll(keepingCapacity: true)
  }

  /// Sends a successor on its way.
  @inlinable package mutating func send(_ print: Fingerprint, from predecessor: Int32, source: Int)
  {
    let shard = Int(truncatingIfNeeded: print.high) & (Self.shards &- 1)
    outgoing[shard].append(
      Letter(
        print: print, predecessor: predecessor,
        candidate: Int32(truncatingIfNeeded: prints.count)))
    prints.append(print)
    sources.append(Int32(truncatingIfNeeded: source))
  }
}

/// That a state decides a claim.
@usableFromInline package struct Decision: Sendable {
  /// The claim's place.
  @usableFromInline package let property: Int
  @usableFromInline package let state: Int32
  @usableFromInline package let why: String

  /// Makes a decision.
  @inlinable package init(property: Int, state: Int32, why: String) {
    self.property = property
    self.state = state
    self.why = why
  }
}

/// The letters of one block to one shard, and the answers.
struct Lane: Sendable {
  var letters: [Letter] = []
  /// For each letter the state's number, or -1 - its number if it is new.
  var answers: [Int32] = []

  /// Takes the letters in.
  mutating func settle(in shard: inout FingerprintShard, numbered index: Int) {
    answers.removeAll(keepingCapacity: true)
    answers.reserveCapacity(letters.count)
    for letter in letters {
      let (place, isNew) = shard.number(of: letter.print, from: letter.predecessor)
      let number = Int32(truncatingIfNeeded: place &* Mail.shards &+ index)
      answers.append(isNew ? -1 &- number : number)
    }
  }
}

extension Mail {
  /// Takes the answers of a lane to the successors that they are about.
  mutating func accept(_ lane: Lane) {
    for (letter, answer) in zip(lane.letters, lane.answers) {
      outcomes[Int(letter.candidate)] = answer
    }
  }
}
