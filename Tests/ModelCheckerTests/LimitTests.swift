import Canon
import Determinism
import ModelChecker
import Models
import Testing

/// Where a search stops, and what is said of it; and what is refused before it begins.
@Suite struct LimitTests {
  private typealias Claim = Property<GraphSystem.State>

  @Test(arguments: [1, 2, 7, 100, 191, 192, 193, 300])
  func `a search stops at so many states, and says so`(_ limit: Int) {
    let limits = SearchLimits(states: limit, stopsAtViolation: false)
    let folder = MemoryFolder()
    let reports = [
      // The ring begins in 192 states.
      explore(TerminationRing(count: 3), limits: limits),
      explore(TwoPhase(managers: 5), limits: limits),
      explore(UpToOrder(DiningPhilosophers(count: 16)), limits: limits),
      explore(
        TwoPhase(managers: 5, claimsEnds: false), limits: limits,
        spill: Spill(memory: 1, folder: folder)),
    ]
    for report in reports {
      #expect(report.distinct == limit)
      #expect(report.stop == .states(limit))
      #expect(!report.isExhausted)
      #expect("\(report)".contains("NOT exhausted: stopped at \(limit) states"))
    }
    let deep = exploreDepthFirst(TwoPhase(managers: 5), states: limit)
    #expect(deep.entered == limit)
    #expect(deep.stop == .states(limit) && !deep.isExhausted && !deep.holds)
    #expect(folder.open == 0)
  }

  @Test func `each reason to stop is told`() {
    let system = TwoPhase(managers: 3, isHasty: true)
    #expect(explore(system).stop == .violation)
    #expect(explore(system) { _ in false }.stop == .watcher)
    #expect(explore(system, limits: SearchLimits(depth: 3)).stop == .depth(3))
    #expect(explore(system, limits: SearchLimits(stopsAtViolation: false)).stop == nil)
    #expect(exploreDepthFirst(system).stop == .violation)
    #expect(exploreDepthFirst(TwoPhase(managers: 3), depth: 4).stop == .depth(4))
  }

  @Test func `a depth-first search tells how far it is, and ends when nobody wants more`() {
    var told: [DepthFirstProgress] = []
    let report = exploreDepthFirst(TwoPhase(managers: 6), room: 64) {
      told.append($0)
      return told.count < 5
    }
    #expect(told.count == 5)
    #expect(told.map(\.entered) == told.map(\.entered).sorted())
    #expect(told.allSatisfy { $0.forgotten > 0 && $0.depth > 0 })
    #expect(report.stop == .watcher && !report.holds)
    #expect(report.neverHappened.isEmpty)
    #expect("\(report)".contains("with more room it takes less time"))
    #expect(exploreDeepening(TwoPhase(managers: 6), room: 64) { _ in false }.stop == .watcher)
  }

  @Test func `fairness that asks for nothing is named`() {
    let edges = [0: [0, 1], 1: [0, 1]]
    let claim = Claim(.alwaysEventually, "zero again and again") { $0.number == 0 }
    // Steps that stay where they are change nothing, and so are none.
    let fair: [(strength: Fairness<GraphSystem.State, GraphSystem.Action>.Strength, kind: Int)] = [
      (.weak, 0), (.strong, 2),
    ]
    let report = explore(GraphSystem(edges: edges, properties: [claim], fairKinds: fair))
    #expect(report.idleFairness == ["the strong fairness of `fairness[1]`"])
    #expect("\(report)".contains("asks for nothing: none of its actions is ever possible"))
    #expect(explore(GraphSystem(edges: edges, properties: [claim])).idleFairness.isEmpty)
    // Nothing is said where not all was seen, nor where nobody asks for fairness.
    let system = GraphSystem(edges: edges, properties: [claim], fairKinds: fair)
    #expect(explore(system, limits: SearchLimits(states: 1)).idleFairness.isEmpty)
    let state = Claim(.always, "small") { $0.number < 2 }
    #expect(
      explore(GraphSystem(edges: edges, properties: [state], fairKinds: fair)).idleFairness.isEmpty)
    #expect(explore(HygienicPhilosophers(count: 3)).idleFairness.isEmpty)
  }

  @Test func `two claims of one name are refused, however one searches`() {
    let claims = [Claim(.always, "same") { _ in true }, Claim(.sometimes, "same") { _ in false }]
    let system = GraphSystem(edges: [0: [1]], properties: claims)
    let refusals = [
      explore(system).refusal, exploreDepthFirst(system).refusal, exploreDeepening(system).refusal,
      exploreAtRandom(system, walks: 1, length: 1, seed: Seed(1)).refusal, system.breach(),
    ]
    for refusal in refusals {
      #expect(refusal?.contains("two claims are called \"same\"") == true)
    }
    #expect(!explore(system).holds && !exploreDepthFirst(system).holds)
  }

  @Test func `two models of one name are found out`() {
    let one = RegisteredModel("one", "the first", TwoPhase(managers: 2))
    let other = RegisteredModel("other", "another", TwoPhase(managers: 2))
    #expect(ModelRegistry.namesTakenTwice(in: [one, other, one]) == ["one"])
    #expect(ModelRegistry.namesTakenTwice().isEmpty)
  }

  @Test func `fewer than no interchangeable things are refused`() {
    let system = UpToSymmetry(Nothing())
    #expect(explore(system).refusal?.contains("`interchangeable` is -1") == true)
    #expect(exploreDepthFirst(system).refusal != nil)
    #expect(system.breach() != nil)
  }
}

/// A system of one state that claims to have fewer than no things.
private struct Nothing: SymmetricSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    func encode(into encoder: inout CanonicalEncoder) {}
    var description: String { "nothing" }
  }

  struct Action: ModelAction, CustomStringConvertible {
    static let kinds = ["none"]
    var kind: Int { 0 }
    var description: String { "none" }
  }

  var initialStates: [State] { [State()] }
  func actions(in state: State) -> [Action] { [] }
  func next(_ state: State, _ action: Action) -> State? { nil }
  var interchangeable: Int { -1 }
  func renamed(_ state: State, by names: [Int]) -> State { state }
}
