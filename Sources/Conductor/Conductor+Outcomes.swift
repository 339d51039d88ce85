import Canon
import CloudModel
import Determinism
import Journal
import Plans

/// What the outcome of a call means.
extension Conductor {
  mutating func take(_ outcome: CallOutcome, of attempt: AttemptID) {
    switch waiting.removeValue(forKey: attempt) {
    case .read(let process, let look, let id):
      take(outcome, ofRead: id, look: look, process: process)
    case .step(let process, let run, let step):
      if run == ledger.processes[process].runCount { activities[process].queue?.underWay -= 1 }
      resolve(outcome, of: attempt, step, process)
    case nil: takeLate(outcome, of: attempt)
    }
  }

  /// A reply to a call that had been given up: of a step of the plan in hand it counts like any;
  /// of an earlier plan it means that something may be there that nobody knows of.
  private mutating func takeLate(_ outcome: CallOutcome, of attempt: AttemptID) {
    if settings.mutations.contains(.forgetLateReply) { return }
    guard let owner = ledger.open[attempt], outcome != .unknown else { return }
    let part = ledger.processes[owner.process]
    guard owner.run == part.runCount, part.run != nil else {
      commit(.outcome(process: part.alias, StepID(owner.step), attempt, outcome, .late))
      if activities[owner.process].phase == .enforcing {
        begin(owner.process, cause: "a late reply came")
      }
      return
    }
    resolve(outcome, of: attempt, owner.step, owner.process)
  }

  private mutating func resolve(
    _ outcome: CallOutcome, of attempt: AttemptID, _ index: Int, _ process: Int
  ) {
    guard let (alias, step, progress) = planned(index, process) else { return }
    let resolution: JournalRecord.Resolution
    if isCurrent(attempt, progress.state) {
      resolution = meaning(of: outcome, step, index, progress, process)
    } else if case .replied(.success) = outcome, progress.state.mayBeAcknowledged {
      resolution = .acknowledged
    } else {
      resolution = .late
    }
    commit(.outcome(process: alias, StepID(index), attempt, outcome, resolution))
    follow(resolution, outcome, step, index, process)
    advance(process)
  }

  /// Whether an attempt is the one that a step's state is about.
  private func isCurrent(_ attempt: AttemptID, _ state: StepState) -> Bool {
    switch state {
    case .intended(let current, _), .inFlight(let current, _), .unknown(let current, _, _):
      current == attempt
    case .pending, .acknowledged, .settled, .failed: false
    }
  }

  private func meaning(
    of outcome: CallOutcome, _ step: Step, _ index: Int, _ progress: StepProgress, _ process: Int
  ) -> JournalRecord.Resolution {
    let deadline = now + settings.settleWindow
    switch outcome {
    case .unknown: return .unknown(deadline: deadline)
    case .replied(.success): return .acknowledged
    case .replied(.failure(let error)):
      if CommonError.throttled.contains(error.code) { return again(index, progress, process) }
      if let verb = step.errors[error.code] {
        return meaning(of: verb, step, index, progress, process)
      }
      if CommonError.server.contains(error.code) { return .unknown(deadline: deadline) }
      return .failed
    }
  }

  private func meaning(
    of verb: ErrorVerb, _ step: Step, _ index: Int, _ progress: StepProgress, _ process: Int
  ) -> JournalRecord.Resolution {
    switch verb {
    case .retry, .retryAfterDependents: return again(index, progress, process)
    case .fail: return .failed
    case .absent:
      switch step.verb {
      case .delete, .read: return .acknowledged
      // Said again, it is no echo of a time before what is taken away was there: an earlier try
      // took it, or somebody else. A look decides whether it counts as in force.
      case .update where progress.tries > 1 && takesAway(step, process): return .acknowledged
      case .create, .update: return again(index, progress, process)
      }
    case .present:
      switch step.verb {
      case .create where step.part.isEmpty:
        return progress.tries < settings.tries
          ? .present(deadline: now + settings.settleWindow) : .failed
      case .create, .update, .delete, .read: return .acknowledged
      }
    }
  }

  private func again(
    _ index: Int, _ progress: StepProgress, _ process: Int
  ) -> JournalRecord.Resolution {
    guard progress.tries < settings.tries else { return .failed }
    let name = "step.\(ledger.processes[process].alias).\(index)"
    return .retry(notBefore: now + settings.pause(afterTries: progress.tries, of: name))
  }

  private mutating func follow(
    _ resolution: JournalRecord.Resolution, _ outcome: CallOutcome, _ step: Step, _ index: Int,
    _ process: Int
  ) {
    switch resolution {
    case .acknowledged: followAcknowledged(step, index, process)
    case .retry(let moment):
      activities[process].queue?.pause(index, until: moment)
      report(
        process,
        .retrying(StepID(index), step.address, reason: outcome.reason, at: moment))
    case .unknown(let deadline):
      report(process, .unknownOutcome(StepID(index), step.address, until: deadline))
      followUnknown(step, index, process)
    case .present:
      activities[process].queue?.watched[index] = .lookFor
      soon(process)
    case .failed:
      if case .replied(.failure(let error)) = outcome { fail(index, process, error) }
    case .late: break
    }
  }

  private mutating func followUnknown(_ step: Step, _ index: Int, _ process: Int) {
    let isBlind = settings.mutations.contains(.retryUnknownWithoutLooking)
    if activities[process].stopping != nil || (step.duplicates && !isBlind) {
      activities[process].queue?.watched[index] = .lookFor
      soon(process)
      return
    }
    let tries = ledger.processes[process].run?.steps[index].tries ?? 1
    let name = "step.\(ledger.processes[process].alias).\(index)"
    let moment = now + settings.pause(afterTries: tries, of: name)
    activities[process].queue?.pause(index, until: moment)
    report(
      process, .retrying(StepID(index), step.address, reason: "no reply came", at: moment))
  }

  /// The cloud said yes, or a look showed it: the step is watched until it is in force.
  mutating func followAcknowledged(_ step: Step, _ index: Int, _ process: Int) {
    activities[process].queue?.unpause(index)
    activities[process].queue?.acknowledge(index)
    report(process, .done(StepID(index), step.address, operation: step.call.operation))
    let quietAfter = ledger.processes[process].run?.steps[index].quietAfter ?? .zero
    if step.settle == .acknowledged || step.verb == .read {
      if quietAfter <= now {
        settle(index, process)
        return
      }
      activities[process].queue?.watched[index] = .quiet
    } else {
      activities[process].queue?.watched[index] = .inForce(sightings: 0)
    }
    soon(process)
  }

  mutating func settle(_ index: Int, _ process: Int) {
    guard let (alias, step, _) = planned(index, process) else { return }
    commit(.settled(process: alias, StepID(index)))
    activities[process].queue?.settle(index)
    report(process, .settled(StepID(index), step.address))
  }
}

extension StepState {
  /// Whether an earlier try's success settles the question.
  fileprivate var mayBeAcknowledged: Bool {
    switch self {
    case .pending, .unknown: true
    case .intended, .inFlight, .acknowledged, .settled, .failed: false
    }
  }
}

extension CallOutcome {
  fileprivate var reason: String {
    switch self {
    case .unknown: "no reply came"
    case .replied(.success): "it was carried out"
    case .replied(.failure(let error)): error.code
    }
  }
}
