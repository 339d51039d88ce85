import Canon

/// Tries every state that a system can reach, breadth first, so that each counterexample is a
/// shortest one.
///
/// States themselves are kept only while they wait to be expanded; what stays of each is its
/// fingerprint and the step that led to it. Traces are made by taking these steps again.
package func explore<System: TransitionSystem>(
  _ system: System, limits: SearchLimits = SearchLimits()
) -> ModelReport {
  var search = Search(system, limits: limits)
  search.run()
  return search.report()
}

/// A search under way.
struct Search<System: TransitionSystem> {
  /// How a state was reached: from which one, by which of its actions. For an initial state the
  /// predecessor is -1 and the ordinal its place among the initial ones.
  struct Arrival {
    let predecessor: Int32
    let ordinal: Int32
  }

  let system: System
  let limits: SearchLimits
  let properties: [Property<System.State>]
  private var table = FingerprintTable()
  private(set) var arrivals: [Arrival] = []
  private var frontier: [System.State] = []
  private var waiting: [System.State] = []
  private var counts = ModelReport()
  private var taken = Array(repeating: 0, count: System.Action.kinds.count)
  /// Per property: the number of the first state that decides it, and why.
  private var decided: [(state: Int, why: String)?]
  /// Transitions to other states, where a claim about ends needs them.
  private var successors = Adjacency()
  /// States that lead only to themselves.
  private var ends: [Int32] = []
  private let needsEdges: Bool

  init(_ system: System, limits: SearchLimits) {
    self.system = system
    self.limits = limits
    properties = system.properties
    decided = Array(repeating: nil, count: properties.count)
    needsEdges = properties.contains { $0.kind == .inTheEnd }
  }

  /// Searches level by level until nothing new comes, a limit is met, or a claim is violated.
  mutating func run() {
    for (ordinal, state) in system.initialStates.enumerated() {
      _ = arrive(at: state, Arrival(predecessor: -1, ordinal: Int32(ordinal)))
    }
    var first = 0
    while !waiting.isEmpty {
      counts.depth += 1
      if isOver || counts.depth >= limits.depth && !onlyEnds() { return }
      frontier = waiting
      waiting = []
      for (offset, state) in frontier.enumerated() {
        expand(state, number: first + offset)
        if isOver { return }
      }
      first += frontier.count
    }
    counts.isExhausted = true
  }

  private var isOver: Bool {
    if table.count >= limits.states { return true }
    return limits.stopsAtViolation && decided.indices.contains { isViolated($0) }
  }

  /// Whether the states at the limit of depth have no way on, so that nothing is left out.
  private func onlyEnds() -> Bool {
    waiting.allSatisfy { state in system.actions(in: state).isEmpty }
  }

  private mutating func expand(_ state: System.State, number: Int) {
    var leadsOn = false
    for (ordinal, action) in system.actions(in: state).enumerated() {
      guard let next = system.next(state, action) else { continue }
      taken[action.kind] += 1
      let to = arrive(
        at: next, Arrival(predecessor: Int32(number), ordinal: Int32(ordinal)))
      guard to != number else { continue }
      leadsOn = true
      if needsEdges { successors.add(from: number, to: to) }
    }
    if leadsOn { return }
    ends.append(Int32(number))
    counts.terminal += 1
    for (index, property) in properties.enumerated()
    where property.kind == .inTheEnd && decided[index] == nil && !property.holds(state) {
      decided[index] = (number, "the system ends here")
    }
  }

  /// Takes note of a state; gives its number.
  private mutating func arrive(at state: System.State, _ arrival: Arrival) -> Int {
    counts.generated += 1
    let (number, isNew) = table.number(of: Fingerprint(of: state.canonicalBytes))
    guard isNew else { return Int(number) }
    arrivals.append(arrival)
    waiting.append(state)
    for (index, property) in properties.enumerated() where decided[index] == nil {
      switch property.kind {
      case .always:
        if !property.holds(state) { decided[index] = (Int(number), "it does not hold here") }
      case .sometimes:
        if property.holds(state) { decided[index] = (Int(number), "it happens here") }
      case .inTheEnd: break
      }
    }
    return Int(number)
  }

  private func isViolated(_ index: Int) -> Bool {
    decided[index] != nil && properties[index].kind != .sometimes
  }

  /// The report on what was found.
  func report() -> ModelReport {
    var report = counts
    report.distinct = table.count
    report.coverage = zip(System.Action.kinds, taken).map {
      ActionCoverage(kind: $0.0, count: $0.1)
    }
    report.verdicts = properties.indices.map {
      PropertyVerdict(property: properties[$0].name, verdict: verdict($0))
    }
    return report
  }

  private func verdict(_ index: Int) -> PropertyVerdict.Verdict {
    let property = properties[index]
    if let (state, why) = decided[index] {
      return property.kind == .sometimes ? .holds : .violated(trace(to: state), why: why)
    }
    guard counts.isExhausted else { return .unknown }
    switch property.kind {
    case .always: return .holds
    case .sometimes: return .violated(trace(to: 0), why: "it never happens, here or later")
    case .inTheEnd:
      guard let stuck = successors.firstState(of: table.count, notReaching: ends) else {
        return .holds
      }
      return .violated(trace(to: stuck), why: "no end can be reached from here")
    }
  }

  /// The way to a state, taken again from the beginning.
  func trace(to number: Int) -> Trace {
    var path: [Arrival] = []
    var current = number
    while current >= 0 {
      path.append(arrivals[current])
      current = Int(arrivals[current].predecessor)
    }
    path.reverse()
    guard let first = path.first else { return Trace(start: "", steps: []) }
    var state = system.initialStates[Int(first.ordinal)]
    let start = system.describe(state)
    var steps: [Trace.Step] = []
    for arrival in path.dropFirst() {
      let action = system.actions(in: state)[Int(arrival.ordinal)]
      guard let next = system.next(state, action) else {
        preconditionFailure("the system gave another answer the second time")
      }
      let text = system.describe(action, in: state)
      state = next
      steps.append(Trace.Step(action: text, state: system.describe(state)))
    }
    return Trace(start: start, steps: steps)
  }
}
