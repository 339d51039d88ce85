import AWSCatalog
import AWSWire
import CloudModel

/// One attempt at a call, when it is over.
struct Attempt {
  /// What it gave.
  enum Result {
    case output(WireOutput)
    case failure(WireFailure)
    case broken(HTTPFailure)
    /// A response of no form that is known.
    case garbled(WireError, head: String)
  }

  /// What it gave.
  let result: Result
  /// What that says of trying again.
  let outcome: AttemptOutcome
  /// AWS's id of the request, as the response's headers name it.
  let requestID: String?
  /// Seconds that the service asks to wait.
  let serverWait: Double?
  /// Whether the service said that the credentials are over.
  let endedCredentials: Bool

  /// An attempt without a response.
  init(_ failure: HTTPFailure) {
    result = .broken(failure)
    outcome = AttemptOutcome(failure)
    requestID = nil
    serverWait = nil
    endedCredentials = false
  }

  /// An attempt with a response.
  init(_ response: WireResponse, _ job: CallJob) {
    requestID = response.requestID
    serverWait = response.headers.value(ofHeader: "x-amz-retry-after").flatMap { text in
      Double(text).map { max(0, $0) / 1_000 }
    }
    if let fault = BodyProtection.fault(of: response, job.operation) {
      result = .garbled(
        WireError(.malformed, "the body is damaged: \(fault)"), head: Self.head(response))
      outcome = .unknown(isTimeout: false)
      endedCredentials = false
      return
    }
    let reply: WireReply
    do throws(WireError) { reply = try job.wire.reply(to: job.call.operation, response) } catch {
      result = .garbled(error, head: Self.head(response))
      outcome = .unknown(isTimeout: false)
      endedCredentials = false
      return
    }
    switch reply {
    case .success(let output):
      result = .output(output)
      outcome = .succeeded
      endedCredentials = false
    case .failure(let failure):
      result = .failure(failure)
      let modelled = job.wire.service.errors(of: job.operation).first { $0.code == failure.code }
      // Temporary credentials that ended earlier than they said are got anew.
      endedCredentials =
        job.isSigned && ["ExpiredToken", "ExpiredTokenException"].contains(failure.code)
      outcome =
        endedCredentials
        ? .transient
        : AttemptOutcome(
          failure, isRetryable: modelled?.isRetryable ?? false,
          isThrottling: modelled?.isThrottling ?? false)
    }
  }

  /// What a response says of itself, for people who look for what went wrong.
  private static func head(_ response: WireResponse) -> String {
    var parts = ["HTTP \(response.status)"]
    for name in ["Content-Type", "Content-Encoding"] {
      if let text = response.headers.value(ofHeader: name) { parts.append("\(text.prefix(80))") }
    }
    return parts.joined(separator: ", ")
  }

  /// Whether the call may have been carried out by this attempt, and gave nothing.
  var mayBeDone: Bool { if case .unknown = outcome { true } else { false } }
}
