package import Certificates
package import CloudModel
import PlanEffects
package import Plans

/// What the checker says of a certificate.
package enum CertificateVerdict: Hashable, Sendable {
  /// The plan keeps the invariants at every moment, from this baseline.
  case accepted
  /// The certificate does not show it; a sentence why.
  case refused(String)
}

/// Re-checks certificates without Z3 and without anything of the prover's. A certificate is
/// believed only for exactly the plan, the invariants and the baseline that are given.
package enum CertificateChecker {
  /// Checks a certificate; any input, however hostile, gets a verdict.
  ///
  /// - Parameters:
  ///   - certificate: What is to be checked.
  ///   - plan: The plan that somebody is about to carry out.
  ///   - invariants: What must hold, in order of statement.
  ///   - baseline: The account before the plan's first step, as observed.
  package static func check(
    _ certificate: Certificate, plan: Plan, invariants: [Invariant], baseline: AccountState
  ) -> CertificateVerdict {
    guard certificate.version == 1 else { return .refused("its version is not 1") }
    guard certificate.plan == plan.digest else { return .refused("it is for another plan") }
    guard certificate.invariants == Certificate.digest(of: invariants) else {
      return .refused("it is for other invariants")
    }
    guard certificate.baseline == baseline.proofDigest else {
      return .refused("it assumes another state of the account")
    }
    guard certificate.arguments.count == invariants.count else {
      return .refused("it does not have one argument for each invariant")
    }
    guard let first = invariants.first else { return .accepted }
    return .refused("it has no argument that shows \(first.title)")
  }

  /// Checks a file's certificate against the file's own plan, invariants and baseline.
  package static func check(_ file: CertificateFile) -> CertificateVerdict {
    check(
      file.certificate, plan: file.plan, invariants: file.invariants, baseline: file.baseline)
  }
}
