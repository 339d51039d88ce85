package import CloudModel
package import CloudSemantics
package import Determinism

/// What happened in a simulated cloud, in order, for a history; kept only where it is wanted.
package struct CloudTrail: Hashable, Codable, Sendable {
  /// Something that happened.
  package enum Happening: Hashable, Codable, Sendable {
    /// A call arrived, and got this answer, whether that reaches the caller or not.
    case served(CallID, Call, Reply)
    /// Something happened by itself.
    case moved(Transition)
    /// Somebody changed the account by hand.
    case edited(Call, Reply)
  }

  /// Something that happened, and when.
  package struct Entry: Hashable, Codable, Sendable {
    /// When.
    package var at: Instant
    /// What.
    package var what: Happening
  }

  /// In order.
  package var entries: [Entry] = []

  /// Nothing yet.
  package init() {}
}

extension SimulatedCloud {
  /// Gives what happened since the last time, and goes on noting. Until the first time nothing is
  /// noted.
  package mutating func takeTrail() -> [CloudTrail.Entry] {
    let taken = trail?.entries ?? []
    trail = CloudTrail()
    return taken
  }

  /// Notes something.
  mutating func note(_ what: @autoclosure () -> CloudTrail.Happening) {
    if trail != nil { trail?.entries.append(CloudTrail.Entry(at: now, what: what())) }
  }
}
