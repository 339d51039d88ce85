internal import Canon
internal import CloudModel

/// Writes values as JSON by their shapes.
struct WireJSONWriter {
  private let nodes: [WireNode]
  private let isRequest: Bool
  private var finder: FieldFinder
  private(set) var bytes: [UInt8] = []

  /// A writer of requests, which name all that is required and cut moments to whole seconds as
  /// AWS's clients do, or of answers.
  init(_ nodes: [WireNode], isRequest: Bool) {
    self.nodes = nodes
    self.isRequest = isRequest
    finder = FieldFinder(count: nodes.count, isComplete: isRequest)
  }

  /// Writes a structure's members, or those alone that travel in the body.
  mutating func structure(
    _ value: Value, _ shape: Int, ofBodyAlone isBody: Bool = false
  ) throws(WireError) {
    let node = nodes[shape]
    let (fields, places) = try finder.places(value, shape, node)
    let values = fields.values
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    var index = 0
    for place in places {
      let (member, field) = (node.members[place], values[index])
      index += 1
      guard try finder.counts(field, member), !isBody || member.location == .body else { continue }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: member.bytes)
      bytes.append(UInt8(ascii: "\""))
      bytes.append(UInt8(ascii: ":"))
      do throws(WireError) { try self.value(field, member) } catch {
        throw error.inside(member.name)
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Writes what stands at a member's place.
  mutating func value(_ value: Value, _ member: WireMember) throws(WireError) {
    if case .null = value {
      append("null")
      return
    }
    switch nodes[member.node].kind {
    case .structure: try structure(value, member.node)
    case .list: try list(value, nodes[member.node])
    case .map: try map(value, nodes[member.node])
    case .document: try document(value, depth: 0)
    case .string: quoted(try WireScalar.string(value))
    case .integer: WireText.append(try WireScalar.integer(value), to: &bytes)
    case .boolean: append(try WireScalar.boolean(value) ? "true" : "false")
    case .blob: quoted(try WireScalar.blob(value))
    case .float: float(try WireScalar.float(value))
    case .timestamp:
      let moment = try WireScalar.moment(value)
      let format = member.timeFormat ?? .unixTimestamp
      switch format {
      case .iso8601, .rfc822: quoted(moment.text(format))
      case .unixTimestamp where isRequest || moment.microseconds == 0:
        WireText.append(moment.seconds, to: &bytes)
      case .unixTimestamp: append(moment.unixTimestamp)
      }
    }
  }

  private mutating func list(_ value: Value, _ node: WireNode) throws(WireError) {
    guard case .list(let items) = value else { throw WireScalar.unfit(value, "a list") }
    bytes.append(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      do throws(WireError) { try self.value(item, node.members[0]) } catch {
        throw error.inside(index)
      }
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func map(_ value: Value, _ node: WireNode) throws(WireError) {
    guard case .record(let entries) = value else { throw WireScalar.unfit(value, "a record") }
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for (key, entry) in entries {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      quoted(key)
      bytes.append(UInt8(ascii: ":"))
      do throws(WireError) { try self.value(entry, node.members[1]) } catch {
        throw error.inside(key)
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func float(_ number: Double) {
    let text = WireScalar.text(number)
    if number.isFinite { append(text) } else { quoted(text) }
  }

  /// Writes any value as it is.
  mutating func document(_ value: Value, depth: Int) throws(WireError) {
    guard depth < 128 else { throw WireError(.limit, "a document is at most 128 levels deep") }
    switch value {
    case .null: append("null")
    case .bool(let truth): append(truth ? "true" : "false")
    case .int(let number): WireText.append(number, to: &bytes)
    case .string(let text): quoted(text)
    case .list(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try document(item, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "]"))
    case .record(let fields):
      if fields.count == 1, let text = fields["$float"]?.text, let number = WireScalar.float(text) {
        return float(number)
      }
      bytes.append(UInt8(ascii: "{"))
      var isFirst = true
      for (name, field) in fields {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        quoted(name)
        bytes.append(UInt8(ascii: ":"))
        try document(field, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "}"))
    case .secret, .residual: throw WireScalar.unfit(value, "a known value")
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Writes a text in quotes.
  mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    var isPlain = true
    for at in start..<bytes.count {
      let byte = bytes[at]
      if byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        isPlain = false
        break
      }
    }
    if !isPlain {
      bytes.removeLast(bytes.count - start)
      for byte in text.utf8 { escaped(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 10: append("\\n")
    case 13: append("\\r")
    case 9: append("\\t")
    case 0..<32:
      append("\\u00")
      bytes.append(Self.digits[Int(byte >> 4)])
      bytes.append(Self.digits[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}
