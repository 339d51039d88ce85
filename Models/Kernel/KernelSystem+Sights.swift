import Canon
import CloudModel
import Conductor
import Journal
import Plans

/// What looks have shown, held against what the kernel takes for in force.
extension KernelSystem {
  /// Notes that reads were answered: each acknowledged step was shown once more, unless they showed
  /// an account in which it had no effect yet.
  /// - Parameter earlier: The account that they showed, where it was not the present one.
  func noteLook(showing earlier: Int32 = -1, in state: inout KernelState) {
    if state.sightings.isEmpty { return }
    let now = now(state)
    for index in state.sightings.indices {
      if earlier >= 0, hides(state.sightings[index], earlier, in: state) {
        state.sightings[index].count = 0
      } else if state.sightings[index].latest != now {
        state.sightings[index].count = min(2, state.sightings[index].count + 1)
      }
      state.sightings[index].latest = now
    }
  }

  /// Notes which steps are acknowledged, and which count as in force.
  func note(_ progress: [Progress], in state: inout KernelState) {
    for one in progress {
      let place = state.sightings.firstIndex { $0.process == one.process && $0.step == one.step }
      let seen = place.map { state.sightings.remove(at: $0).count } ?? 0
      if let needed = one.settledAfter {
        if seen < needed { state.breaches.insert(.settledUnseen) }
      } else {
        state.sightings.append(Sighting(process: one.process, step: one.step))
      }
    }
    let watched = conductors.facts(state.conductor).watched
    state.sightings.removeAll { sighting in
      !watched.contains { $0.process == sighting.process && $0.step == sighting.step }
    }
  }

  /// Whether outputs of one thing say that it is there. Of what is no model's own an output may
  /// also be longer than its name, as ARNs and addresses of queues are.
  func areThings(_ outputs: [String], among things: Set<String>) -> Bool {
    if composition.outputsNameThings { return outputs.allSatisfy(things.contains) }
    // Most outputs are names, and looking for one is much cheaper than searching texts.
    return outputs.contains(where: things.contains)
      || outputs.contains { output in things.contains { output.contains($0) } }
  }

  /// What a record says of how far a step has come; nil for nothing.
  func progress(_ record: JournalRecord, on durable: Ledger) -> Progress? {
    let (alias, step): (String, StepID)
    var isSettled = false
    switch record.entry {
    case .outcome(let process, let id, _, _, .acknowledged), .found(let process, let id, _):
      (alias, step) = (process, id)
    case .settled(let process, let id):
      (alias, step) = (process, id)
      isSettled = true
    case .started, .applied, .killRequested, .approved, .adopted, .intent, .outcome, .notFound,
      .concluded, .steady, .blocked, .killed:
      return nil
    }
    guard let process = durable.indices[alias], let run = durable.processes[process].run,
      run.plan.steps.indices.contains(step.index)
    else { return nil }
    return Progress(
      process: process, step: step.index,
      settledAfter: isSettled ? run.plan.steps[step.index].looksUntilInForce : nil)
  }

  /// Whether the effect of a step is not there yet in an account.
  private func hides(_ sighting: Sighting, _ account: Int32, in state: KernelState) -> Bool {
    let process = conductors[state.conductor].ledger.processes[sighting.process]
    guard let step = process.run?.plan.steps[sighting.step] else { return false }
    if step.verb == .create, step.part.isEmpty {
      let names = process.known[step.address]?.values.compactMap(\.text) ?? []
      return !areThings(names, among: accounts.facts(account).things)
    }
    var bindings = Bindings { process.known[$0]?[$1] }
    bindings.process = .string(process.alias)
    let call = Call(
      service: step.call.service, operation: step.call.operation,
      parameters: step.call.parameters.resolve(bindings))
    return call.parameters.isKnown
      && perform(calls.number(of: call), on: account).account != account
  }
}

extension Step {
  /// How many looks in a row must show the effect before it counts as in force.
  fileprivate var looksUntilInForce: UInt8 {
    if verb == .read { return 0 }
    switch settle {
    case .acknowledged: return 0
    case .state: return 1
    case .visibleTwice: return 2
    }
  }
}

extension Conductor {
  /// The steps of runs in hand that are acknowledged and do not count as in force.
  var watched: [Sighting] {
    ledger.processes.indices.flatMap { process -> [Sighting] in
      let steps = ledger.processes[process].run?.steps ?? []
      return steps.indices.compactMap { step in
        guard case .acknowledged = steps[step].state else { return nil }
        return Sighting(process: process, step: step)
      }
    }
  }
}

extension EventKey {
  /// Whether it answers a question that a kernel does not ask any more.
  func isFormer(for kernel: Conductor) -> Bool {
    switch self {
    case .former: true
    case .replied(let attempt, _), .silence(let attempt): kernel.isOfFormerLook(attempt)
    case .restarted, .wish, .enforce, .planned, .proved, .provedLate, .provedBefore, .notProved,
      .woke, .wokeNeighbour, .lease:
      false
    }
  }
}
