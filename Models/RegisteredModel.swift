package import Determinism
package import ModelChecker

/// A system that can be checked by name.
package struct RegisteredModel: Sendable {
  /// The name that `fugue model-check` takes.
  package let name: String
  /// One sentence on what it is about.
  package let summary: String
  /// Whether the search must find a violation: such a model shows that the claims can fail.
  package let mustFail: Bool
  /// How many states a whole search is to come to; nil where that is not written down.
  package let recorded: RecordedCount?
  /// Searches its states breadth first; the second argument is told how far the search is, and ends
  /// it with false.
  package let search:
    @Sendable (SearchLimits, (SearchProgress) -> Bool, Checkpoints?, Spill?) -> ModelReport
  /// Searches depth first with room for so many fingerprints, and enters at most so many states;
  /// the last argument is told how far the search is, and ends it with false.
  package let searchDepthFirst:
    @Sendable (_ room: Int, _ states: Int, (DepthFirstProgress) -> Bool) -> DepthFirstReport
  /// Walks at random: so many walks of so many steps, of a system with so many states, if that is
  /// known.
  package let walk: @Sendable (_ walks: Int, _ length: Int, Seed, _ known: Int?) -> WalkReport
  /// What its search leaves out by reasoning.
  package let reduction: Reduction
  /// Looks, in so many states, whether the system keeps what a search relies on; the first breach,
  /// or nil.
  package let breach: @Sendable (_ states: Int) -> String?
  /// Takes a trace that was kept as a line; nil if it does not fit.
  package let replay: @Sendable (String) -> Trace?

  /// Searches its states breadth first.
  package func run(_ limits: SearchLimits) -> ModelReport {
    search(limits, { _ in true }, nil, nil)
  }

  /// Whether a search came to what is expected of the model: every claim holds, or, where a mistake
  /// is planted, one does not; and there are as many states as written down.
  package func isAsExpected(_ report: ModelReport) -> Bool {
    mustFail ? report.violation != nil : report.holds && hasRecordedCount(report) != false
  }

  /// Whether a search came to the counts that are written down; nil where there are none, or it
  /// did not see everything.
  package func hasRecordedCount(_ report: ModelReport) -> Bool? {
    guard let recorded, report.isExhausted else { return nil }
    return recorded.distinct == report.distinct && recorded.generated == report.generated
      && recorded.depth == report.depth
  }

  /// A system that all cores search.
  package init<System: TransitionSystem & Sendable>(
    _ name: String, _ summary: String, mustFail: Bool = false, _ system: System
  ) {
    self.name = name
    self.summary = summary
    self.mustFail = mustFail
    recorded = nil
    search = { explore(system, limits: $0, watch: $1, checkpoints: $2, spill: $3) }
    searchDepthFirst = { exploreDepthFirst(system, room: $0, states: $1, watch: $2) }
    walk = { exploreAtRandom(system, walks: $0, length: $1, seed: $2, known: $3) }
    reduction = system.reduction
    breach = { system.breach(states: $0) }
    replay = { Trace(code: $0, in: system) }
  }

  /// A kernel model: each search has a system of its own, on one core.
  init(_ name: String, _ summary: String, mustFail: Bool = false, _ scope: KernelScope) {
    self.name = name
    self.summary = summary
    self.mustFail = mustFail
    recorded = RecordedCount(of: name)
    search = { explore(KernelSystem(scope), limits: $0, watch: $1, checkpoints: $2, spill: $3) }
    searchDepthFirst = {
      exploreDepthFirst(KernelSystem(scope), room: $0, states: $1, watch: $2)
    }
    walk = { exploreAtRandom(KernelSystem(scope), walks: $0, length: $1, seed: $2, known: $3) }
    reduction = .none
    breach = { KernelSystem(scope).breach(states: $0) }
    replay = { Trace(code: $0, in: KernelSystem(scope)) }
  }
}
