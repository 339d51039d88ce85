import CertificateChecker
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
  ///   - resources: What the composition declares, so that a counterexample can show where a rule
  ///     was written that the plan does not touch.
  package static func prove(
    plan: Plan, baseline: AccountState, invariants: [Invariant],
    resources: [DeclaredResource] = []
  ) -> Proof {
    let model = EffectModel(of: plan, on: baseline)
    let court = Court(model, plan: plan, baseline: baseline, resources: resources)
    var verdicts: [InvariantVerdict] = []
    var arguments: [Argument] = []
    for invariant in invariants {
      let (verdict, argument) = court.decide(invariant.claim)
      verdicts.append(InvariantVerdict(invariant: invariant, verdict: verdict))
      if let argument { arguments.append(argument) }
    }
    let certificate = Certificate(
      plan: plan.digest, invariants: Certificate.digest(of: invariants),
      baseline: baseline.proofDigest, arguments: arguments)
    return Proof(
      verdicts: verdicts, certificate: arguments.count == invariants.count ? certificate : nil)
  }
}
