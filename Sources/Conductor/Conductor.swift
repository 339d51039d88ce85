import Canon
import CloudModel
package import Determinism
package import Journal
package import Plans

/// The kernel: events in, effects out. No clock, disk, network, task or randomness; the simulator,
/// the live runtime and the model checker all run these very lines.
///
/// What is durable is the ledger, changed only by the records that go to the journal; what is under
/// way is an `Activity` per process. Each event changes one of the two, then the process goes on as
/// far as it can: an event says look, never what to do.
package struct Conductor: Hashable, Sendable {
  /// Whose reply is waited for.
  enum Waiting: Hashable, Sendable {
    case step(process: Int, run: Int, step: Int)
    case read(process: Int, look: Int, Look.ReadID)
  }

  /// Its named assumptions and limits.
  package let settings: KernelSettings
  /// What is durable: exactly the fold of the journal.
  package internal(set) var ledger: Ledger
  /// The time of the latest event.
  package internal(set) var now = Instant.zero
  /// What is under way, in the ledger's order of processes.
  var activities: [Activity] = []
  /// Calls whose reply is waited for.
  var waiting: [AttemptID: Waiting] = [:]
  /// Processes that look, plan, prove or run: one after the other, since each baseline must stay
  /// what it was while the plan made of it runs. The first one's turn it is.
  var turns: [Int] = []
  /// Until when it is the only one that starts steps, where several share a store.
  package internal(set) var leasedUntil = Instant.zero
  /// Whether an answer to a `.lease` effect is waited for.
  var isAskingForLease = false
  /// Whether another kernel has taken over, so that this one does nothing any more.
  package internal(set) var isDeposed = false
  var nextAttempt = 0
  var nextRequest = 0
  /// Effects of the event in hand; empty between events.
  var outbox: [Effect] = []

  /// A kernel on the fold of its journal; its first event is to be `.restarted`.
  package init(settings: KernelSettings = KernelSettings(), ledger: Ledger = Ledger()) {
    self.settings = settings
    self.ledger = ledger
  }

  /// Takes an event in. The effects are to be run strictly in order.
  package mutating func handle(_ event: Event) -> [Effect] {
    now = max(now, event.at)
    if isDeposed { return [] }
    switch event.kind {
    case .restarted: restart()
    case .command(let command): obey(command)
    case .replied(let attempt, let outcome): take(outcome, of: attempt)
    case .planned(let id, let answer): take(answer, to: id)
    case .proved(let id, let answer): take(answer, to: id)
    case .lease(let answer): take(answer)
    case .woke(let timer):
      if let process = ledger.indices[timer.process], activities.indices.contains(process) {
        if let armed = activities[process].armed, armed <= now { activities[process].armed = nil }
        advance(process)
      }
    }
    let effects = outbox
    outbox = []
    return effects
  }

  /// What a process is doing; nil for an alias that was never applied.
  package func phase(of alias: String) -> Phase? {
    guard let process = ledger.indices[alias] else { return nil }
    return activities.indices.contains(process) ? activities[process].phase : .pausing
  }

  /// How far a step of the plan in hand is, calls under way told apart from those whose fate a
  /// crash has hidden; nil where there is no such step.
  package func state(of step: StepID, in alias: String) -> StepState? {
    guard let process = ledger.indices[alias],
      let run = ledger.processes[process].run, run.steps.indices.contains(step.index)
    else { return nil }
    let state = run.steps[step.index].state
    if case .intended(let attempt, let at) = state, waiting[attempt] != nil {
      return .inFlight(attempt, at: at)
    }
    return state
  }

  /// Whether no event is needed but the passing of time to look again: every process is as
  /// declared, over, or stopped.
  package var isQuiescent: Bool {
    turns.isEmpty
      && activities.allSatisfy { activity in
        switch activity.phase {
        case .enforcing, .blocked, .awaitingApproval, .killed: true
        case .observing, .planning, .proving, .running, .settling, .pausing: false
        }
      }
  }
}

extension Conductor {
  /// Whether a call is a read of a look that is over, so that its answer says nothing about now.
  package func isOfFormerLook(_ attempt: AttemptID) -> Bool {
    guard case .read(let process, let look, _)? = waiting[attempt] else { return false }
    return activities[process].look?.serial != look
  }

  /// When the look in progress began of a process; nil where it looks at nothing.
  package func lookBegan(of alias: String) -> Instant? {
    guard let process = ledger.indices[alias], activities.indices.contains(process) else {
      return nil
    }
    return activities[process].look?.startedAt
  }

  /// Whether what is durable, and what is under way, is as in another kernel: all but the time and
  /// whose replies are waited for.
  package func isUnmoved(since other: Conductor) -> Bool {
    ledger == other.ledger && activities == other.activities && turns == other.turns
  }

  /// Writes a record, and takes it in: the only way in which the ledger changes.
  mutating func commit(_ entry: JournalRecord.Entry) {
    var record = JournalRecord(at: now, fence: ledger.incarnation, entry: entry)
    if case .started(let number, _) = entry { record.fence = number }
    outbox.append(.append(record))
    ledger.apply(record)
  }

  mutating func report(_ process: Int, _ kind: Report.Kind) {
    outbox.append(
      .report(Report(at: now, process: ledger.processes[process].alias, kind: kind)))
  }

  mutating func enter(_ phase: Phase, _ process: Int) {
    guard activities[process].phase != phase else { return }
    activities[process].phase = phase
    report(process, .phase(phase))
  }

  mutating func newAttempt() -> AttemptID {
    defer { nextAttempt += 1 }
    return AttemptID(incarnation: ledger.incarnation, serial: nextAttempt)
  }

  mutating func newRequest(_ process: Int) -> RequestID {
    defer { nextRequest += 1 }
    return RequestID(process: ledger.processes[process].alias, serial: nextRequest)
  }

  /// Asks for the earliest moment at which something of a process is due.
  mutating func arm(_ process: Int) {
    guard let due = activities[process].due(settings) else { return }
    if let armed = activities[process].armed, armed <= due, armed > now { return }
    activities[process].armed = due
    outbox.append(.wakeAt(due, TimerID(process: ledger.processes[process].alias)))
  }
}
