import Canon
import CloudModel
import Conductor
import Determinism
import Journal
import Plans

/// What an answer means for its step: by the table of the plan and by what AWS says of its codes,
/// told here without the kernel's code.
extension KernelSystem {
  /// Source: EC2 API reference, "Request throttling".
  static let throttling = CallError("RequestLimitExceeded", "Request limit exceeded.")
  /// Source: EC2 API reference, "Common client error codes".
  static let denial = CallError("UnauthorizedOperation", "You are not authorized.")
  /// What became of the call it does not say. Source: EC2 API reference, "Server error codes".
  static let breakdown = CallError("InternalError", "An internal error has occurred.")

  private enum Meaning: Hashable {
    case acknowledged, again, unknown, present, failed, late
  }

  /// Whether a record of an outcome says something else than what was answered.
  func misreads(
    _ outcome: CallOutcome, as resolution: JournalRecord.Resolution, of attempt: AttemptID,
    _ step: StepID, at: Instant, in alias: String, on durable: Ledger
  ) -> Bool {
    guard let owner = durable.open[attempt], owner.process == durable.indices[alias],
      owner.step == step.index
    else { return true }
    let process = durable.processes[owner.process]
    guard let run = process.run, owner.run == process.runCount,
      run.steps.indices.contains(owner.step)
    else { return resolution != .late }
    let progress = run.steps[owner.step]
    if progress.tries < 1 || tooSoon(resolution, at, progress) { return true }
    let allowed: Set<Meaning>
    switch (progress.state, outcome) {
    case (.intended(attempt, _), _), (.inFlight(attempt, _), _), (.unknown(attempt, _, _), _):
      allowed = meanings(of: outcome, run.plan.steps[owner.step], progress)
    // An earlier try's yes tells what is waited for.
    case (.pending, .replied(.success)), (.unknown, .replied(.success)): allowed = [.acknowledged]
    case (.pending, _), (.intended, _), (.inFlight, _), (.acknowledged, _), (.settled, _),
      (.unknown, _), (.failed, _):
      allowed = [.late]
    }
    return !allowed.contains(meaning(of: resolution))
  }

  private func meaning(of resolution: JournalRecord.Resolution) -> Meaning {
    switch resolution {
    case .acknowledged: .acknowledged
    case .retry: .again
    case .unknown: .unknown
    case .present: .present
    case .failed: .failed
    case .late: .late
    }
  }

  private func meanings(
    of outcome: CallOutcome, _ step: Step, _ progress: StepProgress
  ) -> Set<Meaning> {
    switch outcome {
    case .unknown: return [.unknown]
    case .replied(.success): return [.acknowledged]
    case .replied(.failure(let error)):
      let again: Meaning = progress.tries < settings.tries ? .again : .failed
      if error.code == Self.throttling.code { return [again] }
      switch step.errors[error.code] {
      case .retry?, .retryAfterDependents?: return [again]
      case .fail?: return [.failed]
      case .absent?:
        switch step.verb {
        case .delete, .read: return [.acknowledged]
        // Said again, an earlier try may have taken it away.
        case .update where progress.tries > 1: return [again, .acknowledged]
        case .create, .update: return [again]
        }
      case .present?:
        if step.verb != .create || !step.part.isEmpty { return [.acknowledged] }
        return [progress.tries < settings.tries ? .present : .failed]
      case nil: return [error.code == Self.breakdown.code ? .unknown : .failed]
      }
    }
  }

  /// Whether less is waited than the pause between tries, or than the window in which a lost call
  /// has its effect.
  private func tooSoon(
    _ resolution: JournalRecord.Resolution, _ at: Instant, _ progress: StepProgress
  ) -> Bool {
    switch resolution {
    case .retry(let moment): moment < at + leastPause(after: progress.tries)
    case .unknown(let deadline), .present(let deadline): deadline < at + settings.settleWindow
    case .acknowledged, .failed, .late: false
    }
  }

  /// The least pause after so many tries: doubling, to a limit.
  func leastPause(after tries: Int) -> TimeSpan {
    let doubled = settings.pause.milliseconds << Int64(min(max(tries - 1, 0), 20))
    return TimeSpan(milliseconds: min(doubled, settings.longestPause.milliseconds))
  }

  /// Whether a step is tried again before the pause after its last try is over.
  func isHasty(_ id: StepID, at: Instant, in alias: String, on durable: Ledger) -> Bool {
    guard let process = durable.indices[alias],
      let steps = durable.processes[process].run?.steps, steps.indices.contains(id.index)
    else { return true }
    switch steps[id.index].state {
    case .pending(let moment): return at < moment
    case .unknown(_, let since, _): return at < since + leastPause(after: steps[id.index].tries)
    case .intended, .inFlight, .acknowledged, .settled, .failed: return true
    }
  }

