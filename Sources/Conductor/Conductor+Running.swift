import Canon
import CloudModel
import Determinism
import Journal
import Plans

/// Carrying out a plan: which steps start, and what their outcomes mean.
extension Conductor {
  /// Builds the order of the run in hand from the ledger: at its beginning, or after a crash.
  mutating func indexRun(_ process: Int) {
    guard let run = ledger.processes[process].run else { return }
    var queue = RunQueue(plan: run.plan, mutations: settings.mutations)
    for (index, progress) in run.steps.enumerated() {
      switch progress.state {
      case .settled:
        queue.acknowledge(index)
        queue.settle(index)
      case .acknowledged:
        queue.acknowledge(index)
        queue.watched[index] = .inForce(sightings: 0)
      case .unknown: queue.watched[index] = .lookFor
      case .pending, .intended, .inFlight, .failed: break
      }
    }
    activities[process].queue = queue
    activities[process].stopping = nil
    activities[process].pollPause = settings.poll
    if !queue.watched.isEmpty { activities[process].pollAt = now }
  }

  /// Lets no new step start; what is under way is brought to an end, then a new round begins.
  mutating func stop(_ process: Int, because reason: String) {
    guard activities[process].isRunning, activities[process].stopping == nil else { return }
    activities[process].stopping = reason
    report(process, .givenUp(reason))
    enter(.settling, process)
    watchUnknown(process)
  }

  /// Steps that would be tried again, now or later, are only looked for once no step starts any
  /// more.
  private mutating func watchUnknown(_ process: Int) {
    let steps = ledger.processes[process].run?.steps ?? []
    for index in steps.indices {
      guard case .unknown = steps[index].state,
        activities[process].queue?.watched[index] == nil
      else { continue }
      activities[process].queue?.watched[index] = .lookFor
      soon(process)
    }
  }

  /// Starts steps as far as order and limits allow, reads what is waited for, and notices the end.
  mutating func driveRun(_ process: Int) {
    if activities[process].stopping == nil, activities[process].queue?.hasReady(at: now) == true,
      holdsLease()
    {
      while let underWay = activities[process].queue?.underWay, underWay < settings.callsAtOnce,
        activities[process].stopping == nil, let step = activities[process].queue?.next(at: now)
      {
        if mayStart(step, process) {
          start(step, process)
        } else {
          activities[process].queue?.hold(step)
        }
      }
    }
    if activities[process].isLooking {
      driveLook(process)
    } else if needsPremises(process) {
      startLook(process, .premises)
    } else if let moment = activities[process].pollAt, moment <= now {
      activities[process].pollAt = nil
      poll(process)
    }
    concludeIfDone(process)
  }

  private mutating func concludeIfDone(_ process: Int) {
    guard activities[process].queue?.mayBeOver() == true,
      let queue = activities[process].queue, let run = ledger.processes[process].run
    else { return }
    let reason = activities[process].stopping
    let isDone = queue.settled == run.plan.steps.count
    guard isDone || reason != nil else { return }
    activities[process].queue = nil
    activities[process].premises = nil
    activities[process].look = nil
    activities[process].pollAt = nil
    activities[process].stopping = nil
    commit(.concluded(process: run.plan.process, givenUp: isDone ? nil : reason))
    if isDone {
      report(process, .carriedOut(steps: run.plan.steps.count))
      begin(process, cause: "a plan was carried out")
    } else if let reason, !activities[process].complaints.isEmpty {
      trouble(process, reason)
    } else {
      begin(process, cause: reason ?? "a plan was given up")
    }
  }

  /// Makes the call of a step: the intent first, durably, then the call.
  private mutating func start(_ index: Int, _ process: Int) {
    guard let (alias, step, progress) = planned(index, process) else { return }
    switch progress.state {
    case .pending, .unknown: break
    case .intended, .inFlight, .acknowledged, .settled, .failed: return
    }
    let call = fill(step, index, process)
    guard call.parameters.holes.isEmpty else {
      fail(index, process, CallError("Fugue.OpenHole", "an output that it needs is not known"))
      return
    }
    let attempt = newAttempt()
    let intent = JournalRecord.Entry.intent(process: alias, StepID(index), attempt, call)
    if settings.mutations.contains(.callBeforeJournal) {
      outbox.append(.call(attempt, call))
      commit(intent)
    } else {
      commit(intent)
      outbox.append(.call(attempt, call))
    }
    waiting[attempt] = .step(
      process: process, run: ledger.processes[process].runCount, step: index)
    activities[process].queue?.underWay += 1
    report(
      process,
      .started(
        StepID(index), step.verb, step.address, part: step.part, operation: call.operation,
        attempt: progress.tries + 1))
  }

  /// A step of the plan in hand with the process's alias and how far it is. The run itself is not
  /// held on to, so that the records that follow change it in place: an event costs what its own
  /// step costs, however many the plan has.
  func planned(
    _ index: Int, _ process: Int
  ) -> (alias: String, step: Step, progress: StepProgress)? {
    guard let run = ledger.processes[process].run, run.steps.indices.contains(index) else {
      return nil
    }
    return (run.plan.process, run.plan.steps[index], run.steps[index])
  }

  /// The call of a step with its holes filled.
  func fill(_ step: Step, _ index: Int, _ process: Int) -> Call {
    let known = ledger.processes[process].known
    var bindings = Bindings { address, name in known[address]?[name] }
    bindings.process = .string(ledger.processes[process].alias)
    if let plan = ledger.processes[process].run?.plan {
      // Few calls have a token, and making one takes as long as all the rest.
      let run = ledger.processes[process].runCount
      bindings.unbound = { variable, path in
        variable == .token ? Value.string(token(of: index, run: run, plan: plan)).at(path) : nil
      }
    }
    return Call(
      service: step.call.service, operation: step.call.operation,
      parameters: step.call.parameters.resolve(bindings))
  }

  /// The client token of a step: the same at each try, another in each run.
  private func token(of index: Int, run: Int, plan: Plan) -> String {
    let source = Seed(UInt64(run)).split("token.\(plan.process).\(plan.steps[index].address.text)")
    var stream = RandomSource(source.split("\(index).\(plan.composition.hex)"))
    let words = (0..<4).map { _ in stream.next() }
    return words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// A step that failed for good ends the run: what is under way is brought to an end.
  mutating func fail(_ index: Int, _ process: Int, _ error: CallError) {
    guard let (_, step, _) = planned(index, process) else { return }
    let address = step.address
    report(
      process,
      .failed(StepID(index), address, code: error.code, message: error.message))
    activities[process].complaints.append(
      "\(step.call.operation) of \(address.text): \(error.code), \(error.message)")
    stop(process, because: "\(address.text) failed: \(error.code)")
  }
}
