internal import AWSCatalog
internal import Canon
internal import CloudModel

/// The messages of the protocols whose path says nothing of the parameters.
struct RPCMessages {
  private let service: CatalogService
  private let wire: OperationWire
  private let speaks: WireProtocol
  private let limits: WireLimits

  /// The messages of one operation.
  init(
    _ service: CatalogService, _ wire: OperationWire, _ speaks: WireProtocol, _ limits: WireLimits
  ) {
    self.service = service
    self.wire = wire
    self.speaks = speaks
    self.limits = limits
  }

  private func whole(_ place: Int) -> WireMember {
    WireMember(name: "", node: place)
  }

  /// The request of a call.
  func request(_ parameters: Value) throws(WireError) -> WireRequest {
    var request = WireRequest(method: wire.operation.method)
    switch speaks {
    case .ec2, .query:
      var writer = WireFormWriter(wire.nodes, isEC2: speaks == .ec2)
      writer.field("Action", wire.operation.name)
      writer.field("Version", service.apiVersion)
      if let input = wire.input { try writer.structure(parameters, input) }
      request.body = writer.bytes
      request.headers = [
        WireField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
      ]
    case .json, .restJSON, .restXML:
      request.headers = [
        WireField("X-Amz-Target", "\(service.targetPrefix ?? "").\(wire.operation.name)"),
        WireField("Content-Type", "application/x-amz-json-\(service.jsonVersion ?? "1.0")"),
      ]
      if service.isQueryCompatible {
        request.headers.append(WireField("x-amzn-query-mode", "true"))
      }
      var writer = WireJSONWriter(wire.nodes, isRequest: true)
      if let input = wire.input {
        try writer.structure(parameters, input)
        request.body = writer.bytes
      } else {
        request.body = Array("{}".utf8)
      }
    case .cbor: try writeCBOR(parameters, &request)
    }
    return request
  }

  private func writeCBOR(_ parameters: Value, _ request: inout WireRequest) throws(WireError) {
    request.method = "POST"
    request.path =
      "/service/\(service.targetPrefix ?? "")/operation/\(wire.operation.name)"
    request.headers = [WireField("smithy-protocol", "rpc-v2-cbor")]
    if service.isQueryCompatible {
      request.headers.append(WireField("x-amzn-query-mode", "true"))
    }
    request.headers.append(WireField("Accept", "application/cbor"))
    guard let input = wire.input else { return }
    var writer = WireCBORWriter(wire.nodes, isRequest: true)
    try writer.structure(parameters, input)
    request.body = writer.bytes
    request.headers.append(WireField("Content-Type", "application/cbor"))
  }

  /// The output of a response.
  func output(_ response: WireResponse) throws(WireError) -> WireOutput {
    var output = WireOutput(
      value: .record([:]), requestID: FailureReader.requestID(response.headers))
    switch speaks {
    case .ec2, .query: try readXML(response.body, &output)
    case .json, .restJSON, .restXML:
      guard let place = wire.output, !response.body.isEmpty else { break }
      var reader = WireJSONReader(response.body, wire.nodes, limits)
      output.value = try reader.message(whole(place))
    case .cbor:
      guard let place = wire.output, !response.body.isEmpty else { break }
      var reader = WireCBORReader(response.body, wire.nodes, limits)
      output.value = try reader.message(whole(place))
    }
    if output.value == .null { output.value = .record([:]) }
    return output
  }

  private func readXML(_ body: [UInt8], _ output: inout WireOutput) throws(WireError) {
    if wire.output == nil, body.allSatisfy(XMLReader.isBlank) { return }
    var reader = try WireXMLReader(body, wire.nodes, limits)
    guard try reader.openRoot() else { return }
    var requestID: String?
    func other(_ xml: inout XMLReader) throws(WireError) -> Bool {
      let name = xml.bytes[xml.name]
      if name.elementsEqual("requestId".utf8) || name.elementsEqual("RequestId".utf8) {
        requestID = try xml.text()
        return true
      }
      guard name.elementsEqual("ResponseMetadata".utf8) else { return false }
      while try xml.open() {
        if xml.bytes[xml.name].elementsEqual("RequestId".utf8) {
          requestID = try xml.text()
        } else {
          try xml.skip()
        }
      }
      return true
    }
    if let wrapper = wire.operation.resultWrapper, let place = wire.output {
      var isFound = false
      while try reader.xml.open() {
        if !isFound, reader.named(wrapper) {
          isFound = true
          output.value = try reader.structure(place)
        } else if try !other(&reader.xml) {
          try reader.xml.skip()
        }
      }
      guard isFound else { throw reader.xml.malformed("the element \(wrapper) is missing") }
    } else if let place = wire.output {
      output.value = try reader.structure(place) { (xml) throws(WireError) in try other(&xml) }
    } else {
      while try reader.xml.open() {
        if try !other(&reader.xml) { try reader.xml.skip() }
      }
    }
    try reader.xml.end()
    output.requestID = requestID ?? output.requestID
  }

