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
      "forgotten-calls", "calls that were under way at a crash are taken for not made",
      .forgetInFlightOnRestart, KernelScope(crashes: 1, lostReplies: 0, edits: 0)),
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
