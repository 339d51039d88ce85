import Certificates
package import CloudModel
import PlanEffects
package import Plans

/// The proof of one plan, invariant by invariant, for callers that time or show each.
package struct ProofSession {
  private let model: EffectModel
  private let court: Court
  private let plan: Plan
  private let baseline: AccountState
  private var decided: [InvariantVerdict] = []
  private var arguments: [Argument] = []

  /// Learns what the plan's steps do.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - baseline: The account before its first step.
  ///   - resources: What the composition declares, so that a counterexample can show where a rule
  ///     was written that the plan does not touch.
  package init(plan: Plan, baseline: AccountState, resources: [DeclaredResource] = []) {
    model = EffectModel(of: plan, on: baseline)
    court = Court(model, plan: plan, baseline: baseline, resources: resources)
    self.plan = plan
    self.baseline = baseline
  }

  /// Decides the next invariant.
  package mutating func decide(_ invariant: Invariant) -> InvariantVerdict {
    let (verdict, argument) = court.decide(invariant.claim)
    let result = InvariantVerdict(invariant: invariant, verdict: verdict)
    decided.append(result)
    if let argument { arguments.append(argument) }
    return result
  }

  /// What was decided so far; the certificate is for exactly these invariants.
  package var proof: Proof {
    let certificate = Certificate(
      plan: plan.digest, invariants: Certificate.digest(of: decided.map(\.invariant)),
      baseline: baseline.proofDigest, arguments: arguments)
    return Proof(
      verdicts: decided, certificate: arguments.count == decided.count ? certificate : nil)
  }

  /// The account at a counterexample's moment, as concrete as the packet walker wants it, its
  /// sender and receiver at the packet's addresses; nil where there is no packet.
  ///
  /// Steps that had to be acknowledged before those in force have made their things; what they
  /// change in others is not in force.
  package func account(at counterexample: Counterexample) -> AccountState? {
    guard let packet = counterexample.packet else { return nil }
    let inForce = Set(counterexample.inForce)
    let made = acknowledged(before: counterexample.inForce).filter { step in
      plan.steps[step.index].verb == .create && plan.steps[step.index].part.isEmpty
    }
    let facts = model.occurrences.filter { occurrence in
      let isThere = occurrence.addedBy.map { inForce.contains($0) || made.contains($0) } ?? true
      return isThere && !occurrence.removedBy.contains(where: inForce.contains)
    }
    return AccountState(
      facts: facts.map(\.fact), accountID: baseline.accountID, region: baseline.region,
      packet: packet)
  }

  /// Steps that come before some, by edges of either kind.
  private func acknowledged(before steps: [StepID]) -> Set<StepID> {
    var seen: Set<StepID> = []
    var rest = steps
    let before = plan.predecessors
    while let step = rest.popLast() {
      for edge in before[step.index] where seen.insert(edge.from).inserted {
        rest.append(edge.from)
      }
    }
    return seen
  }
}
