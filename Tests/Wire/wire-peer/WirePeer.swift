import AWSCatalog
import AWSWire
import Canon
import CloudModel
import Foundation

/// Answers questions about the wire, one JSON object a line, so that `check.py` can hold it against
/// botocore: `{"do": "request", "service": …, "protocol": …, "operation": …, "value": …}` and the
/// like. Each answer is one line; a question that has none is answered with `{"error": …}`. With
/// `--bench` it times itself instead, at all samples or at those of the operations that are named.
@main
struct WirePeer {
  private let catalog = Catalog()
  private var services: [String: CatalogService] = [:]
  private var wires: [String: ServiceWire] = [:]

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--bench" { return try WireBench.run(only: Array(arguments.dropFirst())) }
    var peer = WirePeer()
    while let line = readLine() {
      FileHandle.standardOutput.write(Data((peer.answer(line).text() + "\n").utf8))
    }
  }

  private mutating func answer(_ line: String) -> JSON {
    do {
      return try answer(to: JSON(parsing: line))
    } catch let error as WireError {
      return .object([
        JSON.Member("error", .string(error.description)),
        JSON.Member("kind", .string(error.kind.rawValue)),
      ])
    } catch {
      return .object([JSON.Member("error", .string(String(describing: error)))])
    }
  }

  private mutating func answer(to question: JSON) throws -> JSON {
    let name = question["service"]?.text ?? ""
    if question["do"] == .string("endpoint") { return try endpoint(name, question) }
    let speaks = question["protocol"]?.text.flatMap(WireProtocol.init)
    let wire = try wire(name, speaks)
    let operation = question["operation"]?.text ?? ""
    let value = try question["value"].map(Value.init(json:)) ?? .record([:])
    switch question["do"]?.text {
    case "request":
      return json(try wire.request(for: operation, parameters: value))
    case "call":
      let call = try wire.call(from: request(question))
      return .object([
        JSON.Member("operation", .string(call.operation)),
        JSON.Member("value", call.parameters.json),
      ])
    case "response":
      return json(try wire.response(to: operation, output: value, requestID: "r-1"))
    case "failure":
      let failure = WireFailure(
        code: question["code"]?.text ?? "", message: question["message"]?.text ?? "", status: 0,
        members: value)
      return json(wire.response(to: operation, failure: failure, requestID: "r-1"))
    case "serve": return try serve(wire.service, question)
    case "reply": return try reply(wire.reply(to: operation, response(question)))
    case .some, nil: throw WireError(.unsupported, "there is no such question")
    }
  }

  /// Answers a request as a service does: verifies its signature, decodes its call, and says what
  /// the question wants to be said.
  private func serve(_ service: CatalogService, _ question: JSON) throws -> JSON {
    let request = try request(question)
    let isSigned = request.headers.value(ofHeader: "Authorization") != nil
    if isSigned {
      let credentials = AWSCredentials(
        accessKeyID: question["key"]?.text ?? "",
        secretAccessKey: question["secret"]?.text ?? "")
      let verifier = SignatureVerifier(
        region: question["region"]?.text ?? "", service: service.signingName)
      let now = SigningMoment(secondsSince1970: Int64(Date().timeIntervalSince1970))
      let verdict = verifier.verify(request, at: now) {
        $0 == credentials.accessKeyID ? .valid(credentials) : .unknown
      }
      if case .failure(let refusal) = verdict {
        throw WireError(.malformed, "the signature is refused: \(refusal)")
      }
    }
    let wire = ServiceWire(service).answering(request)
    let call = try wire.call(from: request)
    let value = try question["value"].map(Value.init(json:)) ?? .record([:])
    var response: WireResponse
    if question["failure"] == .bool(true) {
      let failure = WireFailure(
        code: question["code"]?.text ?? "", message: question["message"]?.text ?? "", status: 0,
        members: value)
      response = wire.response(to: call.operation, failure: failure, requestID: "r-1")
    } else {
      response = try wire.response(to: call.operation, output: value, requestID: "r-1")
    }
    return .object([
      JSON.Member("operation", .string(call.operation)),
      JSON.Member("value", call.parameters.json), JSON.Member("signed", .bool(isSigned)),
      JSON.Member("protocol", .string(wire.speaks.rawValue)),
      JSON.Member("response", json(response)),
    ])
  }

  private mutating func wire(_ name: String, _ speaks: WireProtocol?) throws -> ServiceWire {
    let key = "\(name) \(speaks?.rawValue ?? "")"
    if let known = wires[key] { return known }
    let made = ServiceWire(try service(name), speaking: speaks)
    wires[key] = made
    return made
  }

  private mutating func endpoint(_ name: String, _ question: JSON) throws -> JSON {
    var asked = EndpointQuestion(region: nil)
    for member in question["value"]?.members ?? [] {
      asked.parameters[member.name] =
        member.value.truth.map { .truth($0) } ?? .text(member.value.text ?? "")
    }
    let found = try service(name).endpoint(asked)
    let headers = found.headers.keys.sorted().map { name in
      JSON.Member(name, .array((found.headers[name] ?? []).map { .string($0) }))
    }
    return .object([
      JSON.Member("url", .string(found.url)), JSON.Member("headers", .object(headers)),
      JSON.Member("schemes", .array(found.authSchemes.map(json))),
    ])
  }

  private func json(_ scheme: EndpointAuthScheme) -> JSON {
    .array([
      .string(scheme.name), scheme.signingName.map { .string($0) } ?? .null,
      scheme.signingRegion.map { .string($0) } ?? .null,
      .array(scheme.signingRegionSet.map { .string($0) }), .bool(scheme.disablesDoubleEncoding),
    ])
  }

  private mutating func service(_ name: String) throws -> CatalogService {
    if let known = services[name] { return known }
    guard let made = catalog.service(name) else {
      throw WireError(.unsupported, "there is no service \(name)")
    }
    services[name] = made
    return made
  }

  private func request(_ question: JSON) throws -> WireRequest {
    WireRequest(
      method: question["method"]?.text ?? "POST", path: question["path"]?.text ?? "/",
      query: fields(question["query"]), headers: fields(question["headers"]),
      body: try body(question))
  }

  private func response(_ question: JSON) throws -> WireResponse {
    WireResponse(
      status: Int(question["status"]?.integer ?? 200), headers: fields(question["headers"]),
      body: try body(question))
  }

  private func body(_ question: JSON) throws -> [UInt8] {
    guard let bytes = WireBytes.fromBase64(question["body"]?.text ?? "") else {
      throw WireError(.malformed, "the question's body is in base64")
    }
    return bytes
  }

  private func fields(_ json: JSON?) -> [WireField] {
    (json?.elements ?? []).map { pair in
      WireField(pair.elements?.first?.text ?? "", pair.elements?.last?.text)
    }
  }

  private func json(_ fields: [WireField]) -> JSON {
    .array(fields.map { .array([.string($0.name), $0.value.map { .string($0) } ?? .null]) })
  }

  private func json(_ request: WireRequest) -> JSON {
    .object([
      JSON.Member("method", .string(request.method)), JSON.Member("path", .string(request.path)),
      JSON.Member("query", json(request.query)), JSON.Member("headers", json(request.headers)),
      JSON.Member("body", .string(WireBytes.base64(request.body))),
      JSON.Member("hostPrefix", .string(request.hostPrefix)),
    ])
  }

  private func json(_ response: WireResponse) -> JSON {
    .object([
      JSON.Member("status", .integer(response.status)),
      JSON.Member("headers", json(response.headers)),
      JSON.Member("body", .string(WireBytes.base64(response.body))),
    ])
  }

  private func reply(_ reply: WireReply) -> JSON {
    switch reply {
    case .success(let output):
      .object([
        JSON.Member("value", output.value.json),
        JSON.Member("requestID", output.requestID.map { .string($0) } ?? .null),
      ])
    case .failure(let failure):
      .object([
        JSON.Member("code", .string(failure.code)),
        JSON.Member("message", .string(failure.message)),
        JSON.Member("fault", .string(failure.fault.rawValue)),
        JSON.Member("requestID", failure.requestID.map { .string($0) } ?? .null),
        JSON.Member("members", failure.members.json),
      ])
    }
  }
}
