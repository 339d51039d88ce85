import Canon
package import CloudModel
package import PlanEffects
package import Plans

/// What the proof of a plan assumes of the account as long as the plan runs: that at each moment it
/// is the baseline with the effects of just the steps carried out so far, and nothing else.
///
/// The kernel holds a fresh observation against it before each step that opens something. Both the
/// effects and the set of opening steps are derived here, from plan and baseline; no planner,
/// prover or certificate has a say in them.
package struct Premises: Sendable {
  /// The plan.
  package let plan: Plan
  /// The account before its first step.
  package let baseline: AccountState
  /// What its steps do.
  let model: EffectModel
  /// The account after the last step, with the derivation's own identifiers.
  let end: AccountState
  /// For each step, whether it opens something.
  package let isOpening: [Bool]
  private let planDigest: Digest
  private let baselineDigest: Digest

  /// Derives what is assumed.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - baseline: The account before its first step, as observed.
  package init(of plan: Plan, on baseline: AccountState) {
    self.plan = plan
    self.baseline = baseline
    (model, end) = EffectModel.derive(from: plan, on: baseline)
    isOpening = OpeningSteps(model, of: plan).isOpening
    planDigest = plan.digest
    baselineDigest = baseline.proofDigest
  }

  /// How far a plan has come, for comparison with an observation.
  package struct Progress: Sendable {
    /// Steps that may have had their effect: their call was about to be made at least once.
    package var begun: StepSet
    /// Steps whose effect every read shows: in force, and past the window in which reads may
    /// show an earlier state.
    package var shown: StepSet

    /// A plan of which nothing has begun.
    package init(_ plan: Plan) {
      begun = StepSet(capacity: plan.steps.count)
      shown = StepSet(capacity: plan.steps.count)
    }
  }

  /// What of an observed account is not as assumed, in a sentence; nil where all of it is. A step
  /// that has begun and is not shown yet may be seen or not.
  ///
  /// - Parameters:
  ///   - observed: The account, as a fresh look shows it.
  ///   - progress: How far the plan has come.
  package func breach(in observed: AccountState, _ progress: Progress) -> String? {
    guard observed.accountID == baseline.accountID, observed.region == baseline.region else {
      return "another account or region answers"
    }
    let naming = Naming(of: end, in: observed, knownBefore: baseline, process: plan.process)
    let there = observed.facts.map { (real: $0, fact: $0.mapped(naming.derived)) }
    var possible: [Fact: [Occurrence]] = [:]
    for it in model.occurrences { possible[it.fact.kind, default: []].append(it) }
    for (real, fact) in there {
      let isExpected = (possible[fact.kind] ?? []).contains {
        $0.fact.covers(fact) && progress.mayHold($0)
      }
      // Nothing is reached through a subnet that is not there, or not seen yet.
      if !isExpected, let subnet = real.subnetAlone, observed.subnets[subnet] == nil { continue }
      if !isExpected { return "\(real.summary) is there and is none of the plan's" }
    }
    let seen = Set(there.map(\.fact.kind))
    let before = Set(baseline.facts)
    for occurrence in model.occurrences where progress.mustHold(occurrence) {
      // What outputs name, and no tags do, is no fact of an account.
      if occurrence.addedBy == nil, !before.contains(occurrence.fact) { continue }
      if !seen.contains(occurrence.fact.kind) {
        return "\(occurrence.fact.mapped(naming.real).summary) has gone"
      }
    }
    return nil
  }
}

extension Premises: Hashable {
  package static func == (a: Self, b: Self) -> Bool {
    a.planDigest == b.planDigest && a.baselineDigest == b.baselineDigest
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(planDigest)
    hasher.combine(baselineDigest)
  }
}

extension Premises.Progress {
  /// Whether a fact may be seen: it was there or a step that makes it has begun, and nothing that
  /// is shown took it away.
  fileprivate func mayHold(_ it: Occurrence) -> Bool {
    (it.addedBy.map(begun.contains) ?? true) && !it.removedBy.contains(where: shown.contains)
  }

  /// Whether a fact must be seen: what makes it is shown, and nothing that may take it away began.
  fileprivate func mustHold(_ it: Occurrence) -> Bool {
    (it.addedBy.map(shown.contains) ?? true) && !it.removedBy.contains(where: begun.contains)
  }
}