  /// Whether a record tells of trouble, after which the next round has to wait.
  func isTrouble(_ record: JournalRecord, on durable: Ledger) -> Bool {
    switch record.entry {
    case .outcome(SmallComposition.alias, _, _, _, .failed): return true
    case .notFound(SmallComposition.alias, let step):
      guard let process = durable.indices[SmallComposition.alias],
        let steps = durable.processes[process].run?.steps, steps.indices.contains(step.index),
        case .acknowledged = steps[step.index].state
      else { return false }
      return true
    case .started, .applied, .killRequested, .approved, .adopted, .intent, .outcome, .found,
      .notFound, .settled, .concluded, .steady, .blocked, .killed:
      return false
    }
  }

  /// Whether a kernel takes a lost call for not made on a look from before the end of the window in
  /// which the call may have had its effect.
  func endsQuarantine(_ effects: [Effect], of before: Conductor) -> Bool {
    effects.contains { effect in
      guard case .append(let record) = effect, case .notFound(let alias, let step) = record.entry,
        let process = before.ledger.indices[alias],
        let steps = before.ledger.processes[process].run?.steps, steps.indices.contains(step.index),
        case .unknown(_, _, let deadline) = steps[step.index].state
      else { return false }
      return before.lookBegan(of: alias).map { $0 < deadline } ?? true
    }
  }

  /// What is wrong with what is asked of planner and prover, as far as the journal tells.
  func breaches(of request: Request, on durable: Ledger) -> Breaches {
    switch request {
    case .plan(let request):
      guard let process = durable.indices[request.process].map({ durable.processes[$0] }),
        request.blueprint == process.blueprint, request.previous == process.previous
      else { return .heardFormer }
      return []
    case .proof(let request):
      // What a lost call may do, a look that began before it was quiet need not show.
      let isQuiet = durable.processes.allSatisfy {
        $0.quietAfter <= request.inventory.observedAt
      }
      let lacks = durable.indices[request.plan.process].map { index in
        durable.processes[index].blueprint.invariants.contains {
          $0.isOfEveryMoment && !request.invariants.contains($0)
        }
      }
      var out: Breaches = []
      if !isQuiet { out.insert(.framesOverlap) }
      if lacks != false { out.insert(.proofOfAnother) }
      return out
    }
  }
}

extension Invariant {
  /// Whether it forbids something, which holds also while everything is taken away.
  fileprivate var isOfEveryMoment: Bool {
    switch claim {
    case .never, .only, .nobodyOutside: true
    case .always, .forall: false
    }
  }
}

extension Conductor {
  /// Whether the journal says of each process that has come to an end where it stands.
  var standsAsWritten: Bool {
    ledger.processes.allSatisfy { process in
      switch (phase(of: process.alias), process.standing) {
      case (.enforcing?, .steady), (.killed?, .killed),
        (.awaitingApproval?, .blocked(.approvalNeeded)):
        true
      case (.blocked?, .blocked(let reason)):
        if case .approvalNeeded = reason { false } else { true }
      case (.enforcing?, _), (.killed?, _), (.awaitingApproval?, _), (.blocked?, _): false
      case (.observing?, _), (.planning?, _), (.proving?, _), (.running?, _), (.settling?, _),
        (.pausing?, _), (nil, _):
        true
      }
    }
  }

  /// Whether just after its start what had stopped stays so, and all else is looked at.
  var startsAsWritten: Bool {
    ledger.processes.allSatisfy { process in
      let phase = phase(of: process.alias)
      switch process.standing {
      case .killed: return phase == .killed
      case .blocked(.approvalNeeded): return phase == .awaitingApproval
      case .blocked: return phase == .blocked
      case .working, .steady: return phase == .pausing || phase?.isAtWork == true
      }
    }
  }

  /// Which processes have a plan in hand, a bit for each.
  var running: UInt8 {
    ledger.processes.enumerated().reduce(0) { $1.element.run == nil ? $0 : $0 | 1 << $1.offset }
  }

  /// Which processes wait, a bit for each, where none is at work: each of them for a moment, then.
  var unfinished: UInt8 {
    let phases = ledger.processes.map { phase(of: $0.alias) ?? .pausing }
    if phases.contains(where: \.isAtWork) { return 0 }
    return phases.enumerated().reduce(0) {
      $1.element == .pausing ? $0 | 1 << $1.offset : $0
    }
  }

  /// Whether something is waited for that should have come or been given up long ago.
  var isOverdue: Bool {
    // A look may take a few lost reads longer, and another kernel comes when a lease has run out.
    let slack = settings.settleWindow + settings.longestPoll + .seconds(20)
    return ledger.processes.contains { process in
      guard let run = process.run else { return false }
      return run.steps.indices.contains { index in
        switch (run.steps[index].state, run.plan.steps[index].settle) {
        case (.acknowledged(let at), .visibleTwice), (.acknowledged(let at), .acknowledged):
          max(at, run.steps[index].quietAfter) + slack < now
        case (.unknown(_, _, let deadline), _): deadline + slack < now
        case (.acknowledged, .state), (.pending, _), (.intended, _), (.inFlight, _), (.settled, _),
          (.failed, _):
          false
        }
      }
    }
  }
}

extension Phase {
  fileprivate var isAtWork: Bool {
    switch self {
    case .observing, .planning, .proving, .running, .settling: true
    case .awaitingApproval, .enforcing, .blocked, .pausing, .killed: false
    }
  }
}
