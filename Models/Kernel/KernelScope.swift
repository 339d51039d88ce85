package import Conductor

/// How much of the world a kernel model tries: which commands people give, and how often each kind
/// of fault may happen, anywhere.
package struct KernelScope: Hashable, Sendable {
  /// What people ask for, in order; each once the kernel is at rest.
  package enum Wish: String, Hashable, Sendable {
    /// The composition is applied.
    case apply
    /// It is applied again, changed.
    case update
    /// It is killed.
    case kill
  }

  /// What is declared.
  package enum Composition: String, Hashable, Sendable {
    /// A VPC and a subnet.
    case pair
    /// A VPC and a group that a step of its own opens.
    case open
  }

  /// The composition.
  package var composition = Composition.pair
  /// The commands.
  package var wishes: [Wish] = [.apply]
  /// How many of the commands are carried out before anything can go wrong: what they made stands
  /// when the search begins.
  package var standing = 0
  /// How often the kernel's process dies, between two events or between two effects of one.
  package var crashes = 1
  /// How often no reply comes: the call was lost before, is carried out later, or its reply is
  /// lost or comes late.
  package var lostReplies = 1
  /// How often somebody edits the account by hand.
  package var edits = 1
  /// How often a read shows the account as it was before the latest change.
  package var staleReads = 0
  /// How often a call is carried out twice.
  package var repetitions = 0
  /// How often the prover gives up.
  package var refusals = 0
  /// Whether all reads that are under way are answered in one step. Otherwise each read whose
  /// answer could differ is a step, so that a look may see one half of a change.
  package var looksAtOnce = false
  /// How many calls of steps are under way at once; nil for as many as usual.
  package var callsAtOnce: Int?
  /// Planted bugs.
  package var mutations: KernelMutations = []

  /// One crash, one lost reply and one edit anywhere.
  package init() {}

  /// Other numbers of the three main faults.
  package init(crashes: Int, lostReplies: Int, edits: Int) {
    self.crashes = crashes
    self.lostReplies = lostReplies
    self.edits = edits
  }
}
