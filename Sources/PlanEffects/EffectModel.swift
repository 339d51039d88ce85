package import Plans

/// A fact and the moments at which it holds: from one step on, until any of some others.
package struct Occurrence: Hashable, Sendable {
  /// The fact.
  package var fact: Fact
  /// The step that makes it true; nil where it is true before the plan.
  package var addedBy: StepID?
  /// Steps of which each makes it untrue.
  package var removedBy: [StepID]

  /// Makes an occurrence.
  package init(_ fact: Fact, addedBy: StepID? = nil, removedBy: [StepID] = []) {
    self.fact = fact
    self.addedBy = addedBy
    self.removedBy = removedBy
  }

  /// The moments at which the fact holds.
  package var presence: Guard {
    Guard(inForce: addedBy.map { [$0] } ?? [], notInForce: removedBy)
  }

  /// The moments at which it does not hold: those in any of these guards.
  package var absence: [Guard] {
    (addedBy.map { [Guard(notInForce: [$0])] } ?? []) + removedBy.map { Guard(inForce: [$0]) }
  }

  /// Whether it holds at every moment.
  package var isPermanent: Bool { addedBy == nil && removedBy.isEmpty }
}

/// Why something about a plan's effects is not known. A proof that depends on it is not given.
package struct Doubt: Hashable, Sendable {
  /// What a doubt is about.
  package enum Subject: Hashable, Sendable {
    /// Paths of packets.
    case network
    /// Policies of buckets.
    case policies
  }

  /// What it is about.
  package var subject: Subject
  /// A sentence.
  package var reason: String
  /// The edge that would settle it, where two steps lack an order.
  package var edge: PlanEdge?

  /// Makes a doubt.
  package init(_ subject: Subject, _ reason: String, edge: PlanEdge? = nil) {
    self.subject = subject
    self.reason = reason
    self.edge = edge
  }
}

/// What a plan does to an account, as far as proofs go.
package struct EffectModel: Hashable, Sendable {
  /// Which steps may be in force together.
  package var moments: Moments
  /// Every fact that holds at some moment, in order of first appearance.
  package var occurrences: [Occurrence]
  /// What is not known.
  package var doubts: [Doubt]

  /// Makes a model.
  package init(moments: Moments, occurrences: [Occurrence], doubts: [Doubt] = []) {
    self.moments = moments
    self.occurrences = occurrences
    self.doubts = doubts
  }

  /// The model of one moment: the same facts, without any step.
  package func at(_ moment: StepSet) -> EffectModel {
    EffectModel(
      moments: Moments(stepCount: 0, edges: []),
      occurrences: occurrences.filter { $0.presence.holds(at: moment) }
        .map { Occurrence($0.fact) },
      doubts: doubts)
  }
}
