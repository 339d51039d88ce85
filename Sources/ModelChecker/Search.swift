/// A breadth-first search under way, level by level, each level in rounds of some blocks.
///
/// States themselves are kept only while they wait to be expanded; what stays of each is its
/// fingerprint and the number of the state that it was reached from.
struct Search<System: TransitionSystem> {
  /// Does numbered pieces of work with the system, each once, in any order or at the same time.
  typealias Spread = (Int, System, @escaping @Sendable (Int, System) -> Void) -> Void

  /// States a block.
  private static var blockSize: Int { 256 }
  /// Blocks a round.
  private static var blocksPerRound: Int { 16 }

  let system: System
  let limits: SearchLimits
  let properties: [Property<System.State>]
  let spread: Spread
  private let blocks: [Desk<Block<System.State>>]
  private let lanes: [Desk<Lane>]
  let shards: [Desk<FingerprintShard>]
  /// What waits in this level: its pieces, the next one last, and whether each may be reduced.
  private var frontier: [(piece: Piece<System.State>, mayReduce: Bool)] = []
  /// The next level.
  var waiting: [Piece<System.State>] = []
  var counts = ModelReport()
  var taken: [Int]
  var distinct = 0
  var isOpen = UInt64.max
  /// Per claim: the number of the first state that decides it, and why.
  var decided: [(state: Int32, why: String)?]
  var asymmetric = -1
  /// Whether new states were left out, since there were enough.
  private var wasCut = false
  /// What was put off; only where orders are left out.
  var delays = Delays()
  private(set) var graph: StateGraph?

  init(_ system: System, limits: SearchLimits, spread: @escaping Spread) {
    self.system = system
    self.limits = limits
    self.spread = spread
    properties = system.properties
    precondition(properties.count <= 32, "a system has at most 32 claims")
    precondition(system.fairness.count <= 64, "a system has at most 64 fairness requirements")
    decided = Array(repeating: nil, count: properties.count)
    taken = Array(repeating: 0, count: System.Action.kinds.count)
    blocks = (0..<Self.blocksPerRound).map { _ in Desk(Block()) }
    lanes = (0..<Self.blocksPerRound * Mail.shards).map { _ in Desk(Lane()) }
    shards = (0..<Mail.shards).map { _ in Desk(FingerprintShard()) }
    if properties.contains(where: { $0.kind == .inTheEnd || $0.kind.isTemporal }) {
      graph = StateGraph()
    }
  }

  /// Searches until nothing new comes, a limit is met, a claim is violated, or nobody wants more.
  ///
  /// - Parameter levelDone: is called between two levels.
  mutating func run(
    _ watch: (SearchProgress) -> Bool, levelDone: (Search) -> Void = { _ in }
  ) {
    if distinct == 0 { begin() }
    while !waiting.isEmpty || resumeDelayed() {
      counts.depth += 1
      counts.stop = reasonToStop
      if counts.stop == nil, counts.depth >= limits.depth, !onlyEnds() {
        counts.stop = .depth(limits.depth)
      }
      if counts.stop != nil { return }
      frontier = waiting.reversed().map { ($0, !delays.areOver(for: $0.numbers)) }
      waiting = []
      while !frontier.isEmpty {
        round()
        let wantsMore = watch(progress)
        if frontier.isEmpty, waiting.isEmpty, !wasCut, delays.isEmpty { break }
        counts.stop = reasonToStop ?? (wantsMore ? nil : .watcher)
        if counts.stop != nil { return }
      }
      levelDone(self)
    }
    counts.isExhausted = !wasCut
    if wasCut { counts.stop = .states(limits.states) }
  }

  private var reasonToStop: SearchStop? {
    if limits.stopsAtViolation, decided.indices.contains(where: { isViolated($0) }) {
      return .violation
    }
    return distinct >= limits.states ? .states(limits.states) : nil
  }

  func isViolated(_ index: Int) -> Bool {
    decided[index] != nil && properties[index].kind != .sometimes
  }

  private var progress: SearchProgress {
    SearchProgress(
      distinct: distinct, generated: counts.generated, depth: counts.depth,
      waiting: (waiting + frontier.map(\.piece)).reduce(0) { $0 + $1.states.count })
  }

  /// Whether the states at the limit of depth have no way on, so that nothing is left out.
  private func onlyEnds() -> Bool {
    waiting.allSatisfy { piece in
      piece.states.allSatisfy { system.actions(in: $0).isEmpty }
    }
  }

  private mutating func begin() {
    let initial = system.initialStates
    var place = 0
    while place < initial.count, distinct < limits.states {
      // Not more at once than are wanted.
      let end = place + min(initial.count - place, limits.states - distinct)
      var task = self.task(isBeginning: true, mayReduce: false)
      task.firstPlace = Int32(clamping: place)
      let states = Array(initial[place..<end])
      blocks[0].use { block in
        block.task = task
        block.candidates = states
      }
      finishRound(of: 1)
      place = end
    }
    wasCut = wasCut || place < initial.count
  }

