import Canon
import CloudModel
import CloudSemantics
import Determinism
import Journal
import Planners
import Plans

/// Looks: which reads go out, and what their replies come to.
extension Conductor {
  mutating func startLook(_ process: Int, _ purpose: Look.Purpose) {
    let alias = ledger.processes[process].alias
    let blueprint = ledger.processes[process].blueprint
    let subjects: [DeclaredResource]
    var account: AccountReading?
    switch purpose {
    case .whole, .recheck:
      subjects = Survey.subjects(of: blueprint, previous: ledger.processes[process].previous)
      account = AccountReading(region: blueprint.region)
      enter(.observing, process)
      report(process, .looking(activities[process].cause))
    case .poll: subjects = polled(process)
    case .premises:
      subjects = []
      account = AccountReading(region: blueprint.region)
    }
    activities[process].look = Look(
      purpose: purpose, serial: nextRequest, startedAt: now,
      survey: Survey(of: subjects, process: alias), account: account)
    nextRequest += 1
    driveLook(process)
  }

  /// Sends the reads that are due; where there are none left, goes on with what was seen.
  mutating func driveLook(_ process: Int) {
    switch activities[process].look?.goOn(at: now, readsAtOnce: settings.readsAtOnce) {
    case .done?:
      guard let look = activities[process].takeLook() else { return }
      finish(look, process)
    case .ask(let serial, let reads)?:
      if reads.isEmpty { return }
      outbox.reserveCapacity(outbox.count + reads.count)
      waiting.reserveCapacity(waiting.count + reads.count)
      for read in reads {
        let attempt = newAttempt()
        waiting[attempt] = .read(process: process, look: serial, read.id)
        outbox.append(.call(attempt, read.call))
      }
    case nil: break
    }
  }

  /// Takes the outcome of a read in. One of an earlier look says nothing about now.
  mutating func take(
    _ outcome: CallOutcome, ofRead id: Look.ReadID, look serial: Int, process: Int
  ) {
    switch activities[process].look?.take(outcome, of: id, look: serial) {
    case .understood?: advance(process)
    case .again(let problem)?: retry(id, after: problem, process)
    case .ofAnotherLook?, nil: break
    }
  }

  private mutating func retry(_ id: Look.ReadID, after error: CallError, _ process: Int) {
    let tries = activities[process].look?.fail(id) ?? 1
    if tries >= settings.tries {
      activities[process].look = nil
      if activities[process].queue != nil {
        activities[process].pollAt = now + settings.longestPause
        advance(process)
      } else {
        trouble(process, "A read failed: \(error.code): \(error.message)")
        arm(process)
      }
      return
    }
    let read = activities[process].look?.name(of: id) ?? ""
    let name = "read.\(ledger.processes[process].alias).\(read)"
    activities[process].look?.pause(
      id, until: now + settings.pause(afterTries: tries, of: name))
    advance(process)
  }

  private mutating func finish(_ look: Look, _ process: Int) {
    switch look.purpose {
    case .poll: judge(look, process)
    case .premises: confirm(look, process)
    case .whole, .recheck:
      let inventory = inventory(of: look, process)
      if let reason = brake(on: inventory, look, process) {
        block(process, reason)
        return
      }
      activities[process].inventory = inventory
      activities[process].seenAt = look.startedAt
      if look.purpose == .recheck, recheck(process) { return }
      askForPlan(process)
    }
  }

  /// What a look has shown; of several items the one that the ledger knows comes first.
  private func inventory(of look: Look, _ process: Int) -> Inventory {
    let part = ledger.processes[process]
    var items = look.survey.items
    for (address, found) in look.survey.items where found.count > 1 {
      guard let known = part.known[address],
        let kept = found.firstIndex(where: { $0.matches(known) }), kept > 0
      else { continue }
      var found = found
      found.insert(found.remove(at: kept), at: 0)
      items[address] = found
    }
    let account =
      look.account?.account ?? AccountState(accountID: "", region: part.blueprint.region)
    return Inventory(
      accountID: account.accountID, region: account.region, observedAt: look.startedAt,
      items: items, account: account)
  }

  /// What makes the kernel stop rather than repair: another account, or too much gone at once.
  private func brake(on inventory: Inventory, _ look: Look, _ process: Int) -> BlockReason? {
    let part = ledger.processes[process]
    if !part.accountID.isEmpty, inventory.accountID != part.accountID {
      return .identityChanged(
        "account \(inventory.accountID) answers, \(part.accountID) did before")
    }
    if inventory.region != part.blueprint.region {
      return .identityChanged(
        "region \(inventory.region) answers, \(part.blueprint.region) is declared")
    }
    if part.isKilling || part.present.count < 3 { return nil }
    let vanished = part.present.filter { inventory.items[$0]?.isEmpty == true }
    guard vanished.count >= 3, vanished.count * 10 > part.present.count else { return nil }
    let believed = vanished.filter { address in
      let part = ProcessLedger.Part(address, .create)
      let changed = ledger.processes[process].changedAt[part]
      return changed.map { $0 + settings.settleWindow <= look.startedAt } ?? true
    }
    guard believed.count >= 3, believed.count * 10 > part.present.count else { return nil }
    return .massVanishing(believed.sorted())
  }
}

extension ObservedItem {
  /// Whether it is the thing of which these outputs are known.
  func matches(_ known: SortedMap<String, Value>) -> Bool {
    !outputs.isEmpty && outputs.allSatisfy { known[$0.key] == nil || known[$0.key] == $0.value }
      && outputs.contains { known[$0.key] == $0.value }
  }
}
