import CertificateChecker
import Certificates
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Planners
import Plans
import Prover

/// Events that the kernel takes in, and what its effects do to its world.
extension KernelSystem {
  /// What an occasion comes to; nil where it has no event.
  func delivery(of occasion: Occasion, in state: KernelState) -> Delivery? {
    guard let event = event(of: occasion, in: state) else { return nil }
    let key = EventPair(conductor: state.conductor, event: event)
    if let known = deliveries[key] { return known }
    let result = handle(event, by: conductors[state.conductor])
    deliveries[key] = result
    return result
  }

  func event(of occasion: Occasion, in state: KernelState) -> EventKey? {
    switch occasion {
    case .reply(let index):
      return .replied(state.flights[index].attempt, reply: state.flights[index].reply)
    case .read(let index):
      let flight = state.flights[index]
      return .replied(flight.attempt, reply: perform(flight.call, on: state.account).reply)
    case .staleRead(let index):
      let flight = state.flights[index]
      return .replied(flight.attempt, reply: perform(flight.call, on: state.earlier).reply)
    case .refusedRead(let index):
      let refusal = replies.number(of: .failure(Self.throttling))
      return .replied(state.flights[index].attempt, reply: refusal)
    case .silence(let index): return .silence(state.flights[index].attempt)
    case .echo(let index):
      return .replied(state.flights[index].attempt, reply: state.flights[index].reply)
    case .planned: return .planned(state.request)
    case .proved: return .proved(state.request)
    case .provedLate: return .provedLate(state.request)
    case .provedBefore:
      return .provedBefore(state.request, certificate: state.certificate)
    case .notProved: return .notProved(state.request)
    case .former: return .former(state.formerRequest)
    case .wake: return .woke(state.timer)
    case .wakeNeighbour: return .wokeNeighbour(state.neighbourTimer)
    case .lease: return .lease(state.lease)
    case .wish: return .wish(scope.wishes[Int(state.given)])
    case .enforce: return .enforce
    }
  }

  /// The kernel takes an event in, and its effects run.
  func deliver(_ occasion: Occasion, in state: KernelState) -> KernelState? {
    guard let delivery = delivery(of: occasion, in: state) else { return nil }
    var next = state
    switch occasion {
    case .read: noteLook(in: &next)
    case .staleRead: noteLook(showing: state.earlier, in: &next)
    case .reply, .echo, .silence, .planned, .proved, .provedBefore, .provedLate, .notProved,
      .former, .wake, .wakeNeighbour, .lease, .wish, .enforce, .refusedRead:
      break
    }
    if isFormer(occasion, in: state), delivery.isMoved { next.breaches.insert(.heardFormer) }
    consume(occasion, in: &next)
    noteCommand(occasion, in: &next)
    next.conductor = delivery.conductor
    take(delivery, into: &next)
    if isUnheard(occasion, delivery, in: state) { next.breaches.insert(.misread) }
    answerReads(in: &next, all: scope.looksAtOnce && occasion.isAnswer)
    return next
  }

  /// Answers reads whose answers cannot differ, or all of them, as long as there are any. They are
  /// no steps of their own, since nothing that happens between them makes a difference.
  private func answerReads(in state: inout KernelState, all: Bool) {
    if all {
      answerAllReads(in: &state)
      return
    }
    while let index = state.flights.firstIndex(where: { isRead($0.call) && !$0.isOrphan }),
      calls.facts(state.flights[index].call).isInert,
      let delivery = delivery(of: .read(index), in: state)
    {
      noteLook(in: &state)
      consume(.read(index), in: &state)
      state.conductor = delivery.conductor
      take(delivery, into: &state)
    }
  }

  private func answerAllReads(in state: inout KernelState) {
    let open = state.flights.filter { isRead($0.call) && !$0.isOrphan }
    if open.isEmpty { return }
    if open.contains(where: { looksAround($0) }) { state.lookedAt = now(state) }
    let delivery = looking(of: state.conductor, open, at: state.account)
    noteLook(in: &state)
    state.flights.removeAll { isRead($0.call) && !$0.isOrphan }
    state.conductor = delivery.conductor
    take(delivery, into: &state)
  }

