import CertificateChecker
import CloudModel
import PlanEffects
import Plans

extension Clerk {
  /// The counterexample for a policy that lets outsiders in, by the finding that comes about first;
  /// nil where nobody certainly may.
  func access(_ findings: [PolicyFinding], resource: ResourceAddress) -> Counterexample? {
    let open = findings.filter(\.isOpen)
    let ranked = open.enumerated().min {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    guard let first = ranked?.element, let evidence = first.evidence else { return nil }
    let after = prefix(first.moments)
    let failsInTheEnd = open.contains { $0.moments.holds(at: moments.end) }
    return Counterexample(
      summary: summary(first, evidence, after), packet: nil,
      path: hops(evidence, resource, decisive: after ?? first.moments.inForce.last),
      inForce: first.moments.inForce, openAfter: after, failsInTheEnd: failsInTheEnd,
      closedBy: first.moments.notInForce,
      wayOut: failsInTheEnd ? [] : wayOut(open.map(\.moments)))
  }

  /// How early a finding comes about in list order; those of no prefix of the list come last.
  private func rank(_ finding: PolicyFinding) -> Int {
    finding.moments.inForce.isEmpty ? -1 : prefix(finding.moments)?.index ?? .max
  }

  private func summary(
    _ finding: PolicyFinding, _ evidence: PolicyFinding.Evidence, _ after: StepID?
  ) -> String {
    let when: String
    if let after {
      when = "After step \(after.index + 1) of the plan, "
    } else if finding.moments.inForce.isEmpty {
      when = "Before the plan already, "
    } else {
      let steps = finding.moments.inForce.map { String($0.index + 1) }.joined(separator: ", ")
      when = "When steps \(steps) are in force and others are not yet, "
    }
    return when + finding.sentence + "."
  }

  /// Statement by statement, as far as they bear on it, and the public access block.
  private func hops(
    _ evidence: PolicyFinding.Evidence, _ resource: ResourceAddress, decisive: StepID?
  ) -> [Hop] {
    let grant = evidence.grant
    let policyStep = evidence.policy.addedBy
    let isOfPolicy = decisive == nil || decisive == policyStep
    var hops: [Hop] = []
    for (place, statement) in evidence.document.statements.enumerated() {
      let text: String
      if place == grant.statement {
        text = "\(statement.name) allows \(grant.outsider.words): \(words(grant.request))"
      } else if grant.denials.contains(place) {
        text = "\(statement.name) denies something, but not this"
      } else {
        continue
      }
      let isDecisive = place == grant.statement && isOfPolicy
      hops.append(
        Hop(
          text: text, origin: origin(of: statement.name, policyStep, resource), step: policyStep,
          isDecisive: isDecisive))
    }
    let isOn = evidence.isRestricted ? "is on, which does not bear on it" : "is off"
    let blockStep = evidence.block.addedBy
    hops.append(
      Hop(
        text: "RestrictPublicBuckets \(isOn)",
        origin: origin(of: "RestrictPublicBuckets", blockStep, resource), step: blockStep,
        isDecisive: !isOfPolicy))
    return hops
  }

  private func words(_ request: PolicyQuestion.Request?) -> String {
    request.map { "\($0.action) on \($0.resource)" } ?? "something"
  }

  /// Where a part was written: among the origins of the step that brings it, or at the resource.
  private func origin(of word: String, _ step: StepID?, _ resource: ResourceAddress) -> Origin? {
    if let step, let best = best(of: plan.steps[step.index].origins, [word]) { return best.origin }
    let address = step.map { plan.steps[$0.index].address } ?? resource
    return resources.first { $0.address == address }?.origin
  }
}
