import ArgumentParser
import Models

/// Which faults a kernel model tries, and how often each may happen, anywhere.
struct FaultOptions: ParsableArguments {
  @Option(help: "How often the kernel's process may die.") var crashes: Int?
  @Option(
    name: .customLong("lost-replies"),
    help: "How often no reply may come: lost before or after, or late.")
  var lostReplies: Int?
  @Option(help: "How often somebody may change something by hand.") var drift: Int?
  @Option(
    name: .customLong("stale-reads"),
    help: "How often a read may show what was before the latest change.")
  var staleReads: Int?
  @Option(help: "How often a call may be carried out twice.") var twice: Int?
  @Option(help: "How often the prover may give up.") var refusals: Int?
  @Option(name: .customLong("calls-at-once"), help: "How many calls may be under way at once.")
  var callsAtOnce = 2

  func validate() throws {
    let all = [crashes, lostReplies, drift, staleReads, twice, refusals]
    if all.contains(where: { $0.map { !(0...9).contains($0) } ?? false }) {
      throw ValidationError("Faults are numbers from 0 to 9: each one more multiplies the states.")
    }
  }

  /// Whether none was named.
  var isEmpty: Bool {
    [crashes, lostReplies, drift, staleReads, twice, refusals].allSatisfy { $0 == nil }
  }

  /// The scope; where no fault was named, one crash, one lost reply and one edit.
  var scope: KernelScope {
    let usual = isEmpty ? 1 : 0
    var scope = KernelScope(
      crashes: crashes ?? usual, lostReplies: lostReplies ?? usual, edits: drift ?? usual)
    scope.staleReads = staleReads ?? 0
    scope.repetitions = twice ?? 0
    scope.refusals = refusals ?? 0
    scope.looksAtOnce = true
    scope.callsAtOnce = max(1, callsAtOnce)
    return scope
  }
}

extension KernelScope {
  /// The faults for people.
  var text: String {
    let parts = [
      (crashes, "crash", "crashes"), (lostReplies, "lost or late reply", "lost or late replies"),
      (edits, "edit by hand", "edits by hand"), (staleReads, "stale read", "stale reads"),
      (repetitions, "call carried out twice", "calls carried out twice"),
      (refusals, "failure of the prover", "failures of the prover"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
    return parts.isEmpty ? "no faults" : parts.joined(separator: ", ")
  }
}
