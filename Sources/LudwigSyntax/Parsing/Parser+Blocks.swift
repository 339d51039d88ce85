import Diagnostics
import Text

extension Parser {
  /// What stands behind a colon, an arrow or a comma: `let` lines with a result, a record as an
  /// indented block, or an expression, perhaps with `;` and another behind it.
  mutating func parseBody() -> ExpressionID {
    let body = parseBodyNode()
    lastBody = body
    if isBehindStrayCloser { markDamaged() }
    return body
  }

  private mutating func parseBodyNode() -> ExpressionID {
    nested(
      { parser in
        if parser.kind == .keyword(.let) { return parser.parseLetBlock() }
        if parser.startsRecordBlock {
          return parser.recordBlockHasResult ? parser.parseLetBlock() : parser.parseRecordBlock()
        }
        let lower = parser.token.lower
        let first = parser.parseExpression()
        guard !parser.separatesFields, parser.accept(.semicolon) else { return first }
        let rest = parser.parseBody()
        return parser.tree.add(.sequence(first, rest), parser.range(from: lower))
      }, else: { $0.missingExpression() })
  }

  /// Whether a semicolon stands between fields in brackets, where a comma is meant.
  var separatesFields: Bool {
    kind == .semicolon && limit < 0 && isFieldName(ahead: 1) && kind(ahead: 2) == .colon
  }

  mutating func missingExpression() -> ExpressionID {
    tree.add(Expression.missing, pointRange)
  }

  private mutating func parseLetBlock() -> ExpressionID {
    let lower = token.lower
    var locals: [LocalStatement] = []
    let wasPoisoned = isPoisoned
    while kind == .keyword(.let) || lacksLet {
      if lacksLet { report(.missingLet(text(token), range(token)), isMended: true) }
      locals.append(parseLet())
      if kind == .comma || kind == .semicolon { advance() }
      if token.startsLine { isPoisoned = wasPoisoned }
    }
    let result: ExpressionID
    if startsExpression {
      result = parseBody()
    } else {
      // An unclosed bracket may have taken the result.
      if diagnostics.count == firstDiagnostic {
        if kind == .end {
          report(.blockWithoutResult(range(from: lower)))
        } else {
          reportUnexpected("the value of this block")
        }
      }
      isDamaged = true
      result = missingExpression()
    }
    return tree.add(.block(locals, result: result), range(from: lower))
  }

  /// Whether a line of what looks like a record without braces is no field, but `let` or a value:
  /// the lines before it lack their `let`.
  private var recordBlockHasResult: Bool {
    guard barLimit < 0 || limit >= barLimit else { return false }
    let column = token.column
    var place = index
    while place < tokens.count - 1 {
      if place > index, tokens[place].startsLine {
        if tokens[place].column < column { return false }
        if tokens[place].column == column, tokens[place + 1].kind != .colon,
          !isCloser(tokens[place].kind)
        {
          return startsResult(tokens[place].kind)
        }
      }
      place = max(place + 1, Int(partners[place]))
    }
    return false
  }

  private func startsResult(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .name, .typeName, .integer, .float, .string, .leftParenthesis, .leftBracket, .leftBrace,
      .symbol, .keyword(.let), .keyword(.if), .keyword(.case):
      true
    case .keyword, .malformed, .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon,
      .colon, .dot, .bar, .arrow, .equals, .underscore, .end:
      false
    }
  }

  /// Whether a line behind a `let` line binds a name without saying `let`.
  private var lacksLet: Bool { kind == .name && token.startsLine && kind(ahead: 1) == .colon }

  private mutating func parseLet() -> LocalStatement {
    let column = Int(token.column)
    if kind == .keyword(.let) { advance() } else { blockStart = index }
    return withLimit(column) { parser in
      let local: LocalStatement
      if parser.kind == .keyword(.fun), parser.kind(ahead: 1) == .name {
        parser.advance()
        local = .function(parser.parseNamedFunction())
      } else {
        local = .binding(parser.parseBinding())
      }
      while parser.isLeftover {
        parser.reportUnexpected("the end of the `let`")
        parser.markDamaged()
        parser.skipBalanced()
      }
      return local
    }
  }

  /// Whether the token at hand neither ends a `let` nor belongs to what is around the block.
  private var isLeftover: Bool {
    switch kind {
    case .end, .comma, .semicolon, .rightParenthesis, .rightBracket, .rightBrace, .bar,
      .keyword(.let), .keyword(.then), .keyword(.elif), .keyword(.else), .keyword(.of),
      .keyword(.for):
      false
    case .name, .typeName, .keyword, .integer, .float, .string, .symbol, .malformed,
      .leftParenthesis, .leftBracket, .leftBrace, .colon, .dot, .arrow, .equals, .underscore:
      true
    }
  }

  mutating func parseRecordBlock() -> ExpressionID {
    let lower = token.lower
    var fields: [RecordField] = []
    alignedLines { line in
      let name = line.takeIdentifier()
      line.expectColon(after: "the field's name")
      fields.append(RecordField(name: name, value: line.parseBody()))
    }
    return tree.add(.record(fields), range(from: lower))
  }

  /// What follows `with`: changes in braces, one on the line, or several as an indented block.
  mutating func parseUpdate(of record: ExpressionID, from lower: Int32) -> ExpressionID {
    var updates: [FieldUpdate] = []
    advance()
    if kind == .leftBrace {
      bracketed(
        "the changes", element: { $0.parseFieldUpdate(into: &updates) },
        isStart: { $0.isFieldName && $0.token.startsLine })
    } else if token.startsLine, startsChange {
      alignedLines(isStart: \.startsChange) { $0.parseFieldUpdate(into: &updates) }
    } else {
      parseFieldUpdate(into: &updates)
    }
    return tree.add(.update(record, updates), range(from: lower))
  }

  private mutating func parseFieldUpdate(into updates: inout [FieldUpdate]) {
    guard startsChange else {
      reportUnexpected("a field to change, such as `name: value`")
      return
    }
    var path: [UpdateStep] = []
    var constructor: [Identifier] = []
    repeat {
      if kind == .leftParenthesis {
        path.append(.constructor(takeParenthesizedName()))
      } else if kind == .typeName, kind(ahead: 1) == .dot {
        constructor.append(takeIdentifier())
        if let name = constructor.last, kind(ahead: 1) != .typeName {
          path.append(.constructor(QualifiedName(Array(constructor.dropLast()), name)))
          constructor = []
        }
      } else if isFieldName {
        path.append(.field(takeIdentifier()))
      } else {
        reportUnexpected("a field's name after the dot")
      }
    } while accept(.dot)
    expectColon(after: "the field")
    updates.append(FieldUpdate(path: path, value: parseBody()))
  }

  /// `(EC2.Vpc)` in a path.
  mutating func takeParenthesizedName() -> QualifiedName {
    let opener = index
    advance()
    var name = QualifiedName([], Identifier("", pointRange))
    if kind == .typeName {
      name = takeQualifiedName()
    } else {
      reportUnexpected("a constructor's or type's name in the parentheses")
    }
    if !expect(.rightParenthesis, "`)` after the constructor's name"), partners[opener] > 0 {
      index = Int(partners[opener])
      advance()
    }
    return name
  }
}
