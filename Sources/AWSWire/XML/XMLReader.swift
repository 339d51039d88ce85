/// Reads XML element by element, without a tree and without what hostile documents live on: a
/// document type, and with it any entity but the five that XML has, is an error.
///
/// Source: Extensible Markup Language (XML) 1.0, fifth edition; Namespaces in XML 1.0.
struct XMLReader {
  let bytes: [UInt8]
  let limits: WireLimits
  private(set) var at = 0
  /// The names of the open elements, as they were written.
  private(set) var openNames: [Range<Int>] = []
  private var isSelfClosed = false
  private var values = 0
  /// The attributes of the element that was opened last: names as written, and values.
  private(set) var attributes: [(name: Range<Int>, value: String)] = []
  /// The name of the element that was opened last, without its prefix.
  private(set) var name: Range<Int> = 0..<0

  /// A reader of a document.
  init(_ bytes: [UInt8], _ limits: WireLimits) throws(WireError) {
    self.bytes = bytes
    self.limits = limits
    guard bytes.count <= limits.bodyBytes else {
      throw WireError(.limit, "a body has at most \(limits.bodyBytes) bytes")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// The error for something at this place.
  func malformed(_ message: String) -> WireError {
    WireError(.malformed, "\(message), at byte \(at)")
  }

  /// Goes to the next element below the open one and opens it; false, and the open one closed,
  /// where there is none. At the top, before any element: opens the root.
  mutating func open() throws(WireError) -> Bool {
    if isSelfClosed {
      isSelfClosed = false
      openNames.removeLast()
      return false
    }
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        if openNames.isEmpty, !Self.isBlank(bytes[at]) { throw malformed("text stands outside") }
        at += 1
        continue
      }
      if try skipMisc() { continue }
      if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") {
        try close()
        return false
      }
      try openElement()
      return true
    }
    throw malformed("the document ends too early")
  }

  /// Closes the open element, whatever stands in it.
  mutating func skip() throws(WireError) {
    let depth = openNames.count - 1
    while openNames.count > depth { _ = try open() }
  }

  /// The text of the open element up to its first child, and closes it.
  mutating func text() throws(WireError) -> String {
    guard let range = try plainText() else { return try mixedText() }
    return try string(range)
  }

  /// Where the text of the open element stands, which is closed; nil where it is more than bytes
  /// that stand for themselves, and `mixedText` must read it.
  mutating func plainText() throws(WireError) -> Range<Int>? {
    if isSelfClosed {
      _ = try open()
      return at..<at
    }
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte <= 60, byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == 13 { break }
      at += 1
    }
    let end = at
    if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "<"), bytes[at + 1] == UInt8(ascii: "/") {
      try close()
      return start..<end
    }
    at = start
    return nil
  }

  /// Makes sure that nothing stands after the root.
  mutating func end() throws(WireError) {
    while at < bytes.count {
      if Self.isBlank(bytes[at]) {
        at += 1
      } else if bytes[at] == UInt8(ascii: "<"), try skipMisc() {
        continue
      } else {
        throw malformed("there is more after the root")
      }
    }
  }

  /// The text of the open element, which is closed, with all that a text may have in it.
  mutating func mixedText() throws(WireError) -> String {
    var out: [UInt8] = []
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "<"):
        if startsWith("<![CDATA[") {
          out += try cdata()
        } else if try !skipMisc() {
          let text = try string(out)
          try skip()
          return text
        }
      case UInt8(ascii: "&"): out += try reference()
      case 13:
        out.append(10)
        at += at + 1 < bytes.count && bytes[at + 1] == 10 ? 2 : 1
      default:
        out.append(bytes[at])
        at += 1
      }
    }
    throw malformed("the document ends too early")
  }

  private func string(_ bytes: [UInt8]) throws(WireError) -> String {
    guard let text = WireText.string(bytes, 0..<bytes.count) else {
      throw malformed("a text is not UTF-8")
    }
    return text
  }

  /// The text that stands at some place.
  func string(_ range: Range<Int>) throws(WireError) -> String {
    guard let text = WireText.string(bytes, range) else {
      throw malformed("a text is not UTF-8")
    }
    return text
  }

  private mutating func cdata() throws(WireError) -> ArraySlice<UInt8> {
    let start = at + 9
    try skip(to: "]]>", from: start)
    return bytes[start..<(at - 3)]
  }

  private func startsWith(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

  private mutating func skip(to end: String, from start: Int) throws(WireError) {
    at = start
    let wanted = Array(end.utf8)
    while at < bytes.count {
      if bytes[at] == wanted[0], bytes[at...].starts(with: wanted) {
        at += wanted.count
        return
      }
      at += 1
    }
    throw malformed("the document ends too early")
  }

  /// Passes over a comment, an instruction or a section of characters; false for anything else.
  private mutating func skipMisc() throws(WireError) -> Bool {
    guard at + 1 < bytes.count else { throw malformed("the document ends too early") }
    switch bytes[at + 1] {
    case UInt8(ascii: "?"): try skip(to: "?>", from: at + 2)
    case UInt8(ascii: "!"):
      if startsWith("<!--") {
        try skip(to: "-->", from: at + 4)
      } else if startsWith("<![CDATA["), !openNames.isEmpty {
        try skip(to: "]]>", from: at + 9)
      } else {
        throw malformed("a document type is not taken")
      }
    default: return false
    }
    return true
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 10 || byte == 13 || byte == 9
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == 47 || byte == 62 || byte == 61 || byte == 60
  }

  private mutating func rawName() throws(WireError) -> Range<Int> {
    let start = at
    while at < bytes.count, bytes[at] > 62 || !Self.endsName(bytes[at]) { at += 1 }
    guard at > start, at < bytes.count else { throw malformed("a name is missing") }
    return start..<at
  }

  private mutating func skipBlanks() {
    while at < bytes.count, Self.isBlank(bytes[at]) { at += 1 }
  }

  /// The part of a name after its prefix.
  func local(_ name: Range<Int>) -> Range<Int> {
    var start = name.upperBound
    while start > name.lowerBound, bytes[start - 1] != UInt8(ascii: ":") { start -= 1 }
    return start..<name.upperBound
  }

  private mutating func close() throws(WireError) {
    at += 2
    guard let wanted = openNames.popLast() else {
      throw malformed("the end of another element is needed")
    }
    for place in wanted {
      guard at < bytes.count, bytes[at] == bytes[place] else {
        throw malformed("the end of another element is needed")
      }
      at += 1
    }
    skipBlanks()
    guard at < bytes.count, bytes[at] == UInt8(ascii: ">") else {
      throw malformed("the end of another element is needed")
    }
    at += 1
  }

  private mutating func openElement() throws(WireError) {
    values += 1
    guard openNames.count < limits.depth, values <= limits.values else {
      throw WireError(.limit, "a document has at most \(limits.depth) levels")
    }
    at += 1
    let name = try rawName()
    if !attributes.isEmpty { attributes = [] }
    while true {
      skipBlanks()
      guard at < bytes.count else { throw malformed("the document ends too early") }
      if bytes[at] == UInt8(ascii: ">") {
        at += 1
        isSelfClosed = false
        break
      }
      if bytes[at] == UInt8(ascii: "/") {
        at += 1
        guard at < bytes.count, bytes[at] == UInt8(ascii: ">") else {
          throw malformed("> is missing")
        }
        at += 1
        isSelfClosed = true
        break
      }
      try attribute()
    }
    openNames.append(name)
    self.name = local(name)
  }

  private mutating func attribute() throws(WireError) {
    let name = try rawName()
    skipBlanks()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { throw malformed("= is missing") }
    at += 1
    skipBlanks()
    guard at < bytes.count, bytes[at] == 34 || bytes[at] == 39 else {
      throw malformed("a quote is missing")
    }
    let quote = bytes[at]
    at += 1
    var value: [UInt8] = []
    while at < bytes.count, bytes[at] != quote {
      switch bytes[at] {
      case UInt8(ascii: "&"): value += try reference()
      case UInt8(ascii: "<"): throw malformed("< stands in an attribute")
      case 9, 10, 13:
        value.append(32)
        at += 1
      default:
        value.append(bytes[at])
        at += 1
      }
    }
    guard at < bytes.count else { throw malformed("the document ends too early") }
    at += 1
    attributes.append((name, try string(value)))
  }

  /// The bytes of `&…;`.
  private mutating func reference() throws(WireError) -> [UInt8] {
    guard let end = bytes[at..<min(at + 12, bytes.count)].firstIndex(of: UInt8(ascii: ";")),
      let name = String(validating: bytes[(at + 1)..<end], as: UTF8.self)
    else { throw malformed("there is no such entity") }
    at = end + 1
    switch name {
    case "amp": return [38]
    case "lt": return [60]
    case "gt": return [62]
    case "quot": return [34]
    case "apos": return [39]
    default:
      let digits = name.dropFirst()
      let isHex = digits.first == "x"
      guard name.first == "#",
        let code = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10),
        let scalar = Unicode.Scalar(code), code == 9 || code == 10 || code == 13 || code >= 32
      else { throw malformed("there is no such entity") }
      return Array(String(scalar).utf8)
    }
  }
}
