package import CloudModel
import CloudSemantics
import Conductor
import Journal
import ModelChecker

/// Something that happens on a trace of the kernel's model, with all that another world needs to
/// let it happen there. Calls are named by life and number: `0.15`.
package indirect enum Happening: Hashable, Sendable {
  /// Somebody asks to `apply`, `update` or `kill`.
  case asks(String)
  /// Somebody asks to look.
  case asksToLook
  /// The plan is made.
  case planMade
  /// The proof is made.
  case proofMade
  /// The prover gives up.
  case proverGivesUp
  /// The timer rings.
  case timerRings
  /// The cloud carries a call out.
  case carriesOut(String)
  /// It does so twice.
  case carriesOutTwice(String)
  /// A call that nobody waits for is never carried out.
  case nothingMore(String)
  /// The reply to a call that was carried out comes.
  case replyComes(String)
  /// A read is answered, and then all others that are under way.
  case isAnswered(String)
  /// The same, the first of them as things were before the latest change.
  case isAnsweredLate(String)
  /// No reply comes.
  case noReply(String)
  /// Somebody makes a call by hand.
  case byHand(Call)
  /// The cloud goes on by itself.
  case goesOn(String)
  /// The kernel dies and is started again.
  case dies
  /// It does so amid the effects of something: after so many that last, from 1.
  case diesAmid(Int, Happening)
}

extension KernelSystem {
  /// What happens on a trace; nil if it is none of this system.
  package func happenings(along choices: [Int]) -> [Happening]? {
    guard choices.first == 0, var state = initialStates.first else { return nil }
    var out: [Happening] = []
    for choice in choices.dropFirst() {
      let actions = actions(in: state)
      guard actions.indices.contains(choice), let next = next(state, actions[choice]) else {
        return nil
      }
      if let happening = happening(actions[choice], in: state) { out.append(happening) }
      state = next
    }
    return out
  }

  private func happening(_ action: KernelAction, in state: KernelState) -> Happening? {
    func name(_ index: Int) -> String { state.flights[index].attempt.text }
    switch action {
    case .deliver(let occasion): return happening(occasion, in: state)
    case .crashAmid(let occasion, let effects):
      return .diesAmid(effects + 1, happening(occasion, in: state))
    case .crash: return .dies
    // Scopes with these faults are searched by name alone; other worlds have no such faults yet.
    case .crashTorn, .stall, .awake, .refuse, .deny, .breakDown: return nil
    case .carryOut(let index): return .carriesOut(name(index))
    case .carryOutTwice(let index): return .carriesOutTwice(name(index))
    case .vanish(let index): return .nothingMore(name(index))
    case .edit(let index):
      return composition.edits[index].call(accounts[state.account]).map { .byHand($0) }
    case .move(let index):
      switch accounts.facts(state.account).transitions[index] {
      case .instance(let id), .forgetInstance(let id), .forgetSecret(let id),
        .forgetQueueName(let id):
        return .goesOn(id)
      }
    case .calm: return nil
    }
  }

  private func happening(_ occasion: Occasion, in state: KernelState) -> Happening {
    func name(_ index: Int) -> String { state.flights[index].attempt.text }
    switch occasion {
    case .reply(let index), .echo(let index): return .replyComes(name(index))
    case .read(let index): return .isAnswered(name(index))
    case .staleRead(let index): return .isAnsweredLate(name(index))
    case .silence(let index), .refusedRead(let index): return .noReply(name(index))
    case .planned: return .planMade
    case .proved, .provedBefore, .provedLate: return .proofMade
    case .notProved, .former: return .proverGivesUp
    case .wake, .wakeNeighbour, .lease: return .timerRings
    case .wish: return .asks(scope.wishes[Int(state.given)].rawValue)
    case .enforce: return .asksToLook
    }
  }
}

extension AttemptID {
  /// Life and number.
  fileprivate var text: String { "\(incarnation).\(serial)" }
}
