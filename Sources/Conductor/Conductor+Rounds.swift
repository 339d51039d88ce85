import Canon
import CloudModel
import Determinism
import Journal
import Plans

/// Where a process goes: commands, turns, rounds, pauses and stops.
extension Conductor {
  /// The first event: calls under way are unknown now, and every process is taken up where the
  /// ledger has it.
  mutating func restart() {
    let isForgetful = settings.mutations.contains(.resetAttemptsOnRestart)
    commit(
      .started(
        incarnation: isForgetful ? 0 : ledger.incarnation + 1, window: settings.settleWindow))
    nextAttempt = 0
    activities = ledger.processes.map { _ in Activity() }
    // What was in the middle of a run comes first: no plan is made while calls of another process
    // may still have an effect.
    turns = ledger.processes.indices.filter { ledger.processes[$0].run != nil }
    for process in ledger.processes.indices {
      if settings.mutations.contains(.forgetInFlightOnRestart) { forgetUnknown(process) }
      switch ledger.processes[process].standing {
      case .working, .steady: begin(process, cause: "the kernel was started")
      case .blocked(let reason): enter(reason.phase, process)
      case .killed: enter(.killed, process)
      }
    }
  }

  private mutating func forgetUnknown(_ process: Int) {
    guard let run = ledger.processes[process].run else { return }
    for (index, progress) in run.steps.enumerated() {
      if case .unknown = progress.state {
        commit(.notFound(process: run.plan.process, StepID(index)))
      }
    }
  }

  mutating func obey(_ command: Command) {
    switch command {
    case .apply(let alias, let blueprint, let approvals):
      commit(.applied(process: alias, blueprint, approvals))
      goOn(alias, because: "a composition was applied")
    case .enforce(let alias): goOn(alias, because: "somebody asked to look")
    case .approve(let alias, let approvals):
      commit(.approved(process: alias, approvals))
      goOn(alias, because: "somebody approved")
    case .kill(let alias, let approvals):
      guard let process = ledger.indices[alias] else { return }
      if case .killed = ledger.processes[process].standing { return }
      commit(.killRequested(process: alias, approvals))
      goOn(alias, because: "the process is to be killed")
    }
  }

  /// Takes a process up. A plan in hand is brought to an end first, without new steps.
  private mutating func goOn(_ alias: String, because cause: String) {
    guard let process = ledger.indices[alias] else { return }
    if !activities.indices.contains(process) { activities.append(Activity()) }
    activities[process].troubles = 0
    activities[process].complaints = []
    if case .killed = ledger.processes[process].standing { return }
    begin(process, cause: cause)
  }

  /// Begins a round: what is in hand is dropped or brought to an end, then a look, a plan, a proof
  /// and a run follow, each as far as it is needed.
  mutating func begin(_ process: Int, cause: String) {
    activities[process].cause = cause
    activities[process].resumeAt = nil
    activities[process].request = nil
    activities[process].plan = nil
    activities[process].certificate = nil
    activities[process].inventory = nil
    if ledger.processes[process].run != nil {
      if !activities[process].isRunning { indexRun(process) }
      stop(process, because: cause)
    } else {
      activities[process].look = nil
    }
    if !turns.contains(process) { turns.append(process) }
    advance(process)
  }

  /// Goes on as far as is possible without another event.
  mutating func advance(_ process: Int) {
    if let moment = activities[process].resumeAt, moment <= now {
      begin(process, cause: activities[process].cause)
      return
    }
    if turns.first == process {
      if activities[process].isRunning {
        driveRun(process)
      } else if activities[process].isLooking {
        driveLook(process)
      } else if activities[process].request == nil, activities[process].resumeAt == nil {
        startLook(process, .whole)
      }
    }
    arm(process)
  }

  /// Gives the turn to the next process.
  mutating func yieldTurn(_ process: Int) {
    let wasFirst = turns.first == process
    turns.removeAll { $0 == process }
    if wasFirst, let next = turns.first { advance(next) }
  }

  /// Waits, then begins a round again.
  mutating func pause(_ process: Int, until moment: Instant, cause: String) {
    activities[process].resumeAt = max(moment, now)
    activities[process].cause = cause
    activities[process].look = nil
    activities[process].inventory = nil
    enter(.pausing, process)
    yieldTurn(process)
  }

  /// Waits for longer and longer after trouble, and stops after too much of it.
  mutating func trouble(_ process: Int, _ complaint: String, otherwise reason: BlockReason? = nil) {
    activities[process].troubles += 1
    activities[process].complaints.append(complaint)
    let troubles = activities[process].troubles
    if troubles > settings.rounds || ledger.processes[process].rounds > settings.rounds {
      block(process, reason ?? .failing(Array(activities[process].complaints.suffix(3))))
      return
    }
    let alias = ledger.processes[process].alias
    let span = settings.pause(afterTries: troubles, of: "round.\(alias)")
    pause(process, until: now + span, cause: complaint)
  }

  /// Stops a process until a person's command.
  mutating func block(_ process: Int, _ reason: BlockReason) {
    let alias = ledger.processes[process].alias
    commit(.blocked(process: alias, reason))
    report(process, .blocked(reason))
    leaveRound(process)
    enter(reason.phase, process)
    yieldTurn(process)
  }

  /// Rests: as declared, until the next look.
  mutating func rest(_ process: Int) {
    leaveRound(process)
    activities[process].troubles = 0
    activities[process].complaints = []
    if let period = settings.enforcePeriod {
      activities[process].resumeAt = now + period
      activities[process].cause = "it was time to look"
    }
    enter(.enforcing, process)
    yieldTurn(process)
  }

  mutating func leaveRound(_ process: Int) {
    activities[process].look = nil
    activities[process].inventory = nil
    activities[process].plan = nil
    activities[process].request = nil
    activities[process].certificate = nil
    activities[process].resumeAt = nil
  }
}

extension BlockReason {
  var phase: Phase {
    switch self {
    case .approvalNeeded: .awaitingApproval
    case .refuted, .notProved, .notPlannable, .identityChanged, .massVanishing, .contested,
      .failing:
      .blocked
    }
  }
}
