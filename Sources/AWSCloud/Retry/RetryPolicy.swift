/// How often and how patiently to try again.
/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior".
package struct RetryPolicy: Hashable, Sendable {
  /// The guide's modes.
  package enum Mode: String, Hashable, Sendable, CaseIterable {
    /// A quota of retries, and back-off with jitter.
    case standard
    /// The same, and a rate that follows the service's throttling.
    case adaptive
  }

  /// The mode.
  package var mode: Mode
  /// Attempts in all, the first included.
  package var attempts: Int
  /// The longest wait between two, in seconds.
  package var longestWait: Double
  /// Whether a call that may have been carried out is tried again although a repetition would not
  /// be recognised. The SDKs do; here it has to be asked for.
  package var repeatsUnknown: Bool

  /// Makes a policy; the guide's defaults.
  package init(
    mode: Mode = .standard, attempts: Int = 3, longestWait: Double = 20,
    repeatsUnknown: Bool = false
  ) {
    self.mode = mode
    self.attempts = attempts
    self.longestWait = longestWait
    self.repeatsUnknown = repeatsUnknown
  }
}

/// Which calls share a quota and a rate: a service's reads, or its other calls.
package struct APIFamily: Hashable, Sendable {
  /// The service as botocore names it.
  package let service: String
  /// Whether they only read. Source: Amazon EC2 API reference, "Request throttling": reads have
  /// buckets of their own.
  package let isReading: Bool

  /// Makes a family.
  package init(service: String, isReading: Bool) {
    self.service = service
    self.isReading = isReading
  }
}

/// Why there is no further attempt.
package enum RetryEnd: String, Hashable, Sendable {
  /// It succeeded, or trying again makes no sense.
  case done
  /// There were as many attempts as there may be.
  case attempts
  /// The quota of retries is used up: too much fails.
  case quota
  /// It may have been carried out, and a repetition would not be recognised.
  case notRepeatable
}

/// What to do after an attempt.
package enum RetryVerdict: Hashable, Sendable {
  /// No more.
  case end(RetryEnd)
  /// Wait so many seconds, then try again.
  case retry(after: Double)
}

/// What one family's calls know of the service: the quota of retries and, in adaptive mode, the
/// rate. Time and chance are given.
package struct FamilyState: Hashable, Sendable {
  /// Retries that may still be made, in the guide's units: 500 at first, 5 a retry, 10 after a
  /// time-out.
  package private(set) var quota = Self.capacity
  private var limiter: AdaptiveLimiter?

  private static let capacity = 500

  /// The state before the first call.
  package init(_ policy: RetryPolicy) {
    limiter = policy.mode == .adaptive ? AdaptiveLimiter() : nil
  }

  /// Takes a place for one attempt.
  ///
  /// - Parameter now: Seconds on any clock that does not go back.
  /// - Returns: For how many seconds to wait before it.
  package mutating func admit(at now: Double) -> Double { limiter?.admit(at: now) ?? 0 }

  /// Takes an attempt's outcome in and says what comes next.
  ///
  /// - Parameters:
  ///   - call: The call's own count; changed.
  ///   - isRepeatable: Whether a repetition does no harm.
  ///   - serverWait: Seconds that the service asks to wait.
  ///   - random: A number from 0 to, not including, 1.
  package mutating func settle(
    _ outcome: AttemptOutcome, call: inout RetryCount, policy: RetryPolicy, isRepeatable: Bool,
    serverWait: Double? = nil, at now: Double, random: Double
  ) -> RetryVerdict {
    limiter?.record(isThrottled: outcome == .throttled, at: now)
    call.attempts += 1
    let cost: Int
    switch outcome {
    case .succeeded:
      quota = min(Self.capacity, quota + (call.lastCost ?? 1))
      return .end(.done)
    case .final: return .end(.done)
    case .unknown(let isTimeout):
      guard isRepeatable || policy.repeatsUnknown else { return .end(.notRepeatable) }
      cost = isTimeout ? 10 : 5
    case .throttled, .transient: cost = 5
    }
    guard call.attempts < policy.attempts else { return .end(.attempts) }
    guard quota >= cost else { return .end(.quota) }
    quota -= cost
    call.lastCost = cost
    let ceiling = min(Self.power(call.attempts - 1), policy.longestWait)
    // Never longer than asked for by more than 5 seconds: the service may be out of its mind.
    let wait = random * ceiling
    return .retry(after: max(wait, min(serverWait ?? 0, wait + 5)))
  }

  private static func power(_ exponent: Int) -> Double {
    exponent >= 30 ? .infinity : Double(1 << max(0, exponent))
  }
}

/// How far one call has come.
package struct RetryCount: Hashable, Sendable {
  /// Attempts that ended.
  package var attempts = 0
  /// What the last retry took from the quota.
  package var lastCost: Int?

  /// A call before its first attempt.
  package init() {}
}
