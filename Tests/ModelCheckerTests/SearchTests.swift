import Determinism
import ModelChecker
import Testing

@Suite struct SearchTests {
  private typealias Claim = Property<GraphSystem.State>

  private func verdict(_ edges: [Int: [Int]], _ claim: Claim) -> PropertyVerdict.Verdict? {
    explore(GraphSystem(edges: edges, properties: [claim])).verdicts.first?.verdict
  }

  private func trace(_ verdict: PropertyVerdict.Verdict?) -> [String]? {
    guard case .violated(let trace, _) = verdict else { return nil }
    return [trace.start] + trace.steps.map(\.state)
  }

  @Test func `a counterexample is a shortest one`() {
    let edges = [0: [1, 2], 1: [3], 2: [4], 3: [5], 4: [6], 5: [6], 6: [0]]
    let claim = Claim(.always, "six never comes") { $0.number != 6 }
    #expect(trace(verdict(edges, claim)) == ["state 0", "state 2", "state 4", "state 6"])
  }

  @Test func `always and sometimes are decided`() {
    let edges = [0: [1], 1: [2], 2: [2]]
    #expect(verdict(edges, Claim(.always, "small") { $0.number < 3 }) == .holds)
    #expect(
      trace(verdict(edges, Claim(.always, "tiny") { $0.number < 2 }))
        == ["state 0", "state 1", "state 2"])
    #expect(verdict(edges, Claim(.sometimes, "two") { $0.number == 2 }) == .holds)
    #expect(trace(verdict(edges, Claim(.sometimes, "three") { $0.number == 3 })) != nil)
  }

  @Test func `a bad end is found, and one from which no end can be reached`() {
    let good = Claim(.inTheEnd, "even") { $0.number.isMultiple(of: 2) }
    // 2 and 4 are good ends, one of them with a loop to itself.
    #expect(verdict([0: [1], 1: [2, 4], 2: [2]], good) == .holds)
    // 3 is a bad end.
    #expect(trace(verdict([0: [1], 1: [2, 3]], good)) == ["state 0", "state 1", "state 3"])
    // 5 and 7 go round and round.
    #expect(
      trace(verdict([0: [1, 2], 1: [5], 5: [7], 7: [5]], good)) == ["state 0", "state 1"])
    // The same round with a way out is no mistake: the end stays possible.
    #expect(verdict([0: [1], 1: [5], 5: [7], 7: [5, 2]], good) == .holds)
    // No end at all.
    #expect(trace(verdict([0: [1], 1: [0]], good)) == ["state 0"])
  }

  @Test func `a search that ends early says so and decides nothing that it has not seen`() {
    let edges = [0: [1], 1: [2], 2: [3], 3: [4], 4: [5]]
    let claims = [
      Claim(.always, "not five") { $0.number != 5 }, Claim(.inTheEnd, "five") { $0.number == 5 },
      Claim(.sometimes, "two") { $0.number == 2 }, Claim(.sometimes, "nine") { $0.number == 9 },
    ]
    for limits in [SearchLimits(states: 4), SearchLimits(depth: 4)] {
      let report = explore(GraphSystem(edges: edges, properties: claims), limits: limits)
      #expect(!report.isExhausted)
      #expect(report.distinct == 4)
      #expect(report.verdicts.map(\.verdict) == [.unknown, .unknown, .holds, .unknown])
      #expect(!report.holds)
      #expect("\(report)".contains("NOT exhausted"))
    }
    let whole = explore(GraphSystem(edges: edges), limits: SearchLimits(depth: 6))
    #expect(whole.isExhausted)
    #expect(whole.depth == 6)
  }

  @Test func `it ends at the first violation only if it is told to`() {
    let edges = [0: [1], 1: [2], 2: [3]]
    let system = GraphSystem(
      edges: edges, properties: [Claim(.always, "not one") { $0.number != 1 }])
    #expect(explore(system).distinct == 2)
    let whole = explore(system, limits: SearchLimits(stopsAtViolation: false))
    #expect(whole.distinct == 4)
    #expect(whole.isExhausted)
    #expect(whole.violation?.property == "not one")
  }

  @Test func `kinds of actions that never happen are named, impossible ones do not count`() {
    let report = explore(GraphSystem(edges: [0: [1, 2], 1: [1, -3], 2: []]))
    #expect(report.neverTaken == ["back"])
    #expect(report.coverage.map(\.count) == [2, 0, 1])
    #expect(report.generated == 4)
    #expect(report.terminal == 2)
  }

  @Test func `on random graphs the counts are those of a plain search`() {
    for seed in UInt64(0)..<60 {
      var random = RandomSource(Seed(seed))
      let count = 1 + random.below(40)
      var edges: [Int: [Int]] = [:]
      for state in 0..<count {
        edges[state] = (0..<random.below(4)).map { _ in random.below(count) }
      }
      let expected = plainSearch(edges)
      let good: (Int) -> Bool = { $0 % 3 != 1 }
      let report = explore(
        GraphSystem(
          edges: edges, properties: [Claim(.inTheEnd, "good") { good($0.number) }]),
        limits: SearchLimits(stopsAtViolation: false))
      #expect(report.distinct == expected.count, "seed \(seed)")
      #expect(report.depth == expected.values.max().map { $0 + 1 }, "seed \(seed)")
      let generated = 1 + expected.keys.reduce(0) { $0 + edges[$1, default: []].count }
      #expect(report.generated == generated, "seed \(seed)")
      #expect(report.holds == endsWell(edges, expected, good), "seed \(seed)")
    }
  }

  /// Distances from state 0.
  private func plainSearch(_ edges: [Int: [Int]]) -> [Int: Int] {
    var distance = [0: 0]
    var level = [0]
    while !level.isEmpty {
      var next: [Int] = []
      for state in level {
        for to in edges[state, default: []] where distance[to] == nil {
          distance[to] = distance[state, default: 0] + 1
          next.append(to)
        }
      }
      level = next
    }
    return distance
  }

  /// Whether every end is good and each state can reach one, by closing reachability naively.
  private func endsWell(
    _ edges: [Int: [Int]], _ reached: [Int: Int], _ good: (Int) -> Bool
  ) -> Bool {
    let ends = reached.keys.filter { state in
      edges[state, default: []].allSatisfy { $0 == state }
    }
    guard ends.allSatisfy(good) else { return false }
    var reaching = Set(ends)
    for _ in reached {
      for state in reached.keys where edges[state, default: []].contains(where: reaching.contains) {
        reaching.insert(state)
      }
    }
    return reaching.count == reached.count
  }
}
