extension WireJSONReader {
  mutating func string() throws(WireError) -> String {
    try expect(UInt8(ascii: "\""))
    return try stringBody()
  }

  /// The text up to the closing quote.
  mutating func stringBody() throws(WireError) -> String {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        guard let text = WireText.string(bytes, start..<(at - 1)) else {
          throw malformed("a text is not UTF-8")
        }
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 32 else { throw malformed("a control character stands in a text") }
      at += 1
    }
    throw malformed("the text ends too early")
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(WireError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw malformed("a text is not UTF-8")
    }
    return text
  }

  private mutating func escapedString(from start: Int) throws(WireError) -> String {
    var out = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(out[...])
      case UInt8(ascii: "\\"): try escape(into: &out)
      case 0..<32: throw malformed("a control character stands in a text")
      default: out.append(byte)
      }
    }
    throw malformed("the text ends too early")
  }

  private mutating func escape(into out: inout [UInt8]) throws(WireError) {
    guard at < bytes.count else { throw malformed("the text ends too early") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "u"): try unicode(into: &out)
    default: throw malformed("there is no such escape")
    }
  }

  private mutating func unicode(into out: inout [UInt8]) throws(WireError) {
    var unit = try hexadecimal()
    if (0xD800..<0xDC00).contains(unit), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    {
      let back = at
      at += 2
      let low = try hexadecimal()
      if (0xDC00..<0xE000).contains(low) {
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      } else {
        at = back
      }
    }
    let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
    out.append(contentsOf: String(scalar).utf8)
  }

  private mutating func hexadecimal() throws(WireError) -> UInt32 {
    guard at + 4 <= bytes.count,
      let text = String(validating: bytes[at..<(at + 4)], as: UTF8.self),
      text.utf8.allSatisfy({ $0 != 43 && $0 != 45 }), let unit = UInt32(text, radix: 16)
    else { throw malformed("four hexadecimal digits are needed") }
    at += 4
    return unit
  }

  /// Passes over any value.
  mutating func skip() throws(WireError) {
    try count()
    switch try peek() {
    case UInt8(ascii: "{"):
      try enter()
      if try !take(UInt8(ascii: "}")) {
        repeat {
          _ = try string()
          try expect(UInt8(ascii: ":"))
          try skip()
        } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
      }
      depth -= 1
    case UInt8(ascii: "["):
      try enter()
      if try !take(UInt8(ascii: "]")) {
        repeat { try skip() } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
      }
      depth -= 1
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"): try word(Self.trueWord)
    case UInt8(ascii: "f"): try word(Self.falseWord)
    case UInt8(ascii: "n"): try word(Self.nullWord)
    default: _ = try number()
    }
  }
}
