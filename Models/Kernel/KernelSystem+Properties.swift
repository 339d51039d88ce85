import Canon
import CloudModel
import Conductor
import Journal
package import ModelChecker

/// What is claimed of the kernel.
extension KernelSystem {
  /// Safety at every effect, and what must be so whenever the kernel is at rest.
  package var properties: [Property<KernelState>] {
    [
      Property(.always, "every call's intent is in the journal before it goes out") {
        !$0.breaches.contains(.callWithoutIntent)
      },
      Property(.always, "no step starts without the certificate for its plan") {
        !$0.breaches.contains(.callWithoutCertificate)
      },
      Property(.always, "the journal's fold is the kernel's ledger") {
        !$0.breaches.contains(.foldDiffers)
      },
      Property(.always, "no two calls, and no two lives of the kernel, share an identifier") {
        !$0.breaches.contains(.attemptUsedTwice)
      },
      Property(.always, "no step starts before what it follows is far enough") {
        !$0.breaches.contains(.stepTooEarly)
      },
      Property(.always, "no step opens anything on a look older than the freshness window") {
        !$0.breaches.contains(.openedOnOldLook)
      },
      Property(.always, "each call is the plan's, with its holes filled") {
        !$0.breaches.contains(.callNotOfPlan)
      },
      Property(.always, "what makes a second thing is not repeated in quarantine") {
        !$0.breaches.contains(.quarantineBroken)
      },
      Property(.always, "no plan runs beside calls of which its proof knows nothing") {
        !$0.breaches.contains(.framesOverlap)
      },
      Property(.always, "a plan begins on its own proof alone") {
        !$0.breaches.contains(.proofOfAnother)
      },
      Property(.always, "nothing counts as in force before looks have shown it") {
        !$0.breaches.contains(.settledUnseen)
      },
      Property(.always, "nothing counts as in force while a lost try may still have its effect") {
        !$0.breaches.contains(.settledUnquiet)
      },
      Property(.always, "nothing ends while something of it is open, or lost") {
        !$0.breaches.contains(.endedEarly)
      },
      Property(.always, "of two things the one that is known stays") {
        !$0.breaches.contains(.knownDeleted)
      },
      Property(.always, "each answer is taken for what it says") {
        !$0.breaches.contains(.misread)
      },
      Property(.always, "what is done again waits for its pause, and for room") {
        !$0.breaches.contains(.hasty)
      },
      Property(.always, "no plan is given up for nothing, and nothing is waited for without end") {
        [self] in
        !$0.breaches.contains(.gaveUp) && !conductors.facts($0.conductor).isOverdue
          && !isStarved($0)
      },
      Property(.always, "the journal says where each process stands, and a start keeps to it") {
        [self] in
        !$0.breaches.contains(.standsOtherwise)
          && (!isAtRest($0) || conductors.facts($0.conductor).standsAsWritten)
      },
      Property(.always, "the answer to a former question changes nothing") {
        !$0.breaches.contains(.heardFormer)
      },
      Property(.always, "no step starts without the lease") {
        !$0.breaches.contains(.startedWithoutLease)
      },
      Property(.always, "one kernel leads at a time") { !$0.breaches.contains(.ledByTwo) },
      Property(.always, "a torn record is as if it had not been written") {
        !$0.breaches.contains(.readTorn)
      },
      Property(.always, "every call finds what it needs, and takes away what nothing hangs on") {
        !$0.breaches.contains(.outOfOrder)
      },
      Property(.always, "what is replaced stays until its successor is there") { [self] in
        scope.standing == 0 || scope.wishes[scope.standing...] != [.update]
          || composition.mayOverlap
          || $0.edited > 0
          || accounts.facts($0.account).isUp
      },
      Property(.always, "what is taken for in force is there") { [self] in isThere($0) },
      Property(.always, "nothing is made twice unless a call was carried out twice") { [self] in
        scope.repetitions > 0 || composition.mayOverlap
          || !accounts.facts($0.account).keepsTwice
      },
      Property(.always, "nothing is kept twice") { [self] in
        !isAtRest($0) || !accounts.facts($0.account).keepsTwice
      },
      Property(.always, "nothing is leaked") { [self] in
        !isAtRest($0) || !leaks($0)
      },
      Property(.always, "whenever the kernel rests, it is as people want it") { [self] in
        !isAtRest($0) || isAsWanted($0)
      },
      Property(.sometimes, "it can become as people want it") { [self] in
        isAtRest($0) && isAsWanted($0)
      },
      Property(.eventuallyAlways, "eventually it is stable, on every fair way") { [self] in
        isAtRest($0) && isAsWanted($0)
      },
      Property(.inTheEnd, "stable in the end, and as people want it") { [self] in
        isAtRest($0) && isAsWanted($0)
      },
    ]
  }

  /// Whether something is there of which the ledger does not know.
  private func leaks(_ state: KernelState) -> Bool {
    guard composition.outputsNameThings else { return false }
    let ledger = conductors[state.conductor].ledger
    let known = ledger.processes.flatMap { $0.known.values.flatMap(\.values) }
    return accounts.facts(state.account).things.contains { !known.contains(.string($0)) }
  }

  /// Whether everything that the kernel takes for being in force is there. Somebody's edits and
  /// what people ask for next may have taken it away.
  private func isThere(_ state: KernelState) -> Bool {
    let claims = conductors.facts(state.conductor).claims
    if claims.isEmpty || state.edited > 0 { return true }
    let ready = accounts.facts(state.account).ready
    return claims.allSatisfy { areThings($0, among: ready) }
  }

  private func isAsWanted(_ state: KernelState) -> Bool {
    let kernel = conductors[state.conductor]
    let phase = kernel.phase(of: SmallComposition.alias)
    let isEmptied = accounts.facts(state.account).things.isEmpty
    if scope.wishes.last != .approve, let contests = scope.contests,
      Int(state.edited) > contests, phase == .blocked
    {
      return true
    }
    // A repair of which the kernel did not hear is no repair that it could count.
    if let contests = scope.contests, scope.wishes.last != .approve,
      Int(state.edited) > contests + scope.crashes + scope.lostReplies
    {
      return false
    }
    if let rounds = scope.rounds, phase == .blocked { return Int(state.row) > rounds }
    if composition.isOfDisaster, state.edited > 0, scope.wishes.last != .approve {
      return phase == .blocked && isEmptied
    }
    switch scope.wishes.last {
    case .approve where scope.wishes.contains(.kill):
      return phase == .killed && isEmptied
    case .approve: return phase == .enforcing && isAsDeclared(state.account)
    case .kill where composition.isGuarded, .update where composition.isGuarded:
      return phase == .awaitingApproval && isAsDeclared(state.account)
    case .applyNeighbour:
      return phase == .enforcing && kernel.phase(of: SmallComposition.neighbour) == .enforcing
        && isAsDeclared(state.account)
    case .kill: return phase == .killed && isEmptied
    case .apply: return phase == .enforcing && isAsDeclared(state.account)
    case .update: return phase == .enforcing && isAsUpdated(state.account)
    case nil: return true
    }
  }

  private func isAsDeclared(_ account: Int32) -> Bool {
    judgement(&declared, account, composition.isAsDeclared)
  }

  private func isAsUpdated(_ account: Int32) -> Bool {
    judgement(&updated, account, composition.isAsUpdated)
  }

  /// A judgement of an account, made once, since many states share it.
  private func judgement(
    _ known: inout [Int32: Bool], _ account: Int32, _ judge: (AccountState) -> Bool
  ) -> Bool {
    if let known = known[account] { return known }
    let result = judge(accounts[account])
    known[account] = result
    return result
  }
}
