package import AWSWire

/// How one attempt ended, as far as trying again goes.
package enum AttemptOutcome: Hashable, Sendable {
  /// It succeeded.
  case succeeded
  /// The service refused because of the rate; nothing was done.
  case throttled
  /// Nothing was done, and it may go better in a moment.
  case transient
  /// It may have been done; it may go better in a moment. `isTimeout` where nothing came in time.
  case unknown(isTimeout: Bool)
  /// Nothing was done, and the same request will fail again.
  case final

  /// What a service's error says.
  ///
  /// Source: the codes and statuses are those of the SDKs' standard mode (AWS SDKs and Tools
  /// Reference Guide, "Retry behavior"; botocore lists them in full). That a server's error with
  /// a status of 500 and more leaves the outcome open is said in Amazon EC2's API reference,
  /// "Ensuring idempotency".
  ///
  /// - Parameters:
  ///   - isRetryable: Whether the model says that the error may be tried again.
  ///   - isThrottling: Whether the model says that it is of the rate.
  package init(_ failure: WireFailure, isRetryable: Bool = false, isThrottling: Bool = false) {
    if isThrottling || Self.throttlingCodes.contains(failure.code) {
      self = .throttled
    } else if Self.transientCodes.contains(failure.code) {
      self = .transient
    } else if [500, 502, 503, 504].contains(failure.status) {
      self = .unknown(isTimeout: false)
    } else if isRetryable {
      self = .transient
    } else {
      self = .final
    }
  }

  /// What a broken exchange says.
  package init(_ failure: HTTPFailure) {
    switch failure {
    case .notSent: self = .transient
    case .outcomeUnknown: self = .unknown(isTimeout: true)
    }
  }

  private static let throttlingCodes: Set = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
    "TooManyRequestsException", "ProvisionedThroughputExceededException",
    "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
    "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
    "EC2ThrottledException",
  ]

  private static let transientCodes: Set = ["RequestTimeout", "RequestTimeoutException"]
}
