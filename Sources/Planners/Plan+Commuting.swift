internal import CloudModel
internal import PlanEffects
internal import Plans

extension Plan {
  /// The plan with an edge between any two steps that change the same thing without an order, so
  /// that what it comes to does not hang on which is first. They keep the list's order.
  ///
  /// - Parameter account: What the plan starts from.
  func ordered(whereNeededOn account: AccountState) -> Plan {
    if steps.count < 2 { return self }
    let missing = EffectModel.doubts(about: self, on: account).compactMap(\.edge)
      .filter { $0.from < $0.to }
    if missing.isEmpty { return self }
    var plan = self
    plan.edges = TransitiveReduction.reduce(edges + missing, count: steps.count)
    return plan
  }
}
