import CloudModel
import Conductor
import Determinism
import Journal
import ModelChecker

/// What may happen in a state, and where it leads.
extension KernelSystem {
  /// Everything that may happen, in a fixed order.
  package func actions(in state: KernelState) -> [KernelAction] {
    var out: [KernelAction] = []
    for occasion in occasions(in: state) {
      out.append(.deliver(occasion))
      guard state.budget.crashes + state.budget.stalls > 0,
        let delivery = delivery(of: occasion, in: state)
      else { continue }
      addFaults(amid: occasion, delivery, to: &out, in: state)
    }
    if state.sleeper >= 0 { out.append(.awake) }
    if state.budget.crashes > 0, state.given > 0 { out.append(.crash) }
    addCloud(to: &out, in: state)
    if state.budget.edits > 0, isEditable(state) {
      for (index, isThere) in accounts.facts(state.account).isEditable.enumerated() where isThere {
        out.append(.edit(index))
      }
    }
    if state.budget != .none, isAtRest(state) { out.append(.calm) }
    return out
  }

  private func addFaults(
    amid occasion: Occasion, _ delivery: Delivery, to out: inout [KernelAction],
    in state: KernelState
  ) {
    if state.budget.crashes > 0 {
      for (index, mark) in delivery.marks.enumerated() {
        if mark.torn >= 0 { out.append(.crashTorn(occasion, effects: index)) }
        // After the last effect a crash is one between two events.
        if index + 1 < delivery.marks.count { out.append(.crashAmid(occasion, effects: index)) }
      }
    }
    if state.budget.stalls > 0, state.sleeper < 0, maySleep(state) {
      for index in delivery.marks.indices.dropLast() {
        out.append(.stall(occasion, effects: index))
      }
    }
  }

  /// Whether the kernel may sleep until its lease has run out: not while a lost call has its effect
  /// before.
  private func maySleep(_ state: KernelState) -> Bool {
    let end = conductors.facts(state.conductor).leasedUntil
    return end > 0 && state.flights.allSatisfy { $0.deadline < 0 || $0.deadline >= end }
  }

  /// An edit counts while the account is to be as declared.
  private func isEditable(_ state: KernelState) -> Bool {
    if composition.isOfDisaster, !isQuiet(state) { return false }
    if scope.wishes.last == .approve, Int(state.given) == scope.wishes.count { return false }
    return state.given > 0 && scope.wishes[Int(state.given) - 1] != .kill
  }

  /// Whether the kernel looks again without being asked to: that is its own business, and a look
  /// which it does not owe to a timer nobody asks for.
  private func looksByItself(_ state: KernelState) -> Bool {
    scope.isPeriodic && isEnforcing(state)
  }

  /// Whether a call is answered with an error.
  private func hasFailed(_ flight: Flight) -> Bool {
    guard flight.reply >= 0, case .failure = replies[flight.reply] else { return false }
    return true
  }

  private func addCloud(to out: inout [KernelAction], in state: KernelState) {
    for (index, flight) in state.flights.enumerated() where !isRead(flight.call) {
      if flight.reply < 0 {
        out.append(.carryOut(index))
        if state.budget.repetitions > 0 { out.append(.carryOutTwice(index)) }
        if state.budget.throttles > 0, flight.deadline < 0 { out.append(.refuse(index)) }
        if state.budget.denials > 0, flight.deadline < 0 { out.append(.deny(index)) }
      }
      if state.budget.breakdowns > 0, flight.deadline < 0, !hasFailed(flight) {
        out.append(.breakDown(index))
      }
      if flight.deadline >= 0 { out.append(.vanish(index)) }
    }
    out += accounts.facts(state.account).transitions.indices.map { .move($0) }
  }

  private func occasions(in state: KernelState) -> [Occasion] {
    var out: [Occasion] = []
    var hasRead = false
    for (index, flight) in state.flights.enumerated() where !flight.isOrphan {
      if isRead(flight.call) {
        let isFirst = !hasRead
        hasRead = true
        if isFirst { out.append(.read(index)) }
        if isFirst || scope.looksAtOnce, state.budget.staleReads > 0,
          isStale(flight, in: state)
        {
          out.append(.staleRead(index))
        }
        if !isFirst { continue }
        if state.budget.lostReplies > 0 { out.append(.silence(index)) }
        if state.budget.readRefusals > 0 { out.append(.refusedRead(index)) }
      } else {
        if flight.reply >= 0 { out.append(.reply(index)) }
        if flight.reply >= 0, flight.deadline < 0, state.budget.echoes > 0 {
          out.append(.echo(index))
        }
        if flight.deadline < 0, state.budget.lostReplies > 0 { out.append(.silence(index)) }
      }
    }
    if state.request >= 0 {
      switch requests[state.request] {
      case .plan: out.append(.planned)
      case .proof:
        out.append(.proved)
        if state.budget.slowProofs > 0 { out.append(.provedLate) }
        if state.budget.refusals > 0 { out.append(.notProved) }
        if state.budget.staleProofs > 0, state.certificate >= 0 { out.append(.provedBefore) }
      }
    }
    if state.formerRequest >= 0 { out.append(.former) }
    if state.lease >= 0 { out.append(.lease) }
    let (timer, other) = (state.timer, state.neighbourTimer)
    if timer >= 0, other < 0 || timer <= other, !hasRead, mayRing(state, timer) {
      out.append(.wake)
    }
    if other >= 0, timer < 0 || other <= timer, !hasRead, mayRing(state, other) {
      out.append(.wakeNeighbour)
    }
    if scope.isHurried, state.given > 0, Int(state.given) < scope.wishes.count {
      out.append(.wish)
    } else if conductors.facts(state.conductor).isQuiescent,
      state.flights.allSatisfy({ $0.isOrphan || scope.hasLateReplies && $0.deadline >= 0 })
    {
      if Int(state.given) < scope.wishes.count, !state.owesLook {
        out.append(.wish)
      } else if state.owesLook, !looksByItself(state) {
        out.append(.enforce)
      }
    }
    return out
  }

