package import AWSCatalog
internal import Canon
package import CloudModel

/// One service's wire, both ways: what a client sends and understands, and what a server
/// understands and sends. It knows no clock, chance, signature or network.
///
/// Values are records in AWS's member names. What `Value` has no form of stands as text, by its
/// shape: a blob in base64; a moment as `2026-01-31T23:59:59Z`, with six digits of a second where
/// it has a fraction (whole seconds since 1970 are understood, too); a fraction in decimals (`1.5`,
/// `1e-07`, `NaN`, `Infinity`). In a document, where no shape says so, a fraction is the record
/// `{"$float": "1.5"}`.
///
/// What is resolved of an operation is kept, so keep the wire.
package struct ServiceWire: Sendable {
  /// The service.
  package let service: CatalogService
  /// How calls travel.
  package let speaks: WireProtocol
  /// What is taken at most.
  package let limits: WireLimits
  private let cache: WireCache

  /// The wire of a service, in the protocol that AWS's clients prefer or in a given one.
  package init(
    _ service: CatalogService, speaking protocol: WireProtocol? = nil,
    limits: WireLimits = WireLimits()
  ) {
    self.service = service
    self.limits = limits
    speaks = `protocol` ?? service.protocols.compactMap(WireProtocol.init).first ?? .json
    cache = WireCache()
  }

  private init(_ other: ServiceWire, speaking protocol: WireProtocol) {
    service = other.service
    limits = other.limits
    cache = other.cache
    speaks = `protocol`
  }

  /// The same wire in the protocol that a request speaks, since a service may know several.
  package func answering(_ request: WireRequest) -> ServiceWire {
    let known = service.protocols.compactMap(WireProtocol.init)
    let heard: WireProtocol? =
      if request.headers.value(ofHeader: "smithy-protocol") != nil {
        .cbor
      } else if request.headers.value(ofHeader: "X-Amz-Target") != nil {
        .json
      } else {
        known.first { $0 != .cbor && $0 != .json }
      }
    return heard.flatMap { known.contains($0) ? ServiceWire(self, speaking: $0) : nil } ?? self
  }

  private func operation(_ name: String) throws(WireError) -> OperationWire {
    guard let wire = cache.operation(name, of: service) else {
      throw WireError(.unknownOperation, "\(service.name) has no operation \(name)")
    }
    return wire
  }

  /// The request that makes a call.
  ///
  /// Nothing is filled in: client tokens, checksums and account ids are the caller's.
  ///
  /// - Throws: `unknownOperation`; `parameter` for one that is missing, unknown or of another
  ///   type; `unsupported` for a stream of events.
  package func request(
    for operation: String, parameters: Value
  ) throws(WireError) -> WireRequest {
    let wire = try self.operation(operation)
    var request: WireRequest
    switch speaks {
    case .restJSON, .restXML:
      var writer = RESTRequestWriter(wire, speaks)
      request = try writer.request(parameters)
    case .ec2, .query, .json, .cbor:
      request = try RPCMessages(service, wire, speaks, limits).request(parameters)
    }
    request.hostPrefix = try hostPrefix(wire, parameters)
    return request
  }

  private func hostPrefix(
    _ wire: OperationWire, _ parameters: Value
  ) throws(WireError) -> String {
    guard var prefix = wire.operation.hostPrefix else { return "" }
    for member in wire.input.map({ wire.nodes[$0].members }) ?? [] where member.isHostLabel {
      let label = try WireScalar.string(parameters[member.name])
      let isPlain = label.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
          || $0 == 46
      }
      guard isPlain, !label.isEmpty else {
        throw WireError(
          .parameter, at: member.name, "a part of a host has letters, digits, hyphens and dots")
      }
      prefix = prefix.split(separator: "{\(member.name)}", omittingEmptySubsequences: false)
        .joined(separator: label)
    }
    return prefix
  }

  /// What a response to an operation says.
  ///
  /// A status of 301 and more is an error, whatever stands in it: also one that a proxy made.
  ///
  /// - Throws: `unknownOperation`; `malformed` and `limit` for a successful response whose body is
  ///   none of the protocol; `unsupported` for a stream of events. The call may have been carried
  ///   out nonetheless.
  package func reply(
    to operation: String, _ response: WireResponse
  ) throws(WireError) -> WireReply {
    let wire = try self.operation(operation)
    if response.status >= 301 || isLateError(response) {
      return .failure(FailureReader(wire, speaks, limits).failure(response))
    }
    if let stream = wire.eventStream {
      throw WireError(.unsupported, at: stream.name, "streams of events are not read")
    }
    switch speaks {
    case .restJSON, .restXML:
      let reader = RESTMessageReader(wire.nodes, speaks, limits)
      let value = try wire.output.map { (place) throws(WireError) in
        try reader.answer(response, place)
      }
      return .success(
        WireOutput(
          value: value ?? .record([:]), requestID: FailureReader.requestID(response.headers)))
    case .ec2, .query, .json, .cbor:
      return .success(try RPCMessages(service, wire, speaks, limits).output(response))
    }
  }

  /// Whether S3 answered 200 before it knew that the operation would fail, as it does for long
  /// ones.
  private func isLateError(_ response: WireResponse) -> Bool {
    guard service.name == "s3", response.status == 200,
      response.headers.value(ofHeader: "Content-Type")?.hasSuffix("xml") ?? true,
      response.body.count < 10_000, var xml = try? XMLReader(response.body, limits),
      (try? xml.open()) == true
    else { return false }
    return xml.bytes[xml.name].elementsEqual("Error".utf8)
  }

  /// The call that a request makes: which operation, with which parameters. The request speaks
  /// `speaks`; see `answering`.
  ///
  /// - Throws: `unknownOperation`, `malformed`, `limit`, `unsupported`.
  package func call(from request: WireRequest) throws(WireError) -> Call {
    let name: String
    let parameters: Value
    switch speaks {
    case .restJSON, .restXML:
      guard let route = cache.router(of: service).match(request) else {
        throw WireError(.unknownOperation, "nothing is at \(request.method) \(request.path)")
      }
      name = route.operation
      let wire = try operation(name)
      let reader = RESTMessageReader(wire.nodes, speaks, limits)
      parameters =
        try wire.input.map { (place) throws(WireError) in
          try reader.request(request, place, labels: route.labels, fixed: wire.uri.query)
        } ?? .record([:])
    case .ec2, .query:
      let form = try RPCMessages.form(request, limits)
      guard let action = form.value(of: "Action") else {
        throw WireError(.unknownOperation, "the request names no action")
      }
      name = action
      let wire = try operation(name)
      parameters = try RPCMessages(service, wire, speaks, limits).parameters(form)
    case .json, .cbor:
      name = try RPCMessages.operationName(request, speaks)
      let wire = try operation(name)
      parameters = try RPCMessages(service, wire, speaks, limits).parameters(request.body)
    }
    return Call(service: service.name, operation: name, parameters: parameters)
  }

  /// The response that carries an operation's output.
  ///
  /// - Throws: `unknownOperation`; `parameter` where the output is not of its shape;
  ///   `unsupported` for a stream of events.
  package func response(
    to operation: String, output: Value, requestID: String
  ) throws(WireError) -> WireResponse {
    let wire = try self.operation(operation)
    if let stream = wire.eventStream {
      throw WireError(.unsupported, at: stream.name, "streams of events are not sent")
    }
    switch speaks {
    case .restJSON, .restXML:
      let isBare = service.name == "s3" && operation == "GetBucketLocation"
      var writer = RESTResponseWriter(wire, speaks, isBare: isBare)
      var response = try writer.response(output, wire.output)
      let name = service.name == "s3" ? "x-amz-request-id" : "x-amzn-RequestId"
      response.headers.insert(WireField(name, requestID), at: 0)
      return response
    case .ec2, .query, .json, .cbor:
      return try RPCMessages(service, wire, speaks, limits)
        .response(output, requestID: requestID)
    }
  }

  /// The response that carries an error; its status is the model's where `failure.status` is 0.
  ///
  /// - Parameter operation: nil where the request's operation was not recognised.
  package func response(
    to operation: String?, failure: WireFailure, requestID: String
  ) -> WireResponse {
    let wire = operation.flatMap { cache.operation($0, of: service) }
    return FailureWriter(service, wire, speaks, requestID: requestID).response(failure)
  }
}
