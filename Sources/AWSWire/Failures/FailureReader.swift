internal import AWSCatalog
internal import Canon
internal import CloudModel

/// Reads what a response with an error says. It never fails: whatever the bytes are, a status says
/// something.
struct FailureReader {
  private let wire: OperationWire
  private let speaks: WireProtocol
  private let limits: WireLimits

  /// A reader of one operation's errors.
  init(_ wire: OperationWire, _ speaks: WireProtocol, _ limits: WireLimits) {
    self.wire = wire
    self.speaks = speaks
    self.limits = limits
  }

  /// The error of a response.
  func failure(_ response: WireResponse) -> WireFailure {
    var failure = WireFailure(
      code: String(response.status), message: Self.reason(response.status),
      status: response.status)
    failure.requestID = Self.requestID(response.headers)
    if !isGeneric(response) {
      switch speaks {
      case .ec2, .query, .restXML: readXML(response, &failure)
      case .json, .restJSON: readJSON(response, &failure)
      case .cbor: readCBOR(response, &failure)
      }
    }
    if let found = wire.error(failure.code) {
      if failure.fault == .unknown, let isSender = found.error.isSender {
        failure.fault = isSender ? .sender : .receiver
      }
      failure.members = (try? members(response, found.node)) ?? .null
    }
    return failure
  }

  /// The id of a request, as headers name it.
  static func requestID(_ headers: [WireField]) -> String? {
    headers.value(ofHeader: "x-amzn-RequestId") ?? headers.value(ofHeader: "x-amz-request-id")
  }

  /// Whether something before the service answered: a proxy, or a balancer.
  private func isGeneric(_ response: WireResponse) -> Bool {
    guard response.status >= 500 else { return false }
    let body = response.body.drop { XMLReader.isBlank($0) }
    return body.isEmpty || body.starts(with: "<html>".utf8)
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 301: "Moved Permanently"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 412: "Precondition Failed"
    case 413: "Request Entity Too Large"
    case 416: "Requested Range Not Satisfiable"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: ""
    }
  }

  private func readXML(_ response: WireResponse, _ failure: inout WireFailure) {
    guard var reader = try? WireXMLReader(response.body, wire.nodes, limits),
      let found = try? Self.errorElement(&reader)
    else { return }
    failure.code = found.code ?? failure.code
    failure.message = found.message ?? ""
    failure.requestID = found.requestID ?? failure.requestID
    switch found.type {
    case "Sender": failure.fault = .sender
    case "Receiver", "Server": failure.fault = .receiver
    case .some, nil: break
    }
  }

  private struct ErrorElement {
    var code: String?
    var message: String?
    var type: String?
    var requestID: String?
  }

  private static func errorElement(
    _ reader: inout WireXMLReader
  ) throws(WireError) -> ErrorElement {
    var out = ErrorElement()
    guard try reader.xml.open() else { return out }
    if reader.named("Error") {
      try readError(&reader, &out)
      return out
    }
    while try reader.xml.open() {
      if reader.named("Error") {
        try readError(&reader, &out)
      } else if reader.named("Errors") {
        while try reader.xml.open() { try readError(&reader, &out) }
      } else if reader.named("RequestId") || reader.named("RequestID") {
        out.requestID = try reader.xml.text()
      } else {
        try reader.xml.skip()
      }
    }
    return out
  }

  private static func readError(
    _ reader: inout WireXMLReader, _ out: inout ErrorElement
  ) throws(WireError) {
    while try reader.xml.open() {
      if reader.named("Code") {
        out.code = try reader.xml.text()
      } else if reader.named("Message") || reader.named("message") {
        out.message = try reader.xml.text()
      } else if reader.named("Type") {
        out.type = try reader.xml.text()
      } else if reader.named("RequestId") {
        out.requestID = try reader.xml.text()
      } else {
        try reader.xml.skip()
      }
    }
  }

  private func readJSON(_ response: WireResponse, _ failure: inout WireFailure) {
    let header = speaks == .restJSON ? response.headers.value(ofHeader: "x-amzn-errortype") : nil
    guard let body = document(response.body) else {
      failure.message = String(decoding: response.body.prefix(4096), as: UTF8.self)
      if let header { failure.code = Self.bareCode(header) }
      return
    }
    let code =
      header ?? (speaks == .restJSON ? body["code"].text ?? body["Code"].text : nil)
      ?? body["__type"].text
    failure.message = body["message"].text ?? body["Message"].text ?? ""
    if let code { failure.code = Self.bareCode(code) }
    readQueryError(response, &failure)
  }

  private func readCBOR(_ response: WireResponse, _ failure: inout WireFailure) {
    let names = WireNode(
      kind: .structure, name: "Error",
      members: ["__type", "message", "Message"].map { name in
        WireMember(name: name, node: 1)
      })
    let nodes = [names, WireNode(kind: .string, name: "string")]
    var reader = WireCBORReader(response.body, nodes, limits)
    let whole = WireMember(name: "", node: 0)
    guard let body = try? reader.message(whole) else { return }
    failure.message = body["message"].text ?? body["Message"].text ?? ""
    if let code = body["__type"].text { failure.code = Self.bareCode(code) }
    readQueryError(response, &failure)
  }

  /// The code of the query protocol that a service spoke once: `Code;Sender`.
  private func readQueryError(_ response: WireResponse, _ failure: inout WireFailure) {
    let parts = (response.headers.value(ofHeader: "x-amzn-query-error") ?? "").split(
      separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return }
    failure.code = String(parts[0])
    failure.fault =
      parts[1] == "Sender" ? .sender : parts[1] == "Receiver" ? .receiver : .unknown
  }

  private func document(_ body: [UInt8]) -> Value? {
    if body.isEmpty { return .record([:]) }
    var reader = WireJSONReader(body, [WireNode(kind: .document, name: "document")], limits)
    let any = WireMember(name: "", node: 0)
    guard let value = try? reader.message(any), case .record = value else { return nil }
    return value
  }

  /// A code without the namespace before it and the address after it.
  private static func bareCode(_ text: String) -> String {
    let before = text.prefix { $0 != ":" }
    return String(before.split(separator: "#").last ?? before)
  }

  private func members(_ response: WireResponse, _ place: Int) throws(WireError) -> Value {
    let whole = WireMember(name: "", node: place)
    switch speaks {
    case .restJSON:
      return try RESTMessageReader(wire.nodes, speaks, limits).answer(response, place)
    case .json:
      var reader = WireJSONReader(response.body, wire.nodes, limits)
      return try reader.message(whole)
    case .cbor:
      var reader = WireCBORReader(response.body, wire.nodes, limits)
      return try reader.message(whole)
    case .ec2, .query, .restXML:
      var reader = try WireXMLReader(response.body, wire.nodes, limits)
      guard try reader.xml.open() else { return .null }
      if reader.named("Error") { return try reader.structure(place) }
      while try reader.xml.open() {
        if reader.named("Error") { return try reader.structure(place) }
        if !reader.named("Errors") { try reader.xml.skip() }
      }
      return .null
    }
  }
}
