import Determinism

extension KernelSettings {
  /// The pause before a repetition: doubling, with a jitter that is drawn from names alone, so
  /// that the same history gives the same pauses.
  /// - Parameters:
  ///   - tries: How often it was tried; at least 1.
  ///   - name: Whose pause it is.
  func pause(afterTries tries: Int, of name: String) -> TimeSpan {
    let doublings = min(max(tries - 1, 0), 20)
    let full = min(pause.milliseconds << Int64(doublings), longestPause.milliseconds)
    var source = RandomSource(Seed(UInt64(tries)).split(name))
    return TimeSpan(milliseconds: full + Int64(source.below(Int(full / 2) + 1)))
  }
}

/// Error codes that AWS's services have in common.
enum CommonError {
  /// The request was refused for its rate and not carried out.
  /// Source: EC2 API reference, "Common client error codes"; S3 API reference, "Error responses".
  static let throttled: Set<String> = [
    "RequestLimitExceeded", "Throttling", "ThrottlingException", "ThrottledException",
    "TooManyRequestsException", "RequestThrottled", "RequestThrottledException", "SlowDown",
    "PriorRequestNotComplete", "LimitExceededException", "BandwidthLimitExceeded",
  ]
  /// The service failed; what became of the request is not said.
  /// Source: EC2 API reference, "Common server error codes".
  static let server: Set<String> = [
    "InternalError", "InternalFailure", "InternalServerError", "InternalServiceError",
    "InternalServiceErrorException", "ServiceUnavailable", "ServiceUnavailableException",
    "Unavailable", "ServiceFailure", "RequestTimeout",
  ]
}
