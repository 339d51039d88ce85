import Canon
import Determinism
import ModelChecker
import Models
import Testing

/// Symmetry and partial order: what is left out changes no verdict, and what would is refused.
@Suite struct ReductionTests {
  private typealias Claim = Property<TokenWorkers.State>

  private let claims = [
    Claim(.always, "nobody enlists twice") { Set($0.list).count == $0.list.count },
    Claim(.always, "the list stays short") { $0.list.count < 4 },
    Claim(.always, "never two on the list") { $0.list.count < 2 },
    Claim(.sometimes, "all can be on it") { $0.list.count == 4 },
    Claim(.sometimes, "five can be on it") { $0.list.count == 5 },
  ]

  private func verdicts(_ report: ModelReport) -> [Bool] {
    report.verdicts.map { $0.verdict == .holds }
  }

  @Test func `with symmetry, two-phase commit of 5 managers has 314 states`() {
    let report = explore(UpToSymmetry(TwoPhase(managers: 5)))
    #expect(report.distinct == 314)
    #expect(report.holds, "\(report)")
    #expect("\(report)".contains("names exchanged"))
  }

  @Test func `states that are one another with names exchanged have one canonical form`() {
    let system = TokenWorkers(workers: 4, steps: 2)
    let folded = UpToSymmetry(system)
    var random = RandomSource(Seed(7))
    for _ in 0..<200 {
      var state = system.initialStates[0]
      for _ in 0..<random.below(10) {
        let actions = system.actions(in: state)
        if actions.isEmpty { break }
        state = system.next(state, actions[random.below(actions.count)]) ?? state
      }
      var names = Array(0..<4)
      names.shuffle(using: &random)
      #expect(
        folded.representative(of: system.renamed(state, by: names)).canonicalBytes
          == folded.representative(of: state).canonicalBytes)
    }
  }

  @Test func `with symmetry a trace is one of the system itself`() throws {
    let report = explore(UpToSymmetry(TwoPhase(managers: 4, isHasty: true)))
    guard case .violated(let trace, _) = try #require(report.violation).verdict else { return }
    let system = TwoPhase(managers: 4, isHasty: true)
    #expect(Trace(code: trace.code, in: system) == trace)
    #expect(trace.steps.count == 3)
  }

  @Test func `symmetry gives the verdicts of a full search`() {
    let system = TokenWorkers(workers: 4, steps: 2, properties: claims)
    let all = SearchLimits(stopsAtViolation: false)
    let (full, folded) = (
      explore(system, limits: all), explore(UpToSymmetry(system), limits: all)
    )
    #expect(verdicts(full) == [true, false, false, true, false])
    #expect(verdicts(folded) == verdicts(full))
    #expect(folded.distinct * 10 < full.distinct)
  }

  @Test func `a claim that tells names apart is refused under symmetry`() {
    let claim = Claim(.always, "worker 0 is first") { $0.list.first ?? 0 == 0 }
    let report = explore(
      UpToSymmetry(TokenWorkers(workers: 3, steps: 1, properties: [claim])),
      limits: SearchLimits(stopsAtViolation: false))
    #expect(report.refusal?.contains("worker 0 is first") == true)
    #expect(!report.holds)
  }

  @Test func `claims that a reduction does not bear are refused, not run`() {
    let ways = Claim(.eventually, "somebody enlists") { !$0.list.isEmpty }
    let ends = Claim(.inTheEnd, "all are on the list") { $0.list.count == 2 }
    let both = TokenWorkers(workers: 2, steps: 1, properties: [ways])
    for report in [
      explore(UpToSymmetry(both)), explore(UpToOrder(both)),
      explore(UpToOrder(TokenWorkers(workers: 2, steps: 1, properties: [ends]))),
    ] {
      #expect(report.refusal != nil)
      #expect(report.distinct == 0)
      #expect(!report.holds)
      #expect("\(report)".hasPrefix("refused: "))
    }
    #expect(explore(both).holds)
  }

  @Test func `partial-order reduction gives the verdicts of a full search with fewer states`() {
    for steps in 1...3 {
      let system = TokenWorkers(workers: 4, steps: steps, properties: claims)
      let all = SearchLimits(stopsAtViolation: false)
      let (full, reduced) = (
        explore(system, limits: all), explore(UpToOrder(system), limits: all)
      )
      #expect(verdicts(full) == [true, false, false, true, false])
      #expect(verdicts(reduced) == verdicts(full))
      #expect(reduced.distinct < full.distinct)
      #expect(reduced.terminal == full.terminal)
      #expect(system.localityBreach() == nil)
    }
  }

  @Test func `an action that is said to be local and is not is found out`() throws {
    let liar = TokenWorkers(workers: 2, steps: 1, lies: true, properties: claims)
    let breach = try #require(liar.localityBreach())
    #expect(breach.contains("enlists"))
  }
}
