internal import Canon
internal import CloudModel

/// Reads CBOR by shapes; members that the model does not know are passed over.
struct WireCBORReader {
  private let bytes: [UInt8]
  private let nodes: [WireNode]
  private let limits: WireLimits
  private var at = 0
  private var depth = 0
  private var values = 0
  private var maker: RecordMaker

  /// A reader of bytes, which are one item.
  init(_ bytes: [UInt8], _ nodes: [WireNode], _ limits: WireLimits) {
    self.bytes = bytes
    self.nodes = nodes
    self.limits = limits
    maker = RecordMaker(count: nodes.count)
  }

  /// Reads all bytes as what stands at a member's place.
  mutating func message(_ member: WireMember) throws(WireError) -> Value {
    guard bytes.count <= limits.bodyBytes else {
      throw WireError(.limit, "a body has at most \(limits.bodyBytes) bytes")
    }
    let value = try value(member)
    guard at == bytes.count else { throw malformed("there is more after the item") }
    return value
  }

  private func malformed(_ message: String) -> WireError {
    WireError(.malformed, "\(message), at byte \(at)")
  }

  /// A head: the major type, its further information, and its number; nil for indefinite length.
  private mutating func head() throws(WireError) -> (major: UInt8, info: UInt8, number: UInt64?) {
    values += 1
    guard values <= limits.values else {
      throw WireError(.limit, "a message has at most \(limits.values) values")
    }
    guard at < bytes.count else { throw malformed("the bytes end too early") }
    let first = bytes[at]
    at += 1
    let info = first & 31
    if info < 24 { return (first >> 5, info, UInt64(info)) }
    if info == 31 { return (first >> 5, info, nil) }
    guard info < 28 else { throw malformed("there is no such head") }
    let count = 1 << Int(info - 24)
    guard at + count <= bytes.count else { throw malformed("the bytes end too early") }
    var number: UInt64 = 0
    let end = at + count
    while at < end {
      number = number << 8 | UInt64(bytes[at])
      at += 1
    }
    return (first >> 5, info, number)
  }

  /// Whether the item of indefinite length ends here.
  private mutating func isBreak() throws(WireError) -> Bool {
    guard at < bytes.count else { throw malformed("the bytes end too early") }
    guard bytes[at] == 0xFF else { return false }
    at += 1
    return true
  }

  /// Goes through a list or a map.
  private mutating func forEach(
    _ count: UInt64?, _ body: (inout WireCBORReader) throws(WireError) -> Void
  ) throws(WireError) {
    depth += 1
    guard depth <= limits.depth else {
      throw WireError(.limit, "values are nested at most \(limits.depth) deep")
    }
    if let count {
      guard count <= UInt64(bytes.count - at) else { throw malformed("the bytes end too early") }
      for _ in 0..<count { try body(&self) }
    } else {
      while try !isBreak() { try body(&self) }
    }
    depth -= 1
  }

  private mutating func chunk(
    _ major: UInt8, _ count: UInt64?
  ) throws(WireError) -> ArraySlice<UInt8> {
    if let count {
      guard count <= UInt64(bytes.count - at) else { throw malformed("the bytes end too early") }
      defer { at += Int(count) }
      return bytes[at..<(at + Int(count))]
    }
    var out: [UInt8] = []
    while try !isBreak() {
      let (inner, _, length) = try head()
      guard inner == major, let length else { throw malformed("a chunk is needed") }
      out += try chunk(major, length)
    }
    return out[...]
  }

  private mutating func text() throws(WireError) -> String {
    let (major, _, count) = try head()
    guard major == 3 else { throw malformed("a text is needed") }
    return try text(count)
  }

  private mutating func text(_ count: UInt64?) throws(WireError) -> String {
    if let count, count <= UInt64(bytes.count - at) {
      let range = at..<(at + Int(count))
      guard let text = WireText.string(bytes, range) else { throw malformed("a text is not UTF-8") }
      at = range.upperBound
      return text
    }
    let chunks = Array(try chunk(3, count))
    guard let text = WireText.string(chunks, 0..<chunks.count) else {
      throw malformed("a text is not UTF-8")
    }
    return text
  }

  private var isNull: Bool { at < bytes.count && (bytes[at] == 0xF6 || bytes[at] == 0xF7) }

