package import CloudModel
package import Determinism

/// What changed in a simulated cloud, so that a store writes no more than that.
package struct Delta: Hashable, Codable, Sendable {
  /// Something that was put before the account.
  package struct Pending: Hashable, Codable, Sendable {
    /// When it happens.
    package var time: Instant
    /// Its place among those of the same time; names it.
    package var sequence: UInt64
    /// What happens.
    package var happening: Happening
  }

  /// Keys of changed rows; may repeat.
  package var rows: [RowKey] = []
  /// What was put before the account, and may have happened since.
  package var pushed: [Pending] = []
  /// The sequence numbers of what has happened.
  package var popped: [UInt64] = []

  /// Nothing changed.
  package init() {}
}

extension SimulatedCloud {
  /// Gives what changed since the last time, and goes on noting. The first time it gives nothing;
  /// until then nothing is noted.
  package mutating func takeDelta() -> Delta {
    let taken = delta ?? Delta()
    delta = Delta()
    return taken
  }

  /// Everything that is under way, in the order in which it will happen.
  package var pending: [Delta.Pending] {
    queue.entries.map { Delta.Pending(time: $0.time, sequence: $0.sequence, happening: $0.event) }
  }
}
