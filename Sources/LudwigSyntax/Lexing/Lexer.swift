import Diagnostics
import Text

/// Cuts a sheet into tokens; never fails, and drops no byte.
struct Lexer {
  let source: SourceText
  let id: SourceID
  /// Whether a string may run over a line that looks like a field or a statement.
  ///
  /// It may, until the sheet proves to hold an unclosed string: then the sheet is cut once more
  /// with this off, so that one forgotten quote spoils one line, not the rest of the sheet.
  let trustsLongStrings: Bool
  var offset = 0
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  var foundUnclosedString = false
  /// The last scan for the end of a string in double quotes.
  var doubleScan = StringScan()
  /// The last scan for the end of a string in single quotes.
  var singleScan = StringScan()
  /// The line that last made a string look as if it ran away; -1 for none.
  var runawayLine = -1
  private var lineStart = 0
  private var lineIndent = 0
  private var lastTokenLine = -1
  /// A place on the current line whose column is known, so that columns cost one pass.
  private var measured = (offset: 0, column: 0)

  init(_ source: SourceText, id: SourceID, trustsLongStrings: Bool = true) {
    self.source = source
    self.id = id
    self.trustsLongStrings = trustsLongStrings
    // Room that is not used takes no memory, and a long sheet's tokens are never moved.
    tokens.reserveCapacity(source.bytes.count / (source.bytes.count > 1 << 20 ? 1 : 4) + 1)
  }

  /// All tokens of a sheet, the last one being `end`, and what is wrong with its words.
  static func tokens(of source: SourceText, id: SourceID) -> ([Token], [Diagnostic]) {
    var lexer = Lexer(source, id: id)
    lexer.run()
    if lexer.foundUnclosedString {
      lexer = Lexer(source, id: id, trustsLongStrings: false)
      lexer.run()
    }
    return (lexer.tokens, lexer.diagnostics)
  }

  private mutating func run() {
    var triviaLower = 0
    while true {
      skipTrivia()
      let lower = offset
      let kind = scan()
      let startsLine = lastTokenLine != lineStart
      let column = column(of: lower)
      if startsLine { lineIndent = column }
      lastTokenLine = lineStart
      tokens.append(
        Token(
          kind: kind, triviaLower: Int32(triviaLower), lower: Int32(lower),
          upper: Int32(offset), column: Int32(column), lineIndent: Int32(lineIndent),
          startsLine: startsLine))
      triviaLower = offset
      if kind == .string || kind == .malformed { noteLineBreaks(from: lower) }
      if kind == .end { return }
    }
  }

  /// Whether one more mistake is told.
  var hasRoom: Bool { diagnostics.count < Parser.mistakeLimit }

  /// A byte of the sheet, or 0 past its end.
  func byte(_ index: Int) -> UInt8 {
    index < source.bytes.count ? source.bytes[index] : 0
  }

  private mutating func column(of lower: Int) -> Int {
    if measured.offset < lineStart { measured = (lineStart, 0) }
    for byte in source.bytes[measured.offset..<lower] {
      if byte == UInt8(ascii: "\t") {
        measured.column = (measured.column / 8 + 1) * 8
      } else if byte & 0xC0 != 0x80 {
        measured.column += 1
      }
    }
    measured.offset = lower
    return measured.column
  }

  private mutating func skipTrivia() {
    while offset < source.bytes.count {
      switch source.bytes[offset] {
      case UInt8(ascii: "\n"):
        offset += 1
        lineStart = offset
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        offset += 1
      case UInt8(ascii: "#"):
        while offset < source.bytes.count, source.bytes[offset] != UInt8(ascii: "\n") {
          offset += 1
        }
      case 0xEF where offset == 0 && byte(1) == 0xBB && byte(2) == 0xBF:
        // A byte order mark; it takes no column.
        offset = 3
        lineStart = 3
      default: return
      }
    }
  }

  /// After a token that may span lines: tokens behind it stand on its last line.
  private mutating func noteLineBreaks(from lower: Int) {
    guard let last = source.bytes[lower..<offset].lastIndex(of: UInt8(ascii: "\n")) else { return }
    lineStart = last + 1
    lastTokenLine = lineStart
  }

  private mutating func scan() -> Token.Kind {
    guard offset < source.bytes.count else { return .end }
    let first = source.bytes[offset]
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return scanNumber()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return scanString()
    case UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return scanName()
    default: break
    }
    if let kind = Self.punctuation(first) {
      offset += 1
      return kind
    }
    if Self.isSymbol(first) { return scanSymbol() }
    if let (scalar, _) = scalar(at: offset), scalar.properties.isAlphabetic { return scanName() }
    return scanUnknown()
  }

  private static func punctuation(_ byte: UInt8) -> Token.Kind? {
    switch byte {
    case UInt8(ascii: "("): .leftParenthesis
    case UInt8(ascii: ")"): .rightParenthesis
    case UInt8(ascii: "["): .leftBracket
    case UInt8(ascii: "]"): .rightBracket
    case UInt8(ascii: "{"): .leftBrace
    case UInt8(ascii: "}"): .rightBrace
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: ";"): .semicolon
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "."): .dot
    default: nil
    }
  }
}
