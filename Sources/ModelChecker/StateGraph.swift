/// The steps between the states that were seen, and what holds of each; kept only where a claim
/// speaks of ways.
struct StateGraph {
  /// States in the order in which they were found, by their numbers.
  private(set) var order: [Int32] = []
  /// How many of them are initial: the first ones.
  private(set) var initialCount = 0
  /// States that lead only to themselves, as they were found.
  private(set) var ends: [Int32] = []
  private var edges: [Edge] = []
  /// By a state's number: which claims hold of it, premises from bit 32.
  private(set) var claims: [UInt64] = []
  /// By a state's number: which fairness requirements are enabled in it.
  private(set) var enabled: [UInt64] = []

  /// Adds what a block found out.
  mutating func add(_ mail: Mail, from: [Int32], to: [Int32], isBeginning: Bool) {
    for (number, bits) in zip(to, mail.claims) {
      order.append(number)
      let missing = Int(number) + 1 - claims.count
      if missing > 0 {
        claims += Array(repeating: 0, count: missing)
        enabled += Array(repeating: 0, count: missing)
      }
      claims[Int(number)] = bits
    }
    if isBeginning { initialCount = order.count }
    for (number, bits) in zip(from, mail.enabled) { enabled[Int(number)] |= bits }
    for place in mail.ends { ends.append(from[Int(place)]) }
    edges += mail.edges
  }

  /// One more than the largest number of a state.
  var bound: Int { claims.count }

  /// Steps by the state that they come from.
  var successors: Neighbours {
    Neighbours(edges.map { ($0.from, $0.to, $0.taken) }, bound: bound)
  }

  /// The first state, in the order of finding, from which no end can be reached; nil if there is
  /// none.
  func firstStateWithoutEnd() -> Int32? {
    let predecessors = Neighbours(edges.map { ($0.to, $0.from, $0.taken) }, bound: bound)
    var reaches = Array(repeating: false, count: bound)
    var open = ends
    for end in ends { reaches[Int(end)] = true }
    while let state = open.popLast() {
      for index in predecessors.range(of: state) {
        let predecessor = predecessors.states[index]
        if reaches[Int(predecessor)] { continue }
        reaches[Int(predecessor)] = true
        open.append(predecessor)
      }
    }
    return order.first { !reaches[Int($0)] }
  }
}

/// For each state its neighbours in one direction.
struct Neighbours {
  private var starts: [Int]
  /// Neighbours, those of one state side by side.
  private(set) var states: [Int32]
  /// For each the requirements whose action the step is.
  private(set) var taken: [UInt64]

  /// Sorts steps by where they start; the order among those of one state stays.
  init(_ steps: [(from: Int32, to: Int32, taken: UInt64)], bound: Int) {
    starts = Array(repeating: 0, count: bound + 1)
    for step in steps { starts[Int(step.from) + 1] += 1 }
    for index in 0..<bound { starts[index + 1] += starts[index] }
    var next = starts
    states = Array(repeating: 0, count: steps.count)
    taken = Array(repeating: 0, count: steps.count)
    for step in steps {
      states[next[Int(step.from)]] = step.to
      taken[next[Int(step.from)]] = step.taken
      next[Int(step.from)] += 1
    }
  }

  /// Where a state's neighbours stand.
  func range(of state: Int32) -> Range<Int> { starts[Int(state)]..<starts[Int(state) + 1] }
}
