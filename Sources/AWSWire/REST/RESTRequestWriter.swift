internal import AWSCatalog
internal import Canon
internal import CloudModel

/// Lays a REST call's parameters out over path, query, headers and body.
struct RESTRequestWriter {
  private let wire: OperationWire
  private let speaks: WireProtocol
  private var labels: [String: String] = [:]
  private var request = WireRequest()
  private var hasBodyMember = false

  /// A writer of one request.
  init(_ wire: OperationWire, _ speaks: WireProtocol) {
    self.wire = wire
    self.speaks = speaks
  }

  /// The request.
  mutating func request(_ parameters: Value) throws(WireError) -> WireRequest {
    request.method = wire.operation.method
    guard let place = wire.input else {
      request.path = try wire.uri.path([:])
      request.query = wire.uri.query
      return request
    }
    let node = wire.nodes[place]
    var out = self
    try node.forEachField(of: parameters, isComplete: true) { (member, field) throws(WireError) in
      try out.place(field, member)
    }
    self = out
    request.path = try wire.uri.path(labels)
    request.query = wire.uri.query + request.query
    try writeBody(parameters, place)
    return request
  }

  private mutating func place(_ value: Value, _ member: WireMember) throws(WireError) {
    switch member.location {
    case .uri: labels[member.wireName] = try text(value, member, .iso8601)
    case .querystring: try query(value, member)
    case .header: try header(value, member)
    case .headers:
      for (name, field) in value.fields {
        request.headers.append(WireField(member.wireName + name, try WireScalar.string(field)))
      }
    case .body, .statusCode: hasBodyMember = true
    }
  }

  private func text(
    _ value: Value, _ member: WireMember, _ format: WireTimeFormat
  ) throws(WireError) -> String {
    let kind = wire.nodes[member.node].kind
    guard kind == .timestamp else { return try WireXMLWriter.text(value, kind, nil) }
    let moment = try WireScalar.moment(value)
    switch member.timeFormat ?? format {
    case .iso8601: return (member.location == .header ? moment.wholeSeconds : moment).iso8601
    case .rfc822: return moment.rfc822
    case .unixTimestamp: return moment.wholeSeconds.unixTimestamp
    }
  }

  private mutating func query(_ value: Value, _ member: WireMember) throws(WireError) {
    let node = wire.nodes[member.node]
    switch node.kind {
    case .list:
      for (index, item) in value.elements.enumerated() {
        do throws(WireError) {
          let element = try text(item, node.members[0], .iso8601)
          request.query.append(WireField(member.wireName, element))
        } catch { throw error.inside(index) }
      }
    case .map:
      for (name, field) in value.fields {
        let texts = if case .list(let items) = field { items } else { [field] }
        for text in texts {
          request.query.append(WireField(name, try WireScalar.string(text)))
        }
      }
    case .structure, .document, .string, .integer, .float, .boolean, .blob, .timestamp:
      request.query.append(WireField(member.wireName, try text(value, member, .iso8601)))
    }
  }

  private mutating func header(_ value: Value, _ member: WireMember) throws(WireError) {
    if let text = try RESTHeader.text(value, member, wire.nodes, isRequest: true) {
      request.headers.append(WireField(member.wireName, text))
    }
  }

  private mutating func writeBody(_ parameters: Value, _ place: Int) throws(WireError) {
    let node = wire.nodes[place]
    if let payload = node.payload {
      let member = node.members[payload]
      let value = parameters[member.name]
      switch wire.nodes[member.node].kind {
      case .blob:
        if value != .null { request.body = try WireScalar.bytes(value) }
        return
      case .string:
        if value != .null { request.body = Array(try WireScalar.string(value).utf8) }
        return
      case .structure, .list, .map, .integer, .float, .boolean, .timestamp, .document:
        try writeStructuredPayload(value, member)
      }
    } else {
      try writeMembers(parameters, place)
    }
    if speaks == .restJSON, !request.body.isEmpty,
      request.headers.value(ofHeader: "Content-Type") == nil
    {
      request.headers.append(WireField("Content-Type", "application/json"))
    }
  }

  private mutating func writeStructuredPayload(
    _ value: Value, _ member: WireMember
  ) throws(WireError) {
    if wire.nodes[member.node].isEventStream {
      throw WireError(.unsupported, at: member.name, "streams of events are not sent")
    }
    if speaks == .restJSON {
      guard value != .null else {
        request.body = Array("{}".utf8)
        return
      }
      var writer = WireJSONWriter(wire.nodes, isRequest: true)
      try writer.value(value, member)
      request.body = writer.bytes
    } else if value != .null {
      var writer = WireXMLWriter(wire.nodes, .request)
      try writer.value(value, member, named: member.bytes)
      request.body = writer.xml.bytes
    }
  }

  private mutating func writeMembers(_ parameters: Value, _ place: Int) throws(WireError) {
    let node = wire.nodes[place]
    if speaks == .restJSON {
      guard node.members.contains(where: { $0.location == .body }) else { return }
      var writer = WireJSONWriter(wire.nodes, isRequest: true)
      try writer.structure(parameters, place, ofBodyAlone: true)
      request.body = writer.bytes
    } else if hasBodyMember {
      let name = wire.operation.inputName ?? node.name
      var writer = WireXMLWriter(wire.nodes, .request)
      try writer.xml.open(
        name, WireXMLWriter.namespace(wire.operation.inputNamespace, prefix: nil))
      try writer.members(of: parameters, place)
      writer.xml.close(name)
      request.body = writer.xml.bytes
    }
  }
}
