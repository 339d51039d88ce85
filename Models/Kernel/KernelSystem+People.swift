import Certificates
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
      state.commandedAt = now(state)
      if scope.wishes.last != .applyNeighbour, conductors.facts(state.conductor).running == 0 {
        for index in state.flights.indices where isRead(state.flights[index].call) {
          state.flights[index].isFormer = true
        }
      }
      state.isProved = false
      state.row = 0
    case .proved, .provedLate: state.isProved = state.certificate >= 0
    case .notProved:
      state.isProved = false
      state.troubledAt = now(state)
      if scope.rounds != nil { state.row += 1 }
    case .provedBefore: state.isProved = false
    case .reply, .echo, .read, .staleRead, .refusedRead, .silence, .planned, .former, .wake,
      .wakeNeighbour, .lease:
      break
    }
  }

  /// Whether an occasion answers a read from before somebody asked for something else.
  func isFormer(_ occasion: Occasion, in state: KernelState) -> Bool {
    switch occasion {
    case .read(let index), .staleRead(let index), .silence(let index), .refusedRead(let index):
      state.flights[index].isFormer
    case .reply, .echo, .planned, .proved, .provedBefore, .provedLate, .notProved, .former, .wake,
      .wakeNeighbour, .lease, .wish, .enforce:
      false
    }
  }

  /// Notes what came of an event: whether a round began too soon or on an old look, more calls are
  /// under way than there is room for, or a plan or a proof was given up for nothing.
  func noteTrouble(_ delivery: Delivery, in state: inout KernelState) {
    let facts = conductors.facts(state.conductor)
    if let lookedAt = delivery.planOfLookAt {
      if lookedAt < state.commandedAt { state.breaches.insert(.heardFormer) }
      if state.troubledAt >= 0, facts.now < state.troubledAt + settings.pause.milliseconds {
        state.breaches.insert(.hasty)
      }
      state.commandedAt = -1
      state.troubledAt = -1
    }
    if delivery.isTrouble { state.troubledAt = facts.now }
    if let rounds = scope.rounds, Int(state.row) > rounds + 1 { state.breaches.insert(.hasty) }
    if !delivery.calls.isEmpty, isCrowded(state) { state.breaches.insert(.hasty) }
    if delivery.givesUp, isFlawless(state) { state.breaches.insert(.gaveUp) }
    if let proves = delivery.proves, state.isProved, proves == certified(state.certificate) {
      state.breaches.insert(.gaveUp)
    }
    if delivery.baseline != nil { state.isProved = false }
    state.void &= facts.running
    if state.row > 0, isEnforcing(state) { state.row = 0 }
  }

  /// Whether nothing has gone wrong: one look that shows what was before does not count as such.
  private func isFlawless(_ state: KernelState) -> Bool {
    if state.void != 0 || state.edited > 0 { return false }
    var full = Budget(scope)
    if full.staleReads > 0, state.budget.staleReads + 1 >= full.staleReads {
      full.staleReads = state.budget.staleReads
    }
    return state.budget == full
  }

  private func certified(_ certificate: Int32) -> Certified? {
    if certificate < 0 { return nil }
    return Certified(
      plan: certificates[certificate].plan, baseline: certificates[certificate].baseline)
  }

  /// Whether a read is one of a look at the whole account, where steps open something.
  func looksAround(_ flight: Flight) -> Bool {
    !composition.opening.isEmpty && calls.facts(flight.call).isOfAccount
  }

  /// Whether nothing is under way and a process that has not come to an end waits for no moment.
  func isStarved(_ state: KernelState) -> Bool {
    if scope.wishes.last != .applyNeighbour { return false }
    guard state.request < 0, state.lease < 0, state.sleeper < 0,
      state.flights.allSatisfy(\.isOrphan)
    else { return false }
    let unfinished = conductors.facts(state.conductor).unfinished
    return unfinished & 1 != 0 && state.timer < 0 || unfinished & 2 != 0 && state.neighbourTimer < 0
  }

  /// Whether more calls are under way than there is room for.
  private func isCrowded(_ state: KernelState) -> Bool {
    let count = state.flights.count { flight in
      !flight.isOrphan && flight.deadline < 0 && !isRead(flight.call)
    }
    return count > settings.callsAtOnce
  }

  /// Whether an answer did not go to the journal, or told of a call of a plan that is over and was
  /// not looked into, though the kernel holds that all is as declared.
  func isUnheard(_ occasion: Occasion, _ delivery: Delivery, in state: KernelState) -> Bool {
    guard case .reply(let index) = occasion, scope.echoes == 0 else { return false }
    if !delivery.heard.contains(state.flights[index].attempt) { return true }
    return delivery.calls.isEmpty && isEnforcing(state)
      && conductors[state.conductor].ledger.processes.count == 1
  }

  /// Whether the kernel holds that all is as declared.
  func isEnforcing(_ state: KernelState) -> Bool {
    conductors[state.conductor].phase(of: SmallComposition.alias) == .enforcing
  }
}
