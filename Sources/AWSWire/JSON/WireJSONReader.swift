internal import Canon
internal import CloudModel

/// Reads JSON by shapes, in one pass and without a tree between.
///
/// Strict in form (RFC 8259), lenient in matter, as AWS's own clients are: members that the model
/// does not know are passed over, null counts for nothing, a number where a text is wanted is its
/// text, and a text where a number or a truth value is wanted is read as one.
struct WireJSONReader {
  let bytes: [UInt8]
  private let nodes: [WireNode]
  private let limits: WireLimits
  var at = 0
  var depth = 0
  private var values = 0
  private var maker: RecordMaker

  /// A reader of bytes, which are one value.
  init(_ bytes: [UInt8], _ nodes: [WireNode], _ limits: WireLimits) {
    self.bytes = bytes
    self.nodes = nodes
    self.limits = limits
    maker = RecordMaker(count: nodes.count)
  }

  /// Reads the whole text as what stands at a member's place; null where it is null.
  mutating func message(_ member: WireMember) throws(WireError) -> Value {
    guard bytes.count <= limits.bodyBytes else {
      throw WireError(.limit, "a body has at most \(limits.bodyBytes) bytes")
    }
    let value = try value(member)
    skipBlanks()
    guard at == bytes.count else { throw malformed("there is more after the value") }
    return value
  }

  func malformed(_ message: String) -> WireError {
    WireError(.malformed, "\(message), at byte \(at)")
  }

  mutating func skipBlanks() {
    while at < bytes.count {
      let byte = bytes[at]
      guard byte == 32 || byte == 10 || byte == 13 || byte == 9 else { return }
      at += 1
    }
  }

  mutating func peek() throws(WireError) -> UInt8 {
    skipBlanks()
    guard at < bytes.count else { throw malformed("the text ends too early") }
    return bytes[at]
  }

  mutating func take(_ byte: UInt8) throws(WireError) -> Bool {
    guard try peek() == byte else { return false }
    at += 1
    return true
  }

  mutating func expect(_ byte: UInt8) throws(WireError) {
    guard try take(byte) else {
      throw malformed("'\(Character(Unicode.Scalar(byte)))' is missing")
    }
  }

  mutating func enter() throws(WireError) {
    at += 1
    depth += 1
    guard depth <= limits.depth else {
      throw WireError(.limit, "values are nested at most \(limits.depth) deep")
    }
  }

  mutating func count() throws(WireError) {
    values += 1
    guard values <= limits.values else {
      throw WireError(.limit, "a message has at most \(limits.values) values")
    }
  }

  private mutating func value(_ member: WireMember) throws(WireError) -> Value {
    try count()
    let first = try peek()
    if first == UInt8(ascii: "n") {
      try word(Self.nullWord)
      return .null
    }
    let kind = nodes[member.node].kind
    switch kind {
    case .structure: return try structure(member.node, first)
    case .list: return try list(member.node, first)
    case .map: return try map(member.node, first)
    case .document: return try document()
    case .string:
      if first == UInt8(ascii: "\"") { return .string(try string()) }
      return .string(try scalarText(first))
    case .integer:
      if first != UInt8(ascii: "\"") { return try integer() }
      return try WireScalar.value(try string(), kind)
    case .boolean where first == UInt8(ascii: "t"):
      try word(Self.trueWord)
      return .bool(true)
    case .boolean where first == UInt8(ascii: "f"):
      try word(Self.falseWord)
      return .bool(false)
    case .boolean, .blob: return try WireScalar.value(try scalarText(first), kind)
    case .float: return try WireScalar.value(try scalarText(first), kind)
    case .timestamp: return try moment(first)
    }
  }

  /// A moment: a number of seconds mostly, or one of the forms that texts have.
  private mutating func moment(_ first: UInt8) throws(WireError) -> Value {
    let start = at
    if first == UInt8(ascii: "\"") {
      let text = try string()
      if let plain = WireMoment.iso8601(bytes, (start + 1)..<(at - 1)) { return .string(plain) }
      return try WireScalar.value(text, .timestamp)
    }
    let range = try number()
    if let seconds = WireText.integer(bytes, range), let moment = WireMoment(seconds: seconds) {
      return .string(moment.iso8601)
    }
    return try WireScalar.value(String(decoding: bytes[range], as: UTF8.self), .timestamp)
  }

