import Diagnostics
import Text

extension Lexer {
  /// Whether a byte is one that operators are made of.
  static func isSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
      UInt8(ascii: "%"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "?"),
      UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "@"),
      UInt8(ascii: "\\"):
      true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The character at an offset and its length in bytes; nil where the bytes are not UTF-8.
  func scalar(at index: Int) -> (Unicode.Scalar, Int)? {
    let end = min(index + 4, source.bytes.count)
    var bytes = source.bytes[min(index, end)..<end].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    guard case .valid(let encoded) = parser.parseScalar(from: &bytes) else { return nil }
    return (Unicode.UTF8.decode(encoded), encoded.count)
  }

  private func isNamePart(at index: Int) -> Int? {
    let next = byte(index)
    if Self.isNameByte(next) { return 1 }
    guard next >= 0x80, let (scalar, length) = scalar(at: index),
      scalar.properties.isAlphabetic
    else { return nil }
    return length
  }

  mutating func scanName() -> Token.Kind {
    let start = offset
    while true {
      if let length = isNamePart(at: offset) {
        offset += length
        continue
      }
      // Dashes belong to the name only when more of it follows: `a->b` is `a`, `->`, `b`.
      var after = offset
      while byte(after) == UInt8(ascii: "-") { after += 1 }
      guard after > offset, isNamePart(at: after) != nil else { break }
      offset = after
    }
    let first = source.bytes[start]
    if first < 0x80 {
      if offset == start + 1, first == UInt8(ascii: "_") { return .underscore }
      if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) { return .typeName }
      guard (2...11).contains(offset - start), Self.startsKeyword(first) else { return .name }
      let text = String(decoding: source.bytes[start..<offset], as: UTF8.self)
      return Keyword(rawValue: text).map { .keyword($0) } ?? .name
    }
    return scalar(at: start)?.0.properties.isUppercase == true ? .typeName : .name
  }

  /// Whether some reserved word begins with a letter.
  private static func startsKeyword(_ letter: UInt8) -> Bool {
    letter < 0x80 && keywordLetters & (UInt64(1) << UInt64(letter & 0x3F)) != 0
  }

  /// The letters with which reserved words begin, each a bit.
  private static let keywordLetters = Keyword.allCases.reduce(UInt64(0)) { letters, keyword in
    letters | UInt64(1) << UInt64((keyword.rawValue.utf8.first ?? 0) & 0x3F)
  }

  mutating func scanSymbol() -> Token.Kind {
    let start = offset
    // `>>` may close two types: every `>` but the last is a token of its own, and an expression
    // joins them again.
    if byte(start) == UInt8(ascii: ">"), byte(start + 1) == UInt8(ascii: ">") {
      offset += 1
      return .symbol
    }
    while Self.isSymbol(byte(offset)) { offset += 1 }
    // In `x ==-1` and `a &&!b` the last character belongs to the operand.
    if offset - start > 1, isNamePart(at: offset) != nil || byte(offset) == UInt8(ascii: "(") {
      let last = byte(offset - 1)
      if last == UInt8(ascii: "-") || last == UInt8(ascii: "!") { offset -= 1 }
    }
    switch source.bytes[start..<offset] {
    case [UInt8(ascii: "|")]: return .bar
    case [UInt8(ascii: "-"), UInt8(ascii: ">")]: return .arrow
    case [UInt8(ascii: "=")]: return .equals
    default: return .symbol
    }
  }

  mutating func scanNumber() -> Token.Kind {
    let start = offset
    while let length = isNamePart(at: offset) { offset += length }
    var dots = 0
    while byte(offset) == UInt8(ascii: "."), Self.isDigit(byte(offset + 1)) {
      dots += 1
      offset += 1
      while let length = isNamePart(at: offset) { offset += length }
    }
    let isExponentOpen = byte(offset - 1) | 0x20 == UInt8(ascii: "e")
    if isExponentOpen, byte(start + 1) | 0x20 != UInt8(ascii: "x"), Self.isDigit(byte(offset + 1)),
      byte(offset) == UInt8(ascii: "-") || byte(offset) == UInt8(ascii: "+")
    {
      offset += 1
      while Self.isDigit(byte(offset)) { offset += 1 }
    }
    let text = String(decoding: source.bytes[start..<offset], as: UTF8.self)
    if dots < 2, let kind = Self.numberKind(text) { return kind }
    // An address or a CIDR without its quotes: take the prefix length along.
    if dots > 1, byte(offset) == UInt8(ascii: "/") {
      offset += 1
      while Self.isDigit(byte(offset)) { offset += 1 }
    }
    if hasRoom { diagnostics.append(.malformedNumber(source, range(from: start))) }
    return .malformed
  }

  private static func numberKind(_ text: String) -> Token.Kind? {
    if text.utf8.allSatisfy(isDigit) { return .integer }
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      let digits = text.dropFirst(2)
      return !digits.isEmpty && digits.allSatisfy(\.isHexDigit) ? .integer : nil
    }
    let allowed = text.utf8.allSatisfy {
      isDigit($0) || [0x2E, 0x65, 0x45, 0x2B, 0x2D].contains($0)
    }
    return allowed && Double(text) != nil ? .float : nil
  }

  mutating func scanUnknown() -> Token.Kind {
    let start = offset
    var isText = true
    while offset < source.bytes.count, isUnknown(at: offset) {
      if let (_, length) = scalar(at: offset) {
        offset += length
      } else {
        isText = false
        offset += 1
      }
    }
    let quotes: [Unicode.Scalar] = ["\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}"]
    let isQuoted = scalar(at: start).map { quotes.contains($0.0) } == true
    // The line's text up to the last such quote is one mistake.
    if isQuoted { closeCurlyQuotes(quotes) }
    guard hasRoom else { return .malformed }
    if isQuoted {
      diagnostics.append(.curlyQuotes(range(from: start)))
    } else if isText {
      diagnostics.append(.unknownCharacters(source, range(from: start)))
    } else {
      diagnostics.append(.notUTF8(range(from: start)))
    }
    return .malformed
  }

  private mutating func closeCurlyQuotes(_ quotes: [Unicode.Scalar]) {
    var end = offset
    while end < source.bytes.count, byte(end) != UInt8(ascii: "\n") {
      guard let (scalar, length) = scalar(at: end) else { return }
      end += length
      if quotes.contains(scalar) {
        offset = end
        return
      }
    }
  }

  private func isUnknown(at index: Int) -> Bool {
    let next = byte(index)
    if next >= 0x80 {
      guard let (scalar, _) = scalar(at: index) else { return true }
      return !scalar.properties.isAlphabetic
    }
    return next == UInt8(ascii: "\\") || next == UInt8(ascii: "`") || next == 0x7F
      || (next < 0x20 && ![0x09, 0x0A, 0x0D].contains(next))
  }

  func range(from lower: Int) -> SourceRange {
    SourceRange(source: id, lower: lower, upper: offset)
  }
}
