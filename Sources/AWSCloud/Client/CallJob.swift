import AWSCatalog
import AWSWire
import Canon
import CloudModel

/// A call ready to be sent, as often as it takes.
struct CallJob {
  let call: Call
  let operation: CatalogOperation
  let wire: ServiceWire
  let habits: ServiceHabits
  /// Without host and signature; the same at each attempt.
  let request: WireRequest
  let endpoint: ResolvedEndpoint
  let family: APIFamily
  /// Whether a repetition does no harm.
  let isRepeatable: Bool
  /// How the body is signed.
  let payload: SignedPayload
  /// Whether there is a signature at all.
  let isSigned: Bool

  /// Prepares a call.
  ///
  /// - Parameters:
  ///   - canSign: Whether there are credentials.
  ///   - token: Makes a client token.
  init(
    _ call: Call, wire: ServiceWire, endpoints: EndpointResolver, canSign: Bool,
    token: () -> String
  ) throws(CloudFailure) {
    guard let operation = wire.service.operation(call.operation) else {
      throw .invalid(
        WireError(.unknownOperation, "\(call.service) has no operation '\(call.operation)'"))
    }
    self.call = call
    self.operation = operation
    self.wire = wire
    habits = ServiceHabits(service: wire.service, operation: operation)
    let (filled, hasToken) = Self.withTokens(call, wire.service, token)
    let parameters = habits.prepared(filled)
    endpoint = try endpoints.resolve(operation, parameters: parameters)
    var request: WireRequest
    do throws(WireError) {
      request = try wire.request(for: call.operation, parameters: parameters)
    } catch { throw .invalid(error) }
    habits.addHeaders(&request)
    try BodyProtection.add(to: &request, operation, parameters: parameters)
    request.headers.append(WireField("User-Agent", "fugue/0.1"))
    request.headers.append(WireField("Accept-Encoding", "identity"))
    isSigned = canSign && !operation.isUnsigned
    if isSigned, let way = operation.authType ?? wire.service.authSchemes.first,
      way == "bearer" || way.hasSuffix("httpBearerAuth")
    {
      throw .configuration(
        "\(call.service) \(call.operation) is signed with a bearer token, which is not supported.")
    }
    let nature = CallNature(operation, hasToken: hasToken)
    family = APIFamily(service: call.service, isReading: nature == .reading)
    isRepeatable = nature != .once
    // S3 takes an unsigned body over TLS alone; over plain HTTP the body is always signed.
    payload =
      (operation.isPayloadUnsigned || operation.authType == "v4-unsigned-body")
        && endpoint.origin.isSecure ? .unsigned : .digest
    self.request = request
  }

  /// Fills in the client tokens that are not there.
  private static func withTokens(
    _ call: Call, _ service: CatalogService, _ token: () -> String
  ) -> (parameters: Value, hasToken: Bool) {
    let tokens = (service.input(of: call.operation)?.members ?? []).filter(\.isIdempotencyToken)
    guard !tokens.isEmpty, case .record(var fields) = call.parameters else {
      return (call.parameters, false)
    }
    for member in tokens where (fields[member.name] ?? .null) == .null {
      fields[member.name] = .string(token())
    }
    return (.record(fields), true)
  }

  /// The request as it goes to the endpoint, without a signature.
  func message(_ settings: CloudSettings) -> HTTPMessage {
    var request = request
    var origin = endpoint.origin
    if endpoint.takesHostPrefix { origin.host = request.hostPrefix + origin.host }
    request.path = path
    origin.basePath = ""
    return HTTPMessage(
      origin: origin, request: request, connectMilliseconds: settings.connectMilliseconds,
      totalMilliseconds: settings.totalMilliseconds, bodyLimit: settings.bodyLimit)
  }

  /// The path at the endpoint: without the bucket where the endpoint has it.
  private var path: String {
    let base = endpoint.origin.basePath
    guard endpoint.bucket != nil else { return base + request.path }
    let rest = request.path.dropFirst().drop { $0 != "/" }
    return rest.isEmpty && base.isEmpty ? "/" : base + rest
  }
}
