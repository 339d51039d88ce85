package import Certificates
package import CloudModel
package import Determinism
package import Journal
package import Plans

/// What the world is to do, strictly in the order given: a record is durable before the next
/// effect runs. What is large and rare is kept beside it, so that lists of effects are small.
package enum Effect: Hashable, Codable, Sendable {
  /// Write to the journal, durably. A store that several kernels share refuses what
  /// `Ledger.accepts` refuses, and then the effects that follow are not run: the kernel is over.
  case append(JournalRecord)
  /// Make a call; secrets in it are commitments, to be resolved at this very moment. The answer
  /// is `.replied`; every call gets at least one.
  case call(AttemptID, Call)
  /// Make a plan with `Planner`, a pure function; the answer is `.planned`.
  indirect case plan(PlanRequest)
  /// Prove a plan with `Prover`, a pure function; the answer is `.proved`.
  indirect case prove(ProofRequest)
  /// Ask the store for the lease until a moment; the answer is `.lease`. Only where several kernels
  /// share a store (`KernelSettings.leaseTerm`).
  case lease(until: Instant)
  /// Send `.woke` at a moment; the same timer set again replaces the earlier moment.
  case wakeAt(Instant, TimerID)
  /// Tell people.
  case report(Report)
}

/// What a plan is to be made of.
package struct PlanRequest: Hashable, Codable, Sendable {
  /// Names the answer.
  package var id: RequestID
  /// The process's alias.
  package var process: String
  /// What is declared; without resources for a process that is being killed.
  package var blueprint: Blueprint
  /// What was declared before and may still be there; nil for nothing.
  package var previous: Blueprint?
  /// What is there. Of several items of one address the first is the one to keep.
  package var inventory: Inventory

  /// Makes a request.
  package init(
    id: RequestID, process: String, blueprint: Blueprint, previous: Blueprint?,
    inventory: Inventory
  ) {
    self.id = id
    self.process = process
    self.blueprint = blueprint
    self.previous = previous
    self.inventory = inventory
  }
}

/// What planning came to.
package enum PlanAnswer: Hashable, Codable, Sendable {
  /// A plan; without steps where nothing is to be done.
  case plan(Plan)
  /// It cannot be planned; each problem in a sentence.
  case refused([String])
}

/// What is to be proved.
package struct ProofRequest: Hashable, Codable, Sendable {
  /// Names the answer.
  package var id: RequestID
  /// The plan.
  package var plan: Plan
  /// What was there when the plan was made.
  package var inventory: Inventory
  /// What must hold.
  package var invariants: [Invariant]

  /// Makes a request.
  package init(
    id: RequestID, plan: Plan, inventory: Inventory, invariants: [Invariant]
  ) {
    self.id = id
    self.plan = plan
    self.inventory = inventory
    self.invariants = invariants
  }
}

/// What proving came to.
package struct ProofAnswer: Hashable, Codable, Sendable {
  /// One line for each invariant, in their order.
  package var verdicts: [ProofLine]
  /// The certificate; nil where not everything was proved.
  package var certificate: Certificate?

  /// Makes an answer.
  package init(verdicts: [ProofLine], certificate: Certificate?) {
    self.verdicts = verdicts
    self.certificate = certificate
  }
}

/// The verdict on one invariant, as the kernel needs it.
package struct ProofLine: Hashable, Codable, Sendable {
  /// The three answers.
  package enum Verdict: String, Hashable, Codable, Sendable {
    case proved
    case refuted
    case unknown
  }

  /// The invariant's title.
  package var title: String
  /// The answer.
  package var verdict: Verdict
  /// For people: why, in a sentence; empty where it is proved.
  package var reason: String

  /// Makes a line.
  package init(title: String, verdict: Verdict, reason: String) {
    self.title = title
    self.verdict = verdict
    self.reason = reason
  }
}
