import Determinism
import ModelChecker
import Testing

/// Claims on whole ways, against a check of all sets of states of small random graphs.
@Suite struct LivenessTests {
  typealias Claim = Property<GraphSystem.State>
  typealias Fair = (
    strength: Fairness<GraphSystem.State, GraphSystem.Action>.Strength, kind: Int
  )

  fileprivate static let good: Set = [2, 5]
  fileprivate static let premise: Set = [1, 4]

  private func claim(_ kind: Claim.Kind) -> Claim {
    guard kind == .leadsTo else { return Claim(kind, "claim") { Self.good.contains($0.number) } }
    return Claim(
      "claim", whenever: { Self.premise.contains($0.number) },
      leadsTo: { Self.good.contains($0.number) })
  }

  @Test(arguments: [
    Claim.Kind.eventually, .alwaysEventually, .eventuallyAlways, .leadsTo,
  ])
  func `on random graphs a verdict is that of trying all sets of states`(kind: Claim.Kind) {
    var violations = 0
    for seed in UInt64(0)..<400 {
      var random = RandomSource(Seed(seed).split("liveness"))
      let count = 2 + random.below(5)
      var edges: [Int: [Int]] = [:]
      for state in 0..<count {
        edges[state] = (0..<random.below(4)).map { _ in random.below(count) }
      }
      var fair: [Fair] = []
      if random.below(3) > 0 { fair.append((random.below(2) == 0 ? .weak : .strong, 0)) }
      if random.below(3) == 0 { fair.append((random.below(2) == 0 ? .weak : .strong, 1)) }
      let mayStop = random.below(3) == 0
      let system = GraphSystem(
        edges: edges, properties: [claim(kind)], fairKinds: fair, mayStop: mayStop)
      let verdict = explore(system).verdicts.first?.verdict
      let expected = fails(edges, kind, fair, mayStop)
      guard case .violated(let trace, _) = verdict else {
        #expect(!expected, "seed \(seed), \(kind): \(edges), \(fair)")
        continue
      }
      violations += 1
      #expect(expected, "seed \(seed), \(kind): \(edges), \(fair)\n\(trace)")
      check(trace, kind, edges, fair, seed)
      let shorter = Ways(edges: edges, fair: fair, mayStop: mayStop, kind: kind)
        .ofAtMost(min(trace.steps.count - 1, 7))
      #expect(shorter == nil, "seed \(seed), \(kind): \(edges), \(fair)\n\(trace)")
    }
    #expect(violations > 20)
  }

  /// Whether some fair way fails the claim: it ends up in some strongly connected set of states.
  private func fails(_ edges: [Int: [Int]], _ kind: Claim.Kind, _ fair: [Fair], _ mayStop: Bool)
    -> Bool
  {
    let reached = closure([0], edges, within: Set(0..<7))
    let bad = Set(reached.filter { !Self.good.contains($0) })
    let region: Set<Int> =
      switch kind {
      case .eventuallyAlways: reached
      case .alwaysEventually: bad
      case .leadsTo: closure(Array(bad.intersection(Self.premise)), edges, within: bad)
      case .eventually, .always, .sometimes, .inTheEnd:
        closure(bad.contains(0) ? [0] : [], edges, within: bad)
      }
    return (1..<128).contains { bits in
      let set = Set((0..<7).filter { bits >> $0 & 1 == 1 })
      guard set.isSubset(of: region), isFair(set, edges, fair, mayStop) else { return false }
      return kind != .eventuallyAlways || !set.isDisjoint(with: bad)
    }
  }

  private func isFair(
    _ set: Set<Int>, _ edges: [Int: [Int]], _ fair: [Fair], _ mayStop: Bool
  ) -> Bool {
    let steps: (Int) -> [Int] = { state in edges[state, default: []].filter { $0 != state } }
    if set.count == 1, set.allSatisfy({ steps($0).isEmpty }) { return true }
    if set.count == 1, !mayStop { return false }
    guard set.allSatisfy({ closure([$0], edges, within: set) == set }) else { return false }
    return fair.allSatisfy { requirement in
      let isMeant: (Int, Int) -> Bool = { ($1 > $0 ? 0 : 1) == requirement.kind }
      let enabled = set.filter { state in steps(state).contains { isMeant(state, $0) } }
      let isTaken = set.contains { state in
        steps(state).contains { set.contains($0) && isMeant(state, $0) }
      }
      switch requirement.strength {
      case .weak: return enabled.count < set.count || isTaken
      case .strong: return enabled.isEmpty || isTaken
      }
    }
  }

