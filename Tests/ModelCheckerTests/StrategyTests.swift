import Canon
import Determinism
import ModelChecker
import Models
import Testing

/// A system that is not `Sendable`, so that one core searches it.
private final class OnOneCore<Base: TransitionSystem>: TransitionSystem {
  let base: Base
  init(_ base: Base) { self.base = base }
  var initialStates: [Base.State] { base.initialStates }
  var properties: [Property<Base.State>] { base.properties }
  var fairness: [Fairness<Base.State, Base.Action>] { base.fairness }
  func actions(in state: Base.State) -> [Base.Action] { base.actions(in: state) }
  func next(_ state: Base.State, _ action: Base.Action) -> Base.State? { base.next(state, action) }
  func describe(_ state: Base.State) -> String { base.describe(state) }
  func describe(_ action: Base.Action, in state: Base.State) -> String {
    base.describe(action, in: state)
  }
}

/// Other ways to search than breadth first on all cores.
@Suite struct StrategyTests {
  @Test func `on one core and on all, counts, verdicts and traces are the same`() {
    let all = SearchLimits(stopsAtViolation: false)
    #expect(
      explore(OnOneCore(TwoPhase(managers: 5)), limits: all)
        == explore(TwoPhase(managers: 5), limits: all))
    #expect(
      explore(OnOneCore(TwoPhase(managers: 5, isHasty: true)), limits: all)
        == explore(TwoPhase(managers: 5, isHasty: true), limits: all))
    #expect(
      explore(OnOneCore(HygienicPhilosophers(count: 3, isGreedy: true)), limits: all)
        == explore(HygienicPhilosophers(count: 3, isGreedy: true), limits: all))
  }

  @Test func `at most 32 bytes a state are kept`() {
    let report = explore(PhilosophersNet(count: 9))
    #expect(report.distinct == 19_683)
    #expect(report.bytesKept <= 32 * report.distinct + 8 * 20 * 4096)
  }

  @Test func `progress is told, and nobody who has enough gets more`() {
    var seen: [SearchProgress] = []
    let report = explore(TwoPhase(managers: 5)) {
      seen.append($0)
      return $0.distinct < 3_000
    }
    #expect(!report.isExhausted)
    #expect(report.distinct < 8_832)
    #expect(seen.map(\.distinct) == seen.map(\.distinct).sorted())
    #expect(seen.last?.distinct == report.distinct)
  }

  @Test func `states out of scope count as generated alone`() {
    let report = explore(LamportMutex(count: 2, largestClock: 3))
    #expect(report.isExhausted)
    #expect(report.holds, "\(report)")
    #expect(report.generated > report.distinct)
  }

  @Test func `depth first sees all states, with little memory more than once`() {
    let roomy = exploreDepthFirst(TwoPhase(managers: 4))
    let full = explore(TwoPhase(managers: 4))
    #expect(roomy.isExhausted)
    #expect(roomy.entered == full.distinct)
    #expect(roomy.forgotten == 0)
    #expect(roomy.unjudged == ["in the end all have decided alike"])
    #expect(Set(roomy.happened) == ["all can commit", "all can abort"])
    let narrow = exploreDepthFirst(TwoPhase(managers: 4), room: 400)
    #expect(narrow.isExhausted)
    #expect(narrow.forgotten > 0)
    #expect(narrow.entered > full.distinct)
  }

  @Test func `deepening finds a shortest way, depth first a shrunk one`() throws {
    let system = TwoPhase(managers: 3, isHasty: true)
    let deepening = exploreDeepening(system)
    #expect(deepening.violated == "no two managers decide differently")
    #expect(deepening.trace?.steps.count == 3)
    let deep = exploreDepthFirst(system)
    #expect(deep.violated == "no two managers decide differently")
    #expect(try #require(deep.trace).steps.count <= 5)
    #expect(exploreDeepening(TwoPhase(managers: 3)).isExhausted)
  }

  @Test func `random walks tell their share of all states, and the same seed walks the same`() {
    let system = TwoPhase(managers: 4)
    let walk = { exploreAtRandom(system, walks: 200, length: 40, seed: Seed(3), known: 1_568) }
    #expect(walk() == walk())
    #expect(explore(system).distinct == 1_568)
    #expect(walk().distinct < 1_568)
    #expect((100..<1000).contains(walk().permille ?? 0))
    #expect("\(walk())".contains("% of all 1568"))
  }

  @Test func `random walks say of each claim what they can`() {
    let report = exploreAtRandom(TwoPhase(managers: 3), walks: 200, length: 40, seed: Seed(1))
    let found = report.findings.map(\.verdict)
    #expect(report.findings.map(\.claim) == TwoPhase(managers: 3).properties.map(\.name))
    guard case .notRefuted? = found.first, case .notRefuted? = found.last else {
      Issue.record("\(report)")
      return
    }
    #expect(found.contains(.happened))
    #expect(report.ended > 0)
    #expect("\(report)".contains("which proves nothing"))
    let ways = exploreAtRandom(HygienicPhilosophers(count: 3), walks: 5, length: 9, seed: Seed(1))
    #expect(
      ways.findings.dropFirst().allSatisfy {
        if case .unjudged = $0.verdict { true } else { false }
      })
    #expect("\(ways)".contains("? philosopher 0 is fed again and again: not judged, since"))
  }

  @Test func `a bad end is found by a walk, a good one and a long way refute nothing`() {
    let claim = Property<GraphSystem.State>(.inTheEnd, "even") { $0.number.isMultiple(of: 2) }
    let walk = { (edges: [Int: [Int]]) in
      exploreAtRandom(
        GraphSystem(edges: edges, properties: [claim]), walks: 20, length: 9, seed: Seed(1))
    }
    // 3 is a bad end, with a step to itself.
    #expect(walk([0: [1], 1: [0, 3], 3: [3]]).trace?.steps.count == 2)
    #expect(walk([0: [1], 1: [0, 2]]).violated == nil)
    #expect(walk([0: [1], 1: [0]]).ended == 0)
    #expect(
      "\(walk([0: [1], 1: [0]]))".contains("? even: not judged, since no walk came to an end"))
  }

  @Test func `random walks find a mistake, and shrink the way to it`() throws {
    let report = exploreAtRandom(
      TwoPhase(managers: 3, isHasty: true), walks: 100, length: 60, seed: Seed(1))
    #expect(report.violated == "no two managers decide differently")
    #expect(try #require(report.trace).steps.count == 3)
  }

  @Test func `a trace is kept as a line and taken again`() throws {
    let system = SingleCopyRegister(clients: 2, servers: 2)
    guard case .violated(let trace, _) = try #require(explore(system).violation).verdict else {
      return
    }
    #expect(Trace(code: trace.code, in: system) == trace)
    #expect("\(trace)".contains("to replay: \(trace.code)"))
    for code in ["", "x", "0.99", "0~9", "0~0~0"] { #expect(Trace(code: code, in: system) == nil) }
  }

  @Test func `the chance that states were mixed up is told`() {
    #expect("\(explore(TwoPhase(managers: 3)))".contains("below 10^-33"))
  }
}
