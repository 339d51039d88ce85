import Diagnostics
import Text

extension Parser {
  /// What follows `type`.
  mutating func parseTypeDeclaration() -> TypeDeclaration {
    let name = expectTypeName("the type's name after `type`")
    var parameters: [Identifier] = []
    if kind == .symbol, text(token) == "<" {
      advance()
      repeat { parameters.append(expectName("a type variable")) } while accept(.comma)
      expectClosingAngle()
    }
    guard kind != .end else {
      return TypeDeclaration(name: name, parameters: parameters, body: .primitive)
    }
    expectColon(after: "the type's name")
    guard kind == .bar else {
      return TypeDeclaration(name: name, parameters: parameters, body: .alias(parseTypeBody()))
    }
    var constructors: [ConstructorDeclaration] = []
    while kind == .bar {
      let constructor = parseConstructor()
      if !constructor.name.text.isEmpty { constructors.append(constructor) }
    }
    return TypeDeclaration(
      name: name, parameters: parameters, body: .constructors(constructors))
  }

  private mutating func parseConstructor() -> ConstructorDeclaration {
    let bar = token
    advance()
    let name = expectTypeName("a constructor's name after `|`")
    let payload = withLimit(bar.startsLine ? Int(bar.column) : limit) { parser in
      parser.kind == .end || parser.kind == .bar ? nil : parser.parseTypeBody()
    }
    return ConstructorDeclaration(name: name, payload: payload)
  }

  /// A type, or a record type as an indented block.
  mutating func parseTypeBody() -> TypeID {
    startsRecordBlock ? parseTypeBlock() : parseType()
  }

  private mutating func parseTypeBlock() -> TypeID {
    nested(
      { parser in
        let lower = parser.token.lower
        var fields: [FieldType] = []
        parser.alignedLines { line in
          let name = line.takeIdentifier()
          line.expectColon(after: "the field's name")
          fields.append(FieldType(name: name, type: line.parseTypeBody()))
        }
        return parser.tree.add(.record(fields), parser.range(from: lower))
      }, else: { $0.missingType() })
  }

  private mutating func missingType() -> TypeID { tree.add(TypeSyntax.missing, pointRange) }

  /// A type.
  mutating func parseType() -> TypeID {
    nested({ $0.parseTypeNode() }, else: { $0.missingType() })
  }

  private mutating func parseTypeNode() -> TypeID {
    let lower = token.lower
    switch kind {
    case .keyword(.fun):
      advance()
      let parameters = parseTypeList()
      expect(.arrow, "`->` and the function's result type")
      let result = parseType()
      return tree.add(.function(parameters, result: result), range(from: lower))
    case .typeName:
      let name = takeQualifiedName()
      return tree.add(.named(name, parseTypeArguments()), range(from: lower))
    case .name:
      return tree.add(.variable(takeIdentifier()), range(from: lower))
    case .leftParenthesis:
      let elements = parseTypeList()
      if elements.count == 1, let only = elements.first { return only }
      return tree.add(TypeSyntax.tuple(elements), range(from: lower))
    case .leftBrace: return parseRecordType()
    case .malformed:
      advance()
      isPoisoned = true
      return tree.add(TypeSyntax.missing, range(from: lower))
    case .keyword, .integer, .float, .string, .symbol, .rightParenthesis, .leftBracket,
      .rightBracket, .rightBrace, .comma, .semicolon, .colon, .dot, .bar, .arrow, .equals,
      .underscore, .end:
      reportUnexpected(
        "a type",
        hint: kind == .leftBracket ? "a list's type is written `List<a>`" : nil)
      return missingType()
    }
  }

  private mutating func parseTypeList() -> [TypeID] {
    var elements: [TypeID] = []
    guard kind == .leftParenthesis else {
      reportUnexpected("the parameters' types in parentheses")
      return []
    }
    bracketed(
      "the types", element: { elements.append($0.parseType()) },
      isStart: { $0.kind == .typeName && $0.token.startsLine })
    return elements
  }

  private mutating func parseRecordType() -> TypeID {
    let lower = token.lower
    var fields: [FieldType] = []
    bracketed(
      "the record type",
      element: { parser in
        guard parser.isFieldName else {
          parser.reportUnexpected("a field's name")
          return
        }
        let name = parser.takeIdentifier()
        parser.expectColon(after: "the field's name")
        fields.append(FieldType(name: name, type: parser.parseTypeBody()))
      }, isStart: { $0.isFieldName && $0.kind(ahead: 1) == .colon })
    return tree.add(.record(fields), range(from: lower))
  }

  private mutating func parseTypeArguments() -> [TypeID] {
    guard kind == .symbol, text(token) == "<" else { return [] }
    advance()
    var arguments: [TypeID] = []
    repeat { arguments.append(parseType()) } while accept(.comma)
    expectClosingAngle()
    return arguments
  }

  private mutating func expectClosingAngle() {
    if kind == .symbol, text(token) == ">" {
      advance()
    } else {
      reportUnexpected("`>` after the type's arguments")
    }
  }
}