  /// A kernel takes the answers to all its reads in, and to those that it makes of them. It depends
  /// on kernel and account alone, so it is computed once for each pair.
  private func looking(of number: Int32, _ open: [Flight], at account: Int32) -> Delivery {
    let key = Looking(conductor: number, account: account)
    if let known = lookings[key] { return known }
    var conductor = conductors[number]
    let durable = conductor.ledger
    var effects: [Effect] = []
    var answered: Set<AttemptID> = []
    var breaches: Breaches = []
    var reads = open.map { (attempt: $0.attempt, call: $0.call) }[...]
    while let read = reads.popFirst() {
      // The number first: making it may add to the table.
      let number = perform(read.call, on: account).reply
      let reply = replies[number]
      let event = Event(at: conductor.now, .replied(read.attempt, .replied(reply)))
      let before = conductor.isOfFormerLook(read.attempt) ? conductor : nil
      let looking = conductor
      let own = conductor.handle(event)
      if endsQuarantine(own, of: looking) { breaches.insert(.quarantineBroken) }
      if let before, !own.isEmpty || !conductor.isUnmoved(since: before) {
        breaches.insert(.heardFormer)
      }
      for effect in own {
        effects.append(effect)
        if case .call(let attempt, let call) = effect, !CloudSemantics.writes(call) {
          answered.insert(attempt)
          reads.append((attempt, calls.number(of: call)))
        }
      }
    }
    var result = delivery(of: effects, durable: durable, after: conductor)
    result.breaches.formUnion(breaches)
    for index in result.calls.indices where answered.contains(result.calls[index].attempt) {
      result.calls[index].isAnswered = true
    }
    lookings[key] = result
    return result
  }

  /// What an occasion takes out of the world.
  func consume(_ occasion: Occasion, in state: inout KernelState) {
    switch occasion {
    case .reply(let index): state.flights.remove(at: index)
    case .read(let index):
      if looksAround(state.flights[index]) { state.lookedAt = now(state) }
      state.flights.remove(at: index)
    case .refusedRead(let index):
      state.flights.remove(at: index)
      state.budget.readRefusals -= 1
    case .staleRead(let index):
      state.flights.remove(at: index)
      state.budget.staleReads -= 1
    case .silence(let index):
      state.budget.lostReplies -= 1
      if isRead(state.flights[index].call) {
        state.flights.remove(at: index)
      } else {
        state.flights[index].deadline = now(state) + lateness
      }
    case .echo(let index):
      state.budget.echoes -= 1
      state.flights[index].deadline = now(state) + lateness
    case .planned: state.request = -1
    case .proved, .provedLate:
      if occasion == .provedLate { state.budget.slowProofs -= 1 }
      state.certificate = certificate(for: state.request)
      state.request = -1
    case .provedBefore:
      state.request = -1
      state.budget.staleProofs -= 1
    case .notProved:
      state.certificate = -1
      state.request = -1
      state.budget.refusals -= 1
    case .former: state.formerRequest = -1
    case .wake:
      state.timer = -1
      if scope.isPeriodic, conductors.facts(state.conductor).isQuiescent { state.owesLook = false }
    case .wakeNeighbour: state.neighbourTimer = -1
    case .lease:
      state.leasedUntil = state.lease
      state.lease = -1
    case .wish: state.given += 1
    case .enforce: state.owesLook = false
    }
  }

