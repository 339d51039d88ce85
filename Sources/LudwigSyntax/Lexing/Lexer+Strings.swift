import Diagnostics
import Text

extension Lexer {
  mutating func scanString() -> Token.Kind {
    let start = offset
    let close = stringEnd(from: start)
    if let close, trustsLongStrings || !looksRunaway(from: start, to: close) {
      offset = close
      return .string
    }
    foundUnclosedString = true
    while offset < source.bytes.count, source.bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    // Lines that begin with a backslash can only belong to it.
    var next = offset
    while next < source.bytes.count {
      var head = next + 1
      while byte(head) == UInt8(ascii: " ") || byte(head) == UInt8(ascii: "\t") { head += 1 }
      guard byte(head) == UInt8(ascii: "\\") else { break }
      next = source.bytes[head...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      offset = next
    }
    // Leave what closes the brackets around the string to the parser.
    var end = offset
    while end > start + 1, " \t\r,)]}".utf8.contains(source.bytes[end - 1]) { end -= 1 }
    offset = end
    if hasRoom {
      diagnostics.append(.unclosedString(range(from: start), quote: source.bytes[start]))
    }
    return .malformed
  }

  /// One past the closing quote of a string; nil without one. A quote that an earlier scan for the
  /// same kind of quote passed over ends where that one did, so that no sheet is scanned again and
  /// again.
  private mutating func stringEnd(from start: Int) -> Int? {
    let isDouble = source.bytes[start] == UInt8(ascii: "\"")
    let known = isDouble ? doubleScan : singleScan
    if known.lower <= start, start < known.upper { return known.end }
    let end = StringLiteral.end(source.bytes, from: start)
    let upper = end.map { $0 - 1 } ?? source.bytes.count
    let scan = StringScan(lower: start, upper: upper, end: end)
    if isDouble { doubleScan = scan } else { singleScan = scan }
    return end
  }

  /// Whether a string holds a line that reads like a field or a statement, `name:`.
  private mutating func looksRunaway(from start: Int, to end: Int) -> Bool {
    if start < runawayLine, runawayLine < end { return true }
    guard let line = firstRunawayLine(from: start, to: end) else {
      return closesWithinCode(from: start, to: end)
    }
    runawayLine = line
    return true
  }

  private func firstRunawayLine(from start: Int, to end: Int) -> Int? {
    let bytes = source.bytes
    var line = start
    while let lineBreak = bytes[line..<end].firstIndex(of: UInt8(ascii: "\n")) {
      line = lineBreak + 1
      var cursor = line
      while cursor < end, bytes[cursor] == UInt8(ascii: " ") { cursor += 1 }
      let name = cursor
      while cursor < end, Self.isNameLike(bytes[cursor]) { cursor += 1 }
      guard cursor > name else { continue }
      let word = String(decoding: bytes[name..<cursor], as: UTF8.self)
      if cursor < end, bytes[cursor] == UInt8(ascii: ":") { return line }
      if name == line, Keyword(rawValue: word) != nil { return line }
    }
    return nil
  }

  /// Whether the line on which a string ends has an even number of its quotes, so that the ones
  /// on that line are pairs of their own.
  private func closesWithinCode(from start: Int, to end: Int) -> Bool {
    guard let lineBreak = source.bytes[start..<end].lastIndex(of: UInt8(ascii: "\n")) else {
      return false
    }
    var (count, cursor) = (0, lineBreak + 1)
    while cursor < source.bytes.count, source.bytes[cursor] != UInt8(ascii: "\n") {
      if source.bytes[cursor] == UInt8(ascii: "\\") { cursor += 1 }
      if byte(cursor) == source.bytes[start] { count += 1 }
      cursor += 1
    }
    return count % 2 == 0
  }

  private static func isNameLike(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

/// What a scan for the end of a string found.
struct StringScan {
  /// Where it began.
  var lower = 0
  /// The closing quote, or the end of the sheet; quotes before it were passed over.
  var upper = 0
  /// One past the closing quote; nil where there is none.
  var end: Int?
}
