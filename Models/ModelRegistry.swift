package import ModelChecker

/// A system that can be checked by name.
package struct RegisteredModel: Sendable {
  /// The name that `fugue model-check` takes.
  package let name: String
  /// One sentence on what it is about.
  package let summary: String
  /// Whether the search must find a violation: such a model shows that the claims can fail.
  package let mustFail: Bool
  /// Searches its states.
  package let run: @Sendable (SearchLimits) -> ModelReport

  /// Whether a search came to what is expected of the model: every claim holds, or, where a mistake
  /// is planted, one does not.
  package func isAsExpected(_ report: ModelReport) -> Bool {
    mustFail ? report.violation != nil : report.holds
  }

  init(
    _ name: String, _ summary: String, mustFail: Bool = false,
    run: @escaping @Sendable (SearchLimits) -> ModelReport
  ) {
    self.name = name
    self.summary = summary
    self.mustFail = mustFail
    self.run = run
  }

  /// A kernel model.
  init(
    _ name: String, _ summary: String, mustFail: Bool = false, _ scope: KernelScope
  ) {
    self.init(name, summary, mustFail: mustFail) { explore(KernelSystem(scope), limits: $0) }
  }
}

/// All systems that can be checked by name.
package enum ModelRegistry {
  /// In the order in which they are listed.
  package static let all: [RegisteredModel] =
    protocols + published + kernels
    + KernelScope.planted.map {
      RegisteredModel(
        "kernel-with-\($0.name)", "the kernel with one line changed: \($0.what)", mustFail: true,
        $0.scope)
    }

  /// The model of a name, which may be written as a path (`Models/two-phase-3`); nil if there is
  /// none.
  package static func find(_ name: String) -> RegisteredModel? {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return all.first { $0.name == last }
  }

  private static let protocols = [
    RegisteredModel("two-phase-3", "two-phase commit with 3 resource managers") {
      explore(TwoPhase(managers: 3), limits: $0)
    },
    RegisteredModel("two-phase-5", "two-phase commit with 5 resource managers") {
      explore(TwoPhase(managers: 5), limits: $0)
    },
    RegisteredModel("two-phase-7", "the same with 7, without the claim on ends") {
      explore(TwoPhase(managers: 7, claimsEnds: false), limits: $0)
    },
    RegisteredModel("two-phase-8", "the same with 8") {
      explore(TwoPhase(managers: 8, claimsEnds: false), limits: $0)
    },
    RegisteredModel("two-phase-9", "the same with 9: 10 million states") {
      explore(TwoPhase(managers: 9, claimsEnds: false), limits: $0)
    },
    RegisteredModel(
      "two-phase-hasty", "two-phase commit whose transaction manager does not wait",
      mustFail: true
    ) { explore(TwoPhase(managers: 3, isHasty: true), limits: $0) },
  ]

  private static let kernels = [
    RegisteredModel(
      "kernel", "a crash, a lost reply and an edit by hand, anywhere; looks in one step",
      .wholeLooks),
    RegisteredModel(
      "kernel-reads", "the same, with an answer to each read a step of its own", KernelScope()),
    RegisteredModel(
      "kernel-stale",
      "a lost reply, an edit, a stale read, a call carried out twice, a prover that gives up",
      .staleAndTwice),
    RegisteredModel(
      "kernel-opening", "a step opens a group while somebody opens more by hand; a lost reply",
      .opening),
    RegisteredModel("kernel-kill", "applied, then killed; a crash and a lost reply", .killing),
  ]
}
