/// A way that goes on for ever: into a state, and from there round and round.
struct Lasso {
  /// States from an initial one to that to which the cycle returns, by number.
  let stem: [Int32]
  /// States after it, the last being the stem's last again; empty where the way ends.
  let cycle: [Int32]
  /// Whether no other way that shows the same is known to be possible with fewer steps.
  var isShortest = true

  /// Steps from the beginning, if the stem begins there, and once around.
  var steps: Int { stem.count - 1 + cycle.count }
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
  let graph: StateGraph
  let successors: Neighbours
  let kind: Property<Void>.Kind
  private let claim: UInt64
  let weak: UInt64
  let strong: UInt64
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

  /// Whether the claim begins in a state.
  func isPremise(_ state: Int32) -> Bool { graph.claims[Int(state)] & claim << 32 != 0 }

  /// Whether the claim's condition holds of a state.
  func holds(_ state: Int32) -> Bool { graph.claims[Int(state)] & claim != 0 }

  /// A fair way on which the claim fails, one of the fewest steps if that can be found with little
  /// trouble; nil if there is none.
  func counterexample() -> Lasso? {
    var depths = Region(bound: graph.bound)
    depths.reach(from: Array(graph.order.prefix(graph.initialCount)), successors) { _ in true }
    let region = self.region(depths)
    var isEnd = Array(repeating: false, count: graph.bound)
    for end in graph.ends { isEnd[Int(end)] = true }
    var rest: Int32?
    if mayStop { rest = region.states.first(where: isStop) }
    var finder = Components(successors, bound: graph.bound)
    var open = finder.components(of: region.states)
    open.reverse()
    var parts: [[Int32]] = []
    while let part = open.popLast() {
      let isRest = part.count == 1 && isEnd[Int(part[0])]
      switch judge(part, isEnd: isRest) {
      case .unfair: continue
      case .fair where isRest:
        if rest.map({ region.distance(part[0]) < region.distance($0) }) ?? true { rest = part[0] }
      case .fair: parts.append(part)
      case .only(let rest): open += finder.components(of: rest).reversed()
      }
    }
    return shortest(among: parts, rest: rest, in: region, depths)
  }

  /// Whether a way on which the claim fails may end in a state, though something can happen.
  private func isStop(_ state: Int32) -> Bool {
    graph.enabled[Int(state)] & (weak | strong) == 0
      && (kind != .eventuallyAlways || !holds(state))
  }

  /// The states in which a way may be on which the claim fails.
  private func region(_ depths: Region) -> Region {
    switch kind {
    case .eventuallyAlways: return depths
    case .alwaysEventually:
      var out = depths
      out.states.removeAll { holds($0) }
      return out
    case .leadsTo:
      var out = Region(bound: graph.bound, after: depths)
      out.reach(from: depths.states.filter { isPremise($0) && !holds($0) }, successors) {
        !holds($0)
      }
      return out
    case .eventually, .always, .sometimes, .inTheEnd:
      var out = Region(bound: graph.bound)
      out.reach(
        from: graph.order.prefix(graph.initialCount).filter { !holds($0) }, successors
      ) { !holds($0) }
      return out
    }
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
  func sums(of part: [Int32]) -> (always: UInt64, ever: UInt64, taken: UInt64) {
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
}
