import Diagnostics
import Text

extension Parser {
  /// `Type pattern: body`, the type being optional.
  mutating func parseBinding() -> Binding {
    let annotation = startsAnnotation ? parseType() : nil
    let pattern: PatternID
    let isUpper = kind == .typeName && kind(ahead: 1) == .colon
    if isUpper {
      // It is taken for the same name in lower case, so that its uses have a meaning.
      let name = expectName("a name")
      let lower = name.text.prefix(1).lowercased() + name.text.dropFirst()
      pattern = tree.add(.name(Identifier(lower, name.range)), name.range)
    } else if case .keyword = kind {
      let name = expectName("a name")
      pattern = tree.add(.name(name), name.range)
    } else {
      pattern = parsePattern()
    }
    let isFunction = kind == .leftParenthesis && index > 0
    expectColon(
      after: "the name",
      hint: isFunction
        ? "a function is written `fun \(text(tokens[index - 1]))(…): …`" : nil)
    return Binding(annotation: annotation, pattern: pattern, body: parseBody())
  }

  /// Whether what stands here is a type with a name behind it, not the pattern itself.
  private var startsAnnotation: Bool {
    switch kind {
    case .typeName, .keyword(.fun): return kind(ahead: 1) != .colon
    case .name: return kind(ahead: 1) == .name || kind(ahead: 1) == .underscore
    case .leftParenthesis, .leftBrace:
      // A bracket with a name behind it is a type; with a colon, a pattern.
      let after = tokens[min(max(0, Int(partners[index])) + 1, tokens.count - 1)].kind
      return partners[index] > 0 && (after == .name || after == .underscore)
    case .keyword, .integer, .float, .string, .symbol, .malformed, .rightParenthesis,
      .leftBracket, .rightBracket, .rightBrace, .comma, .semicolon, .colon, .dot, .bar, .arrow,
      .equals, .underscore, .end:
      return false
    }
  }

  /// A function from its name on.
  mutating func parseNamedFunction() -> Function {
    parseFunction(name: expectName("the function's name after `fun`"))
  }

  /// A function from its parameters on.
  mutating func parseFunction(name: Identifier?) -> Function {
    let parameters = parseParameters()
    var lacksArrow = false
    if kind == .typeName, !token.startsLine {
      report(.missingArrow(text(token), range(token)), isMended: true)
      lacksArrow = true
    }
    let result = lacksArrow || accept(.arrow) ? parseType() : nil
    expectColon(after: result == nil ? "the parameters" : "the result's type")
    return Function(name: name, parameters: parameters, result: result, body: parseBody())
  }

  private mutating func parseParameters() -> Function.Parameters {
    if kind == .leftBrace {
      var fields: [RecordParameter] = []
      bracketed(
        "the parameters",
        element: { parser in
          guard parser.isFieldName else {
            parser.reportUnexpected("a parameter's name")
            return
          }
          let name = parser.takeIdentifier()
          let type = parser.accept(.colon) ? parser.parseType() : nil
          fields.append(RecordParameter(name: name, annotation: type))
        }, isStart: { $0.isFieldName && ($0.token.startsLine || $0.kind(ahead: 1) == .colon) })
      return .record(fields)
    }
    var parameters: [Parameter] = []
    guard kind == .leftParenthesis else {
      reportUnexpected(
        "parameters, in parentheses or braces", hint: "write `fun name(x: Type): …`")
      return .positional([])
    }
    bracketed(
      "the parameters",
      element: { parser in
        let pattern = parser.parsePattern()
        // A colon at the end of a line is the function's own.
        let hasType = parser.kind == .colon && !parser.isLastOfLine
        if hasType { parser.advance() }
        let type = hasType ? parser.parseType() : nil
        parameters.append(Parameter(pattern: pattern, annotation: type))
      }, isStart: { $0.kind == .name })
    return .positional(parameters)
  }
}
