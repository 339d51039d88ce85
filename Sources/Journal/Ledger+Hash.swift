import CloudModel
import Determinism
import Plans

// What tells ledgers apart is what changes from record to record. Texts of what is declared, plans
// and certificates are large, and follow from a count or a moment: they have no part in the hash,
// though they have in equality. What is known of resources and when they were changed must have,
// since nothing else is left of a run that is over.

extension Ledger {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(incarnation)
    hasher.combine(processes)
    hasher.combine(open.count)
  }
}

extension ProcessLedger {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(generation)
    hasher.combine(isKilling)
    hasher.combine(retired.count)
    hasher.combine(standing)
    hasher.combine(run)
    hasher.combine(runCount)
    hasher.combine(rounds)
    hasher.combine(known)
    hasher.combine(changedAt)
    hasher.combine(quietAfter)
  }
}

extension PlanRun {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(beganAt)
    hasher.combine(steps)
  }
}

extension ProcessLedger.Part {
  /// Verbs have no part in it: there are few of one part.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(address)
    hasher.combine(name)
  }
}
