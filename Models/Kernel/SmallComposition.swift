import CloudModel
import Journal

/// A composition for a kernel model, small enough for every interleaving, and what can be said of
/// an account under it without the kernel's code.
struct SmallComposition: Sendable {
  /// The process's alias.
  static let alias = "tiny"
  /// The alias of the other process, where there is one.
  static let neighbour = "tiny-too"

  /// Something that somebody does by hand.
  struct Edit: Sendable {
    /// In words: `deletes the subnet`.
    let name: String
    /// The call on the account as it is; nil where there is nothing to edit.
    let call: @Sendable (AccountState) -> Call?
    /// What it comes to, where it is no call; nil where it is one.
    var change: (@Sendable (AccountState) -> AccountState)?
  }

  /// What is declared.
  var blueprint: Blueprint
  /// Edits that somebody makes by hand.
  let edits: [Edit]
  /// The identifiers of everything that the composition could have made.
  var things: @Sendable (AccountState) -> [String]
  /// The identifiers of those that have come to the state in which they can be used; nil where all
  /// have.
  var readyThings: (@Sendable (AccountState) -> [String])?
  /// Whether one declared thing is there twice.
  let keepsTwice: @Sendable (AccountState) -> Bool
  /// Whether an account is as declared.
  var isAsDeclared: @Sendable (AccountState) -> Bool
  /// Operations of steps that open something.
  let opening: Set<String>
  /// What is declared after an update; nil where there is none.
  var updated: Blueprint?
  /// Whether an account is as declared after the update.
  var isAsUpdated: @Sendable (AccountState) -> Bool = { _ in true }
  /// What the other process declares; nil where there is none.
  var neighbour: Blueprint?
  /// Whether there is what must be there throughout an update.
  var isUp: @Sendable (AccountState) -> Bool = { !$0.vpcs.isEmpty }
  /// Whether the kernel is to stop before it deletes anything.
  var isGuarded = false
  /// Whether edits are such that the kernel is to stop when it sees one.
  var isOfDisaster = false
  /// What people let the kernel do beyond its brakes.
  var approvals = Approvals.none
  /// Whether what the kernel makes has no more things than its ledger knows the outputs of.
  var outputsNameThings = true
  /// Whether what is made is used once it is as it should be; where things use each other in a
  /// circle it cannot be so.
  var usesWhatIsReady = true
  /// Whether something may be there twice for a while, since its successor comes before it goes.
  var mayOverlap = false
  /// Whether instances, gateways and what is not EC2's are of no concern to it, so that reads of
  /// them always have the same answers.
  var isOfNetworkAlone = true

  /// What is declared by a wish.
  func blueprint(of wish: KernelScope.Wish) -> Blueprint {
    switch wish {
    case .apply, .kill, .applyNeighbour, .approve: blueprint
    case .update: updated ?? blueprint
    }
  }
}
