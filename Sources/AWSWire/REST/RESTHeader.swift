internal import CloudModel

/// Values as headers have them.
enum RESTHeader {
  /// The text of a value; nil for an empty list, which is not sent.
  static func text(
    _ value: Value, _ member: WireMember, _ nodes: [WireNode], isRequest: Bool
  ) throws(WireError) -> String? {
    let node = nodes[member.node]
    switch node.kind {
    case .list:
      if value.elements.isEmpty { return nil }
      var texts: [String] = []
      for item in value.elements where item != .null {
        let element = node.members[0]
        let text = try scalar(item, element, nodes)
        texts.append(nodes[element.node].kind == .string ? quoted(text) : text)
      }
      return texts.joined(separator: ",")
    case .structure, .map, .document:
      throw WireError(.unsupported, "a header holds no records")
    case .string, .integer, .float, .boolean, .blob, .timestamp:
      if member.isJSONValue {
        var writer = WireJSONWriter(nodes, isRequest: isRequest)
        try writer.document(value, depth: 0)
        return String(decoding: Base64.encode(writer.bytes), as: UTF8.self)
      }
      return try checked(try scalar(value, member, nodes))
    }
  }

  private static func scalar(
    _ value: Value, _ member: WireMember, _ nodes: [WireNode]
  ) throws(WireError) -> String {
    let kind = nodes[member.node].kind
    guard kind == .timestamp else { return try WireXMLWriter.text(value, kind, nil) }
    return try WireScalar.moment(value).wholeSeconds.text(member.timeFormat ?? .rfc822)
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") })
    else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\\\"") + "\""
  }

  /// The text, unless it would end the header.
  static func checked(_ text: String) throws(WireError) -> String {
    if text.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == 0 }) {
      throw WireError(.parameter, "a header holds no line ends")
    }
    return text
  }

  /// The value of a header.
  static func value(
    _ text: String, _ member: WireMember, _ nodes: [WireNode], _ limits: WireLimits
  ) throws(WireError) -> Value {
    let node = nodes[member.node]
    if node.kind == .list {
      let element = node.members[0]
      let kind = nodes[element.node].kind
      let isDated = kind == .timestamp && (element.timeFormat ?? .rfc822) == .rfc822
      var items: [Value] = []
      for part in isDated ? dates(text) : parts(text) {
        items.append(try WireScalar.value(part, kind))
      }
      return .list(items)
    }
    if member.isJSONValue {
      guard let bytes = Base64.decode(text.utf8) else {
        throw WireError(.malformed, at: member.name, "base64 is needed")
      }
      let any = WireNode(kind: .document, name: "document")
      var reader = WireJSONReader(bytes, [any], limits)
      return try reader.message(
        WireMember(name: member.name, node: 0))
    }
    return try WireScalar.value(text, node.kind)
  }

  /// The elements of a list in a header: separated by commas, quoted where they hold some.
  private static func parts(_ text: String) -> [String] {
    var out: [String] = []
    var part: [UInt8] = []
    var isQuoted = false
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        part.append(byte)
        isEscaped = false
      } else if isQuoted, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        out.append(trimmed(part))
        part = []
      } else {
        part.append(byte)
      }
    }
    out.append(trimmed(part))
    return out
  }

  /// Dates, which hold a comma each.
  private static func dates(_ text: String) -> [String] {
    let halves = text.split(separator: ",").map(String.init)
    return stride(from: 0, to: halves.count - 1, by: 2).map { halves[$0] + "," + halves[$0 + 1] }
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    let start = bytes.firstIndex { $0 != 32 && $0 != 9 } ?? bytes.endIndex
    let end = bytes.lastIndex { $0 != 32 && $0 != 9 }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
