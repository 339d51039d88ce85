package import Canon

/// One request to the cloud, in AWS's own words.
package struct Call: Hashable, Codable, Sendable {
  /// The service as botocore names it: `ec2`, `s3`, `iam`, `secretsmanager`, `sqs`.
  package let service: String
  /// The operation, for instance `CreateVpc`.
  package let operation: String
  /// A record in AWS's member names (`CidrBlock`); in a plan it may hold residuals.
  package var parameters: Value

  /// Makes a call.
  package init(service: String, operation: String, parameters: Value) {
    self.service = service
    self.operation = operation
    self.parameters = parameters
  }
}

/// What the cloud answers.
package enum Reply: Hashable, Codable, Sendable {
  /// The operation's output, in AWS's member names.
  case success(Value)
  /// An AWS error.
  case failure(CallError)
}

/// An AWS error.
package struct CallError: Hashable, Codable, Sendable, Error {
  /// AWS's code, for instance `InvalidGroup.NotFound`.
  package let code: String
  /// A sentence for people.
  package let message: String

  /// Makes an error.
  package init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// What the caller learns of a call.
package enum CallOutcome: Hashable, Codable, Sendable {
  /// A reply came.
  case replied(Reply)
  /// No reply came; whether the call was carried out is not known.
  case unknown
}

extension Call: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(service)
    encoder.write(operation)
    encoder.write(parameters)
  }
}

extension Reply: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .success(let value):
      encoder.tag(0)
      encoder.write(value)
    case .failure(let error):
      encoder.tag(1)
      encoder.write(error.code)
      encoder.write(error.message)
    }
  }
}

extension CallOutcome: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .replied(let reply):
      encoder.tag(0)
      encoder.write(reply)
    case .unknown: encoder.tag(1)
    }
  }
}