  /// Lets the effects of an event act on the world.
  func take(_ delivery: Delivery, into state: inout KernelState) {
    for call in delivery.calls {
      if state.flights.contains(where: { $0.attempt == call.attempt }) {
        state.breaches.insert(.attemptUsedTwice)
      }
      if let certificate = call.certificate, certificate < 0 || certificate != state.certificate {
        state.breaches.insert(.callWithoutCertificate)
      }
      if let began = call.opensSince, began < state.editedAt,
        state.editedAt + settings.freshness.milliseconds < now(state)
      {
        state.breaches.insert(.openedOnOldLook)
      }
      if call.opensSince != nil, state.lookedAt + settings.freshness.milliseconds < now(state) {
        state.breaches.insert(.openedOnOldLook)
      }
      if call.certificate != nil {
        // What was asked for voids the plan in hand, and no plan outlives the kernel that began it.
        if state.void & 1 << call.process != 0 { state.breaches.insert(.heardFormer) }
        if settings.leaseTerm != nil, now(state) >= state.leasedUntil {
          state.breaches.insert(.startedWithoutLease)
        }
      }
      if call.isAnswered { continue }
      state.flights.append(Flight(attempt: call.attempt, call: call.call))
    }
    if let baseline = delivery.baseline, baseline != accounts.facts(state.account).digest,
      state.editedAt >= 0, state.editedAt + settings.freshness.milliseconds < now(state)
    {
      state.breaches.insert(.proofOfAnother)
    }
    if let timer = delivery.timer { state.timer = timer }
    if let timer = delivery.neighbourTimer { state.neighbourTimer = timer }
    if let lease = delivery.lease { state.lease = lease }
    if let request = delivery.request {
      if state.request >= 0, scope.isHurried { state.formerRequest = state.request }
      state.request = request
    }
    state.breaches.formUnion(delivery.breaches)
    noteTrouble(delivery, in: &state)
    note(delivery.progress, in: &state)
  }

  /// The kernel dies amid the effects of an event.
  func crash(amid occasion: Occasion, _ effects: Int, in state: KernelState) -> KernelState? {
    guard let delivery = delivery(of: occasion, in: state) else { return nil }
    let mark = delivery.marks[effects]
    var next = state
    consume(occasion, in: &next)
    for call in delivery.calls.prefix(mark.calls) {
      next.flights.append(Flight(attempt: call.attempt, call: call.call))
    }
    next.breaches.formUnion(mark.breaches)
    next.budget.crashes -= 1
    succeed(&next, on: mark.ledger, at: now(state))
    return next
  }

  /// For how long a call that was given up may still have its effect, in milliseconds.
  var lateness: Int64 { settings.settleWindow.milliseconds + scope.overdue }

  /// A kernel is started on what is durable, after one that is no more. The calls of the former
  /// may yet be carried out, within the settle window; nobody hears of it.
  func succeed(_ state: inout KernelState, on ledger: Int32, at now: Int64) {
    state.flights.removeAll { $0.reply >= 0 || isRead($0.call) }
    for index in state.flights.indices {
      state.flights[index].isOrphan = true
      if state.flights[index].deadline < 0 {
        state.flights[index].deadline = now + lateness
      }
    }
    state.request = -1
    state.formerRequest = -1
    state.timer = -1
    state.neighbourTimer = -1
    state.lease = -1
    let delivery = restart(on: ledger, at: now)
    state.troubledAt = -1
    state.commandedAt = -1
    state.isProved = false
    state.leasedUntil = -1
    state.void = conductors.facts(delivery.conductor).running
    state.conductor = delivery.conductor
    state.sightings = conductors.facts(delivery.conductor).watched
    take(delivery, into: &state)
    answerReads(in: &state, all: false)
  }

  /// A kernel that is started on a journal.
  func restart(on number: Int32, at now: Int64) -> Delivery {
    let key = Restart(ledger: number, now: now)
    if let known = restarts[key] { return known }
    let ledger = ledgers[number]
    var conductor = Conductor(settings: settings, ledger: ledger)
    let event = Event(at: Instant(milliseconds: now), .restarted)
    let effects = conductor.handle(event)
    var result = delivery(of: effects, durable: ledger, after: conductor)
    if !conductor.startsAsWritten { result.breaches.insert(.standsOtherwise) }
    // Of two that start at once on one journal, the store lets one in.
    if case .append(let record)? = effects.first, conductor.ledger.accepts(record) {
      result.breaches.insert(.ledByTwo)
    }
    restarts[key] = result
    return result
  }

