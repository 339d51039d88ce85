import Conductor
import Determinism
import Journal

/// What commands and trouble mean for what comes after them.
extension KernelSystem {
  /// Notes that somebody asked for something: the plan in hand is void, and nothing has to wait.
  func noteCommand(_ occasion: Occasion, in state: inout KernelState) {
    switch occasion {
    case .wish where scope.wishes[Int(state.given) - 1] == .applyNeighbour:
      state.void |= conductors.facts(state.conductor).running & 2
    case .wish, .enforce:
      state.void |= conductors.facts(state.conductor).running & 1
      state.troubledAt = -1
      state.row = 0
    case .notProved:
      state.troubledAt = now(state)
      if scope.rounds != nil { state.row += 1 }
    case .reply, .echo, .read, .staleRead, .refusedRead, .silence, .planned, .proved,
      .provedBefore, .provedLate, .former, .wake, .wakeNeighbour, .lease:
      break
    }
  }

  /// Notes what came of an event: whether a round began too soon, more calls are under way than
  /// there is room for, or a plan was given up for nothing.
  func noteTrouble(_ delivery: Delivery, in state: inout KernelState) {
    let facts = conductors.facts(state.conductor)
    if delivery.beginsRound, state.troubledAt >= 0 {
      if facts.now < state.troubledAt + settings.pause.milliseconds {
        state.breaches.insert(.hasty)
      }
      state.troubledAt = -1
    }
    if delivery.isTrouble { state.troubledAt = facts.now }
    if let rounds = scope.rounds, Int(state.row) > rounds + 1 { state.breaches.insert(.hasty) }
    if !delivery.calls.isEmpty, isCrowded(state) { state.breaches.insert(.hasty) }
    if delivery.givesUp, state.void == 0, state.edited == 0, state.budget == Budget(scope) {
      state.breaches.insert(.gaveUp)
    }
    state.void &= facts.running
    if state.row > 0, isEnforcing(state) { state.row = 0 }
  }

  /// Whether more calls are under way than there is room for.
  private func isCrowded(_ state: KernelState) -> Bool {
    let count = state.flights.count { flight in
      !flight.isOrphan && flight.deadline < 0 && !isRead(flight.call)
    }
    return count > settings.callsAtOnce
  }

  /// Whether the late reply to a call of a plan that is over is not looked into, though the kernel
  /// holds that all is as declared.
  func isUnheeded(_ occasion: Occasion, _ delivery: Delivery, in state: KernelState) -> Bool {
    guard case .reply(let index) = occasion, delivery.calls.isEmpty, isEnforcing(state) else {
      return false
    }
    let ledger = conductors[state.conductor].ledger
    return ledger.processes.count == 1 && ledger.open[state.flights[index].attempt] != nil
  }

  /// Whether the kernel holds that all is as declared.
  func isEnforcing(_ state: KernelState) -> Bool {
    conductors[state.conductor].phase(of: SmallComposition.alias) == .enforcing
  }
}
