internal import Canon
internal import CloudModel

/// Puts a structure together from the parts of a REST message.
struct RESTMessageReader {
  private let nodes: [WireNode]
  private let speaks: WireProtocol
  private let limits: WireLimits

  /// A reader of one message.
  init(_ nodes: [WireNode], _ speaks: WireProtocol, _ limits: WireLimits) {
    self.nodes = nodes
    self.speaks = speaks
    self.limits = limits
  }

  /// The record of an answer.
  func answer(_ response: WireResponse, _ place: Int) throws(WireError) -> Value {
    let node = nodes[place]
    var slots = [Value?](repeating: nil, count: node.members.count)
    try readHeaders(response.headers, node, &slots)
    for (index, member) in node.members.enumerated() where member.location == .statusCode {
      slots[index] = .int(Int64(response.status))
    }
    try readBody(response.body, place, &slots)
    return node.record(slots)
  }

  /// The record of a request whose path was taken apart already.
  func request(
    _ request: WireRequest, _ place: Int, labels: [String: String], fixed: [WireField]
  ) throws(WireError) -> Value {
    let node = nodes[place]
    var slots = [Value?](repeating: nil, count: node.members.count)
    try readHeaders(request.headers, node, &slots)
    for (index, member) in node.members.enumerated() {
      do throws(WireError) {
        if member.location == .uri, let text = labels[member.wireName] {
          slots[index] = try WireScalar.value(text, nodes[member.node].kind)
        } else if member.location == .querystring {
          slots[index] = try query(request.query, member, node, fixed)
        }
      } catch { throw error.inside(member.name) }
    }
    try readBody(request.body, place, &slots)
    for (index, member) in node.members.enumerated() where member.location == .headers {
      if slots[index]?.fields.isEmpty == true { slots[index] = nil }
    }
    if request.body.isEmpty, let payload = node.payload { slots[payload] = nil }
    return node.record(slots)
  }

  private func query(
    _ query: [WireField], _ member: WireMember, _ structure: WireNode, _ fixed: [WireField]
  ) throws(WireError) -> Value? {
    let node = nodes[member.node]
    switch node.kind {
    case .list:
      var items: [Value] = []
      for field in query where field.name == member.wireName {
        items.append(try WireScalar.value(field.value ?? "", nodes[node.members[0].node].kind))
      }
      return items.isEmpty ? nil : .list(items)
    case .map: return self.map(query, member, node, structure, fixed)
    case .structure, .document, .string, .integer, .float, .boolean, .blob, .timestamp:
      guard let field = query.first(where: { $0.name == member.wireName }) else { return nil }
      return try WireScalar.value(field.value ?? "", node.kind)
    }
  }

  /// A map takes all of the query that no other member and nothing fixed has.
  private func map(
    _ query: [WireField], _ member: WireMember, _ node: WireNode, _ structure: WireNode,
    _ fixed: [WireField]
  ) -> Value? {
    let taken = Set(
      structure.members.filter { $0.location == .querystring && $0.name != member.name }
        .map(\.wireName) + fixed.map(\.name))
    let isList = nodes[node.members[1].node].kind == .list
    var entries = SortedMap<String, Value>()
    for field in query where !taken.contains(field.name) {
      let text = Value.string(field.value ?? "")
      entries[field.name] =
        isList ? .list((entries[field.name]?.elements ?? []) + [text]) : text
    }
    return entries.isEmpty ? nil : .record(entries)
  }

  private func readHeaders(
    _ headers: [WireField], _ node: WireNode, _ slots: inout [Value?]
  ) throws(WireError) {
    for (index, member) in node.members.enumerated() {
      switch member.location {
      case .header:
        guard let text = headers.value(ofHeader: member.wireName) else { continue }
        do throws(WireError) {
          slots[index] = try RESTHeader.value(text, member, nodes, limits)
        } catch { throw error.inside(member.name) }
      case .headers: slots[index] = prefixed(headers, member.wireName)
      case .body, .uri, .querystring, .statusCode: continue
      }
    }
  }

  /// The headers that begin with a prefix, without it.
  private func prefixed(_ headers: [WireField], _ prefix: String) -> Value {
    let wanted = prefix.lowercased()
    var entries = SortedMap<String, Value>()
    for header in headers where header.name.lowercased().hasPrefix(wanted) {
      entries[String(header.name.dropFirst(wanted.count))] = .string(header.value ?? "")
    }
    return .record(entries)
  }

  private func readBody(
    _ body: [UInt8], _ place: Int, _ slots: inout [Value?]
  ) throws(WireError) {
    let node = nodes[place]
    guard let payload = node.payload else { return try readMembers(body, place, &slots) }
    let member = node.members[payload]
    let target = nodes[member.node]
    if target.isEventStream {
      throw WireError(.unsupported, at: member.name, "streams of events are not read")
    }
    switch target.kind {
    case .blob: slots[payload] = .string(String(decoding: Base64.encode(body), as: UTF8.self))
    case .string:
      guard let text = String(validating: body, as: UTF8.self) else {
        throw WireError(.malformed, at: member.name, "a text is not UTF-8")
      }
      slots[payload] = .string(text)
    case .structure, .list, .map, .integer, .float, .boolean, .timestamp, .document:
      guard !body.isEmpty else { return }
      if speaks == .restJSON {
        var reader = WireJSONReader(body, nodes, limits)
        let value = try reader.message(member)
        slots[payload] = value == .null ? nil : value
      } else {
        var reader = try WireXMLReader(body, nodes, limits)
        guard try reader.openRoot() else { return }
        slots[payload] = try reader.value(member)
        try reader.xml.end()
      }
    }
  }

  private func readMembers(
    _ body: [UInt8], _ place: Int, _ slots: inout [Value?]
  ) throws(WireError) {
    let node = nodes[place]
    guard !body.isEmpty, node.members.contains(where: { $0.location == .body }) else { return }
    let whole = WireMember(name: "", node: place)
    let value: Value
    if speaks == .restJSON {
      var reader = WireJSONReader(body, nodes, limits)
      value = try reader.message(whole)
    } else {
      var reader = try WireXMLReader(body, nodes, limits)
      guard try reader.openRoot() else { return }
      if let bare = bareMember(node, reader) {
        slots[bare] = try reader.value(node.members[bare])
        return
      }
      value = try reader.structure(place)
      try reader.xml.end()
    }
    for (index, member) in node.members.enumerated() where member.location == .body {
      if let field = value.fields[member.name] { slots[index] = field }
    }
  }

  /// The only member of a body whose element is the document's root, as S3 answers
  /// `GetBucketLocation`; nil for all other answers.
  private func bareMember(_ node: WireNode, _ reader: WireXMLReader) -> Int? {
    let members = node.members.indices.filter { node.members[$0].location == .body }
    guard members.count == 1, let only = members.first,
      nodes[node.members[only].node].kind == .string, reader.named(node.members[only].wireName)
    else { return nil }
    return only
  }
}
