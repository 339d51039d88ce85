internal import AWSCatalog
internal import Canon
internal import CloudModel

/// Lays an output out over status, headers and body.
struct RESTResponseWriter {
  private let wire: OperationWire
  private let speaks: WireProtocol
  private let isBare: Bool
  private var response: WireResponse

  /// A writer of one response; a bare one has its only member as the root of its XML.
  init(_ wire: OperationWire, _ speaks: WireProtocol, isBare: Bool = false) {
    self.wire = wire
    self.speaks = speaks
    self.isBare = isBare
    response = WireResponse(status: wire.operation.status)
  }

  /// The response.
  mutating func response(_ output: Value, _ place: Int?) throws(WireError) -> WireResponse {
    guard let place else { return response }
    let node = wire.nodes[place]
    var out = self
    try node.forEachField(of: output, isComplete: false) { (member, field) throws(WireError) in
      try out.place(field, member)
    }
    self = out
    try writeBody(output, place)
    return response
  }

  private mutating func place(_ value: Value, _ member: WireMember) throws(WireError) {
    switch member.location {
    case .statusCode: response.status = Int(clamping: try WireScalar.integer(value))
    case .header:
      if let text = try RESTHeader.text(value, member, wire.nodes, isRequest: false) {
        response.headers.append(WireField(member.wireName, text))
      }
    case .headers:
      for (name, field) in value.fields {
        let text = try RESTHeader.checked(try WireScalar.string(field))
        response.headers.append(WireField(member.wireName + name, text))
      }
    case .body, .uri, .querystring: return
    }
  }

  private mutating func writeBody(_ output: Value, _ place: Int) throws(WireError) {
    let node = wire.nodes[place]
    if let payload = node.payload {
      let member = node.members[payload]
      let value = output[member.name]
      if wire.nodes[member.node].isEventStream {
        throw WireError(.unsupported, at: member.name, "streams of events are not sent")
      }
      guard value != .null else { return }
      switch wire.nodes[member.node].kind {
      case .blob: response.body = try WireScalar.bytes(value)
      case .string: response.body = Array(try WireScalar.string(value).utf8)
      case .structure, .list, .map, .integer, .float, .boolean, .timestamp, .document:
        try writePayload(value, member)
      }
    } else if node.members.contains(where: { $0.location == .body }) {
      try writeMembers(output, place)
    }
  }

  private mutating func writePayload(_ value: Value, _ member: WireMember) throws(WireError) {
    if speaks == .restJSON {
      var writer = WireJSONWriter(wire.nodes, isRequest: false)
      try writer.value(value, member)
      send(writer.bytes, "application/json")
    } else {
      var writer = WireXMLWriter(wire.nodes, .response)
      try writer.value(value, member, named: member.bytes)
      send(writer.xml.bytes, "application/xml")
    }
  }

  private mutating func writeMembers(_ output: Value, _ place: Int) throws(WireError) {
    let node = wire.nodes[place]
    if speaks == .restJSON {
      var writer = WireJSONWriter(wire.nodes, isRequest: false)
      try writer.structure(output, place, ofBodyAlone: true)
      send(writer.bytes, "application/json")
      return
    }
    var writer = WireXMLWriter(wire.nodes, .response)
    if isBare, let only = node.members.first(where: { $0.location == .body }) {
      let value = output[only.name]
      try writer.value(value == .null ? .string("") : value, only, named: only.bytes)
    } else {
      try writer.xml.open(node.name)
      try writer.members(of: output, place)
      writer.xml.close(node.name)
    }
    send(writer.xml.bytes, "application/xml")
  }

  private mutating func send(_ body: [UInt8], _ type: String) {
    response.body = body
    if response.headers.value(ofHeader: "Content-Type") == nil {
      response.headers.append(WireField("Content-Type", type))
    }
  }
}
