import Canon
import Certificates
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Plans

/// Rules that hold at every single effect, held against the journal alone: nothing here asks the
/// kernel what it thinks.
extension KernelSystem {
  /// What is wrong with a record that goes to the journal.
  func breaches(of record: JournalRecord, on durable: Ledger, by kernel: Conductor) -> Breaches {
    var out: Breaches = []
    if case .started(let number, _) = record.entry {
      if number <= durable.incarnation { out.insert(.attemptUsedTwice) }
    } else if record.fence != durable.incarnation {
      out.insert(.ledByTwo)
    }
    switch record.entry {
    case .intent(let alias, let step, _, _):
      if settings.leaseTerm != nil, record.at >= kernel.leasedUntil {
        out.insert(.startedWithoutLease)
      }
      if isHasty(step, at: record.at, in: alias, on: durable) { out.insert(.hasty) }
    case .outcome(let alias, let step, let attempt, let outcome, let resolution):
      if misreads(
        outcome, as: resolution, of: attempt, step, at: record.at, in: alias, on: durable)
      {
        out.insert(.misread)
      }
    case .adopted(let alias, let plan, let certificate):
      if certificate.plan != plan.digest || certificate.baseline != plan.baseline {
        out.insert(.proofOfAnother)
      }
      for process in durable.processes {
        if process.alias != alias, process.run != nil { out.insert(.framesOverlap) }
        if process.quietAfter > record.at { out.insert(.framesOverlap) }
      }
      if let process = durable.indices[alias], composition.outputsNameThings,
        plan.deletesKnown(of: durable.processes[process])
      {
        out.insert(.knownDeleted)
      }
    case .settled(let alias, let step):
      guard let process = durable.indices[alias],
        let steps = durable.processes[process].run?.steps, steps.indices.contains(step.index)
      else { break }
      if !steps[step.index].state.isAcknowledged { out.insert(.settledUnseen) }
      if steps[step.index].quietAfter > record.at { out.insert(.settledUnquiet) }
    case .concluded(let alias, let reason):
      let run = durable.indices[alias].flatMap { durable.processes[$0].run }
      let isOver = run?.steps.allSatisfy {
        $0.state.isSettled || reason != nil && !$0.state.isOpen && !$0.state.isAcknowledged
      }
      if isOver != true { out.insert(.endedEarly) }
    case .steady(let alias, _, _, _), .killed(let alias):
      let process = durable.indices[alias].map { durable.processes[$0] }
      if process?.run != nil || process.map({ $0.quietAfter > record.at }) != false {
        out.insert(.endedEarly)
      }
    case .started, .applied, .killRequested, .approved, .found, .notFound, .blocked: break
    }
    return out
  }

  /// What is wrong with a call of a step, as far as the journal tells.
  func breaches(
    of call: Call, _ attempt: AttemptID, _ owner: Ledger.Owner, _ durable: Ledger
  ) -> Breaches {
    guard let run = durable.processes[owner.process].run,
      run.plan.steps.indices.contains(owner.step)
    else { return .callWithoutIntent }
    var out: Breaches = []
    let step = run.plan.steps[owner.step]
    let progress = run.steps[owner.step]
    if run.certificate.plan != run.plan.digest { out.insert(.callWithoutCertificate) }
    if !step.call.allows(call) { out.insert(.callNotOfPlan) }
    if attempt.incarnation != durable.incarnation { out.insert(.attemptUsedTwice) }
    if case .intended(attempt, let at) = progress.state {
      let isLost = durable.open.contains { $0.key != attempt && $0.value == owner }
      if step.duplicates, progress.quietAfter > at, isLost { out.insert(.quarantineBroken) }
    } else {
      out.insert(.callWithoutIntent)
    }
    if composition.usesWhatIsReady,
      comesTooEarly(step, of: run, durable.processes[owner.process])
    {
      out.insert(.outOfOrder)
    }
    for (index, process) in durable.processes.enumerated()
    where index != owner.process && process.run != nil {
      out.insert(.framesOverlap)
    }
    return out
  }

  /// Whether a reply says that the order was wrong. What somebody takes away meanwhile, and what is
  /// carried out twice, is no fault of the order.
  func isOutOfOrder(_ reply: Int32, to call: Int32, in state: KernelState) -> Bool {
    guard case .failure(let error) = replies[reply], state.edited == 0,
      state.budget.repetitions == scope.repetitions
    else { return false }
    switch error.code {
    // What is on its way out by itself holds on until it is gone, and that is waited for.
    case "DependencyViolation", "DeleteConflict":
      return accounts.facts(state.account).transitions.isEmpty
    case "InvalidVpcID.NotFound", "InvalidSubnetID.NotFound", "InvalidGroup.NotFound":
      // What is deleted may have gone already.
      return !calls[call].operation.hasPrefix("Delete")
    default: return false
    }
  }

