package import CloudModel
package import Determinism
package import Journal

/// Something that happened, with the logical time at which the kernel learns of it. The kernel
/// knows nothing but its events: the same events give the same effects.
package struct Event: Hashable, Codable, Sendable {
  /// When; never before an earlier event's.
  package var at: Instant
  /// What.
  package var kind: Kind

  /// Makes an event.
  package init(at: Instant, _ kind: Kind) {
    self.at = at
    self.kind = kind
  }

  /// What may happen to a kernel.
  package enum Kind: Hashable, Codable, Sendable {
    /// The kernel was started, fresh or on a folded journal. Always its first event.
    case restarted
    /// A person wants something.
    case command(Command)
    /// What became of a call. For one call several may come: unknown first, then a late reply.
    case replied(AttemptID, CallOutcome)
    /// The answer to a `.plan` effect.
    case planned(RequestID, PlanAnswer)
    /// The answer to a `.prove` effect.
    case proved(RequestID, ProofAnswer)
    /// The answer to a `.lease` effect, where several kernels share a store.
    case lease(LeaseAnswer)
    /// A moment asked for with `.wakeAt` has come.
    case woke(TimerID)
  }
}

/// What a store that kernels share says to one that wants to be the only one that starts steps.
package enum LeaseAnswer: Hashable, Codable, Sendable {
  /// It is, until a moment.
  case leased(until: Instant)
  /// Another one has taken over.
  case deposed
}

/// What a person asks of the kernel.
package enum Command: Hashable, Codable, Sendable {
  /// Make it as declared, and, where the settings say so, keep it so. For a known alias: an
  /// update. A killed alias may be applied anew.
  case apply(alias: String, Blueprint, Approvals)
  /// Look now, and repair what differs.
  case enforce(alias: String)
  /// Go beyond a brake, then go on.
  case approve(alias: String, Approvals)
  /// Delete everything of it, dependents first.
  case kill(alias: String, Approvals)
}

/// Names a `.plan` or `.prove` effect, so that an answer that comes too late is known as such.
package struct RequestID: Hashable, Codable, Sendable, Comparable {
  /// The process it is for.
  package let process: String
  /// The number of the request since the kernel was started, from 0.
  package let serial: Int

  /// Makes an identifier.
  package init(process: String, serial: Int) {
    self.process = process
    self.serial = serial
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.process, a.serial) < (b.process, b.serial)
  }
}

/// Names a timer. Each process has one: setting it again replaces the earlier moment, though a
/// world that wakes the kernel at both does no harm.
package struct TimerID: Hashable, Codable, Sendable, Comparable {
  /// The process it is for.
  package let process: String

  /// Makes an identifier.
  package init(process: String) { self.process = process }

  package static func < (a: Self, b: Self) -> Bool { a.process < b.process }
}
