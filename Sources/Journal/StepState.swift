package import CloudModel
package import Determinism

/// How far one step of a plan is.
package enum StepState: Hashable, Codable, Sendable {
  /// Not begun, or to be tried again not before a moment.
  case pending(notBefore: Instant)
  /// The intent is in the journal; whether the call went out, only the kernel that made it knows.
  case intended(AttemptID, at: Instant)
  /// The call is under way. Never the result of a fold: a crash leaves `intended`.
  case inFlight(AttemptID, at: Instant)
  /// The cloud has said yes, or a look has shown the effect; not yet in force.
  case acknowledged(at: Instant)
  /// In force.
  case settled(at: Instant)
  /// Carried out or not: nobody knows. Until the deadline a step that duplicates is looked for.
  case unknown(AttemptID, since: Instant, deadline: Instant)
  /// The cloud has said no for good.
  case failed(CallError)
}

extension StepState {
  /// Whether successors over `afterAcknowledged` edges may start.
  package var isAcknowledged: Bool {
    switch self {
    case .acknowledged, .settled: true
    case .pending, .intended, .inFlight, .unknown, .failed: false
    }
  }

  /// Whether successors over `afterSettled` edges may start.
  package var isSettled: Bool {
    switch self {
    case .settled: true
    case .pending, .intended, .inFlight, .acknowledged, .unknown, .failed: false
    }
  }

  /// Whether a call of it may still have an effect that has not been seen.
  package var isOpen: Bool {
    switch self {
    case .intended, .inFlight, .unknown: true
    case .pending, .acknowledged, .settled, .failed: false
    }
  }
}
