import Canon
package import CloudModel
import Conductor
import Journal

/// A user's resources under the kernel's model: what is declared first, and what after an update.
package struct UserSystem {
  /// Why no search makes sense.
  package struct Problem: Error, Hashable, Sendable {
    /// In a sentence, or some.
    package let message: String
  }

  /// The system, to be searched.
  package let kernel: KernelSystem
  /// What stands in the end where nothing goes wrong, for people.
  package let inTheEnd: [String]

  /// Makes a system, and tries out that without faults the commands come to an end.
  ///
  /// What must be there at rest is not asked of the planners: it is what a kernel makes of the last
  /// declaration alone, on an empty account, without faults. So an update that misses a field is
  /// found, and so is what is left over of a deletion.
  ///
  /// - Parameters:
  ///   - blueprint: what is applied first.
  ///   - updated: what is applied then, where the commands have an update.
  ///   - scope: the commands, and the faults.
  ///   - editing: the addresses that somebody edits by hand.
  package init(
    _ blueprint: Blueprint, updated: Blueprint?, scope: KernelScope, editing: [ResourceAddress]
  ) throws(Problem) {
    let first = try Self.result(of: blueprint, "it is applied")
    let second = try updated.map { (blueprint) throws(Problem) in
      try Self.result(of: blueprint, "the updated declaration is applied")
    }
    let last = (updated ?? blueprint).resources
    let edits = last.filter { editing.contains($0.address) }.flatMap { $0.edits(among: last) }
    let composition = Self.composition(
      blueprint, updated: updated, first: first, second: second, edits: edits)
    kernel = KernelSystem(scope, composition)
    let (state, isAtRest) = kernel.rest(of: kernel.start, after: scope.wishes.count)
    let account = kernel.accounts[state.account]
    if !isAtRest { throw Problem(message: "Without any fault it never comes to rest") }
    try Self.judge(kernel.conductors[state.conductor], "all commands were given")
    let wanted = scope.wishes.last == .kill ? nil : scope.wishes.last == .update ? second : first
    if let wanted, let difference = AccountShape(account).difference(from: wanted) {
      throw Problem(
        message: "After an update it is not as if it had been declared so from the beginning: "
          + difference)
    }
    if wanted == nil, let thing = AccountShape.things(in: account).first {
      throw Problem(message: "After it was killed \(thing) is still there")
    }
    inTheEnd = AccountShape.things(in: account)
    if scope.wishes.last == .update, let updated {
      try judgeStanding(from: blueprint, to: updated, account)
    }
  }

  /// What is declared the same before and after an update must be the same thing after it.
  private func judgeStanding(
    from blueprint: Blueprint, to updated: Blueprint, _ account: AccountState
  ) throws(Problem) {
    let before = kernel.accounts[kernel.rest(of: kernel.start, after: 1).state.account]
    for address in blueprint.unchanged(in: updated)
    where AccountShape.identifiers(of: address, in: before)
      != AccountShape.identifiers(of: address, in: account)
    {
      throw Problem(message: "\(address), which is declared as before, was deleted and made again")
    }
  }

  private static func composition(
    _ blueprint: Blueprint, updated: Blueprint?, first: AccountShape, second: AccountShape?,
    edits: [SmallComposition.Edit]
  ) -> SmallComposition {
    var out = SmallComposition(
      blueprint: blueprint, edits: edits, things: { AccountShape.things(in: $0) },
      keepsTwice: { account in
        let shape = AccountShape(account)
        return shape.exceeds(first) && (second.map { shape.exceeds($0) } ?? true)
      },
      isAsDeclared: { AccountShape($0).rows == first.rows }, opening: [])
    out.updated = updated
    out.mayOverlap = updated != nil
    out.isAsUpdated = { account in AccountShape(account).rows == (second ?? first).rows }
    let all = blueprint.resources + (updated?.resources ?? [])
    out.approvals = Approvals(coversData: true, addresses: all.map(\.address))
    out.outputsNameThings = false
    out.usesWhatIsReady = false
    out.isOfNetworkAlone = false
    return out
  }

  /// What a declaration comes to on an empty account, without faults.
  static func result(
    of blueprint: Blueprint, _ what: String
  ) throws(Problem) -> AccountShape {
    let nothing = AccountShape(.fresh(accountID: "", region: blueprint.region))
    var scope = KernelScope(crashes: 0, lostReplies: 0, edits: 0)
    scope.looksAtOnce = true
    let kernel = KernelSystem(
      scope, composition(blueprint, updated: nil, first: nothing, second: nil, edits: []))
    let (state, isAtRest) = kernel.rest(of: kernel.start, after: 1)
    if !isAtRest {
      throw Problem(message: "Without any fault it never comes to rest after \(what)")
    }
    try judge(kernel.conductors[state.conductor], what)
    let shape = AccountShape(kernel.accounts[state.account])
    if let twice = shape.twice.first {
      throw Problem(message: "Without any fault there is \(twice) twice after \(what)")
    }
    return shape
  }

  /// Whether a kernel at rest is content.
  private static func judge(_ conductor: Conductor, _ what: String) throws(Problem) {
    guard let process = conductor.ledger.processes.first else { return }
    switch process.standing {
    case .steady, .killed: return
    case .working: throw Problem(message: "Without any fault it is still at work after \(what)")
    case .blocked(let reason):
      throw Problem(message: "Without any fault the kernel stops after \(what): \(reason.sentence)")
    }
  }
}

extension BlockReason {
  /// For people.
  fileprivate var sentence: String {
    switch self {
    case .approvalNeeded(let addresses):
      "approval is needed for \(addresses.map(\.text).joined(separator: ", "))"
    case .refuted(let titles): "the plan would break \(titles.joined(separator: ", "))"
    case .notProved(let titles): "it is not proved that \(titles.joined(separator: ", "))"
    case .notPlannable(let problems), .failing(let problems): problems.joined(separator: "; ")
    case .identityChanged(let what): what
    case .contested(let addresses):
      "\(addresses.map(\.text).joined(separator: ", ")) is undone again and again"
    case .massVanishing(let addresses):
      "\(addresses.map(\.text).joined(separator: ", ")) vanished at once"
    }
  }
}

extension Blueprint {
  /// What is declared the same in another blueprint, and whatever it needs, too.
  fileprivate func unchanged(in other: Blueprint) -> [ResourceAddress] {
    var same = Set(
      resources.filter { resource in
        other.resources.contains {
          $0.address == resource.address && $0.lifecycle == resource.lifecycle
        }
      }.map(\.address))
    for _ in resources {
      same = Set(
        resources.filter { same.contains($0.address) && $0.dependencies.allSatisfy(same.contains) }
          .map(\.address))
    }
    return same.sorted()
  }
}