  private func closure(_ start: [Int], _ edges: [Int: [Int]], within: Set<Int>) -> Set<Int> {
    var out = Set(start)
    var open = start
    while let state = open.popLast() {
      for to in edges[state, default: []] where within.contains(to) && out.insert(to).inserted {
        open.append(to)
      }
    }
    return out
  }

  /// The lasso is one: it returns, is fair, and fails the claim.
  private func check(
    _ trace: Trace, _ kind: Claim.Kind, _ edges: [Int: [Int]], _ fair: [Fair], _ seed: UInt64
  ) {
    let states = ([trace.start] + trace.steps.map(\.state)).compactMap {
      Int($0.dropFirst("state ".count))
    }
    guard let returnsTo = trace.returnsTo else {
      Issue.record("seed \(seed): no lasso")
      return
    }
    #expect(states[returnsTo] == states.last, "seed \(seed)")
    let cycle = Set(states[returnsTo...])
    let steps = zip(states[returnsTo...], states[returnsTo...].dropFirst())
    for requirement in fair {
      let enabled = cycle.filter { state in
        edges[state, default: []].contains {
          $0 != state && ($0 > state ? 0 : 1) == requirement.kind
        }
      }
      let isTaken = steps.contains { ($1 > $0 ? 0 : 1) == requirement.kind }
      switch requirement.strength {
      case .weak: #expect(enabled.count < cycle.count || isTaken, "seed \(seed)")
      case .strong: #expect(enabled.isEmpty || isTaken, "seed \(seed)")
      }
    }
    switch kind {
    case .eventuallyAlways: #expect(!cycle.isSubset(of: Self.good), "seed \(seed)")
    case .eventually: #expect(Self.good.isDisjoint(with: states), "seed \(seed)")
    case .alwaysEventually, .leadsTo, .always, .sometimes, .inTheEnd:
      #expect(Self.good.isDisjoint(with: cycle), "seed \(seed)")
    }
  }
}

/// Tries all ways from state 0, one after another.
private struct Ways {
  let edges: [Int: [Int]]
  let fair: [LivenessTests.Fair]
  let mayStop: Bool
  let kind: LivenessTests.Claim.Kind

  /// A way of so few steps that returns to a state of its own, or ends, is fair, and fails the
  /// claim; nil if there is none.
  func ofAtMost(_ steps: Int) -> [Int]? {
    var open = steps < 0 ? [] : [[0]]
    while let way = open.popLast() {
      let last = way[way.count - 1]
      if (0..<way.count - 1).contains(where: { way[$0] == last && fails(way, $0) }) { return way }
      if isFairEnd(last), fails(way, way.count - 1) { return way }
      guard way.count - 1 < steps else { continue }
      open += changes(of: last).map { way + [$0] }
    }
    return nil
  }

  private func changes(of state: Int) -> [Int] {
    edges[state, default: []].filter { $0 != state }
  }

  private func isEnabled(_ requirement: LivenessTests.Fair, _ state: Int) -> Bool {
    changes(of: state).contains { ($0 > state ? 0 : 1) == requirement.kind }
  }

  private func isFairEnd(_ state: Int) -> Bool {
    changes(of: state).isEmpty || mayStop && !fair.contains { isEnabled($0, state) }
  }

  /// Whether a way that repeats all after a place is fair and fails the claim.
  private func fails(_ way: [Int], _ place: Int) -> Bool {
    let cycle = way[place...]
    let steps = zip(cycle, cycle.dropFirst())
    let isFair = fair.allSatisfy { requirement in
      if steps.contains(where: { ($1 > $0 ? 0 : 1) == requirement.kind }) { return true }
      switch requirement.strength {
      case .weak: return !cycle.allSatisfy { isEnabled(requirement, $0) }
      case .strong: return !cycle.contains { isEnabled(requirement, $0) }
      }
    }
    let (good, premise) = (LivenessTests.good, LivenessTests.premise)
    guard isFair else { return false }
    switch kind {
    case .eventually: return good.isDisjoint(with: way)
    case .alwaysEventually, .always, .sometimes, .inTheEnd: return good.isDisjoint(with: cycle)
    case .eventuallyAlways: return cycle.contains { !good.contains($0) }
    case .leadsTo:
      return way.indices.contains {
        premise.contains(way[$0]) && good.isDisjoint(with: way[$0...])
          && good.isDisjoint(with: cycle)
      }
    }
  }
}
