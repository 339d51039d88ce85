/// Planted bugs, each one line of the kernel changed. Tests and the model checker switch them on
/// to see that they are caught; nothing else ever does.
package struct KernelMutations: OptionSet, Hashable, Codable, Sendable {
  /// One bit a bug.
  package let rawValue: UInt32

  /// Makes a set from its bits.
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The call goes out before its intent is in the journal.
  package static let callBeforeJournal = KernelMutations(rawValue: 1 << 0)
  /// A step that duplicates is repeated after an unknown outcome without being looked for.
  package static let retryUnknownWithoutLooking = KernelMutations(rawValue: 1 << 1)
  /// Plans start whether or not the checker accepts their certificate.
  package static let skipCertificateCheck = KernelMutations(rawValue: 1 << 2)
  /// Replies that come after the call was given up are dropped.
  package static let forgetLateReply = KernelMutations(rawValue: 1 << 3)
  /// Steps start as soon as what they follow is acknowledged.
  package static let ignoreSettledEdges = KernelMutations(rawValue: 1 << 4)
  /// Edges into deleting steps are ignored.
  package static let deleteBeforeDependents = KernelMutations(rawValue: 1 << 5)
  /// Identifiers of calls start again from 0 after a restart.
  package static let resetAttemptsOnRestart = KernelMutations(rawValue: 1 << 6)
  /// Calls that were under way at a crash are taken for not made.
  package static let forgetInFlightOnRestart = KernelMutations(rawValue: 1 << 7)
  /// A read that contradicts what was just acknowledged is believed.
  package static let trustStaleReads = KernelMutations(rawValue: 1 << 8)

  /// Opening steps start on the look that the plan was made of, however old it is.
  package static let openOnOldLook = KernelMutations(rawValue: 1 << 9)

  /// Every planted bug with its name, in order.
  package static let all: [(name: String, mutation: KernelMutations)] = [
    ("callBeforeJournal", .callBeforeJournal),
    ("retryUnknownWithoutLooking", .retryUnknownWithoutLooking),
    ("skipCertificateCheck", .skipCertificateCheck),
    ("forgetLateReply", .forgetLateReply),
    ("ignoreSettledEdges", .ignoreSettledEdges),
    ("deleteBeforeDependents", .deleteBeforeDependents),
    ("resetAttemptsOnRestart", .resetAttemptsOnRestart),
    ("forgetInFlightOnRestart", .forgetInFlightOnRestart),
    ("trustStaleReads", .trustStaleReads),
    ("openOnOldLook", .openOnOldLook),
  ]
}
