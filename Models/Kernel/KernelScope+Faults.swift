/// Scopes of single faults and of brakes.
extension KernelScope {
  /// A call is refused for good, while others are under way; and a lost reply.
  package static let denied = scope(.four) { $0.denials = 1 }

  /// A pair whose calls are refused for good, with a lost reply and an edit.
  package static let deniedLost = scope(.pair, lostReplies: 1, edits: 1) { $0.denials = 1 }

  /// The cloud says that it failed, of a call that it carried out or not; and a read is refused.
  package static let failing = scope(.pair, edits: 1) {
    $0.breakdowns = 2
    $0.readRefusals = 1
    $0.settleWindow = 3
  }

  /// Replies that come when nobody expects them any more, with an edit and throttling.
  package static let late = scope(.named, lostReplies: 1, edits: 1) {
    $0.hasLateReplies = true
    $0.throttles = 1
  }

  /// A prover that gives up more often than the kernel tries.
  package static let stubborn = scope(.pair) {
    $0.refusals = 3
    $0.rounds = 1
  }

  /// The kernel looks by itself; somebody edits twice, and the prover gives up twice.
  package static let periodic = scope(.guarded, edits: 2) {
    $0.standing = 1
    $0.isPeriodic = true
    $0.refusals = 2
    $0.rounds = 1
  }

  /// Another account answers; with a crash.
  package static let elsewhere = scope(.elsewhere, crashes: 1, edits: 1) { $0.standing = 1 }

  /// Everything vanishes; with a crash.
  package static let emptied = scope(.emptied, crashes: 1, edits: 1) { $0.standing = 1 }

  /// Everything vanishes, and somebody lets the kernel go on.
  package static let emptiedApproved = scope(.emptied, edits: 1) {
    $0.wishes = [.apply, .approve]
    $0.standing = 1
  }

  /// What bears data is declared otherwise, so that it would be replaced; with a crash.
  package static let guardedMoved = scope(.guarded, crashes: 1) {
    $0.wishes = [.apply, .update]
    $0.standing = 1
  }

  /// Killed, approved, applied and killed again, though a resource bears data; with a crash.
  package static let approved = scope(.guarded, crashes: 1) {
    $0.wishes = [.apply, .kill, .approve, .apply, .kill]
    $0.standing = 2
  }

  /// Killed, with leave for what bears data, though a resource is protected; with a crash.
  package static let protected = scope(.protected, crashes: 1) {
    $0.wishes = [.apply, .kill]
    $0.standing = 1
  }

  /// Somebody keeps undoing what the kernel repairs, and somebody else lets it go on.
  package static let undoneApproved = scope(.guarded, edits: 4) {
    $0.wishes = [.apply, .approve]
    $0.standing = 1
    $0.contests = 2
  }

  /// Most of what stands is declared no more; with a lost reply.
  package static let shrunk = scope(.shrunk, lostReplies: 1) {
    $0.wishes = [.apply, .update]
    $0.standing = 1
  }

  /// A role with a policy, applied and killed at any moment; a lost reply and throttling.
  package static let inline = scope(.inline, lostReplies: 1) {
    $0.wishes = [.apply, .kill]
    $0.isHurried = true
    $0.throttles = 1
    $0.settleWindow = 10
  }

  /// Two groups that let each other in, killed, and one of them applied again at any moment.
  package static let risen = scope(.circle) {
    $0.wishes = [.apply, .kill, .update]
    $0.standing = 1
    $0.isHurried = true
  }

  /// Four resources, one call at once.
  package static let narrow = scope(.four, lostReplies: 1) { $0.callsAtOnce = 1 }

  /// Applied, then killed, with stale reads.
  package static let killedStale = scope(.kept, lostReplies: 1) {
    $0.wishes = [.apply, .kill]
    $0.standing = 1
    $0.staleReads = 2
  }

  /// A role, with a lost reply, a denial and a refused read, in a window that ends amid looks.
  package static let deniedNamed = scope(.named, lostReplies: 1) {
    $0.denials = 1
    $0.readRefusals = 1
    $0.settleWindow = 3
  }

  /// A VPC, applied twice, with a stale read in a long window.
  package static let alone = scope(.alone) {
    $0.wishes = [.apply, .apply]
    $0.settleWindow = 10
    $0.staleReads = 1
  }

  /// The journal was lost, and what it told of stands; a crash and an edit.
  package static let adopted = scope(.pair, crashes: 1, edits: 1) {
    $0.standing = 1
    $0.isAdopted = true
  }

  /// A role with a policy, which somebody deletes once.
  package static let inlineUndone = scope(.inline, edits: 1) { $0.contests = 2 }

  /// Somebody closes what a step opens, which is refused, since there were too many.
  package static let reopened = scope(.rules, edits: 1) {
    $0.standing = 1
    $0.throttles = 1
    $0.staleReads = 1
  }

  /// Rules are replaced, each by a call of its own; with a lost reply.
  package static let rules = scope(.rules, lostReplies: 1) {
    $0.wishes = [.apply, .update]
    $0.standing = 1
  }

  /// Somebody ends the instance twice.
  package static let machineEndedTwice = scope(.machine, edits: 2) { $0.standing = 1 }

  /// Killed amid a replacement.
  package static let replaceKilled = scope(.pair) {
    $0.wishes = [.apply, .update, .kill]
    $0.standing = 1
    $0.isHurried = true
  }

  /// Two processes at once; a call of one is refused for good, while a lost one is on its way.
  package static let neighboursDenied = scope(.neighbours, lostReplies: 1, edits: 1) {
    $0.wishes = [.apply, .applyNeighbour]
    $0.isHurried = true
    $0.denials = 1
  }
}