  /// Whether the account before the latest change would give another answer.
  private func isStale(_ flight: Flight, in state: KernelState) -> Bool {
    guard state.earlier >= 0, now(state) < state.earlierUntil else { return false }
    return perform(flight.call, on: state.earlier).reply
      != perform(flight.call, on: state.account).reply
  }

  /// Whether the timer's moment may come: not while a call that was given up may still have an
  /// effect that the settle window promises to come before, nor while the cloud has something
  /// before it that it ends earlier.
  private func mayRing(_ state: KernelState, _ timer: Int64) -> Bool {
    if scope.isPeriodic, !state.owesLook, conductors.facts(state.conductor).isQuiescent {
      return false
    }
    if state.movesUntil >= 0, timer >= state.movesUntil { return false }
    return state.flights.allSatisfy {
      $0.deadline < 0 || timer < $0.deadline || scope.hasLateReplies && $0.reply >= 0
    }
  }

  /// Where an action leads.
  package func next(_ state: KernelState, _ action: KernelAction) -> KernelState? {
    switch action {
    case .deliver(let occasion): return deliver(occasion, in: state)
    case .crashAmid(let occasion, let effects): return crash(amid: occasion, effects, in: state)
    case .crashTorn(let occasion, let effects):
      return crash(tearing: effects, of: occasion, in: state)
    case .stall(let occasion, let effects): return stall(amid: occasion, effects, in: state)
    case .awake: return awake(in: state)
    case .crash:
      var next = state
      next.budget.crashes -= 1
      succeed(&next, on: ledger(of: state.conductor), at: now(state))
      return next
    case .carryOut(let index): return carryOut(index, times: 1, in: state)
    case .carryOutTwice(let index):
      var next = carryOut(index, times: 2, in: state)
      next.budget.repetitions -= 1
      return next
    case .vanish(let index):
      var next = state
      next.flights.remove(at: index)
      return next
    case .refuse(let index):
      var next = state
      next.budget.throttles -= 1
      next.flights[index].reply = replies.number(of: .failure(Self.throttling))
      return next
    case .deny(let index):
      var next = state
      next.budget.denials -= 1
      next.flights[index].reply = replies.number(of: .failure(Self.denial))
      return next
    case .breakDown(let index):
      var next = state
      next.budget.breakdowns -= 1
      next.flights[index].reply = replies.number(of: .failure(Self.breakdown))
      return next
    case .edit(let index): return edit(index, in: state)
    case .move(let index): return move(index, in: state)
    case .calm:
      var next = state
      next.budget = .none
      return next
    }
  }

  private func move(_ index: Int, in state: KernelState) -> KernelState {
    var next = state
    next.account = advance(state.account, by: index)
    noteMoves(in: &next, at: state.movesUntil)
    return next
  }

  /// Notes until when the cloud ends what it has before it now.
  private func noteMoves(in state: inout KernelState, at end: Int64? = nil) {
    let hasMoves = !accounts.facts(state.account).transitions.isEmpty
    let usual = now(state) + settings.settleWindow.milliseconds
    if hasMoves { state.movesUntil = end ?? usual } else { state.movesUntil = -1 }
  }

  private func carryOut(_ index: Int, times: Int, in state: KernelState) -> KernelState {
    var next = state
    var flight = next.flights[index]
    for _ in 0..<times {
      let result = perform(flight.call, on: next.account)
      if isOutOfOrder(result.reply, to: flight.call, in: next) { next.breaches.insert(.outOfOrder) }
      flight.reply = result.reply
      if result.account == next.account { continue }
      if state.budget.staleReads > 0 {
        next.earlier = next.account
        // The window covers both: how late a lost call has its effect, and how late it is seen.
        let end = now(state) + lateness
        next.earlierUntil = flight.deadline < 0 ? end : min(end, flight.deadline)
      }
      next.account = result.account
      noteMoves(in: &next)
    }
    if flight.isOrphan {
      next.flights.remove(at: index)
    } else {
      next.flights[index] = flight
    }
    return next
  }

  private func edit(_ index: Int, in state: KernelState) -> KernelState? {
    let edit = composition.edits[index]
    let edited: Int32
    if let change = edit.change {
      edited = accounts.number(of: change(accounts[state.account]))
    } else {
      guard let call = edit.call(accounts[state.account]) else { return nil }
      edited = perform(calls.number(of: call), on: state.account).account
    }
    if edited == state.account { return nil }
    var next = state
    next.account = edited
    noteMoves(in: &next)
    next.earlier = -1
    next.budget.edits -= 1
    next.edited += 1
    next.owesLook = true
    if !composition.opening.isEmpty || scope.slowProofs > 0 { next.editedAt = now(state) }
    return next
  }
}