  /// The effects of an event.
  func effects(of key: EventKey, in state: KernelState) -> [Effect] {
    var kernel = conductors[state.conductor]
    return kernel.handle(event(for: key, at: kernel.now))
  }

  private func handle(_ key: EventKey, by before: Conductor) -> Delivery {
    var after = before
    let effects = after.handle(event(for: key, at: before.now))
    var result = delivery(of: effects, durable: before.ledger, after: after)
    if endsQuarantine(effects, of: before) { result.breaches.insert(.quarantineBroken) }
    result.isMoved = !effects.isEmpty || !after.isUnmoved(since: before)
    if key.isFormer(for: before), result.isMoved { result.breaches.insert(.heardFormer) }
    return result
  }

  private func event(for key: EventKey, at now: Instant) -> Event {
    let alias = SmallComposition.alias
    switch key {
    case .restarted: return Event(at: now, .restarted)
    case .wish(.applyNeighbour):
      let blueprint = composition.neighbour ?? composition.blueprint
      return Event(
        at: now, .command(.apply(alias: SmallComposition.neighbour, blueprint, .none)))
    case .wish(.kill):
      return Event(at: now, .command(.kill(alias: alias, composition.approvals)))
    case .wish(.approve):
      return Event(at: now, .command(.approve(alias: alias, Approvals(coversData: true))))
    case .wish(let wish):
      let blueprint = composition.blueprint(of: wish)
      return Event(
        at: now, .command(.apply(alias: alias, blueprint, composition.approvals)))
    case .enforce: return Event(at: now, .command(.enforce(alias: alias)))
    case .replied(let attempt, let reply):
      return Event(at: now, .replied(attempt, .replied(replies[reply])))
    case .silence(let attempt): return Event(at: now, .replied(attempt, .unknown))
    case .planned(let request), .proved(let request), .former(let request):
      return answer(to: request, at: now)
    case .notProved(let request): return refusal(of: request, at: now)
    case .provedLate(let request):
      return answer(to: request, at: now + settings.freshness + .seconds(1))
    case .provedBefore(let number, let certificate):
      guard case .proof(let request) = requests[number] else { return answer(to: number, at: now) }
      let answer = ProofAnswer(verdicts: [], certificate: certificates[certificate])
      return Event(at: now, .proved(request.id, answer))
    case .lease(let until):
      return Event(at: now, .lease(.leased(until: Instant(milliseconds: until))))
    case .wokeNeighbour(let moment):
      return Event(
        at: Instant(milliseconds: moment),
        .woke(TimerID(process: SmallComposition.neighbour)))
    case .woke(let moment):
      return Event(
        at: Instant(milliseconds: moment), .woke(TimerID(process: alias)))
    }
  }

