import Canon
import CloudModel
import Determinism
import Journal
import Planners
import Plans

/// Waiting until what was done is in force, and looking for what may have been done.
extension Conductor {
  /// Lets the next poll come early, since there is something new to wait for.
  mutating func soon(_ process: Int) {
    activities[process].pollPause = settings.poll
    let moment = now + settings.poll
    if let poll = activities[process].pollAt, poll <= moment { return }
    activities[process].pollAt = moment
  }

  /// Reads the resources of the steps that are watched, or, where time alone is waited for, judges
  /// at once.
  mutating func poll(_ process: Int) {
    guard let queue = activities[process].queue, !queue.watched.isEmpty else { return }
    startLook(process, .poll)
  }

  /// The resources that a poll reads: those of the steps that are watched, and those whose outputs
  /// are needed to read them.
  func polled(_ process: Int) -> [DeclaredResource] {
    let part = ledger.processes[process]
    guard let run = part.run, let queue = activities[process].queue else { return [] }
    var subjects: [ResourceAddress: [DeclaredResource]] = [:]
    var open: [DeclaredResource] = queue.watched.filter { $0.value != .quiet }.flatMap {
      part.resources(run.plan.steps[$0.key].address, type: run.plan.steps[$0.key].type)
    }
    while let resource = open.popLast() {
      let others = subjects[resource.address] ?? []
      if others.contains(where: { $0.isSought(like: resource) }) { continue }
      subjects[resource.address] = others + [resource]
      let observation = resource.lifecycle.observation
      for hole in observation.call.parameters.holes + observation.identity.holes {
        if case .output(let address, _) = hole, subjects[address] == nil,
          let other = part.resource(address)
        {
          open.append(other)
        }
      }
    }
    return subjects.keys.sorted().flatMap { address in
      (subjects[address] ?? []).sorted { $0.type < $1.type }
    }
  }

  /// Holds what a poll has shown against what is waited for.
  mutating func judge(_ look: Look, _ process: Int) {
    guard let before = activities[process].queue?.watched else { return }
    for index in before.keys.sorted() {
      guard let watch = before[index] else { continue }
      judge(index, watch, look, process)
    }
    guard let after = activities[process].queue?.watched else { return }
    let hasMoved = after != before
    let longer = min(activities[process].pollPause * 2, settings.longestPoll)
    activities[process].pollPause = hasMoved ? settings.poll : longer
    activities[process].pollAt =
      after.isEmpty ? nil : now + activities[process].pollPause
    advance(process)
  }

  private mutating func judge(
    _ index: Int, _ watch: RunQueue.Watch, _ look: Look, _ process: Int
  ) {
    guard let (_, step, progress) = planned(index, process) else { return }
    switch (watch, progress.state) {
    case (.quiet, .acknowledged):
      if progress.quietAfter <= now { settle(index, process) }
    case (.inForce(let sightings), .acknowledged(let at)):
      if at <= look.startedAt { judge(step, index, at, sightings, progress, look, process) }
    case (.lookFor, .unknown(_, let since, let deadline)):
      if since <= look.startedAt { lookFor(step, index, deadline, look, process) }
    case (_, .pending), (_, .intended), (_, .inFlight), (_, .settled), (_, .failed),
      (_, .acknowledged), (_, .unknown):
      activities[process].queue?.watched[index] = nil
    }
  }

  private mutating func judge(
    _ step: Step, _ index: Int, _ acknowledgedAt: Instant, _ sightings: Int,
    _ progress: StepProgress, _ look: Look, _ process: Int
  ) {
    switch sight(of: step, index, look, process) {
    case .shown:
      let needed = step.settle == .visibleTwice ? 2 : 1
      if sightings + 1 >= needed, progress.quietAfter <= now {
        settle(index, process)
      } else {
        activities[process].queue?.watched[index] = .inForce(sightings: sightings + 1)
      }
    case .notShown:
      activities[process].queue?.watched[index] = .inForce(sightings: 0)
      if look.startedAt > acknowledgedAt + window(of: step) {
        giveUp(index, process, "no read showed it within its window")
      }
    case .failing(let state): giveUp(index, process, "it is \(state)")
    }
  }

  private func window(of step: Step) -> TimeSpan {
    if case .state = step.settle { return settings.stateWindow }
    return settings.settleWindow
  }

  private mutating func giveUp(_ index: Int, _ process: Int, _ reason: String) {
    guard let (alias, _, _) = planned(index, process) else { return }
    commit(.notFound(process: alias, StepID(index)))
    activities[process].queue?.watched[index] = nil
    fail(index, process, CallError("Fugue.NotInForce", reason))
  }

  private mutating func lookFor(
    _ step: Step, _ index: Int, _ deadline: Instant, _ look: Look, _ process: Int
  ) {
    guard let alias = ledger.processes[process].run?.plan.process else { return }
    if let item = newItem(of: step, index, look, process) {
      commit(.found(process: alias, StepID(index), item))
      activities[process].queue?.watched[index] = nil
      report(process, .found(StepID(index), step.address))
      followAcknowledged(step, index, process)
    } else if look.startedAt >= deadline {
      commit(.notFound(process: alias, StepID(index)))
      activities[process].queue?.watched[index] = nil
      if activities[process].stopping == nil {
        activities[process].queue?.pause(index, until: now)
      }
    }
  }
}
