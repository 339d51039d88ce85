import Conductor

/// The scopes that are checked by name.
extension KernelScope {
  /// One crash, one lost reply and one edit anywhere; looks in one step.
  package static let wholeLooks: KernelScope = {
    var scope = KernelScope()
    scope.looksAtOnce = true
    return scope
  }()

  /// The rarer faults together, without a crash.
  package static let staleAndTwice: KernelScope = {
    var scope = KernelScope(crashes: 0, lostReplies: 1, edits: 1)
    scope.staleReads = 1
    scope.repetitions = 1
    scope.refusals = 1
    scope.looksAtOnce = true
    return scope
  }()

  /// Applied, then killed, with a crash and a lost reply anywhere.
  package static let killing: KernelScope = {
    var scope = KernelScope(crashes: 1, lostReplies: 1, edits: 0)
    scope.wishes = [.apply, .kill]
    scope.looksAtOnce = true
    return scope
  }()

  /// A group that a step of its own opens, and somebody who opens more by hand meanwhile; one lost
  /// reply.
  package static let opening: KernelScope = {
    var scope = KernelScope(crashes: 0, lostReplies: 1, edits: 1)
    scope.composition = .open
    scope.looksAtOnce = true
    return scope
  }()

  /// Three resources, with a crash and a lost reply anywhere.
  package static let three = scope(.three, crashes: 1, lostReplies: 1)

  /// Four resources, with a lost reply.
  package static let four = scope(.four, lostReplies: 1)

  /// Four resources, with somebody who edits.
  package static let fourEdited = scope(.four, edits: 1)

  /// Four resources, with a lost reply and somebody who edits.
  package static let fourBoth = scope(.four, lostReplies: 1, edits: 1)

  /// Four resources, with a crash.
  package static let fourCrash = scope(.four, crashes: 1)

  /// Two crashes, a lost reply, and a reply that comes twice.
  package static let twoCrashes = scope(.pair, crashes: 2, lostReplies: 1) { $0.echoes = 1 }

  /// An instance, which is asked for with a token, and a lost reply.
  package static let machine = scope(.machine, crashes: 1, lostReplies: 1)

  /// An update that replaces both resources, with a crash anywhere.
  package static let replacing = replacing(crashes: 1, lostReplies: 0)

  /// The same, with a lost reply.
  package static let replacingLost = replacing(crashes: 0, lostReplies: 1)

  /// The same, with both.
  package static let replacingBoth = replacing(crashes: 1, lostReplies: 1)

  private static func replacing(crashes: Int, lostReplies: Int) -> KernelScope {
    scope(.pair, crashes: crashes, lostReplies: lostReplies) {
      $0.wishes = [.apply, .update]
      $0.standing = 1
    }
  }

  /// Killed, though a resource bears data; with a crash.
  package static let guarded = scope(.guarded, crashes: 1, lostReplies: 1) {
    $0.wishes = [.apply, .kill]
    $0.standing = 1
  }

  /// Somebody who keeps undoing what the kernel repairs.
  package static let undoing = scope(.guarded, edits: 5) {
    $0.standing = 1
    $0.contests = 2
  }

  /// The same, with a crash.
  package static let undoingCrash = scope(.guarded, crashes: 1, edits: 4) {
    $0.standing = 1
    $0.contests = 2
  }

  /// Crashes that tear the record that was being written.
  package static let torn = scope(.pair, crashes: 1, lostReplies: 1) { $0.tearsRecords = true }

  /// The prover answers with an old certificate, or takes long, and somebody edits meanwhile.
  package static let oldProof = scope(.pair, edits: 2) {
    $0.staleProofs = 1
    $0.slowProofs = 1
  }

  /// A kernel that sleeps over its lease while another takes over, with a lost reply.
  package static let lease = scope(.pair, lostReplies: 1) { $0.stalls = 1 }

  /// Two such kernels, one after the other, and a crash.
  package static let leaseCrash = scope(.pair, crashes: 1) { $0.stalls = 1 }

  /// Two processes in one account, the second applied at any moment, with a crash.
  package static let neighbours = neighbours(crashes: 1, lostReplies: 0)

  /// The same, with a lost reply.
  package static let neighboursLost = neighbours(crashes: 0, lostReplies: 1)

  /// The same, with both.
  package static let neighboursBoth = neighbours(crashes: 1, lostReplies: 1)

  private static func neighbours(crashes: Int, lostReplies: Int) -> KernelScope {
    scope(.neighbours, crashes: crashes, lostReplies: lostReplies) {
      $0.wishes = [.apply, .applyNeighbour]
      $0.isHurried = true
    }
  }

  /// Reads and lost calls that are late for as long as the kernel assumes.
  package static let withinWindow = scope(.pair, lostReplies: 1) { $0.staleReads = 2 }