  /// The text of a string, a number or a truth value.
  private mutating func scalarText(_ first: UInt8) throws(WireError) -> String {
    switch first {
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "t"):
      try word(Self.trueWord)
      return "true"
    case UInt8(ascii: "f"):
      try word(Self.falseWord)
      return "false"
    default: return String(decoding: bytes[try number()], as: UTF8.self)
    }
  }

  private mutating func structure(_ shape: Int, _ first: UInt8) throws(WireError) -> Value {
    guard first == UInt8(ascii: "{") else { throw malformed("an object is needed") }
    let node = nodes[shape]
    try enter()
    let start = maker.begin()
    var values: [Value] = []
    values.reserveCapacity(maker.expected(shape))
    if try !take(UInt8(ascii: "}")) {
      repeat {
        guard let found = try member(node, guess: maker.guess(shape, since: start)) else {
          try skip()
          continue
        }
        do throws(WireError) {
          let read = try value(node.members[found])
          values.append(read)
          if case .null = read {
            maker.add(found, isNull: true)
          } else {
            maker.add(found)
          }
        } catch { throw error.inside(node.members[found].name) }
      } while try take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"))
    }
    depth -= 1
    return maker.end(shape, node, since: start, values)
  }

  /// Reads a member's name and the colon after it; nil where the structure has none of that name.
  private mutating func member(_ node: WireNode, guess: Int?) throws(WireError) -> Int? {
    try expect(UInt8(ascii: "\""))
    if let guess {
      let wanted = node.members[guess].bytes
      let end = at + wanted.count
      if end < bytes.count, bytes[end] == UInt8(ascii: "\""),
        WireText.equals(wanted, at..<end, in: bytes)
      {
        at = end + 1
        try expect(UInt8(ascii: ":"))
        return guess
      }
    }
    let start = at
    while at < bytes.count, bytes[at] >= 32, bytes[at] != UInt8(ascii: "\""),
      bytes[at] != UInt8(ascii: "\\")
    { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      at += 1
      let name = start..<(at - 1)
      try expect(UInt8(ascii: ":"))
      return node.names.place(of: name, in: bytes)
    }
    at = start
    let name = Array(try stringBody().utf8)
    try expect(UInt8(ascii: ":"))
    return node.names.place(of: 0..<name.count, in: name)
  }

  private mutating func list(_ place: Int, _ first: UInt8) throws(WireError) -> Value {
    guard first == UInt8(ascii: "[") else { throw malformed("an array is needed") }
    let element = nodes[place].members[0]
    try enter()
    var items: [Value] = []
    if try !take(UInt8(ascii: "]")) {
      repeat {
        do throws(WireError) { items.append(try value(element)) } catch {
          throw error.inside(items.count)
        }
      } while try take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "]"))
    }
    depth -= 1
    return .list(items)
  }

  private mutating func map(_ place: Int, _ first: UInt8) throws(WireError) -> Value {
    guard first == UInt8(ascii: "{") else { throw malformed("an object is needed") }
    let element = nodes[place].members[1]
    try enter()
    var entries = EntryMaker()
    if try !take(UInt8(ascii: "}")) {
      repeat {
        let name = try string()
        try expect(UInt8(ascii: ":"))
        entries.add(name, try value(element))
      } while try take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"))
    }
    depth -= 1
    return entries.record
  }

  /// Any value, as it is.
  private mutating func document() throws(WireError) -> Value {
    try count()
    let first = try peek()
    switch first {
    case UInt8(ascii: "{"):
      try enter()
      var entries = EntryMaker()
      if try !take(UInt8(ascii: "}")) {
        repeat {
          let name = try string()
          try expect(UInt8(ascii: ":"))
          entries.add(name, try document())
        } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
      }
      depth -= 1
      return entries.record
    case UInt8(ascii: "["):
      try enter()
      var items: [Value] = []
      if try !take(UInt8(ascii: "]")) {
        repeat { items.append(try document()) } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
      }
      depth -= 1
      return .list(items)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try word(Self.trueWord)
      return .bool(true)
    case UInt8(ascii: "f"):
      try word(Self.falseWord)
      return .bool(false)
    case UInt8(ascii: "n"):
      try word(Self.nullWord)
      return .null
    default:
      let text = String(decoding: bytes[try number()], as: UTF8.self)
      if let whole = Int64(text) { return .int(whole) }
      return .record(["$float": .string(Double(text).map(WireScalar.text) ?? text)])
    }
  }

  static let nullWord = Array("null".utf8)
  static let trueWord = Array("true".utf8)
  static let falseWord = Array("false".utf8)

  mutating func word(_ word: [UInt8]) throws(WireError) {
    for wanted in word {
      guard at < bytes.count, bytes[at] == wanted else { throw malformed("this is no JSON value") }
      at += 1
    }
  }

  private mutating func integer() throws(WireError) -> Value {
    let range = try number()
    if let whole = WireText.integer(bytes, range) { return .int(whole) }
    let text = String(decoding: bytes[range], as: UTF8.self)
    if let whole = Int64(text) { return .int(whole) }
    guard let fraction = Double(text), let whole = Int64(exactly: fraction) else {
      throw malformed("a whole number of 64 bits is needed, not '\(text.prefix(40))'")
    }
    return .int(whole)
  }

  /// Where a number stands, whose form is checked.
  mutating func number() throws(WireError) -> Range<Int> {
    let start = at
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at - whole] != 48 else {
      throw malformed("this is no JSON value")
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw malformed("digits are missing") }
    }
    if at < bytes.count, bytes[at] | 32 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == 43 || bytes[at] == 45 { at += 1 }
      guard digits() > 0 else { throw malformed("digits are missing") }
    }
    return start..<at
  }

  private mutating func digits() -> Int {
    let start = at
    while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
    return at - start
  }
}