  private func task(isBeginning: Bool, mayReduce: Bool) -> BlockTask {
    var task = BlockTask()
    task.isBeginning = isBeginning
    task.mayReduce = mayReduce && system.reduction == .partialOrder
    task.wantsGraph = graph != nil
    task.open = isOpen
    return task
  }

  /// Fills the blocks from this level, and has them worked on.
  private mutating func round() {
    var count = 0
    var room = limits.states - distinct
    while count < blocks.count, room > 0, let (first, mayReduce) = frontier.popLast() {
      var piece = first
      if piece.states.count > room { frontier.append((piece.split(at: room), mayReduce)) }
      room -= piece.states.count
      let task = self.task(isBeginning: false, mayReduce: mayReduce)
      blocks[count].use { block in
        block.task = task
        block.piece = piece
      }
      count += 1
    }
    finishRound(of: count)
  }

  private mutating func finishRound(of count: Int) {
    let (blocks, lanes, shards) = (blocks, lanes, shards)
    spread(count, system) { index, system in
      blocks[index].use { block in
        system.expand(&block)
        block.mail.outcomes = Array(repeating: 0, count: block.mail.prints.count)
        for shard in 0..<Mail.shards {
          let letters = block.mail.outgoing[shard]
          lanes[index * Mail.shards + shard].use { $0.letters = letters }
        }
      }
    }
    spread(Mail.shards, system) { index, _ in
      shards[index].use { shard in
        for block in 0..<count {
          lanes[block * Mail.shards + index].use { $0.settle(in: &shard, numbered: index) }
        }
      }
    }
    spread(count, system) { index, system in
      blocks[index].use { block in
        for shard in 0..<Mail.shards {
          lanes[index * Mail.shards + shard].use { lane in
            block.mail.accept(lane)
            lane.letters = []
          }
        }
        system.gather(&block)
      }
    }
    collect(count)
  }

  /// Puts together what came of the blocks, in their order.
  private mutating func collect(_ count: Int) {
    for index in 0..<count {
      var (mail, fresh, piece, task) = blocks[index].use { block in
        let out = (block.mail, block.fresh, block.piece, block.task)
        block.fresh = Piece()
        block.piece = Piece()
        return out
      }
      if fresh.states.count > limits.states - distinct {
        _ = fresh.split(at: limits.states - distinct)
        wasCut = true
      }
      counts.generated += mail.generated
      counts.terminal += mail.ends.count
      distinct += fresh.states.count
      for kind in mail.kinds.indices { taken[kind] += mail.kinds[kind] }
      asymmetric = max(asymmetric, mail.asymmetric)
      for decision in mail.decided where decided[decision.property] == nil {
        decided[decision.property] = (decision.state, decision.why)
        isOpen &= ~(1 << UInt64(decision.property))
      }
      graph?.add(mail, from: piece.numbers, to: fresh.numbers, isBeginning: task.isBeginning)
      if task.mayReduce { delays.note(mail, of: piece.numbers) }
      queue(&fresh)
    }
  }

  /// Lets new states wait, in pieces that make blocks.
  mutating func queue(_ fresh: inout Piece<System.State>) {
    if let last = waiting.last, last.states.count + fresh.states.count <= Self.blockSize {
      waiting[waiting.count - 1].states += fresh.states
      waiting[waiting.count - 1].prints += fresh.prints
      waiting[waiting.count - 1].numbers += fresh.numbers
      return
    }
    var start = 0
    while start < fresh.states.count {
      let end = min(start + Self.blockSize, fresh.states.count)
      var piece = Piece<System.State>()
      piece.states = Array(fresh.states[start..<end])
      piece.prints = Array(fresh.prints[start..<end])
      piece.numbers = Array(fresh.numbers[start..<end])
      waiting.append(piece)
      start = end
    }
  }

  /// How often each kind of action was taken.
  var coverage: [ActionCoverage] {
    zip(System.Action.kinds, taken).map { ActionCoverage(kind: $0.0, count: $0.1) }
  }

  /// Bytes that are kept for all the states seen.
  var bytesKept: Int { shards.reduce(0) { $0 + $1.use(\.bytesKept) } }

  /// The fingerprint of a state that was seen.
  func fingerprint(_ number: Int32) -> Fingerprint {
    shards[Int(number) % Mail.shards].use { $0.fingerprint(Int(number) / Mail.shards) }
  }

  /// The state from which one was reached first; negative for an initial state.
  func predecessor(_ number: Int32) -> Int32 {
    shards[Int(number) % Mail.shards].use { $0.predecessor(Int(number) / Mail.shards) }
  }

  /// The number of a state that was seen, by its fingerprint.
  func number(of print: Fingerprint) -> Int32? {
    let shard = Int(truncatingIfNeeded: print.high) & (Mail.shards - 1)
    let place = shards[shard].use { $0.find(print) }
    return place.map { Int32(truncatingIfNeeded: $0 * Mail.shards + shard) }
  }
}
