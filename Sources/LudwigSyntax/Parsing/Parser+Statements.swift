import Diagnostics
import Text

extension Parser {
  /// Parses all statements; after very many mistakes no further ones.
  mutating func parseSheet() {
    while token.kind != .end, diagnostics.count < Self.mistakeLimit {
      let wasDamaged = isDamaged
      (isPoisoned, isDamaged) = (false, false)
      firstDiagnostic = diagnostics.count
      (limit, barLimit, unclosedBrackets, depth) = (-1, -1, 0, 0)
      blockStart = index
      if token.column > 0 { report(.indentedStatement(range(token)), isMended: true) }
      let column = Int(token.column)
      let lower = token.lower
      let kind = parseStatementKind(column: column)
      limit = column
      if index == blockStart {
        skipStray(after: wasDamaged)
      } else {
        // After a missing bracket or comma the rest of the statement tells nothing new.
        if diagnostics.count > firstDiagnostic, self.kind != .end {
          (isPoisoned, isDamaged) = (true, true)
        }
        if isPoisoned || !startsIndentedStatement { finishBlock("the end of the statement") }
      }
      if let kind {
        tree.statements.append(
          Statement(kind: kind, range: range(from: lower), isDamaged: isDamaged || isPoisoned))
      }
    }
  }

  /// Whether a statement, a little indented, plainly begins at the token at hand.
  private var startsIndentedStatement: Bool {
    token.startsLine && token.column > 0 && (looksLikeStatement || startsAnnotatedBinding)
  }

  /// Whether the line from here is a binding with its type before it: `Type<a> name:`.
  var startsAnnotatedBinding: Bool {
    guard token.startsLine, token.kind == .typeName else { return false }
    var ahead = 1
    while index + ahead + 1 < tokens.count, !tokens[index + ahead].startsLine {
      switch kind(ahead: ahead) {
      case .dot, .typeName, .symbol, .comma, .leftParenthesis, .rightParenthesis: ahead += 1
      case .name:
        if kind(ahead: ahead + 1) == .colon { return !isAfterDot(ahead) }
        ahead += 1
      case .keyword, .integer, .float, .string, .malformed, .leftBracket, .rightBracket,
        .leftBrace, .rightBrace, .semicolon, .colon, .bar, .arrow, .equals, .underscore, .end:
        return false
      }
    }
    return false
  }

  private func isAfterDot(_ ahead: Int) -> Bool { kind(ahead: ahead - 1) == .dot }

  /// Passes over a token that begins no statement, and over all that belongs to it. A closing
  /// bracket behind a damaged statement is what is left of that.
  private mutating func skipStray(after isRemainder: Bool) {
    let isCloser = [.rightParenthesis, .rightBracket, .rightBrace].contains(token.kind)
    if token.kind == .malformed {
      isPoisoned = true
    } else if isCloser, isRemainder {
      isDamaged = true
    } else if isCloser {
      report(.strayBracket(text(token), range(token), opener: lineToClose))
    } else {
      report(.notAStatement(text(token), range(token)))
    }
    advance()
    while kind != .end { skipBalanced() }
  }

  private mutating func parseStatementKind(column: Int) -> Statement.Kind? {
    if lacksImport {
      report(.missingImport(range(token)), isMended: true)
      return withLimit(column) { .imports($0.parseImports()) }
    }
    guard case .keyword(let keyword) = token.kind, kind(ahead: 1) != .colon else {
      return startsBinding ? parseTopBinding(column) : nil
    }
    switch keyword {
    case .fun where kind(ahead: 1) == .leftParenthesis: return parseTopBinding(column)
    case .let:
      report(.letAtTop(range(token)), isMended: true)
      advance()
      return token.kind == .keyword(.fun) && kind(ahead: 1) == .name
        ? parseTopFunction(column) : parseTopBinding(column)
    case .fun: return parseTopFunction(column)
    case .composition, .import, .export, .type, .operator, .validate:
      advance()
      return withLimit(column) { $0.parseDeclaration(keyword) }
    case .case, .of, .if, .then, .elif, .else, .with, .as, .for: return nil
    }
  }

  private mutating func parseDeclaration(_ keyword: Keyword) -> Statement.Kind? {
    switch keyword {
    case .composition: .composition(title: kind == .string ? takeString() : nil)
    case .import: .imports(parseImports())
    case .export: .export(parseExports())
    case .type: .type(parseTypeDeclaration())
    case .operator: .operatorDeclaration(parseOperatorDeclaration())
    case .validate: parseValidate()
    case .fun, .let, .case, .of, .if, .then, .elif, .else, .with, .as, .for: nil
    }
  }

  private mutating func parseValidate() -> Statement.Kind? {
    guard kind == .name || kind == .typeName else {
      reportUnexpected("the name of a validation after `validate`")
      return nil
    }
    return .validate(takeQualifiedName())
  }

  /// Whether a module's name with `as` behind it stands where a statement begins.
  private var lacksImport: Bool {
    guard token.kind == .typeName else { return false }
    var ahead = 1
    while kind(ahead: ahead) == .dot, kind(ahead: ahead + 1) == .typeName { ahead += 2 }
    return kind(ahead: ahead) == .keyword(.as)
  }

  /// Whether the token at hand can begin `Type pattern: body`.
  private var startsBinding: Bool {
    switch token.kind {
    case .name, .typeName, .underscore, .leftParenthesis, .leftBrace, .leftBracket, .keyword: true
    case .integer, .float, .string, .symbol, .malformed, .rightParenthesis, .rightBracket,
      .rightBrace, .comma, .semicolon, .colon, .dot, .bar, .arrow, .equals, .end:
      false
    }
  }

  private mutating func parseTopBinding(_ column: Int) -> Statement.Kind? {
    .binding(withLimit(column) { $0.parseBinding() })
  }

  private mutating func parseTopFunction(_ column: Int) -> Statement.Kind? {
    advance()
    return .function(withLimit(column) { $0.parseNamedFunction() })
  }

  /// Segments with dots between, upper case before lower: `EC2.Vpc.new`, `EC2.Vpc`, `new`.
  mutating func takeQualifiedName() -> QualifiedName {
    var segments = [(takeIdentifier(), tokens[index - 1].kind == .typeName)]
    while let last = segments.last, last.1, kind == .dot, !token.isSpaced,
      !tokens[min(index + 1, tokens.count - 1)].isSpaced
    {
      switch kind(ahead: 1) {
      case .name, .typeName, .keyword:
        advance()
        let isUpper = token.kind == .typeName
        segments.append((takeIdentifier(), isUpper))
        continue
      case .integer, .float, .string, .symbol, .malformed, .leftParenthesis, .rightParenthesis,
        .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma, .semicolon, .colon, .dot,
        .bar, .arrow, .equals, .underscore, .end:
        break
      }
      break
    }
    let names = segments.map(\.0)
    return QualifiedName(Array(names.dropLast()), names[names.count - 1])
  }
}
