/// A way that goes on for ever: into a state, and from there round and round.
struct Lasso {
  /// States up to the one to which the cycle returns, by number. The first need not be initial.
  let stem: [Int32]
  /// States after it, the last being the stem's last again; empty where the way ends.
  let cycle: [Int32]
}

/// Looks for a fair way on which a claim fails.
///
/// A claim fails on some fair way exactly if there is a strongly connected part of the graph, in
/// the region where the claim fails, that can be gone round fairly: for each weak requirement it
/// has a state where that is not enabled, or a step that takes it; for each strong one that is
/// enabled anywhere in it, a step that takes it. Where a strong one fails, the states that enable
/// it are left out and the rest is looked at again.
///
/// Source: Emerson and Lei, "Modalities for model checking", Sci. Comput. Program. 8 (1987).
struct Liveness {
  private let graph: StateGraph
  private let successors: Neighbours
  private let kind: Property<Void>.Kind
  private let claim: UInt64
  private let weak: UInt64
  private let strong: UInt64
  private let mayStop: Bool

  /// - Parameters:
  ///   - strengths: of the fairness requirements, in order of their bits.
  ///   - mayStop: whether a way may end, where no requirement is enabled, though something can
  ///     happen.
  ///   - claim: the claim's bit.
  init<State>(
    _ graph: StateGraph, strengths: [Fairness<State, some Any>.Strength], mayStop: Bool,
    claim: Int, kind: Property<State>.Kind
  ) {
    self.mayStop = mayStop
    self.graph = graph
    self.kind = Property<Void>.Kind(rawValue: kind.rawValue) ?? .eventually
    self.claim = 1 << UInt64(claim)
    successors = graph.successors
    var (weak, strong) = (UInt64(0), UInt64(0))
    for (index, strength) in strengths.enumerated() {
      switch strength {
      case .weak: weak |= 1 << UInt64(index)
      case .strong: strong |= 1 << UInt64(index)
      }
    }
    (self.weak, self.strong) = (weak, strong)
  }

  private func holds(_ state: Int32) -> Bool { graph.claims[Int(state)] & claim != 0 }

  /// A fair way on which the claim fails; nil if there is none.
  func counterexample() -> Lasso? {
    let (region, cameFrom) = self.region()
    if mayStop, let state = region.first(where: isStop) {
      return Lasso(stem: stem(to: state, cameFrom), cycle: [])
    }
    var finder = Components(successors, bound: graph.bound)
    var isEnd = Array(repeating: false, count: graph.bound)
    for end in graph.ends { isEnd[Int(end)] = true }
    var open = finder.components(of: region)
    open.reverse()
    while let part = open.popLast() {
      switch judge(part, isEnd: part.count == 1 && isEnd[Int(part[0])]) {
      case .unfair: continue
      case .fair: return lasso(in: part, cameFrom)
      case .only(let rest): open += finder.components(of: rest).reversed()
      }
    }
    return nil
  }

  /// Whether a way on which the claim fails may end in a state, though something can happen.
  private func isStop(_ state: Int32) -> Bool {
    graph.enabled[Int(state)] & (weak | strong) == 0
      && (kind != .eventuallyAlways || !holds(state))
  }

  private func stem(to state: Int32, _ cameFrom: [Int32: Int32]) -> [Int32] {
    var stem = [state]
    while let before = cameFrom[stem[stem.count - 1]] { stem.append(before) }
    return stem.reversed()
  }

  /// The states in which a way may be on which the claim fails, and from which state of these each
  /// was reached, where they do not all count.
  private func region() -> ([Int32], [Int32: Int32]) {
    let starts: [Int32]
    switch kind {
    case .eventuallyAlways: return (graph.order, [:])
    case .alwaysEventually: return (graph.order.filter { !holds($0) }, [:])
    case .leadsTo:
      starts = graph.order.filter {
        graph.claims[Int($0)] & claim << 32 != 0 && !holds($0)
      }
    case .eventually, .always, .sometimes, .inTheEnd:
      starts = graph.order.prefix(graph.initialCount).filter { !holds($0) }
    }
    var isReached = Array(repeating: false, count: graph.bound)
    for start in starts { isReached[Int(start)] = true }
    var (out, cameFrom) = (starts, [Int32: Int32]())
    var next = 0
    while next < out.count {
      let state = out[next]
      next += 1
      for index in successors.range(of: state) {
        let to = successors.states[index]
        if isReached[Int(to)] || holds(to) { continue }
        isReached[Int(to)] = true
        cameFrom[to] = state
        out.append(to)
      }
    }
    return (out, cameFrom)
  }

