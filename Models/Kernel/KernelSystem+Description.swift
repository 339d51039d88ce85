import Canon
import CloudModel
import CloudSemantics
import Conductor
import Journal
import Plans

/// States and actions for people.
extension KernelSystem {
  /// The time, what the kernel does, its steps, calls under way, and what is there.
  package func describe(_ state: KernelState) -> String {
    let conductor = conductors[state.conductor]
    let processes = conductor.ledger.processes
    let phases = processes.map { process in
      let phase = conductor.phase(of: process.alias)?.rawValue ?? "unknown"
      return processes.count > 1 ? "\(process.alias) \(phase)" : phase
    }
    let phase = phases.isEmpty ? "not applied" : phases.joined(separator: ", ")
    var lines = ["at \(seconds(now(state))): \(phase)"]
    for process in processes {
      guard let run = process.run else { continue }
      for (index, step) in run.plan.steps.enumerated() {
        let part = step.part.isEmpty ? "" : ", \(step.part)"
        lines.append(
          "  step \(index + 1), \(step.call.operation) of \(step.address.text)\(part): "
            + word(run.steps[index].state))
      }
    }
    let reads = state.flights.filter { isRead($0.call) }
    if !reads.isEmpty {
      let names = reads.prefix(3).map(name).joined(separator: ", ")
      let more = reads.count > 3 ? " and \(reads.count - 3) more" : ""
      lines.append("  reads under way: \(names)\(more)")
    }
    for flight in state.flights where !isRead(flight.call) {
      let fate = flight.reply < 0 ? "under way" : "carried out"
      let hearing = flight.isOrphan ? ", nobody listens" : flight.deadline < 0 ? "" : ", given up"
      lines.append("  \(name(flight)): \(fate)\(hearing)")
    }
    let account = accounts[state.account]
    let things = composition.things(account)
    if !state.breaches.isEmpty { lines.append("  broken: \(state.breaches.names)") }
    lines.append("  there: \(things.isEmpty ? "nothing" : things.joined(separator: ", "))")
    return lines.joined(separator: "\n")
  }

  /// What happens, with the call that it is about.
  package func describe(_ action: KernelAction, in state: KernelState) -> String {
    switch action {
    case .deliver(let occasion): return describe(occasion, in: state)
    case .crashAmid(let occasion, let effects):
      return "\(describe(occasion, in: state)); the kernel dies after effect \(effects + 1) of it"
        + " and is started again"
    case .crashTorn(let occasion, let effects):
      return "\(describe(occasion, in: state)); the kernel dies while it writes effect"
        + " \(effects + 1) of it, a record, which is torn, and is started again"
    case .stall(let occasion, let effects):
      return "\(describe(occasion, in: state)); the kernel sleeps after effect \(effects + 1) of it"
        + " until its lease has run out, and another one takes over"
    case .awake: return "the kernel that slept wakes up"
    case .crash: return "the kernel dies and is started again"
    case .carryOut(let index): return "the cloud carries out \(name(state.flights[index]))"
    case .carryOutTwice(let index):
      return "the cloud carries out \(name(state.flights[index])) twice"
    case .vanish(let index): return "nothing more comes of \(name(state.flights[index]))"
    case .refuse(let index):
      return "the cloud refuses \(name(state.flights[index])): too many calls"
    case .deny(let index): return "the cloud denies \(name(state.flights[index]))"
    case .breakDown(let index):
      return "the cloud says that it failed at \(name(state.flights[index]))"
    case .edit(let index): return "somebody \(composition.edits[index].name)"
    case .move(let index):
      switch accounts.facts(state.account).transitions[index] {
      case .instance(let id): return "the cloud goes on with \(id)"
      case .forgetInstance(let id), .forgetSecret(let id), .forgetQueueName(let id):
        return "the cloud forgets \(id)"
      }
    case .calm: return "no fault happens any more"
    }
  }

  private func describe(_ occasion: Occasion, in state: KernelState) -> String {
    switch occasion {
    case .reply(let index):
      let flight = state.flights[index]
      return "the reply to \(name(flight)) comes: \(outcome(flight.reply))"
    case .echo(let index):
      let flight = state.flights[index]
      return "the reply to \(name(flight)) comes, and will come again: \(outcome(flight.reply))"
    case .provedLate: return "the proof is made, after what was read has become old"
    case .provedBefore: return "the prover answers with the certificate that it gave before"
    case .wakeNeighbour:
      return "the other process's timer rings at \(seconds(state.neighbourTimer))"
    case .lease: return "the kernel gets the lease until \(seconds(state.lease))"
    case .read(let index): return "\(name(state.flights[index])) is answered"
    case .staleRead(let index):
      return "\(name(state.flights[index])) is answered as of before the latest change"
    case .refusedRead(let index):
      return "the cloud refuses \(name(state.flights[index])): too many calls"
    case .silence(let index): return "no reply to \(name(state.flights[index])) comes"
    case .planned: return "the plan is made"
    case .proved: return "the proof is made"
    case .notProved: return "the prover gives up"
    case .former: return "the answer comes that the kernel does not wait for any more"
    case .wake: return "the timer rings at \(seconds(state.timer))"
    case .wish: return "somebody asks to \(scope.wishes[Int(state.given)].rawValue)"
    case .enforce: return "somebody asks to look"
    }
  }

  private func name(_ flight: Flight) -> String {
    "\(calls[flight.call].operation) (call \(flight.attempt.incarnation).\(flight.attempt.serial))"
  }

  private func outcome(_ reply: Int32) -> String {
    switch replies[reply] {
    case .success: "done"
    case .failure(let error): error.code
    }
  }

  private func seconds(_ milliseconds: Int64) -> String {
    let tenths = milliseconds / 100
    return "\(tenths / 10).\(tenths % 10) s"
  }

  private func word(_ state: StepState) -> String {
    switch state {
    case .pending: "pending"
    case .intended: "intended"
    case .inFlight: "in flight"
    case .acknowledged: "acknowledged"
    case .settled: "settled"
    case .unknown: "unknown"
    case .failed(let error): "failed (\(error.code))"
    }
  }
}
