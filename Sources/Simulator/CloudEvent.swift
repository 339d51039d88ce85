package import CloudModel
package import CloudSemantics
package import Determinism

/// Names one call of a caller; the caller sees to it that no two calls share it.
package struct CallID: Hashable, Codable, Sendable, Comparable {
  /// The name as text.
  package let text: String

  /// Makes a name.
  package init(_ text: String) { self.text = text }

  package static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}

/// What a caller learns. For one call several may come: first that the outcome is unknown, then a
/// late reply.
package struct CloudEvent: Hashable, Codable, Sendable {
  /// When it reaches the caller.
  package var at: Instant
  /// The call it is about.
  package var id: CallID
  /// What is learnt.
  package var outcome: CallOutcome

  /// Makes an event.
  package init(at: Instant, id: CallID, outcome: CallOutcome) {
    self.at = at
    self.id = id
    self.outcome = outcome
  }
}

/// Something that is going to happen in the simulated cloud.
package enum Happening: Hashable, Codable, Sendable {
  /// A call reaches the service. Where `answerAfter` is nil nobody waits for the reply.
  case arrival(CallID, Call, answerAfter: TimeSpan?)
  /// An answer, or the lack of one, reaches the caller.
  case delivery(CallID, CallOutcome)
  /// Something goes on by itself.
  case transition(Transition)
}