  private mutating func value(_ member: WireMember) throws(WireError) -> Value {
    if isNull {
      at += 1
      return .null
    }
    let node = nodes[member.node]
    switch node.kind {
    case .structure: return try structure(member.node)
    case .list:
      let (major, _, count) = try head()
      guard major == 4 else { throw malformed("an array is needed") }
      var items: [Value] = []
      try forEach(count) { (reader) throws(WireError) in
        items.append(try reader.value(node.members[0]))
      }
      return .list(items)
    case .map:
      let (major, _, count) = try head()
      guard major == 5 else { throw malformed("a map is needed") }
      var entries = EntryMaker()
      try forEach(count) { (reader) throws(WireError) in
        let key = try reader.text()
        let value = try reader.value(node.members[1])
        if case .null = value { return }
        entries.add(key, value)
      }
      return entries.record
    case .string: return .string(try text())
    case .blob:
      let (major, _, count) = try head()
      guard major == 2 else { throw malformed("bytes are needed") }
      return .string(
        String(decoding: Base64.encode(Array(try chunk(2, count))), as: UTF8.self))
    case .integer, .float, .boolean, .timestamp: return try scalar(node.kind)
    case .document: throw WireError(.unsupported, "CBOR has no documents here")
    }
  }

  private mutating func structure(_ shape: Int) throws(WireError) -> Value {
    let node = nodes[shape]
    let (major, _, count) = try head()
    guard major == 5 else { throw malformed("a map is needed") }
    let start = maker.begin()
    var values: [Value] = []
    values.reserveCapacity(maker.expected(shape))
    try forEach(count) { (reader) throws(WireError) in
      guard
        let found = try reader.member(node, guess: reader.maker.guess(shape, since: start))
      else { return try reader.skip() }
      do throws(WireError) {
        let read = try reader.value(node.members[found])
        values.append(read)
        if case .null = read {
          reader.maker.add(found, isNull: true)
        } else {
          reader.maker.add(found)
        }
      } catch { throw error.inside(node.members[found].name) }
    }
    return maker.end(shape, node, since: start, values)
  }

  /// Reads a member's name; nil where the structure has none of that name.
  private mutating func member(_ node: WireNode, guess: Int?) throws(WireError) -> Int? {
    let (major, _, length) = try head()
    guard major == 3 else { throw malformed("a name is needed") }
    guard let length, length <= UInt64(bytes.count - at) else {
      let name = Array(try chunk(3, length))
      return node.names.place(of: 0..<name.count, in: name)
    }
    let name = at..<(at + Int(length))
    at = name.upperBound
    if let guess, WireText.equals(node.members[guess].bytes, name, in: bytes) { return guess }
    return node.names.place(of: name, in: bytes)
  }

  private mutating func scalar(_ kind: WireNode.Kind) throws(WireError) -> Value {
    let (major, info, number) = try head()
    switch (major, kind) {
    case (0, _), (1, _):
      guard let number, let magnitude = Int64(exactly: number) else {
        throw malformed("a whole number of 64 bits is needed")
      }
      let whole = major == 0 ? magnitude : -1 - magnitude
      return kind == .integer ? .int(whole) : try WireScalar.value(String(whole), kind)
    case (6, .timestamp):
      guard number == 1 else { throw malformed("a moment is needed") }
      return try scalar(.timestamp)
    case (7, .boolean) where info == 20 || info == 21: return .bool(info == 21)
    case (7, .float), (7, .timestamp), (7, .integer):
      guard let number, let fraction = Self.float(info, number) else {
        throw malformed("a number is needed")
      }
      if kind == .float { return .string(WireScalar.text(fraction)) }
      if kind == .integer, let whole = Int64(exactly: fraction) { return .int(whole) }
      guard kind == .timestamp, let moment = WireMoment(secondsSince1970: fraction) else {
        throw malformed("a moment is needed")
      }
      return .string(moment.iso8601)
    case (_, _): throw malformed("a number is needed")
    }
  }

  private static func float(_ info: UInt8, _ bits: UInt64) -> Double? {
    switch info {
    case 25: half(UInt16(truncatingIfNeeded: bits))
    case 26: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case 27: Double(bitPattern: bits)
    default: nil
    }
  }

  private static func half(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023)
    let magnitude =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? Double.infinity : Double.nan
      default: (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
      }
    return bits >> 15 == 1 ? -magnitude : magnitude
  }

  /// Passes over any item.
  private mutating func skip() throws(WireError) {
    let (major, _, count) = try head()
    switch major {
    case 2, 3: _ = try chunk(major, count)
    case 4: try forEach(count) { (reader) throws(WireError) in try reader.skip() }
    case 5:
      try forEach(count) { (reader) throws(WireError) in
        try reader.skip()
        try reader.skip()
      }
    case 6:
      depth += 1
      guard depth <= limits.depth else {
        throw WireError(.limit, "values are nested at most \(limits.depth) deep")
      }
      try skip()
      depth -= 1
    default:
      guard count != nil else { throw malformed("nothing ends here") }
    }
  }
}
