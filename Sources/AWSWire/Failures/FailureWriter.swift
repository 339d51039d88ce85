internal import AWSCatalog
internal import Canon
internal import CloudModel

/// Writes errors as the protocols have them.
struct FailureWriter {
  private let service: CatalogService
  private let wire: OperationWire?
  private let speaks: WireProtocol
  private let requestID: String

  /// A writer of one error; `wire` is nil where the operation was not recognised.
  init(
    _ service: CatalogService, _ wire: OperationWire?, _ speaks: WireProtocol, requestID: String
  ) {
    self.service = service
    self.wire = wire
    self.speaks = speaks
    self.requestID = requestID
  }

  /// The response.
  func response(_ failure: WireFailure) -> WireResponse {
    let known = wire?.error(failure.code)
    var failure = failure
    if failure.fault == .unknown {
      let isSender = known?.error.isSender ?? (failure.status == 0 || failure.status < 500)
      failure.fault = isSender ? .sender : .receiver
    }
    if failure.status == 0 {
      failure.status = known?.error.status ?? (failure.fault == .receiver ? 500 : 400)
    }
    switch speaks {
    case .ec2, .query, .restXML: return xml(failure, known?.node)
    case .json, .restJSON: return json(failure, known)
    case .cbor: return cbor(failure, known)
    }
  }

  private func headers(_ type: String) -> [WireField] {
    let name = service.name == "s3" ? "x-amz-request-id" : "x-amzn-RequestId"
    return [WireField(name, requestID), WireField("Content-Type", type)]
  }

  /// The text without characters that XML cannot carry.
  private func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isCarried =
        scalar.value >= 32 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        || scalar == "\n" || scalar == "\t" || scalar == "\r"
      out.append(isCarried ? scalar : " ")
    }
    return String(out)
  }

  private func xml(_ failure: WireFailure, _ node: Int?) -> WireResponse {
    var headers = headers(speaks == .restXML ? "application/xml" : "text/xml")
    if let wire, let node { headers += modelledHeaders(failure, wire.nodes, wire.nodes[node]) }
    return WireResponse(
      status: failure.status, headers: headers, body: (try? document(failure, node)) ?? [])
  }

  private func document(_ failure: WireFailure, _ node: Int?) throws(WireError) -> [UInt8] {
    var writer = WireXMLWriter(wire?.nodes ?? [], .response)
    let isS3 = service.name == "s3"
    let outer = speaks == .ec2 ? ["Response", "Errors"] : isS3 ? [] : ["ErrorResponse"]
    for (index, name) in outer.enumerated() {
      let namespace = speaks == .query && index == 0 ? service.xmlNamespace : nil
      try writer.xml.open(name, WireXMLWriter.namespace(namespace, prefix: nil))
    }
    try writer.xml.open("Error")
    if speaks != .ec2, !isS3 {
      try writer.xml.element("Type", failure.fault == .receiver ? "Receiver" : "Sender")
    }
    try writer.xml.element("Code", plain(failure.code))
    try writer.xml.element("Message", plain(failure.message))
    if wire != nil, let node {
      var members = failure.members.fields
      for name in ["Message", "message", "Code", "Type"] { members[name] = nil }
      var extended = writer
      if (try? extended.members(of: .record(members), node)) != nil {
        writer = extended
      }
    }
    if isS3 { try writer.xml.element("RequestId", plain(requestID)) }
    writer.xml.close("Error")
    switch speaks {
    case .ec2:
      writer.xml.close("Errors")
      try writer.xml.element("RequestID", plain(requestID))
      writer.xml.close("Response")
    case .query, .restXML, .json, .restJSON, .cbor:
      guard !isS3 else { break }
      try writer.xml.element("RequestId", plain(requestID))
      writer.xml.close("ErrorResponse")
    }
    return writer.xml.bytes
  }

  private func json(
    _ failure: WireFailure, _ known: (error: CatalogError, node: Int)?
  ) -> WireResponse {
    let version = speaks == .json ? "application/x-amz-json-\(service.jsonVersion ?? "1.0")" : nil
    var headers = headers(version ?? "application/json")
    let type = known?.error.shape ?? failure.code
    if speaks == .restJSON { headers.append(WireField("x-amzn-ErrorType", type)) }
    if let wire, let known {
      headers += modelledHeaders(failure, wire.nodes, wire.nodes[known.node])
    }
    addQueryError(failure, known, &headers)
    var body = SortedMap<String, Value>()
    body["message"] = .string(failure.message)
    if speaks == .json { body["__type"] = .string(type) }
    var writer = WireJSONWriter(wire?.nodes ?? [], isRequest: false)
    if let wire, let known, let written = modelled(failure, wire.nodes, known.node, body) {
      return WireResponse(status: failure.status, headers: headers, body: written)
    }
    try? writer.document(.record(body), depth: 0)
    return WireResponse(status: failure.status, headers: headers, body: writer.bytes)
  }

  /// The body with the members of the modelled error in their places; nil where they do not fit.
  private func modelled(
    _ failure: WireFailure, _ nodes: [WireNode], _ place: Int, _ base: SortedMap<String, Value>
  ) -> [UInt8]? {
    guard case .record(var members) = failure.members else { return nil }
    let node = nodes[place]
    for name in ["message", "Message"] where members[name] == nil {
      if node.members.contains(where: { $0.name == name }) {
        members[name] = .string(failure.message)
      }
    }
    var writer = WireJSONWriter(nodes, isRequest: false)
    guard
      (try? writer.structure(.record(members), place, ofBodyAlone: true)) != nil
    else { return nil }
    var rest = base
    let written = node.members.filter { members[$0.name] != nil }.map(\.wireName)
    for name in written { rest[name] = nil }
    guard !rest.isEmpty else { return writer.bytes }
    var head = WireJSONWriter(nodes, isRequest: false)
    try? head.document(.record(rest), depth: 0)
    let isEmpty = writer.bytes.count == 2
    return head.bytes.dropLast() + (isEmpty ? [] : [UInt8(ascii: ",")]) + writer.bytes.dropFirst()
  }

  private func modelledHeaders(
    _ failure: WireFailure, _ nodes: [WireNode], _ node: WireNode
  ) -> [WireField] {
    node.members.filter { $0.location == .header }.compactMap { member in
      let value = failure.members[member.name]
      guard value != .null,
        let text = try? RESTHeader.text(value, member, nodes, isRequest: false)
      else { return nil }
      return WireField(member.wireName, text)
    }
  }

  private func addQueryError(
    _ failure: WireFailure, _ known: (error: CatalogError, node: Int)?,
    _ headers: inout [WireField]
  ) {
    guard service.isQueryCompatible else { return }
    let fault = failure.fault == .receiver ? "Receiver" : "Sender"
    headers.append(
      WireField("x-amzn-query-error", "\(known?.error.code ?? failure.code);\(fault)"))
  }

  private func cbor(
    _ failure: WireFailure, _ known: (error: CatalogError, node: Int)?
  ) -> WireResponse {
    var headers = headers("application/cbor")
    headers.append(WireField("smithy-protocol", "rpc-v2-cbor"))
    addQueryError(failure, known, &headers)
    var writer = WireCBORWriter(wire?.nodes ?? [], isRequest: false)
    writer.head(5, 2)
    writer.text("__type")
    writer.text(known?.error.shape ?? failure.code)
    writer.text("message")
    writer.text(failure.message)
    return WireResponse(status: failure.status, headers: headers, body: writer.bytes)
  }
}
