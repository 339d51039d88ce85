import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal

/// Torn records, and kernels that sleep while another takes over from them.
extension KernelSystem {
  /// The kernel dies while it writes a record, which is torn; what the store gives then is what the
  /// next one starts with.
  func crash(tearing effects: Int, of occasion: Occasion, in state: KernelState) -> KernelState? {
    guard let delivery = delivery(of: occasion, in: state) else { return nil }
    let mark = delivery.marks[effects]
    let before = effects == 0 ? ledger(of: state.conductor) : delivery.marks[effects - 1].ledger
    var next = state
    consume(occasion, in: &next)
    for call in delivery.calls where call.effects < mark.effects {
      next.flights.append(Flight(attempt: call.attempt, call: call.call))
    }
    // A command of which nothing was written is given again.
    if occasion == .wish, effects == 0 { next.given -= 1 }
    if mark.torn != before { next.breaches.insert(.readTorn) }
    next.budget.crashes -= 1
    succeed(&next, on: mark.torn, at: now(state))
    return next
  }

  /// The kernel sleeps amid the effects of an event until its lease has run out, and another one
  /// takes over. A call whose intent is written may still leave, within the settle window.
  func stall(amid occasion: Occasion, _ effects: Int, in state: KernelState) -> KernelState? {
    guard let delivery = delivery(of: occasion, in: state),
      let event = event(of: occasion, in: state)
    else { return nil }
    let mark = delivery.marks[effects]
    var next = state
    consume(occasion, in: &next)
    for call in delivery.calls.prefix(mark.calls) {
      next.flights.append(Flight(attempt: call.attempt, call: call.call))
    }
    next.breaches.formUnion(mark.breaches)
    next.budget.stalls -= 1
    var rest = self.effects(of: event, in: state)[mark.effects...]
    while let effect = rest.first, !effect.isRecord {
      if case .call(let attempt, let call) = effect, CloudSemantics.writes(call) {
        next.flights.append(Flight(attempt: attempt, call: calls.number(of: call)))
      }
      rest.removeFirst()
    }
    next.sleeper = sleepers.number(
      of: Sleeper(conductor: delivery.conductor, rest: Array(rest)))
    let end = conductors.facts(delivery.conductor).leasedUntil
    succeed(&next, on: mark.ledger, at: max(now(state), end))
    return next
  }

  /// The kernel that slept wakes up: it goes on with its effects, and if the store has not refused
  /// one by then, it is woken by its timer. Nothing of that may change anything.
  func awake(in state: KernelState) -> KernelState {
    var next = state
    next.sleeper = -1
    let sleeper = sleepers[state.sleeper]
    let durable = conductors[state.conductor].ledger
    var kernel = conductors[sleeper.conductor]
    var effects = sleeper.rest[...]
    var isWoken = false
    while true {
      if effects.isEmpty {
        if isWoken { return next }
        isWoken = true
        let alias = SmallComposition.alias
        effects =
          kernel.handle(
            Event(at: Instant(milliseconds: now(state)), .woke(TimerID(process: alias))))[...]
        if effects.isEmpty { return next }
      }
      switch effects.removeFirst() {
      case .append(let record):
        if case .intent = record.entry, record.at >= kernel.leasedUntil {
          next.breaches.insert(.startedWithoutLease)
        }
        if durable.accepts(record) { next.breaches.insert(.ledByTwo) }
        return next
      case .call(_, let call):
        if CloudSemantics.writes(call) { next.breaches.insert(.ledByTwo) }
      case .plan, .prove, .lease, .wakeAt, .report: continue
      }
    }
  }
}

extension Effect {
  fileprivate var isRecord: Bool {
    if case .append = self { true } else { false }
  }
}
