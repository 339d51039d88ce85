package import AWSCatalog
package import CloudModel

/// One service's wire, both ways: what a client sends and understands, and what a server
/// understands and sends. It knows no clock, chance, signature or network.
///
/// Values are records in AWS's member names. What `Value` has no form of stands as text, by its
/// shape: a blob in base64; a moment as `2026-01-31T23:59:59Z`, with up to six digits of a second
/// where it has a fraction (whole seconds since 1970 are understood, too); a fraction in decimals
/// (`1.5`, `1e-07`, `NaN`, `Infinity`). In a document, where no shape says so, a fraction is the
/// record `{"$float": "1.5"}`.
package struct ServiceWire: Sendable {
  /// The service.
  package let service: CatalogService
  /// What is taken at most.
  package let limits: WireLimits

  /// The wire of a service.
  package init(_ service: CatalogService, limits: WireLimits = WireLimits()) {
    self.service = service
    self.limits = limits
  }

  /// The request that makes a call.
  ///
  /// Nothing is filled in: client tokens, checksums and account ids are the caller's.
  ///
  /// - Throws: `unknownOperation`; `parameter` for one that is missing, unknown or of another type.
  package func request(
    for operation: String, parameters: Value
  ) throws(WireError) -> WireRequest {
    throw WireError(.unsupported, "\(service.name).\(operation) is not spoken")
  }

  /// What a response to an operation says.
  ///
  /// A status of 301 and more is an error, whatever stands in it: also one that a proxy made.
  ///
  /// - Throws: `unknownOperation`; `malformed` and `limit` for a successful response whose body is
  ///   none of the protocol. The call may have been carried out nonetheless.
  package func reply(
    to operation: String, _ response: WireResponse
  ) throws(WireError) -> WireReply {
    throw WireError(.unsupported, "\(service.name).\(operation) is not spoken")
  }

  /// The call that a request makes: which operation, with which parameters.
  ///
  /// - Throws: `unknownOperation`, `malformed`, `limit`.
  package func call(from request: WireRequest) throws(WireError) -> Call {
    throw WireError(.unsupported, "\(service.name) is not spoken")
  }

  /// The response that carries an operation's output.
  ///
  /// - Throws: `unknownOperation`; `parameter` where the output is not of its shape.
  package func response(
    to operation: String, output: Value, requestID: String
  ) throws(WireError) -> WireResponse {
    throw WireError(.unsupported, "\(service.name).\(operation) is not spoken")
  }

  /// The response that carries an error; its status is the model's where `failure.status` is 0.
  ///
  /// - Parameter operation: nil where the request's operation was not recognised.
  package func response(
    to operation: String?, failure: WireFailure, requestID: String
  ) -> WireResponse {
    WireResponse(status: failure.status)
  }
}