  /// The same for one millisecond longer.
  package static let beyondWindow = scope(.pair, lostReplies: 1) {
    $0.staleReads = 2
    $0.overdue = 1
  }

  /// The same, and its subnet is replaced, with a lost reply.
  package static let machineReplaced = scope(.machine, lostReplies: 1) {
    $0.wishes = [.apply, .update]
    $0.standing = 1
  }

  /// The same, and somebody ends it.
  package static let machineEnded = scope(.machine, edits: 1)

  /// An instance, which a look after the run may not show yet; an answer to each read is
  /// a step of its own.
  package static let machineLate = scope(.machine) {
    $0.staleReads = 1
    $0.looksAtOnce = false
  }

  /// What an instance in a group needs, and a call that is refused, since there were too many.
  package static let whole = scope(.whole) { $0.throttles = 1 }

  /// The same, killed, with a lost reply.
  package static let wholeKilled = scope(.whole, lostReplies: 1) {
    $0.wishes = [.apply, .kill]
    $0.standing = 1
  }

  /// Two groups that let each other in, killed, with a crash.
  package static let circle = scope(.circle, crashes: 1) {
    $0.wishes = [.apply, .kill]
    $0.standing = 1
  }

  /// One of the two is declared no more, and the other lets nobody in; with a crash.
  package static let dropped = scope(.circle, crashes: 1) {
    $0.wishes = [.apply, .update]
    $0.standing = 1
  }

  /// A window of five polls, in which a lost reply, an edit and a stale read fall.
  package static let patient = scope(.pair, lostReplies: 1, edits: 1) {
    $0.settleWindow = 10
    $0.staleReads = 1
  }

  /// A role, applied and killed at any moment, with a lost reply and a call that is refused, since
  /// there were too many.
  package static let named = scope(.named, lostReplies: 1) {
    $0.wishes = [.apply, .kill]
    $0.isHurried = true
    $0.settleWindow = 10
    $0.throttles = 1
  }

  /// Applied, and applied otherwise at any moment; an answer to each read is a step of its own.
  package static let again = scope(.pair) {
    $0.wishes = [.apply, .update]
    $0.isHurried = true
    $0.looksAtOnce = false
  }

  /// The same with a lost reply and a call that is refused; looks in one step.
  package static let hurried = scope(.pair, lostReplies: 1) {
    $0.wishes = [.apply, .update]
    $0.isHurried = true
    $0.throttles = 1
  }

  static func scope(
    _ composition: Composition, crashes: Int = 0, lostReplies: Int = 0, edits: Int = 0,
    _ change: (inout KernelScope) -> Void = { _ in }
  ) -> KernelScope {
    var scope = KernelScope(crashes: crashes, lostReplies: lostReplies, edits: edits)
    scope.composition = composition
    scope.looksAtOnce = true
    change(&scope)
    return scope
  }

  /// A planted bug and the least scope that shows it.
  package struct Planted: Sendable {
    /// The bug's name in file-name style.
    package let name: String
    /// The changed line in words.
    package let what: String
    /// The scope, with the bug in it.
    package let scope: KernelScope
  }

  /// Planted bugs that the small world shows.
  package static let planted: [Planted] = [
    planted(
      "call-before-journal", "a call goes out before its intent is durable",
      .callBeforeJournal, KernelScope(crashes: 1, lostReplies: 0, edits: 0)),
    planted(
      "blind-retry", "a step that makes a second thing is repeated without a look",
      .retryUnknownWithoutLooking, KernelScope(crashes: 0, lostReplies: 1, edits: 0)),
    planted(
      "no-certificate", "plans start whatever the checker says",
      .skipCertificateCheck,
      {
        var scope = KernelScope(crashes: 0, lostReplies: 0, edits: 0)
        scope.refusals = 1
        return scope
      }()),
    planted(
      "unsettled-start", "acknowledged counts as in force",
      .ignoreSettledEdges, KernelScope(crashes: 0, lostReplies: 0, edits: 0)),
    planted(
      "same-attempts", "identifiers of calls start again from 0 after a crash",
      .resetAttemptsOnRestart, KernelScope(crashes: 1, lostReplies: 0, edits: 0)),
    planted(
      "early-delete", "edges into deleting steps are ignored",
      .deleteBeforeDependents,
      {
        var scope = KernelScope.killing
        scope.crashes = 0
        return scope
      }()),
    planted(
      "old-look", "steps that open something start on the look that the plan was made of",
      .openOnOldLook,
      {
        var scope = KernelScope.opening
        scope.lostReplies = 0
        return scope
      }()),
  ]

  private static func planted(
    _ name: String, _ what: String, _ mutation: KernelMutations, _ scope: KernelScope
  ) -> Planted {
    var scope = scope
    scope.looksAtOnce = true
    scope.mutations = mutation
    return Planted(name: name, what: what, scope: scope)
  }
}
