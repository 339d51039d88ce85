/// The rules of strings: where one ends, and what it holds.
///
/// A line break and the blanks after it become one space; where a backslash follows the blanks,
/// they become a line break instead, and the text goes on behind the backslash. A backslash at the
/// end of a line joins the lines with nothing between them.
enum StringLiteral {
  /// An escape that means nothing.
  struct BadEscape: Hashable {
    /// First byte, the backslash.
    let lower: Int
    /// One past the last byte.
    let upper: Int
  }

  /// One past the closing quote of the string whose opening quote is at `start`; nil without one.
  static func end(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case bytes[start]: return index + 1
      case UInt8(ascii: "\\"): index = joinEnd(bytes, index) ?? index + 2
      case UInt8(ascii: "\n"): index = breakEnd(bytes, index).end
      default: index += 1
      }
    }
    return nil
  }

  /// What a closed string holds, from its opening quote to one past its closing quote.
  static func value(_ bytes: ArraySlice<UInt8>) -> (text: String, mistakes: [BadEscape]) {
    let inner = bytes.dropFirst().dropLast()
    let isPlain = inner.allSatisfy { $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\n") }
    if isPlain { return (String(decoding: inner, as: UTF8.self), []) }
    let all = Array(bytes)
    let base = bytes.startIndex
    var out: [UInt8] = []
    var mistakes: [BadEscape] = []
    var index = 1
    while index < all.count - 1 {
      switch all[index] {
      case UInt8(ascii: "\\"):
        if let end = joinEnd(all, index) {
          index = end
          continue
        }
        let (scalar, end) = escape(all, index)
        if let scalar {
          out.append(contentsOf: Array(String(Character(scalar)).utf8))
        } else if all[index + 1] != UInt8(ascii: "&") {
          mistakes.append(BadEscape(lower: base + index, upper: base + end))
        }
        index = end
      case UInt8(ascii: "\r") where all[index + 1] == UInt8(ascii: "\n"):
        index += 1
      case UInt8(ascii: "\n"):
        let (end, keeps) = breakEnd(all, index)
        out.append(keeps ? UInt8(ascii: "\n") : UInt8(ascii: " "))
        index = end
      default:
        out.append(all[index])
        index += 1
      }
    }
    return (String(decoding: out, as: UTF8.self), mistakes)
  }

  /// Past a line break, the blanks after it and the backslash that keeps it.
  private static func breakEnd(_ bytes: [UInt8], _ index: Int) -> (end: Int, keeps: Bool) {
    var end = index + 1
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    let keeps = end < bytes.count && bytes[end] == UInt8(ascii: "\\")
    return (keeps ? end + 1 : end, keeps)
  }

  /// Past a backslash that ends its line, and the blanks of the next; nil for another backslash.
  private static func joinEnd(_ bytes: [UInt8], _ index: Int) -> Int? {
    var next = index + 1
    if next < bytes.count, bytes[next] == UInt8(ascii: "\r") { next += 1 }
    guard next < bytes.count, bytes[next] == UInt8(ascii: "\n") else { return nil }
    return breakEnd(bytes, next).end
  }

  /// The character that an escape stands for, nil for a mistake or `\&`; and where it ends.
  private static func escape(_ bytes: [UInt8], _ index: Int) -> (Unicode.Scalar?, Int) {
    let letter = bytes[index + 1]
    let single: [(UInt8, Unicode.Scalar)] = [
      (0x6E, "\n"), (0x74, "\t"), (0x72, "\r"), (0x5C, "\\"), (0x22, "\""), (0x27, "'"),
      (0x61, "\u{7}"), (0x62, "\u{8}"), (0x66, "\u{C}"), (0x76, "\u{B}"), (0x65, "\u{1B}"),
      (0x2F, "/"),
    ]
    if let found = single.first(where: { $0.0 == letter }) { return (found.1, index + 2) }
    switch letter {
    case UInt8(ascii: "^") where (0x40...0x5F).contains(bytes[index + 2]):
      return (Unicode.Scalar(bytes[index + 2] - 0x40), index + 3)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return control(bytes, index)
    case UInt8(ascii: "x"), UInt8(ascii: "u"): return numeric(bytes, index + 2, radix: 16)
    case UInt8(ascii: "o"): return numeric(bytes, index + 2, radix: 8)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return numeric(bytes, index + 1, radix: 10)
    default:
      // Keep a character of several bytes whole.
      var end = index + 2
      while end < bytes.count - 1, bytes[end] & 0xC0 == 0x80 { end += 1 }
      return (nil, min(end, bytes.count - 1))
    }
  }

  /// The control characters by their names in ASCII, as Haskell writes them; a longer name comes
  /// before one that it begins with.
  private static let controls: [(name: String, code: UInt8)] =
    [("SOH", 1), ("SO", 14), ("DEL", 127), ("SP", 32)]
    + [
      "NUL", "", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "",
      "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC",
      "FS", "GS", "RS", "US",
    ].enumerated().filter { $0.element != "" }.map { ($0.element, UInt8($0.offset)) }

  private static func control(_ bytes: [UInt8], _ index: Int) -> (Unicode.Scalar?, Int) {
    for (name, code) in controls where bytes[(index + 1)...].starts(with: name.utf8) {
      return (Unicode.Scalar(code), index + 1 + name.utf8.count)
    }
    return (nil, index + 2)
  }

  private static func numeric(
    _ bytes: [UInt8], _ start: Int, radix: Int
  ) -> (Unicode.Scalar?, Int) {
    var value = 0
    var end = start
    while end < bytes.count - 1, end - start < 8,
      let digit = Character(Unicode.Scalar(bytes[end])).hexDigitValue, digit < radix
    {
      value = value * radix + digit
      end += 1
    }
    guard end > start, let code = UInt32(exactly: value) else { return (nil, end) }
    return (Unicode.Scalar(code), end)
  }
}
