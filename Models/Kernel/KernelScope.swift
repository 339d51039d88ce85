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
    /// The other process of the composition is applied.
    case applyNeighbour
    /// What bears data may be deleted, and what stopped goes on.
    case approve
  }

  /// What is declared.
  package enum Composition: String, Hashable, Sendable {
    /// A VPC and a subnet.
    case pair
    /// A VPC and a group that a step of its own opens.
    case open
    /// A VPC, a subnet and a group with a rule.
    case three
    /// A VPC, two subnets and a group with a rule.
    case four
    /// A VPC, a subnet and an instance, which is asked for with a token.
    case machine
    /// A VPC, a subnet, a group with a rule, and an instance in both.
    case whole
    /// A VPC and two groups that let each other in.
    case circle
    /// A VPC and a subnet that bears data.
    case guarded
    /// A VPC and a subnet, and another process's VPC.
    case neighbours
    /// A role, which is known by its name.
    case named
    /// A role with a policy in it, each made by a call of its own.
    case inline
    /// A VPC and a subnet that is protected.
    case protected
    /// A VPC and a subnet, and another account that may answer.
    case elsewhere
    /// Three resources that may all vanish at once.
    case emptied
    /// Four resources, of which all but the VPC are declared no more.
    case shrunk
    /// A VPC.
    case alone
    /// A group, each rule of which is made by a call of its own.
    case rules
    /// A VPC and a subnet that nobody may reach.
    case kept
  }

  /// The composition.
  package var composition = Composition.pair
  /// The commands.
  package var wishes: [Wish] = [.apply]
  /// How many of the commands are carried out before anything can go wrong: what they made stands
  /// when the search begins.
  package var standing = 0
  /// Whether the journal of what made that was lost.
  package var isAdopted = false
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
  /// How often the cloud refuses a call, since there were too many.
  package var throttles = 0
  /// How often the cloud refuses a call for good.
  package var denials = 0
  /// How often the cloud says that it failed, whether or not it carried the call out.
  package var breakdowns = 0
  /// How often the cloud refuses a read, since there were too many.
  package var readRefusals = 0
  /// Whether replies may come as late as they like; what a call does shows within the window.
  package var hasLateReplies = false
  /// Whether the kernel looks by itself, some time after it came to rest, once somebody has edited;
  /// otherwise it is asked to.
  package var isPeriodic = false
  /// After how many troubles in a row the kernel is to stop; nil for as many as usual.
  package var rounds: Int?
  /// How often a reply comes a second time.
  package var echoes = 0
  /// How often the kernel is put to sleep amid the effects of an event, so long that its lease runs
  /// out and another kernel takes over from it; its effects in hand are run when it wakes up.
  package var stalls = 0
  /// How often the prover answers with the certificate that it gave before, for another plan.
  package var staleProofs = 0
  /// How often a proof takes longer than what was read stays fresh.
  package var slowProofs = 0
  /// Whether a crash may tear the record that was being written.
  package var tearsRecords = false
  /// The settle window, in seconds; polls are 2 s apart.
  package var settleWindow: Int64 = 4
  /// Whether commands come whenever they like; otherwise each waits until the kernel rests.
  package var isHurried = false
  /// For how much longer than the kernel assumes lost calls may have effects and reads may be
  /// stale, in milliseconds.
  package var overdue: Int64 = 0
  /// After how many runs in a row that change the same the kernel is to take it as contested; nil
  /// for as many as usual.
  package var contests: Int?
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
