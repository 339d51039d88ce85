package import AWSWire
package import CloudModel

/// Why a call gave no output.
package enum CloudFailure: Error, Hashable, Sendable {
  /// AWS refused, or failed, and said so.
  case refused(WireFailure, CallTrace)
  /// Nothing of the call went out; it was not carried out.
  case notSent(String, CallTrace)
  /// It went out, and no answer that can be understood came back; it may have been carried out.
  case outcomeUnknown(String, CallTrace)
  /// The call cannot be made: no such service or operation, or a parameter that is not of it.
  case invalid(WireError)
  /// There are no credentials.
  case credentials(CredentialFailure)
  /// Something about where to send it is missing or not supported.
  case configuration(String)

  /// Whether it may have been carried out although it gave no output. An error with a status of
  /// 500 and more does not say what was done before it.
  package var mayBeDone: Bool {
    switch self {
    case .outcomeUnknown: true
    case .refused(let failure, let trace):
      if case .unknown = AttemptOutcome(failure) { true } else { trace.mayBeDoneBefore }
    case .notSent(_, let trace): trace.mayBeDoneBefore
    case .invalid, .credentials, .configuration: false
    }
  }

  /// What the kernel learns: an error of AWS's, or that the outcome is not known. A call that did
  /// not go out is told as an error of ours, named as AWS names its own.
  package var outcome: CallOutcome {
    if mayBeDone { return .unknown }
    switch self {
    case .refused(let failure, _):
      return .replied(.failure(CallError(failure.code, failure.message)))
    case .notSent: return .replied(.failure(CallError("ServiceUnavailable", description)))
    case .invalid: return .replied(.failure(CallError("ValidationError", description)))
    case .credentials: return .replied(.failure(CallError("AuthFailure", description)))
    case .configuration:
      return .replied(.failure(CallError("InvalidConfiguration", description)))
    case .outcomeUnknown: return .unknown
    }
  }
}

extension CloudFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let failure, let trace):
      let said = failure.message.isEmpty ? "" : ": \(failure.message)"
      let ending = mayBeDone ? " Whether it was carried out is not known." : ""
      return "\(failure.code)\(said) (\(trace.summary(failure)))\(ending)"
    case .notSent(let reason, let trace):
      let ending =
        mayBeDone ? ". Whether an attempt before it was carried out is not known." : ""
      return "\(trace.name) was not sent: \(reason) (\(trace.summary(nil)))\(ending)"
    case .outcomeUnknown(let reason, let trace):
      return "whether \(trace.name) was carried out is not known: \(reason) "
        + "(\(trace.summary(nil)))"
    case .invalid(let error): return error.description
    case .credentials(let failure): return failure.description
    case .configuration(let text): return text
    }
  }
}

/// What there is to say of a call's way, whatever came of it.
package struct CallTrace: Hashable, Sendable {
  /// The service as botocore names it.
  package let service: String
  /// The operation.
  package let operation: String
  /// Where it went.
  package let endpoint: String
  /// How often it was tried.
  package let attempts: Int
  /// Why it was not tried again.
  package let end: RetryEnd
  /// Whether an attempt before the last may have been carried out.
  package let mayBeDoneBefore: Bool
  /// AWS's id of the request whose answer could not be understood, where it names one.
  package let requestID: String?

  /// Makes a trace.
  package init(
    service: String, operation: String, endpoint: String, attempts: Int, end: RetryEnd,
    mayBeDoneBefore: Bool = false, requestID: String? = nil
  ) {
    self.service = service
    self.operation = operation
    self.endpoint = endpoint
    self.attempts = attempts
    self.end = end
    self.mayBeDoneBefore = mayBeDoneBefore
    self.requestID = requestID
  }

  var name: String { "\(service) \(operation)" }

  fileprivate func summary(_ failure: WireFailure?) -> String {
    var parts: [String] = []
    if let failure {
      parts.append("\(name), HTTP \(failure.status)")
      parts.append(failure.requestID.map { "request id \($0)" } ?? "no request id")
    } else if let requestID {
      parts.append("request id \(requestID)")
    }
    parts.append("at \(endpoint)")
    if attempts != 1 { parts.append("\(attempts) attempts") }
    switch end {
    case .quota: parts.append("no further one, since too much fails")
    case .notRepeatable: parts.append("not tried again, since that could do it twice")
    case .done, .attempts: break
    }
    return parts.joined(separator: ", ")
  }
}

/// What a call gave.
package struct CloudAnswer: Hashable, Sendable {
  /// The output, in AWS's member names.
  package let output: Value
  /// AWS's id of the request; nil where the response names none.
  package let requestID: String?
  /// How often it was tried.
  package let attempts: Int
}