  /// What a store gives when a record is torn while it is written: it must be what was there.
  /// The bytes are cut at some places, and one is changed, as sectors that were not written do.
  func tear(_ record: JournalRecord, after durable: Ledger) -> Int32 {
    let before = ledgers.number(of: durable)
    let key = TornWrite(ledger: before, record: record)
    if let known = torn[key] { return known }
    let bytes: [UInt8]
    do { bytes = try JournalCoding.frame(record) } catch { return -1 }
    var damaged = bytes
    damaged[bytes.count / 2] ^= 0xFF
    let tails =
      [1, 5, bytes.count / 2, bytes.count - 1].map { Array(bytes.prefix($0)) } + [damaged]
    var out = before
    for tail in tails {
      var ledger = durable
      do {
        for record in try JournalCoding.readAll(tail).records { ledger.apply(record) }
      } catch {
        ledger = Ledger()
      }
      if ledger != durable { out = ledgers.number(of: ledger) }
    }
    torn[key] = out
    return out
  }
}

extension Plan {
  /// Whether it deletes what a process knows as its own, though that is to stay and nothing is made
  /// in its place.
  fileprivate func deletesKnown(of process: ProcessLedger) -> Bool {
    if process.isKilling { return false }
    let made = Set(steps.filter { $0.verb == .create && $0.part.isEmpty }.map(\.address))
    return steps.contains { step in
      guard step.verb == .delete, !made.contains(step.address), process.isDeclared(step.address),
        let known = process.known[step.address]
      else { return false }
      return !step.call.parameters.texts.isDisjoint(with: known.values.compactMap(\.text))
    }
  }
}

extension Call {
  /// Whether a call is this one, a template, with its holes filled.
  func allows(_ call: Call) -> Bool {
    service == call.service && operation == call.operation
      && parameters.allows(call.parameters)
  }
}

extension Value {
  /// Whether a value is this one with its holes filled.
  fileprivate func allows(_ filled: Value) -> Bool {
    switch (self, filled) {
    case (.residual, _): true
    case (.list(let items), .list(let others)):
      items.count == others.count && zip(items, others).allSatisfy { $0.allows($1) }
    case (.record(let fields), .record(let others)):
      others.keys.allSatisfy { fields[$0] != nil }
        && fields.allSatisfy { key, value in
          if let other = others[key] { return value.allows(other) }
          return value == .null || !value.isKnown
        }
    case (.null, _), (.bool, _), (.int, _), (.string, _), (.secret, _), (.list, _), (.record, _):
      self == filled
    }
  }
}

extension Conductor {
  /// What it takes for being in force: for each thing that its runs in hand have made its outputs.
  var claims: [[String]] {
    ledger.processes.flatMap { process -> [[String]] in
      guard let run = process.run else { return [] }
      return run.plan.steps.indices.compactMap { index -> [String]? in
        let step = run.plan.steps[index]
        guard run.steps[index].state.isSettled, step.verb == .create, step.part.isEmpty else {
          return nil
        }
        return process.known[step.address]?.values.compactMap(\.text)
      }
    }
  }
}

extension Breaches {
  /// In words, for a trace.
  var names: String {
    let all: [(Breaches, String)] = [
      (.callWithoutIntent, "a call without intent"),
      (.callWithoutCertificate, "a call without certificate"), (.foldDiffers, "another fold"),
      (.attemptUsedTwice, "an identifier used twice"), (.stepTooEarly, "a step too early"),
      (.openedOnOldLook, "opened on an old look"),
      (.callNotOfPlan, "a call that is not the plan's"),
      (.quarantineBroken, "repeated in quarantine"), (.framesOverlap, "frames overlap"),
      (.startedWithoutLease, "started without the lease"), (.ledByTwo, "led by two"),
      (.readTorn, "a torn record read"), (.proofOfAnother, "the proof of another plan"),
      (.outOfOrder, "out of order"), (.settledUnseen, "in force and not seen"),
      (.settledUnquiet, "in force amid quarantine"), (.heardFormer, "a former answer heard"),
      (.endedEarly, "ended early"), (.knownDeleted, "what is known deleted"),
      (.misread, "an answer misread"), (.hasty, "tried again too soon"),
      (.standsOtherwise, "taken up otherwise"), (.gaveUp, "given up for nothing"),
    ]
    return all.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
  }
}
