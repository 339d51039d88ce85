package import Canon
package import Certificates
package import Determinism
package import Plans

/// A plan that is being carried out, as far as the journal tells.
package struct PlanRun: Hashable, Sendable {
  /// What never changes while the run lasts.
  private struct Terms: Hashable, Sendable {
    let plan: Plan
    let digest: Digest
    let certificate: Certificate
    let beganAt: Instant
  }

  /// One element, so that copies of a run share it, and those that do are equal at once.
  private let terms: [Terms]
  /// The plan.
  package var plan: Plan { terms[0].plan }
  /// The plan's digest.
  package var digest: Digest { terms[0].digest }
  /// The certificate that passed the gate.
  package var certificate: Certificate { terms[0].certificate }
  /// When it began.
  package var beganAt: Instant { terms[0].beganAt }
  /// How far each step is, in the plan's order.
  package internal(set) var steps: [StepProgress]

  /// A run that has not begun any step.
  init(plan: Plan, certificate: Certificate, beganAt: Instant) {
    terms = [
      Terms(plan: plan, digest: plan.digest, certificate: certificate, beganAt: beganAt)
    ]
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
