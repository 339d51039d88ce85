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
    guard kind == .bar || lacksFirstBar else {
      return TypeDeclaration(name: name, parameters: parameters, body: .alias(parseTypeBody()))
    }
    var constructors: [ConstructorDeclaration] = []
    while kind == .bar || startsBarless || constructors.isEmpty && kind == .typeName {
      if kind != .bar {
        let place = kind == .comma ? index + 1 : index
        report(
          .missingBar(
            text(tokens[place]), range(tokens[place]), "a type's constructors begin with `|`"),
          isMended: true)
        _ = accept(.comma)
      }
      let constructor = parseConstructor()
      if !constructor.name.text.isEmpty { constructors.append(constructor) }
    }
    return TypeDeclaration(
      name: name, parameters: parameters, body: .constructors(constructors))
  }

  /// Whether a constructor that has a line of its own, or a comma before it, lacks its bar.
  private var startsBarless: Bool {
    kind == .typeName && token.startsLine || kind == .comma && kind(ahead: 1) == .typeName
  }

  /// Whether a constructor without its bar begins at the token at hand: another one follows
  /// behind a bar or a comma, or fields of its own in lines further right.
  private var lacksFirstBar: Bool {
    guard kind == .typeName else { return false }
    if tokens[index + 1].startsLine, isFieldName(ahead: 1), kind(ahead: 2) == .colon,
      tokens[index + 1].column > token.lineIndent
    {
      return Int(tokens[index + 1].column) > limit
    }
    var place = index
    while place < tokens.count - 1 {
      if place > index, tokens[place].startsLine, Int(tokens[place].column) <= limit {
        return false
      }
      if tokens[place].kind == .bar { return true }
      if tokens[place].kind == .comma, place == index + 1 { return true }
      if tokens[place].kind == .colon { return false }
      place = max(place + 1, Int(partners[place]))
    }
    return false
  }

  private mutating func parseConstructor() -> ConstructorDeclaration {
    let head = token
    _ = accept(.bar)
    let name = expectTypeName("a constructor's name after `|`")
    let column = head.startsLine ? Int(head.column) : limit
    let payload = withLimit(kind == .typeName && head.kind == .typeName ? column - 1 : column) {
      parser in
      let isNext =
        parser.kind == .typeName && parser.token.startsLine
        && Int(parser.token.column) <= column + 2
      let isAtEnd = [.end, .bar, .comma].contains(parser.kind)
      return isAtEnd || isNext ? nil : parser.parseTypeBody()
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
      let arguments = takesBrackets ? parseBracketedArguments(of: name) : parseTypeArguments()
      return tree.add(.named(name, arguments), range(from: lower))
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

  /// Whether brackets stand directly behind a type's name, where `<` and `>` are meant.
  private var takesBrackets: Bool {
    (kind == .leftBracket || kind == .leftParenthesis) && !token.isSpaced && partners[index] > 0
  }

  /// A type's arguments in brackets that are not for them.
  private mutating func parseBracketedArguments(of name: QualifiedName) -> [TypeID] {
    var place = range(token)
    let closer = tokens[Int(partners[index])]
    place = SourceRange(source: id, lower: Int(place.lower), upper: Int(closer.upper))
    let inner = source.bytes[Int(token.upper)..<Int(closer.lower)]
    let text = "\(name.text)<\(String(decoding: inner, as: UTF8.self))>"
    report(.bracketsForAngles(text, place), isMended: true)
    var arguments: [TypeID] = []
    bracketed(
      "the type's arguments", element: { arguments.append($0.parseType()) },
      isStart: { $0.kind == .typeName && $0.token.startsLine })
    return arguments
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
