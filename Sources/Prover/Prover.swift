import Certificates
package import CloudModel
import PlanEffects
package import Plans

/// Shows that a plan keeps its invariants at every moment, or how it does not.
package enum Prover {
  /// Decides every invariant; pure, and the same on every machine.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - baseline: The account before its first step.
  ///   - invariants: What must hold, in order of statement.
  package static func prove(
    plan: Plan, baseline: AccountState, invariants: [Invariant]
  ) -> Proof {
    let verdicts = invariants.map {
      InvariantVerdict(invariant: $0, verdict: .unknown("no method decides this claim"))
    }
    let certificate = Certificate(
      plan: plan.digest, invariants: Certificate.digest(of: invariants),
      baseline: baseline.proofDigest, arguments: [])
    return Proof(verdicts: verdicts, certificate: invariants.isEmpty ? certificate : nil)
  }
}
