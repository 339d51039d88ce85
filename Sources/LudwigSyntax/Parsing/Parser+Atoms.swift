import Diagnostics
import Text

extension Parser {
  /// A literal, a name, or something in brackets.
  mutating func parseAtom() -> ExpressionID {
    let lower = token.lower
    switch kind {
    case .name, .keyword(.composition), .keyword(.import), .keyword(.export), .keyword(.type),
      .keyword(.operator), .keyword(.validate):
      return tree.add(.name(QualifiedName([], takeIdentifier())), range(from: lower))
    case .typeName: return parseUpperName()
    case .integer: return tree.add(.integer(takeInteger(sign: "")), range(from: lower))
    case .float:
      let value = Double(text(token)) ?? 0
      advance()
      return tree.add(.float(value), range(from: lower))
    case .string: return tree.add(.string(takeString()), range(from: lower))
    case .leftParenthesis: return parseParenthesized()
    case .leftBracket: return parseList()
    case .leftBrace: return parseBraces()
    case .malformed:
      advance()
      isPoisoned = true
      return tree.add(Expression.missing, range(from: lower))
    case .underscore, .keyword, .symbol, .rightParenthesis, .rightBracket, .rightBrace, .comma,
      .semicolon, .colon, .dot, .bar, .arrow, .equals, .end:
      reportUnexpected("a value")
      if kind == .underscore { advance() }
      return missingExpression()
    }
  }

  private mutating func parseUpperName() -> ExpressionID {
    let name = takeQualifiedName()
    let isConstructor = tokens[index - 1].kind == .typeName
    return tree.add(isConstructor ? .constructor(name) : .name(name), name.range)
  }

  /// Elements in parentheses or brackets.
  mutating func parseElements(_ what: String) -> [ExpressionID] {
    var elements: [ExpressionID] = []
    bracketed(
      what, element: { elements.append($0.parseBody()) }, isStart: { $0.startsExpression })
    return elements
  }

  private mutating func parseParenthesized() -> ExpressionID {
    let lower = token.lower
    if kind(ahead: 1) == .symbol || kind(ahead: 1) == .bar, kind(ahead: 2) == .rightParenthesis {
      advance()
      let name = takeIdentifier()
      advance()
      return tree.add(.operatorValue(name), range(from: lower))
    }
    let elements = parseElements("the parentheses")
    if elements.count == 1, let only = elements.first { return only }
    return tree.add(Expression.tuple(elements), range(from: lower))
  }

  private mutating func parseList() -> ExpressionID {
    let lower = token.lower
    var elements: [ExpressionID] = []
    var clauses: [ComprehensionClause] = []
    bracketed(
      "the list",
      element: { parser in
        elements.append(parser.parseBody())
        if parser.kind == .keyword(.for), elements.count == 1 { clauses = parser.parseClauses() }
      }, isStart: { $0.startsExpression })
    if let first = elements.first, !clauses.isEmpty {
      return tree.add(.comprehension(first, clauses), range(from: lower))
    }
    return tree.add(Expression.list(elements), range(from: lower))
  }

  /// A record or a dictionary in braces, or named arguments in parentheses.
  mutating func parseBraces() -> ExpressionID {
    let lower = token.lower
    var fields: [RecordField] = []
    var entries: [DictionaryEntry] = []
    bracketed(
      "the record",
      element: { parser in
        if parser.kind == .string {
          let place = parser.range(parser.token)
          let key = Identifier(parser.takeString(), place)
          parser.expectColon(after: "the key")
          entries.append(DictionaryEntry(key: key, value: parser.parseBody()))
          if !fields.isEmpty, entries.count == 1 { parser.report(.mixedBraces(place)) }
        } else if parser.kind == .keyword(.let), parser.kind(ahead: 1) != .colon {
          parser.report(.letInBraces(parser.range(parser.token)))
        } else if parser.isFieldName {
          let name = parser.takeIdentifier()
          parser.expectColon(after: "the field's name", hint: parser.braceHint(name.text))
          fields.append(RecordField(name: name, value: parser.parseBody()))
          if !entries.isEmpty, fields.count == 1 { parser.report(.mixedBraces(name.range)) }
        } else {
          parser.reportUnexpected("a field, such as `name: value`")
        }
      }, isStart: { ($0.isFieldName || $0.kind == .string) && $0.kind(ahead: 1) == .colon })
    return tree.add(
      entries.isEmpty ? .record(fields) : .dictionary(entries), range(from: lower))
  }

  /// What may be meant where a field's name has no colon.
  private func braceHint(_ name: String) -> String? {
    if kind == .comma || kind == .rightBrace {
      return "write `\(name): \(name)`; an argument that is no record stands in parentheses"
    }
    return [.dot, .leftParenthesis, .symbol].contains(kind)
      ? "braces hold fields, `name: value`; parentheses group a value" : nil
  }

  // MARK: Literals

  /// The value of the string at hand; consumes it.
  mutating func takeString() -> String {
    let (value, mistakes) = StringLiteral.value(
      source.bytes[Int(token.lower)..<Int(token.upper)])
    for mistake in mistakes {
      let place = SourceRange(source: id, lower: mistake.lower, upper: mistake.upper)
      let spelled = String(decoding: source.bytes[mistake.lower..<mistake.upper], as: UTF8.self)
      report(.badEscape(spelled, place), isMended: true)
    }
    advance()
    return value
  }

  /// The value of the integer at hand; consumes it.
  mutating func takeInteger(sign: String) -> Int {
    let digits = text(token)
    let isHex = digits.hasPrefix("0x") || digits.hasPrefix("0X")
    let value = isHex ? Int(sign + digits.dropFirst(2), radix: 16) : Int(sign + digits)
    if value == nil { report(.integerTooLarge(digits, range(token)), isMended: true) }
    advance()
    return value ?? 0
  }
}
