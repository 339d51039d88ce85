package import Canon
package import CloudModel
package import Conductor
package import Determinism
package import Histories
package import Simulator

/// What came of a scenario's run.
package struct ScenarioOutcome: Sendable {
  /// A line of the time line.
  package enum Entry: Sendable {
    /// What the kernel told.
    case report(Report)
    /// A call that somebody made by hand, and what the cloud said to it.
    case edit(at: Instant, Scenario.Edit, Reply)
    /// The Conductor died.
    case crash(at: Instant)
    /// An edit is undone.
    case repaired(Repair)
  }

  /// An edit that was undone.
  package struct Repair: Hashable, Sendable {
    /// When it is undone.
    package var at: Instant
    /// The edit.
    package var edit: Scenario.Edit
    /// How long that took, in simulated time.
    package var latency: TimeSpan
  }

  /// What came of an expectation.
  package struct Judgement: Hashable, Sendable {
    /// The expectation.
    package var expectation: Scenario.Expectation
    /// Whether it was met.
    package var isMet: Bool
    /// What was seen, in a few words.
    package var seen: String
  }

  /// The time line, in order.
  package var entries: [Entry]
  /// Edits that were undone, in order of time.
  package var repairs: [Repair]
  /// What came of each expectation, in order of statement.
  package var judgements: [Judgement]
  /// Names the whole history: equal seeds, equal digests.
  package var history: Digest
  /// What happened, line by line; nil where that was not wanted.
  package var lines: History?
  /// How often each kind of fault fired.
  package var fired: SortedMap<FaultKind, Int>
  /// How many calls the Conductor made.
  package var calls: Int
  /// How much simulated time passed.
  package var end: Instant
}
