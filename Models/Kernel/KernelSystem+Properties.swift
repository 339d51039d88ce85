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
      Property(.never, "a call goes out before its intent is in the journal") {
        $0.breaches.contains(.callWithoutIntent)
      },
      Property(.never, "a step starts without the certificate for its plan") {
        $0.breaches.contains(.callWithoutCertificate)
      },
      Property(.never, "the journal's fold is not the kernel's ledger") {
        $0.breaches.contains(.foldDiffers)
      },
      Property(.never, "two calls, or two lives of the kernel, share an identifier") {
        $0.breaches.contains(.attemptUsedTwice)
      },
      Property(.never, "a step starts before what it follows is far enough") {
        $0.breaches.contains(.stepTooEarly)
      },
      Property(.never, "one thing is made twice, though no call was carried out twice") { [self] in
        scope.repetitions == 0 && accounts.facts($0.account).keepsTwice
      },
      Property(.never, "something is kept twice") { [self] in
        isAtRest($0) && accounts.facts($0.account).keepsTwice
      },
      Property(.never, "something is leaked") { [self] in
        isAtRest($0) && leaks($0)
      },
      Property(.never, "at rest, and not as people want it") { [self] in
        isAtRest($0) && !isAsWanted($0)
      },
      Property(.sometimes, "it is as people want it") { [self] in
        isAtRest($0) && isAsWanted($0)
      },
      Property(.inTheEnd, "stable, and as people want it") { [self] in
        isAtRest($0) && isAsWanted($0)
      },
    ]
  }

  /// Whether something is there of which the ledger does not know.
  private func leaks(_ state: KernelState) -> Bool {
    let account = accounts[state.account]
    let ledger = conductors[state.conductor].ledger
    let known = ledger.processes.flatMap { $0.known.values.flatMap(\.values) }
    return (account.vpcs.keys + account.subnets.keys).contains { !known.contains(.string($0)) }
  }

  private func isAsWanted(_ state: KernelState) -> Bool {
    let account = accounts[state.account]
    let phase = conductors[state.conductor].phase(of: TinyComposition.alias)
    switch scope.wishes.last {
    case .kill: return phase == .killed && account.vpcs.isEmpty && account.subnets.isEmpty
    case .apply:
      guard phase == .enforcing, account.vpcs.count == 1, account.subnets.count == 1,
        let vpc = account.vpcs.values.first, let subnet = account.subnets.values.first
      else { return false }
      return subnet.vpc == vpc.id && !subnet.mapPublicIpOnLaunch
    case nil: return true
    }
  }
}
