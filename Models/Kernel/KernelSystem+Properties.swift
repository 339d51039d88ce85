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
      Property(.inTheEnd, "stable in the end, and as people want it") { [self] in
        isAtRest($0) && isAsWanted($0)
      },
    ]
  }

  /// Whether something is there of which the ledger does not know.
  private func leaks(_ state: KernelState) -> Bool {
    guard composition.outputsNameThings else { return false }
    let account = accounts[state.account]
    let ledger = conductors[state.conductor].ledger
    let known = ledger.processes.flatMap { $0.known.values.flatMap(\.values) }
    return composition.things(account).contains { !known.contains(.string($0)) }
  }

  private func isAsWanted(_ state: KernelState) -> Bool {
    let account = accounts[state.account]
    let phase = conductors[state.conductor].phase(of: SmallComposition.alias)
    switch scope.wishes.last {
    case .kill: return phase == .killed && composition.things(account).isEmpty
    case .apply: return phase == .enforcing && composition.isAsDeclared(account)
    case .update: return phase == .enforcing && composition.isAsUpdated(account)
    case nil: return true
    }
  }
}
