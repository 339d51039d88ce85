package import CloudModel
package import Plans

/// Shows that a plan keeps its invariants at every moment, or how it does not.
package enum Prover {
  /// Decides every invariant; pure, and the same on every machine.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - baseline: The account before its first step.
  ///   - invariants: What must hold, in order of statement.
  ///   - resources: What the composition declares, so that a counterexample can show where a rule
  ///     was written that the plan does not touch.
  package static func prove(
    plan: Plan, baseline: AccountState, invariants: [Invariant],
    resources: [DeclaredResource] = []
  ) -> Proof {
    var session = ProofSession(plan: plan, baseline: baseline, resources: resources)
    for invariant in invariants { _ = session.decide(invariant) }
    return session.proof
  }
}
