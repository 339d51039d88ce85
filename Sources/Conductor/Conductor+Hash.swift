import CloudModel
import Determinism
import Journal
import Plans

// What tells kernels apart is what changes from event to event. What was read, planned and proved
// is large, and differs only where a count, a moment or a digest does: it has no part in the hash,
// though it has in equality. Nor have texts, of which each would be gone through.

extension Conductor {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(ledger)
    hasher.combine(now)
    hasher.combine(activities)
    hasher.combine(waiting.count)
    hasher.combine(nextAttempt)
    hasher.combine(nextRequest)
    hasher.combine(leasedUntil)
  }
}

extension Activity {
  func hash(into hasher: inout Hasher) {
    hasher.combine(resumeAt)
    hasher.combine(look)
    hasher.combine(inventory == nil)
    hasher.combine(seenAt)
    hasher.combine(request?.serial)
    hasher.combine(queue)
    hasher.combine(freshUntil)
    hasher.combine(pollAt)
    hasher.combine(pollPause)
    hasher.combine(troubles)
    hasher.combine(armed)
  }
}

extension Look {
  func hash(into hasher: inout Hasher) {
    hasher.combine(serial)
    hasher.combine(startedAt)
    hasher.combine(failures)
    hasher.combine(underWay)
    hasher.combine(surveyReads.asked)
    hasher.combine(accountReads.asked)
  }
}

extension RunQueue {
  func hash(into hasher: inout Hasher) {
    hasher.combine(waiting)
    hasher.combine(pauses.count)
    hasher.combine(underWay)
    hasher.combine(settled)
    hasher.combine(held)
  }
}

extension PlanRequest {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(blueprint.composition)
    hasher.combine(inventory.observedAt)
    hasher.combine(inventory.account)
  }
}

extension ProofRequest {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(plan.baseline)
    hasher.combine(plan.steps.count)
    hasher.combine(inventory.observedAt)
  }
}
