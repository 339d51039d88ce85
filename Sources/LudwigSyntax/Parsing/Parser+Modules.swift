import Diagnostics
import Text

extension Parser {
  /// What follows `import`: one module on its line, or several, one a line.
  mutating func parseImports() -> [ImportItem] {
    var items: [ImportItem] = []
    repeat {
      guard kind == .typeName else {
        reportUnexpected(
          "a module's name, such as `Fugue.AWS`, after `import`",
          hint: kind == .name
            ? "modules start upper case, and so do their files: `\(text(token).capitalizedFirst)`"
            : nil)
        break
      }
      parseImportItem(below: nil, into: &items)
      _ = accept(.comma)
    } while kind == .typeName && token.startsLine
    return items
  }

  private mutating func parseImportItem(
    below prefix: QualifiedName?, into items: inout [ImportItem]
  ) {
    var module = takeQualifiedName()
    if let prefix {
      module = QualifiedName(prefix.qualifier + [prefix.name] + module.qualifier, module.name)
    }
    if kind == .leftBrace {
      nested(
        { parser in
          parser.bracketed(
            "the list of modules",
            element: { inner in
              if inner.kind == .typeName {
                inner.parseImportItem(below: module, into: &items)
              } else {
                inner.reportUnexpected("a module's name")
              }
            }, isStart: { $0.kind == .typeName && $0.token.startsLine })
        }, else: { _ in })
      return
    }
    items.append(ImportItem(module: module, visibility: parseVisibility()))
  }

  private mutating func parseVisibility() -> ImportItem.Visibility {
    guard accept(.keyword(.as)) else { return .fullName }
    if accept(.dot) { return .unqualified }
    if kind == .typeName { return .alias(takeQualifiedName()) }
    reportUnexpected("`.` or a module's new name after `as`")
    return .fullName
  }

  /// What follows `export`.
  mutating func parseExports() -> [ExportItem] {
    var items: [ExportItem] = []
    while kind != .end {
      guard let item = parseExportItem() else {
        reportUnexpected(
          "something to show: a name, `type Name`, `operator <>` or `module Name`")
        break
      }
      items.append(item)
      _ = accept(.comma)
    }
    return items
  }

  private mutating func parseExportItem() -> ExportItem? {
    if accept(.keyword(.type)) {
      let isOpaque = isWord("opaque")
      if isOpaque { advance() }
      return .type(expectTypeName("the type's name"), isOpaque: isOpaque)
    }
    if accept(.keyword(.operator)) { return .operatorName(expectOperatorName()) }
    if isWord("module"), kind(ahead: 1) == .typeName {
      advance()
      let module = takeQualifiedName()
      guard accept(.keyword(.as)) else { return .module(module, alias: nil) }
      if kind == .typeName { return .module(module, alias: takeQualifiedName()) }
      reportUnexpected("the module's new name after `as`")
      return .module(module, alias: nil)
    }
    return kind == .name ? .value(takeIdentifier()) : nil
  }

  /// The name of an operator: punctuation or a name, perhaps in parentheses.
  mutating func expectOperatorName() -> Identifier {
    if kind == .leftParenthesis, kind(ahead: 1) == .symbol || kind(ahead: 1) == .name {
      advance()
      let name = kind == .symbol ? takeSymbol() : takeIdentifier()
      expect(.rightParenthesis, "`)` after the operator")
      return name
    }
    if kind == .symbol { return takeSymbol() }
    if kind == .name { return takeIdentifier() }
    reportUnexpected("an operator, such as `<>` or `talks-to`")
    return Identifier("", pointRange)
  }

  /// What follows `operator`: `<> infixl 3: append`.
  mutating func parseOperatorDeclaration() -> OperatorDeclaration {
    let name = expectOperatorName()
    var position = Fixity.Position.infix
    if kind == .name, let found = Fixity.Position(rawValue: text(token)) {
      position = found
      advance()
    } else {
      reportUnexpected("`infixl`, `infixr`, `infix` or `prefix` after the operator")
    }
    var precedence = 0
    if kind == .integer {
      if let number = Int(text(token)), number <= 9 {
        precedence = number
      } else {
        report(.precedence(text(token), range(token)), isMended: true)
      }
      advance()
    } else {
      reportUnexpected("a precedence from 0 to 9")
    }
    expectColon(after: "the precedence")
    return OperatorDeclaration(
      name: name, fixity: Fixity(position, precedence), definition: parseBody())
  }
}

extension String {
  /// The text with its first letter in upper case.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
