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
    case .intent where settings.leaseTerm != nil && record.at >= kernel.leasedUntil:
      out.insert(.startedWithoutLease)
    case .adopted(let alias, let plan, let certificate):
      if certificate.plan != plan.digest || certificate.baseline != plan.baseline {
        out.insert(.proofOfAnother)
      }
      for process in durable.processes {
        if process.alias != alias, process.run != nil { out.insert(.framesOverlap) }
        if process.quietAfter > record.at { out.insert(.framesOverlap) }
      }
    case .started, .applied, .killRequested, .approved, .intent, .outcome, .found, .notFound,
      .settled, .concluded, .steady, .blocked, .killed:
      break
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
      if step.duplicates, progress.quietAfter > at { out.insert(.quarantineBroken) }
    } else {
      out.insert(.callWithoutIntent)
    }
    for (index, process) in durable.processes.enumerated()
    where index != owner.process && process.run != nil {
      out.insert(.framesOverlap)
    }
    return out
  }

  /// Whether a reply says that the order was wrong. What somebody takes away meanwhile, and what is
  /// carried out twice, is no fault of the order.
  func isOutOfOrder(_ reply: Int32, to call: Int32) -> Bool {
    guard case .failure(let error) = replies[reply], scope.edits == 0, scope.repetitions == 0
    else { return false }
    switch error.code {
    // After a crash amid a replacement the planner takes what is left of the old for an extra,
    // whose
    // removal it does not order: it is tried until nothing hangs on it any more.
    case "DependencyViolation": return !scope.wishes.contains(.update)
    case "InvalidVpcID.NotFound", "InvalidSubnetID.NotFound", "InvalidGroup.NotFound":
      return ["Create", "Run", "Authorize"].contains { calls[call].operation.hasPrefix($0) }
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
  /// What it takes for being in force: the identifiers of what its runs in hand have made.
  var claims: [String] {
    ledger.processes.flatMap { process -> [String] in
      guard let run = process.run else { return [] }
      return run.plan.steps.indices.flatMap { index -> [String] in
        let step = run.plan.steps[index]
        guard run.steps[index].state.isSettled, step.verb == .create, step.part.isEmpty else {
          return []
        }
        return process.known[step.address]?.values.compactMap(\.text) ?? []
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
      (.outOfOrder, "out of order"),
    ]
    return all.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
  }
}