  private enum Judgement {
    case unfair
    case fair
    /// Only a part of it may be.
    case only([Int32])
  }

  private func judge(_ part: [Int32], isEnd: Bool) -> Judgement {
    let failsSomewhere = kind != .eventuallyAlways || part.contains { !holds($0) }
    if isEnd { return failsSomewhere ? .fair : .unfair }
    if part.count < 2 || !failsSomewhere { return .unfair }
    let (always, ever, taken) = sums(of: part)
    if weak & always & ~taken != 0 { return .unfair }
    let starved = strong & ever & ~taken
    if starved == 0 { return .fair }
    return .only(part.filter { graph.enabled[Int($0)] & starved == 0 })
  }

  /// Requirements enabled in all states, in any, and taken by any step inside.
  private func sums(of part: [Int32]) -> (always: UInt64, ever: UInt64, taken: UInt64) {
    let members = Set(part)
    var (always, ever, taken) = (UInt64.max, UInt64(0), UInt64(0))
    for state in part {
      always &= graph.enabled[Int(state)]
      ever |= graph.enabled[Int(state)]
      for index in successors.range(of: state) where members.contains(successors.states[index]) {
        taken |= successors.taken[index]
      }
    }
    return (always, ever, taken)
  }

  private func lasso(in part: [Int32], _ cameFrom: [Int32: Int32]) -> Lasso {
    let members = Set(part)
    // The earliest found of them, so that the stem is short.
    let entry = graph.order.first { members.contains($0) } ?? part[0]
    let stem = stem(to: entry, cameFrom)
    if part.count == 1 { return Lasso(stem: stem, cycle: []) }
    var walk = Walk(successors, members, from: entry)
    let (_, ever, taken) = sums(of: part)
    for bit in 0..<64 {
      let requirement = UInt64(1) << UInt64(bit)
      guard (weak | strong) & ever & requirement != 0 else { continue }
      if taken & requirement != 0 {
        walk.go { _, taken in taken & requirement != 0 }
      } else {
        walk.go { state, _ in graph.enabled[Int(state)] & requirement == 0 }
      }
    }
    if kind == .eventuallyAlways { walk.go { state, _ in !holds(state) } }
    walk.close()
    return Lasso(stem: stem, cycle: walk.states)
  }
}

/// A walk inside a strongly connected part.
private struct Walk {
  private let successors: Neighbours
  private let members: Set<Int32>
  private let entry: Int32
  /// States after the entry.
  private(set) var states: [Int32] = []
  private var taken: [UInt64] = []

  init(_ successors: Neighbours, _ members: Set<Int32>, from entry: Int32) {
    self.successors = successors
    self.members = members
    self.entry = entry
  }

  /// Goes on until a step or the state after it is one that is wanted, if none was yet.
  mutating func go(_ isWanted: (Int32, UInt64) -> Bool) {
    if isWanted(entry, 0) || zip(states, taken).contains(where: { isWanted($0.0, $0.1) }) { return }
    extend(isWanted)
  }

  /// Goes back to the entry.
  mutating func close() {
    let entry = entry
    if states.last == entry { return }
    extend { state, _ in state == entry }
  }

  private mutating func extend(_ isWanted: (Int32, UInt64) -> Bool) {
    let start = states.last ?? entry
    var cameFrom: [Int32: (state: Int32, taken: UInt64)] = [:]
    var open = [start]
    var next = 0
    while next < open.count {
      let state = open[next]
      next += 1
      for index in successors.range(of: state) {
        let (to, mask) = (successors.states[index], successors.taken[index])
        guard members.contains(to) else { continue }
        if isWanted(to, mask) {
          append(to, mask, from: state, back: start, cameFrom)
          return
        }
        if to == start || cameFrom[to] != nil { continue }
        cameFrom[to] = (state, mask)
        open.append(to)
      }
    }
  }

  private mutating func append(
    _ to: Int32, _ mask: UInt64, from state: Int32, back start: Int32,
    _ cameFrom: [Int32: (state: Int32, taken: UInt64)]
  ) {
    var leg = [(to, mask)]
    var at = state
    while at != start, let step = cameFrom[at] {
      leg.append((at, step.taken))
      at = step.state
    }
    for (state, mask) in leg.reversed() {
      states.append(state)
      taken.append(mask)
    }
  }
}
