import Canon
import CloudModel
import Determinism
import Plans

/// How records about single steps change a process. A record about a step that the plan in hand
/// does not have changes nothing.
extension ProcessLedger {
  mutating func loseCallsUnderWay(at: Instant, deadline: Instant) {
    guard let run else { return }
    for (index, progress) in run.steps.enumerated() {
      guard case .intended(let attempt, _) = progress.state else { continue }
      lose(StepID(index), attempt, at: at, deadline: deadline)
    }
  }

  mutating func intend(_ step: StepID, _ attempt: AttemptID, at: Instant) {
    change(step) {
      $0.state = .intended(attempt, at: at)
      $0.tries += 1
    }
  }

  mutating func resolve(
    _ step: StepID, _ attempt: AttemptID, _ outcome: CallOutcome,
    _ resolution: JournalRecord.Resolution, at: Instant
  ) {
    switch resolution {
    case .acknowledged:
      var outputs = SortedMap<String, Value>()
      if case .replied(.success(let reply)) = outcome, let step = planned(step) {
        for (name, path) in step.yields { outputs[name] = reply.at(path) }
      }
      acknowledge(step, outputs: outputs, at: at)
    case .retry(let notBefore): change(step) { $0.state = .pending(notBefore: notBefore) }
    case .unknown(let deadline): lose(step, attempt, at: at, deadline: deadline)
    case .present(let deadline):
      change(step) { $0.state = .unknown(attempt, since: at, deadline: deadline) }
    case .failed:
      guard case .replied(.failure(let error)) = outcome else { return }
      change(step) { $0.state = .failed(error) }
    case .late: break
    }
  }

  mutating func find(_ step: StepID, _ item: ObservedItem, at: Instant) {
    acknowledge(step, outputs: item.outputs, at: at)
  }

  mutating func lose(_ step: StepID, at: Instant) {
    change(step) {
      switch $0.state {
      case .unknown: $0.state = .pending(notBefore: at)
      case .acknowledged:
        $0.state = .failed(CallError("Fugue.NotSeen", "no read showed it within its window"))
      case .pending, .intended, .inFlight, .settled, .failed: break
      }
    }
  }

  mutating func settle(_ step: StepID, at: Instant) {
    change(step) { $0.state = .settled(at: at) }
  }

  private mutating func lose(
    _ step: StepID, _ attempt: AttemptID, at: Instant, deadline: Instant
  ) {
    change(step) {
      $0.state = .unknown(attempt, since: at, deadline: deadline)
      $0.quietAfter = max($0.quietAfter, deadline)
    }
    quietAfter = max(quietAfter, deadline)
  }

  private mutating func acknowledge(
    _ id: StepID, outputs: SortedMap<String, Value>, at: Instant
  ) {
    guard let step = planned(id) else { return }
    change(id) { $0.state = .acknowledged(at: at) }
    for (name, value) in outputs { known[step.address, default: [:]][name] = value }
    changedAt[Part(step)] = at
    contests[Part(step), default: Contest()].note(run: runCount, at: at)
    switch step.verb {
    case .create: present.insert(step.address)
    case .delete: present.remove(step.address)
    case .update, .read: break
    }
  }

  private func planned(_ step: StepID) -> Step? {
    guard let run, run.plan.steps.indices.contains(step.index) else { return nil }
    return run.plan.steps[step.index]
  }

  private mutating func change(_ step: StepID, _ body: (inout StepProgress) -> Void) {
    run?.change(step, body)
  }
}
