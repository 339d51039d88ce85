import Diagnostics
import Text

extension Parser {
  /// A pattern.
  mutating func parsePattern() -> PatternID {
    nested({ $0.parsePatternNode() }, else: { $0.tree.add(Pattern.missing, $0.pointRange) })
  }

  private mutating func parsePatternNode() -> PatternID {
    let lower = token.lower
    switch kind {
    case .underscore:
      advance()
      return tree.add(Pattern.wildcard, range(from: lower))
    case .name, .keyword(.composition), .keyword(.import), .keyword(.export), .keyword(.type),
      .keyword(.operator), .keyword(.validate):
      return tree.add(Pattern.name(takeIdentifier()), range(from: lower))
    case .typeName: return parseConstructorPattern()
    case .integer, .float, .string: return parseLiteralPattern(sign: "")
    case .symbol where text(token) == "-" && [.integer, .float].contains(kind(ahead: 1)):
      advance()
      return parseLiteralPattern(sign: "-")
    case .leftParenthesis:
      let elements = parsePatternList("the pattern")
      if elements.count == 1, let only = elements.first { return only }
      return tree.add(Pattern.tuple(elements), range(from: lower))
    case .leftBracket:
      return tree.add(Pattern.list(parsePatternList("the list pattern")), range(from: lower))
    case .leftBrace: return parseRecordPattern()
    case .malformed:
      advance()
      isPoisoned = true
      return tree.add(Pattern.missing, range(from: lower))
    case .keyword:
      report(.keywordAsName(text(token), range(token)))
      return tree.add(Pattern.missing, pointRange)
    case .symbol, .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon, .colon,
      .dot, .bar, .arrow, .equals, .end:
      reportUnexpected("a name or a pattern")
      return tree.add(Pattern.missing, pointRange)
    }
  }

  private mutating func parseConstructorPattern() -> PatternID {
    let lower = token.lower
    let name = takeQualifiedName()
    let payload = startsPayload ? parsePattern() : nil
    return tree.add(Pattern.constructor(name, payload), range(from: lower))
  }

  private var startsPayload: Bool {
    switch kind {
    // `for Optional x in xs`: `in` is never what a constructor holds.
    case .name: !isWord("in")
    case .underscore, .typeName, .integer, .float, .string, .leftParenthesis, .leftBracket,
      .leftBrace:
      true
    case .symbol, .keyword, .malformed, .rightParenthesis, .rightBracket, .rightBrace, .comma,
      .semicolon, .colon, .dot, .bar, .arrow, .equals, .end:
      false
    }
  }

  private mutating func parseLiteralPattern(sign: String) -> PatternID {
    let lower = sign.isEmpty ? token.lower : tokens[index - 1].lower
    let node: Pattern
    if kind == .string {
      node = .string(takeString())
    } else if kind == .integer {
      node = .integer(takeInteger(sign: sign))
    } else {
      node = .float(Double(sign + text(token)) ?? 0)
      advance()
    }
    return tree.add(node, range(from: lower))
  }

  private mutating func parsePatternList(_ what: String) -> [PatternID] {
    var elements: [PatternID] = []
    bracketed(
      what, element: { elements.append($0.parsePattern()) },
      isStart: { $0.kind == .name || $0.kind == .underscore })
    return elements
  }

  private mutating func parseRecordPattern() -> PatternID {
    let lower = token.lower
    var fields: [FieldPattern] = []
    bracketed(
      "the record pattern",
      element: { parser in
        guard parser.isFieldName else {
          parser.reportUnexpected("a field's name")
          return
        }
        let name = parser.takeIdentifier()
        let pattern =
          parser.accept(.colon)
          ? parser.parsePattern() : parser.tree.add(Pattern.name(name), name.range)
        fields.append(FieldPattern(name: name, pattern: pattern))
      }, isStart: { $0.isFieldName && $0.token.startsLine })
    return tree.add(.record(fields), range(from: lower))
  }
}
