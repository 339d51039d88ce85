package import ModelChecker

/// A system that can be checked by name.
package struct RegisteredModel: Sendable {
  /// The name that `fugue model-check` takes.
  package let name: String
  /// One sentence on what it is about.
  package let summary: String
  /// Searches its states.
  package let run: @Sendable (SearchLimits) -> ModelReport
}

/// All systems that can be checked by name.
package enum ModelRegistry {
  /// In the order in which they are listed.
  package static let all: [RegisteredModel] = [
    RegisteredModel(
      name: "two-phase-3", summary: "two-phase commit with 3 resource managers",
      run: { explore(TwoPhase(managers: 3), limits: $0) }),
    RegisteredModel(
      name: "two-phase-5", summary: "two-phase commit with 5 resource managers",
      run: { explore(TwoPhase(managers: 5), limits: $0) }),
    RegisteredModel(
      name: "two-phase-hasty",
      summary: "two-phase commit whose transaction manager does not wait; must fail",
      run: { explore(TwoPhase(managers: 3, isHasty: true), limits: $0) }),
  ]

  /// The model of a name, which may be written as a path (`Models/two-phase-3`); nil if there is
  /// none.
  package static func find(_ name: String) -> RegisteredModel? {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return all.first { $0.name == last }
  }
}
