import Canon
import ModelChecker
import Models
import Testing

/// Every way to search, with every reduction and every kind of claim: whatever is run gives the
/// verdict of a plain search, and what could not is refused.
@Suite struct CombinationTests {
  private typealias Claim = Property<TokenWorkers.State>

  /// One claim of each kind that holds and one that does not.
  private static var claims: [Claim] {
    [
      Claim(.always, "nobody enlists twice") { Set($0.list).count == $0.list.count },
      Claim(.always, "never two on the list") { $0.list.count < 2 },
      Claim(.sometimes, "all can be on it") { $0.list.count == 3 },
      Claim(.sometimes, "four can be on it") { $0.list.count == 4 },
      Claim(.inTheEnd, "all are on it") { $0.list.count == 3 },
      Claim(.inTheEnd, "nobody is on it") { $0.list.isEmpty },
      Claim(.eventually, "somebody enlists") { !$0.list.isEmpty },
      Claim(.eventually, "four enlist") { $0.list.count == 4 },
      Claim(.alwaysEventually, "all are on it again and again") { $0.list.count == 3 },
      Claim(.alwaysEventually, "nobody is again and again") { $0.list.isEmpty },
      Claim(.eventuallyAlways, "all stay on it") { $0.list.count == 3 },
      Claim(.eventuallyAlways, "nobody stays") { $0.list.isEmpty },
      Claim("one leads to all", whenever: { $0.list.count == 1 }, leadsTo: { $0.list.count == 3 }),
      Claim("one leads to none", whenever: { $0.list.count == 1 }, leadsTo: { $0.list.isEmpty }),
    ]
  }

  private func system(_ claim: Claim) -> TokenWorkers {
    TokenWorkers(workers: 3, steps: 2, properties: [claim])
  }

  private func speaksOfWays(_ claim: Claim) -> Bool {
    switch claim.kind {
    case .always, .sometimes: false
    case .inTheEnd, .eventually, .alwaysEventually, .eventuallyAlways, .leadsTo: true
    }
  }

  @Test(arguments: claims.indices)
  func `a reduction, checkpoints and a limit of memory change no verdict, or are refused`(
    _ index: Int
  ) throws {
    let claim = Self.claims[index]
    let plain = explore(system(claim))
    #expect(plain.holds == index.isMultiple(of: 2), "\(plain)")
    let (folded, ordered) = (UpToSymmetry(system(claim)), UpToOrder(system(claim)))
    let isOfWays = speaksOfWays(claim)
    let isEnd = claim.kind == .inTheEnd
    let spill = { Spill(memory: 1, folder: MemoryFolder()) }
    let points = { Checkpoints(every: 1) { _ in } }
    let runs: [(name: String, report: ModelReport, isRefused: Bool)] = [
      ("symmetry", explore(folded), isOfWays && !isEnd),
      ("order", explore(ordered), isOfWays),
      ("checkpoints", explore(system(claim), checkpoints: points()), isOfWays),
      ("memory", explore(system(claim), spill: spill()), isOfWays),
      ("symmetry, checkpoints", explore(folded, checkpoints: points()), isOfWays),
      ("symmetry, memory", explore(folded, spill: spill()), isOfWays),
      ("order, checkpoints", explore(ordered, checkpoints: points()), isOfWays),
      ("order, memory", explore(ordered, spill: spill()), true),
      (
        "checkpoints, memory", explore(system(claim), checkpoints: points(), spill: spill()), true
      ),
    ]
    for run in runs {
      #expect((run.report.refusal != nil) == run.isRefused, "\(run.name): \(run.report)")
      if run.isRefused {
        #expect(!run.report.holds && run.report.distinct == 0)
      } else {
        #expect(run.report.holds == plain.holds, "\(run.name): \(run.report)")
      }
    }
  }

  @Test(arguments: claims.indices)
  func `depth first, a claim is judged as by a plain search, or said to be unjudged`(
    _ index: Int
  ) throws {
    let claim = Self.claims[index]
    let reports = [
      exploreDepthFirst(system(claim)), exploreDepthFirst(UpToSymmetry(system(claim))),
      exploreDepthFirst(UpToOrder(system(claim))), exploreDeepening(system(claim)),
      exploreDeepening(UpToSymmetry(system(claim))),
    ]
    for report in reports {
      #expect(report.unjudged == (speaksOfWays(claim) ? [claim.name] : []))
      if !speaksOfWays(claim) { #expect(report.holds == index.isMultiple(of: 2), "\(report)") }
    }
  }

  @Test(arguments: 2...4)
  func `a claim about any one thing is found out under symmetry, however one searches`(
    _ workers: Int
  ) {
    for kind in [Claim.Kind.always, .sometimes, .inTheEnd] {
      for worker in 0..<workers {
        let claim = Claim(kind, "worker \(worker) is not first") { $0.list.first != worker }
        let system = TokenWorkers(workers: workers, steps: 1, properties: [claim])
        let all = SearchLimits(stopsAtViolation: false)
        #expect(explore(UpToSymmetry(system), limits: all).refusal != nil)
        let spill = Spill(memory: 1, folder: MemoryFolder())
        #expect(explore(UpToSymmetry(system), limits: all, spill: spill).refusal != nil)
        #expect(exploreDepthFirst(UpToSymmetry(system)).unjudged == [claim.name])
        #expect(exploreDepthFirst(UpToSymmetry(system)).violated == nil)
      }
    }
  }

  @Test func `what goes on for ever with names exchanged has no end under symmetry`() {
    let claim = Property<Rotation.State>(.inTheEnd, "it rests") { _ in true }
    let system = Rotation(properties: [claim])
    for report in [explore(system), explore(UpToSymmetry(system))] {
      #expect(report.terminal == 0)
      #expect(!report.holds, "\(report)")
    }
    #expect(explore(UpToSymmetry(system)).distinct == 1)
  }
}

/// A token that goes round among three, for ever.
private struct Rotation: SymmetricSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    var holder: Int
    func encode(into encoder: inout CanonicalEncoder) { encoder.write(holder) }
    var description: String { "\(holder)" }
  }

  struct Action: ModelAction, CustomStringConvertible {
    let to: Int
    static let kinds = ["passes"]
    let kind = 0
    var description: String { "to \(to)" }
  }

  var properties: [Property<State>] = []
  var initialStates: [State] { [State(holder: 0)] }
  func actions(in state: State) -> [Action] {
    (0..<3).filter { $0 != state.holder }.map { Action(to: $0) }
  }
  func next(_ state: State, _ action: Action) -> State? { State(holder: action.to) }
  var interchangeable: Int { 3 }
  func renamed(_ state: State, by names: [Int]) -> State { State(holder: names[state.holder]) }
}
