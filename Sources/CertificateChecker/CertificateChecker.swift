import Canon
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
    if let reason = mismatch(certificate, plan, invariants, baseline) { return .refused(reason) }
    if invariants.isEmpty { return .accepted }
    return check(certificate, Premises(of: plan, on: baseline), invariants: invariants)
  }

  /// Checks a certificate for a plan whose effects have been derived already.
  ///
  /// - Parameters:
  ///   - certificate: What is to be checked.
  ///   - premises: The plan and its baseline, with what its steps do there.
  ///   - invariants: What must hold, in order of statement.
  package static func check(
    _ certificate: Certificate, _ premises: Premises, invariants: [Invariant]
  ) -> CertificateVerdict {
    let (plan, baseline) = (premises.plan, premises.baseline)
    if let reason = mismatch(certificate, plan, invariants, baseline) { return .refused(reason) }
    if invariants.isEmpty { return .accepted }
    if let reason = impossibility(of: baseline) { return .refused(reason) }
    var check = ClaimCheck(premises.model, baseline, process: plan.process)
    for (invariant, argument) in zip(invariants, certificate.arguments) {
      if let reason = check.refusal(of: invariant.claim, argument) {
        return .refused("\(invariant.title): \(reason)")
      }
    }
    return .accepted
  }

  /// Checks a file's certificate against the file's own plan, invariants and baseline.
  package static func check(_ file: CertificateFile) -> CertificateVerdict {
    check(
      file.certificate, plan: file.plan, invariants: file.invariants, baseline: file.baseline)
  }

  /// What the certificate is not for; nil where it is for exactly these.
  private static func mismatch(
    _ certificate: Certificate, _ plan: Plan, _ invariants: [Invariant], _ baseline: AccountState
  ) -> String? {
    guard certificate.version == 1 else { return "its version is not 1" }
    guard certificate.plan == plan.digest else { return "it is for another plan" }
    guard certificate.invariants == Certificate.digest(of: invariants) else {
      return "it is for other invariants"
    }
    guard certificate.baseline == baseline.proofDigest else {
      return "it assumes another state of the account"
    }
    guard certificate.arguments.count == invariants.count else {
      return "it does not have one argument for each invariant"
    }
    return nil
  }

  /// What no account of AWS can be; nil where there is no such thing. The semantics rely on it.
  private static func impossibility(of account: AccountState) -> String? {
    let blocks = account.vpcs.values.map(\.cidr) + account.subnets.values.map(\.cidr)
    guard blocks.allSatisfy({ (16...28).contains($0.length) }) else {
      return "the account has a network that is no /16 to /28"
    }
    guard account.serial < 1 << 62 else { return "the account's counter is beyond its end" }
    return nil
  }
}

/// Checks the claims of one plan from one baseline.
private struct ClaimCheck {
  private let model: EffectModel
  private let baseline: AccountState
  private let process: String
  private var throughout: NetworkCheck
  private var before: NetworkCheck
  private var after: NetworkCheck

  init(_ model: EffectModel, _ baseline: AccountState, process: String) {
    self.model = model
    self.baseline = baseline
    self.process = process
    throughout = NetworkCheck(model, process: process)
    before = NetworkCheck(model.at(model.moments.start), process: process)
    after = NetworkCheck(model.at(model.moments.end), process: process)
  }

  /// Why an argument does not show a claim; nil where it does.
  mutating func refusal(of claim: Claim, _ argument: Argument) -> String? {
    switch (claim, argument) {
    case (.never, .separators(let separators)), (.only, .separators(let separators)):
      return throughout.doubt
        ?? throughout.refusal(of: claim, separators, before: &before, after: &after)
    case (.always, .evaluated):
      return throughout.doubt
        ?? throughout.refusal(ofDemand: claim, before: &before, after: &after)
    case (.forall(_, let results), .evaluated):
      return results.first { $0.holds != true }.map { "not known to hold of \($0.address)" }
    case (.nobodyOutside(let action, let resource, let path), .evaluated):
      let access = OutsideAccess(
        model, account: baseline.accountID, region: baseline.region, process: process)
      return access.finding(action: action, resource: resource, path: path)?.sentence
    case (.never, .evaluated), (.only, .evaluated), (.always, .separators),
      (.forall, .separators), (.nobodyOutside, .separators):
      return "its argument is for another kind of claim"
    }
  }
}