  /// The form of a request: its body, or its query.
  static func form(_ request: WireRequest, _ limits: WireLimits) throws(WireError) -> WireForm {
    var form = try WireForm(request.body, limits)
    if form.value(of: "Action") == nil { form.append(request.query) }
    return form
  }

  /// The operation that a request names in its target or in its path.
  static func operationName(
    _ request: WireRequest, _ speaks: WireProtocol
  ) throws(WireError) -> String {
    let text =
      speaks == .cbor
      ? request.path.split(separator: "/").last.map(String.init)
      : request.headers.value(ofHeader: "X-Amz-Target")
    guard let name = text?.split(separator: ".").last else {
      throw WireError(.unknownOperation, "the request names no operation")
    }
    return String(name)
  }

  /// The parameters of a form.
  func parameters(_ form: WireForm) throws(WireError) -> Value {
    guard let input = wire.input else { return .record([:]) }
    var reader = try WireFormReader(form, wire.nodes, isEC2: speaks == .ec2, limits)
    return try reader.message(input)
  }

  /// The parameters of a body.
  func parameters(_ body: [UInt8]) throws(WireError) -> Value {
    guard let input = wire.input, !body.isEmpty else { return .record([:]) }
    let value: Value
    if speaks == .cbor {
      var reader = WireCBORReader(body, wire.nodes, limits)
      value = try reader.message(whole(input))
    } else {
      var reader = WireJSONReader(body, wire.nodes, limits)
      value = try reader.message(whole(input))
    }
    return value == .null ? .record([:]) : value
  }

  /// The response that carries an output.
  func response(_ output: Value, requestID: String) throws(WireError) -> WireResponse {
    var response = WireResponse(
      status: wire.operation.status, headers: [WireField("x-amzn-RequestId", requestID)])
    switch speaks {
    case .ec2, .query:
      response.headers.append(WireField("Content-Type", "text/xml"))
      response.body = try xml(output, requestID)
    case .json, .restJSON, .restXML:
      response.headers.append(
        WireField("Content-Type", "application/x-amz-json-\(service.jsonVersion ?? "1.0")"))
      guard let place = wire.output else { break }
      var writer = WireJSONWriter(wire.nodes, isRequest: false)
      try writer.structure(output, place)
      response.body = writer.bytes
    case .cbor:
      response.headers.append(WireField("smithy-protocol", "rpc-v2-cbor"))
      guard let place = wire.output else { break }
      response.headers.append(WireField("Content-Type", "application/cbor"))
      var writer = WireCBORWriter(wire.nodes, isRequest: false)
      try writer.structure(output, place)
      response.body = writer.bytes
    }
    return response
  }

  private func xml(_ output: Value, _ requestID: String) throws(WireError) -> [UInt8] {
    var writer = WireXMLWriter(wire.nodes, .response)
    let root = wire.operation.name + "Response"
    let namespace =
      service.xmlNamespace ?? "http://\(service.name).amazonaws.com/doc/\(service.apiVersion)/"
    try writer.xml.open(root, WireXMLWriter.namespace(namespace, prefix: nil))
    if speaks == .ec2 { try writer.xml.element("requestId", requestID) }
    let wrapper = speaks == .query && wire.output != nil ? wire.operation.resultWrapper : nil
    if let wrapper { try writer.xml.open(wrapper) }
    if let place = wire.output { try writer.members(of: output, place) }
    if let wrapper { writer.xml.close(wrapper) }
    if speaks == .query {
      try writer.xml.open("ResponseMetadata")
      try writer.xml.element("RequestId", requestID)
      writer.xml.close("ResponseMetadata")
    }
    writer.xml.close(root)
    return writer.xml.bytes
  }
}
