import Determinism
import LudwigSyntax
import Text

/// A sheet's tokens, for putting one mistake into it.
struct MistakenSheet {
  /// The sheet's text.
  let text: String
  /// Its bytes.
  let bytes: [UInt8]
  /// Its tokens, the end left out.
  let tokens: [Token]
  private let source: SourceText

  /// Cuts a sheet into tokens.
  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
    source = SourceText(name: "sheet", text: text)
    tokens = parse(source, id: SourceID(index: 0)).0.tokens.filter { $0.kind != .end }
  }

  /// A token's text.
  func word(_ index: Int) -> String {
    guard tokens.indices.contains(index) else { return "" }
    return String(
      decoding: bytes[Int(tokens[index].lower)..<Int(tokens[index].upper)], as: UTF8.self)
  }

  /// A token's kind; nil outside the sheet.
  func kind(_ index: Int) -> Token.Kind? {
    tokens.indices.contains(index) ? tokens[index].kind : nil
  }

  /// A token's line, from 1.
  func line(_ index: Int) -> Int { source.position(at: Int(tokens[index].lower)).line }

  /// The line of a byte, from 1.
  func line(atByte offset: Int) -> Int { source.position(at: offset).line }

  /// The index of the bracket that closes the one at an index.
  func partner(_ opener: Int) -> Int? {
    var depth = 0
    for index in opener..<tokens.count {
      switch tokens[index].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
    }
    return nil
  }

  /// The first and last tokens of what stands between commas in brackets.
  func parts(in opener: Int) -> [ClosedRange<Int>] {
    guard let end = partner(opener), end > opener + 1 else { return [] }
    var out: [ClosedRange<Int>] = []
    var (start, depth) = (opener + 1, 0)
    for index in (opener + 1)..<end {
      switch tokens[index].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      case .comma where depth == 0:
        if index > start { out.append(start...(index - 1)) }
        start = index + 1
      default: break
      }
    }
    if start < end { out.append(start...(end - 1)) }
    return out
  }

  /// Indices of tokens for which something holds.
  func all(where holds: (Int) -> Bool) -> [Int] { tokens.indices.filter(holds) }

  /// Whether a token stands in the statement of an import or an export.
  func isInHeader(_ index: Int) -> Bool {
    let start = tokens[...index].lastIndex { $0.startsLine && $0.column == 0 } ?? 0
    return tokens[start].kind == .keyword(.import) || tokens[start].kind == .keyword(.export)
      || tokens[start].kind == .keyword(.composition)
  }

  /// Whether a token belongs to what stands before a definition's colon: a name and its types.
  func isInSignature(_ index: Int) -> Bool {
    let start = tokens[...index].lastIndex { $0.startsLine && $0.column == 0 } ?? 0
    guard tokens[start].kind == .keyword(.fun) || tokens[start].kind == .keyword(.type) else {
      return false
    }
    if tokens[start].kind == .keyword(.type) { return true }
    var depth = 0
    for place in start..<index {
      switch tokens[place].kind {
      case .leftParenthesis, .leftBrace: depth += 1
      case .rightParenthesis, .rightBrace: depth -= 1
      case .colon where depth == 0: return false
      default: break
      }
    }
    return true
  }

  /// The lower-case names that the sheet defines at the margin.
  var topNames: [String: Int] {
    var out: [String: Int] = [:]
    for index in tokens.indices where tokens[index].startsLine && tokens[index].column == 0 {
      if kind(index) == .name, kind(index + 1) == .colon { out[word(index)] = index }
      if kind(index) == .keyword(.fun), kind(index + 1) == .name {
        out[word(index + 1)] = index + 1
      }
    }
    return out
  }

  /// The text with a range of bytes replaced.
  func replacing(_ lower: Int, _ upper: Int, with text: String) -> String {
    String(decoding: bytes[..<lower] + Array(text.utf8) + bytes[upper...], as: UTF8.self)
  }

  /// A sheet in which a token is replaced.
  func replacing(_ index: Int, with text: String) -> Mistake {
    let token = tokens[index]
    return Mistake(
      text: replacing(Int(token.lower), Int(token.upper), with: text),
      place: Int(token.lower)...(Int(token.lower) + max(0, text.utf8.count)))
  }

  /// A sheet without some tokens; the blanks before them stay.
  func removing(_ range: ClosedRange<Int>) -> Mistake {
    let (lower, upper) = (
      Int(tokens[range.lowerBound].lower), Int(tokens[range.upperBound].upper)
    )
    return Mistake(text: replacing(lower, upper, with: ""), place: max(0, lower - 1)...lower)
  }

  /// A sheet with something put before a token, or behind it.
  func inserting(_ text: String, before index: Int) -> Mistake {
    let lower = Int(tokens[index].lower)
    return Mistake(
      text: replacing(lower, lower, with: text), place: lower...(lower + text.utf8.count))
  }

  /// A sheet with something put behind a token.
  func inserting(_ text: String, behind index: Int) -> Mistake {
    let upper = Int(tokens[index].upper)
    return Mistake(
      text: replacing(upper, upper, with: text), place: upper...(upper + text.utf8.count))
  }
}

/// A sheet with one mistake.
struct Mistake {
  /// The sheet's text.
  var text: String
  /// The bytes that are wrong, in the new text.
  var place: ClosedRange<Int>
  /// Further bytes where a message may point as well, such as the bracket that is not closed.
  var others: [ClosedRange<Int>] = []
}
