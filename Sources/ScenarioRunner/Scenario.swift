package import CloudModel
package import Determinism
package import Simulator

/// A scenario as closed data: what a value of `Fugue.Scenario.Scenario` comes to.
package struct Scenario: Hashable, Sendable {
  /// The composition's file, relative to the scenario's.
  package var composition: String
  /// The process's alias.
  package var process: String
  /// When the composition is applied; nil: never.
  package var applyAt: Instant?
  /// Edits by other people, in order of time.
  package var edits: [Edit]
  /// Deaths of the Conductor, in order of time.
  package var crashes: [Crash]
  /// Stretches of time in which calls fail.
  package var windows: [FaultProfile.Window]
  /// Stretches of time in which calls are admitted at a lower rate.
  package var throttling: [FaultProfile.Throttling]
  /// When the run ends.
  package var end: Instant
  /// What must come of it.
  package var expectations: [Expectation]

  /// A call that somebody else makes.
  package struct Edit: Hashable, Sendable {
    /// When.
    package var at: Instant
    /// Who.
    package var by: String
    /// The call; texts may hold `${address#output}`, which is filled in when it is made.
    package var call: Call
  }

  /// A death of the Conductor.
  package struct Crash: Hashable, Sendable {
    /// When it dies.
    package var at: Instant
    /// How long it stays dead.
    package var restartAfter: TimeSpan
  }

  /// Something that must come of a run.
  package enum Expectation: Hashable, Sendable {
    /// As declared so long after it was applied.
    case converges(within: TimeSpan)
    /// Each edit undone within a time.
    case repaired(within: TimeSpan)
    /// At no moment does a packet from the internet reach an instance on a TCP port.
    case neverOpen(instance: ResourceAddress, port: UInt16)
    /// How many calls for each resource while it is applied.
    case callsPerResource(atMost: Int)
  }
}
