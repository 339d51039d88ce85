/// Why a text is no JSON.
package struct JSONError: Error, Hashable, Sendable {
  /// A sentence.
  package let message: String
  /// The byte at which it was noticed, from 0.
  package let offset: Int
}

extension JSON {
  /// Reads a text strictly by RFC 8259; at most 128 levels deep.
  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Reads UTF-8 bytes strictly by RFC 8259; at most 128 levels deep.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.document()
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var at = 0
  var depth = 0

  mutating func document() throws(JSONError) -> JSON {
    let value = try value()
    skipBlanks()
    if at < bytes.count { throw failure("there is more after the value") }
    return value
  }

  func failure(_ message: String) -> JSONError { JSONError(message: message, offset: at) }

  mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  mutating func peek() throws(JSONError) -> UInt8 {
    skipBlanks()
    guard at < bytes.count else { throw failure("the text ends too early") }
    return bytes[at]
  }

  mutating func take(_ byte: Character) throws(JSONError) -> Bool {
    guard try peek() == byte.asciiValue else { return false }
    at += 1
    return true
  }

  mutating func value() throws(JSONError) -> JSON {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 128 else { throw failure("it is nested more than 128 levels deep") }
    switch try peek() {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[at...].starts(with: word.utf8) else { throw failure("this is no JSON value") }
    at += word.utf8.count
    return value
  }

  mutating func array() throws(JSONError) -> JSON {
    at += 1
    var items: [JSON] = []
    if try take("]") { return .array(items) }
    repeat { items.append(try value()) } while try take(",")
    guard try take("]") else { throw failure("a comma or ] is missing") }
    return .array(items)
  }

  mutating func object() throws(JSONError) -> JSON {
    at += 1
    var members: [JSON.Member] = []
    if try take("}") { return .object(members) }
    repeat {
      guard try peek() == UInt8(ascii: "\"") else { throw failure("a member's name is missing") }
      let name = try string()
      guard try take(":") else { throw failure("a colon is missing") }
      members.append(JSON.Member(name, try value()))
    } while try take(",")
    guard try take("}") else { throw failure("a comma or } is missing") }
    return .object(members)
  }

  mutating func number() throws(JSONError) -> JSON {
    let start = at
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    let first = at
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[first] != UInt8(ascii: "0") else {
      throw failure("this is no JSON value")
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw failure("digits are missing") }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, [0x2B, 0x2D].contains(bytes[at]) { at += 1 }
      guard digits() > 0 else { throw failure("digits are missing") }
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  mutating func digits() -> Int {
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
    return at - start
  }

  mutating func string() throws(JSONError) -> String {
    at += 1
    var out: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: out, as: UTF8.self) else {
          throw failure("the text is no UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &out)
      case 0..<0x20: throw failure("a control character stands in a text")
      default: out.append(byte)
      }
    }
    throw failure("the text ends too early")
  }

  mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    guard at < bytes.count else { throw failure("the text ends too early") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "u"): try unicode(into: &out)
    default: throw failure("this escape is unknown")
    }
  }

  mutating func unicode(into out: inout [UInt8]) throws(JSONError) {
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code) {
      guard bytes[at...].starts(with: "\\u".utf8) else { throw failure("half a character") }
      at += 2
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw failure("half a character") }
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw failure("half a character") }
    out.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count,
      bytes[at..<at + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits are missing") }
    at += 4
    return code
  }
}
