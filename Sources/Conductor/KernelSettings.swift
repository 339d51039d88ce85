package import Determinism

/// The kernel's named assumptions and limits.
package struct KernelSettings: Hashable, Codable, Sendable {
  /// The settle window: for so long after an acknowledged change a contrary read is not believed,
  /// and for so long after a call without reply its effect may still appear.
  package var settleWindow = TimeSpan.seconds(60)
  /// How long a resource may take to reach the state that its planner waits for.
  package var stateWindow = TimeSpan.minutes(15)
  /// The pause between reads of what is waited for; it doubles up to `longestPoll`.
  package var poll = TimeSpan.seconds(2)
  /// The longest pause between such reads.
  package var longestPoll = TimeSpan.seconds(15)
  /// The pause before the first repetition of a call; it doubles up to `longestPause`.
  package var pause = TimeSpan.seconds(1)
  /// The longest pause before a repetition.
  package var longestPause = TimeSpan.seconds(30)
  /// How many times a step is tried before it counts as failed.
  package var tries = 30
  /// How many plans in a row may be given up before the process is blocked.
  package var rounds = 12
  /// How many calls of steps of a process are under way at once.
  package var callsAtOnce = 10
  /// How many reads of a process are under way at once.
  package var readsAtOnce = 10
  /// The freshness window: how old what was read may be when a plan begins, and when a step starts
  /// that opens something. What somebody does by hand within it, the kernel may not have seen.
  package var freshness = TimeSpan.seconds(30)
  /// The pause between looks at a process that is as declared; nil: it is not enforced.
  package var enforcePeriod: TimeSpan? = .seconds(60)
  /// How many runs in a row may change the same part of a resource, each within an hour of the one
  /// before, until the kernel takes it that somebody keeps undoing it, and stops.
  package var contests = 8
  /// For how long a kernel asks to be the only one, where several share a store; nil: it is alone.
  package var leaseTerm: TimeSpan?
  /// Planted bugs; empty but in tests.
  package var mutations: KernelMutations = []

  /// The settings of everyday use.
  package init() {}
}
