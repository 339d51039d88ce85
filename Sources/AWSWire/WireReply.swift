package import CloudModel

/// What a response says.
package enum WireReply: Hashable, Sendable {
  /// The operation's output.
  case success(WireOutput)
  /// An AWS error.
  case failure(WireFailure)
}

/// The output of an operation.
package struct WireOutput: Hashable, Sendable {
  /// A record in AWS's member names; how blobs, moments and fractions stand in it says
  /// `ServiceWire`.
  package var value: Value
  /// AWS's id of the request; nil where the response names none.
  package var requestID: String?

  /// Makes an output.
  package init(value: Value, requestID: String? = nil) {
    self.value = value
    self.requestID = requestID
  }
}

/// An AWS error, with all that a response says of it.
package struct WireFailure: Hashable, Sendable, Error {
  /// AWS's code, for instance `InvalidGroup.NotFound`; HTTP's status as text where the response
  /// names none.
  package var code: String
  /// A sentence for people; may be empty.
  package var message: String
  /// HTTP's status.
  package var status: Int
  /// Whose fault it is.
  package var fault: WireFault
  /// AWS's id of the request; nil where the response names none.
  package var requestID: String?
  /// The members of the modelled error, in AWS's member names; null where the model
  /// lists no such error.
  package var members: Value

  /// Makes an error.
  package init(
    code: String, message: String, status: Int, fault: WireFault = .unknown,
    requestID: String? = nil, members: Value = .null
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.fault = fault
    self.requestID = requestID
    self.members = members
  }
}

/// Whose fault an AWS error is, as far as response and model say so.
package enum WireFault: String, Hashable, Sendable {
  /// The caller's: the same request will fail again.
  case sender
  /// The service's.
  case receiver
  /// Neither says so.
  case unknown
}