  /// Runs effects against what is durable, and notes what the world sees of them.
  private func delivery(
    of effects: [Effect], durable: Ledger, after: Conductor
  ) -> Delivery {
    var durable = durable
    var out = Delivery(conductor: conductors.number(of: after))
    for (place, effect) in effects.enumerated() {
      var torn: Int32 = -1
      switch effect {
      case .append(let record):
        if scope.tearsRecords, scope.crashes > 0 { torn = tear(record, after: durable) }
        out.breaches.formUnion(breaches(of: record, on: durable, by: after))
        if case .adopted(_, let plan, _) = record.entry { out.baseline = plan.baseline }
        if let progress = progress(record, on: durable) { out.progress.append(progress) }
        if isTrouble(record, on: durable) { out.isTrouble = true }
        if case .concluded(_, _?) = record.entry { out.givesUp = true }
        if case .outcome(_, _, let attempt, _, _) = record.entry { out.heard.append(attempt) }
        durable.apply(record)
      case .call(let attempt, let call):
        var call = outgoing(attempt, call, durable, &out.breaches)
        call.effects = place + 1
        out.calls.append(call)
      case .plan(let request):
        out.request = requests.number(of: .plan(request))
        if request.process == SmallComposition.alias {
          out.planOfLookAt = request.inventory.observedAt.milliseconds
        }
        out.breaches.formUnion(breaches(of: .plan(request), on: durable))
      case .prove(let request):
        out.request = requests.number(of: .proof(request))
        out.proves = Certified(plan: request.plan.digest, baseline: request.plan.baseline)
        out.breaches.formUnion(breaches(of: .proof(request), on: durable))
      case .wakeAt(let moment, let timer) where timer.process == SmallComposition.neighbour:
        out.neighbourTimer = moment.milliseconds
      case .wakeAt(let moment, _): out.timer = moment.milliseconds
      case .lease(let until): out.lease = until.milliseconds
      case .report(let report):
        if case .failed(_, _, code: "Fugue.OpenHole", message: _) = report.kind {
          out.breaches.insert(.outOfOrder)
        }
        continue
      }
      if scope.crashes + scope.stalls > 0, effect.lasts {
        out.marks.append(
          Mark(
            ledger: ledgers.number(of: durable), calls: out.calls.count, breaches: out.breaches,
            effects: place + 1, torn: torn))
      }
    }
    if durable != after.ledger {
      out.breaches.insert(.foldDiffers)
    } else if let last = out.marks.last {
      // Only records change it, and each of them has a mark.
      ledgersOfKernels[out.conductor] = last.ledger
    }
    return out
  }

  /// A call that goes out on this journal, and what is wrong with that if it changes something.
  private func outgoing(
    _ attempt: AttemptID, _ call: Call, _ durable: Ledger, _ breaches: inout Breaches
  ) -> OutgoingCall {
    let number = calls.number(of: call)
    guard CloudSemantics.writes(call) else {
      return OutgoingCall(attempt: attempt, call: number, certificate: nil)
    }
    guard let owner = durable.open[attempt], durable.processes.indices.contains(owner.process),
      let run = durable.processes[owner.process].run
    else {
      breaches.insert(.callWithoutIntent)
      return OutgoingCall(attempt: attempt, call: number, certificate: nil)
    }
    breaches.formUnion(self.breaches(of: call, attempt, owner, durable))
    if isEarly(owner.step, in: run) { breaches.insert(.stepTooEarly) }
    var out = OutgoingCall(
      attempt: attempt, call: number, certificate: certificates.number(of: run.certificate),
      process: owner.process)
    if composition.opening.contains(call.operation) { out.opensSince = run.beganAt.milliseconds }
    return out
  }

  /// Whether something that a step follows is not far enough.
  private func isEarly(_ step: Int, in run: PlanRun) -> Bool {
    run.plan.edges.contains { edge in
      guard edge.to.index == step else { return false }
      let state = run.steps[edge.from.index].state
      return switch edge.kind {
      case .afterAcknowledged: !state.isAcknowledged
      case .afterSettled: !state.isSettled
      }
    }
  }
}

extension Occasion {
  /// Whether it answers a read, so that in a scope of whole looks the others are answered, too.
  fileprivate var isAnswer: Bool {
    switch self {
    case .read, .staleRead: true
    case .reply, .echo, .silence, .planned, .proved, .provedBefore, .provedLate, .notProved,
      .former, .wake, .wakeNeighbour, .lease, .wish, .enforce, .refusedRead:
      false
    }
  }
}

extension Effect {
  /// Whether a crash just after it differs from one just before.
  fileprivate var lasts: Bool {
    switch self {
    case .append: true
    case .call(_, let call): CloudSemantics.writes(call)
    case .plan, .prove, .lease, .wakeAt, .report: false
    }
  }
}
