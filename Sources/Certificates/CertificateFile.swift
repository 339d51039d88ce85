package import CloudModel
package import Plans

/// A certificate with everything that it is about, so that anybody can re-check it: what
/// `fugue verify --certificate FILE` writes and `fugue certificate check FILE` reads, as JSON.
package struct CertificateFile: Hashable, Codable, Sendable {
  /// The plan.
  package var plan: Plan
  /// What must hold, in order of statement.
  package var invariants: [Invariant]
  /// The account before the plan.
  package var baseline: AccountState
  /// The certificate for these three.
  package var certificate: Certificate

  /// Makes a file's content.
  package init(
    plan: Plan, invariants: [Invariant], baseline: AccountState, certificate: Certificate
  ) {
    self.plan = plan
    self.invariants = invariants
    self.baseline = baseline
    self.certificate = certificate
  }
}
