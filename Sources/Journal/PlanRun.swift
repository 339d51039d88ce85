package import Canon
package import Certificates
package import Determinism
package import Plans

/// A plan that is being carried out, as far as the journal tells.
package struct PlanRun: Hashable, Sendable {
  /// The plan.
  package let plan: Plan
  /// The plan's digest.
  package let digest: Digest
  /// The certificate that passed the gate.
  package let certificate: Certificate
  /// When it began.
  package let beganAt: Instant
  /// How far each step is, in the plan's order.
  package internal(set) var steps: [StepProgress]

  /// A run that has not begun any step.
  init(plan: Plan, certificate: Certificate, beganAt: Instant) {
    self.plan = plan
    self.digest = plan.digest
    self.certificate = certificate
    self.beganAt = beganAt
    self.steps = Array(repeating: StepProgress(), count: plan.steps.count)
  }

  mutating func change(_ step: StepID, _ body: (inout StepProgress) -> Void) {
    if steps.indices.contains(step.index) { body(&steps[step.index]) }
  }
}

/// How far one step is, and what of its earlier tries may still come to light.
package struct StepProgress: Hashable, Sendable {
  /// How far.
  package var state = StepState.pending(notBefore: .zero)
  /// How many times its call was about to be made.
  package var tries = 0
  /// Until when the effect of a lost try may still appear; before it the step does not count as
  /// in force.
  package var quietAfter = Instant.zero

  /// A step that has not begun.
  package init() {}
}
