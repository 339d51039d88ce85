import LudwigSyntax
import Text

extension Formatter {
  /// The whole sheet.
  mutating func sheet() -> Document {
    var parts: [Document] = []
    for (index, statement) in tree.statements.enumerated() {
      parts.append(separator(isFirst: index == 0))
      parts.append(self.statement(statement))
      if kind != .end, token.lower < statement.range.upper { lose() }
      if isLost { return .empty }
    }
    let blank = triviaHere.startsAfterBlank
    let (before, own) = takeStatementComments()
    parts.append(before)
    if hasAnyComment { parts += [parts.isEmpty ? .empty : .hardLine(isBlank: blank), own] }
    if kind != .end { lose() }
    return .concat(parts)
  }

  private var hasAnyComment: Bool { !triviaHere.ownLines.isEmpty }

  /// What stands between two statements: comments that belong to the first, the empty line if
  /// there is one, comments that belong to the second.
  private mutating func separator(isFirst: Bool) -> Document {
    let trivia = triviaHere
    let (before, own) = takeStatementComments()
    if isFirst { return own }
    let indented = trivia.ownLines.prefix { $0.column > 0 }.count
    let next = trivia.ownLines.dropFirst(indented).first
    let isBlank = next?.isAfterBlank ?? trivia.isTokenAfterBlank
    return .concat([before, .hardLine(isBlank: isBlank), own])
  }

  private mutating func statement(_ statement: Statement) -> Document {
    switch statement.kind {
    case .composition(let title):
      let word = take(.keyword(.composition))
      return title == nil ? word : .concat([word, .text(" "), take(.string)])
    case .imports: return imports(to: statement.range.upper)
    case .export: return exports(to: statement.range.upper)
    case .type(let declaration): return type(declaration)
    case .operatorDeclaration(let declared): return operatorDeclaration(declared)
    case .binding(let binding): return self.binding(binding)
    case .function(let function): return named(function)
    case .validate(let name):
      return .concat([
        take(.keyword(.validate)), .text(" "), takeTight(to: name.range.upper),
      ])
    }
  }

  // MARK: Modules

  /// One item behind its word, or several, one a line; one alone where the user put it.
  private mutating func listed(
    _ word: Document, to upper: Int32, _ item: (inout Formatter) -> Document
  ) -> Document {
    let start = cursor
    let isBlock = token.startsLine
    var items: [Document] = []
    var parts: [Document] = []
    while token.lower < upper, kind != .end, !isLost {
      parts.append(.hardLine(isBlank: !items.isEmpty && triviaHere.startsAfterBlank))
      items.append(item(&self) + dropIfPresent(.comma))
      parts.append(items[items.count - 1])
    }
    let isShort = items.count == 1 && !isBlock && !hasComment(since: start - 1)
    if isShort, let only = items.first { return .concat([word, .text(" "), only]) }
    return .concat([word, .nest(.concat(parts))])
  }

  private mutating func imports(to upper: Int32) -> Document {
    listed(take(.keyword(.import)), to: upper) { $0.importItem() }
  }

  private mutating func importItem() -> Document {
    let name = moduleName()
    if kind == .leftBrace {
      return .concat([
        name, .text(" "),
        bracketed(keepsBreak: true, isPadded: true) { $0.importItem() },
      ])
    }
    guard kind == .keyword(.as) else { return name }
    let word = take()
    return .concat([name, .text(" "), word, .text(" "), kind == .dot ? take() : moduleName()])
  }

  /// Upper-case segments with dots between.
  private mutating func moduleName() -> Document {
    var parts = [take(.typeName)]
    while kind == .dot, !isLost {
      parts.append(take())
      parts.append(take())
    }
    return .concat(parts)
  }

  private mutating func exports(to upper: Int32) -> Document {
    listed(take(.keyword(.export)), to: upper) { $0.exportItem() }
  }

  private mutating func exportItem() -> Document {
    switch kind {
    case .keyword(.type):
      let word = take()
      let isOpaque = kind == .name
      let opaque = isOpaque ? take() + .text(" ") : .empty
      return .concat([word, .text(" "), opaque, take(.typeName)])
    case .keyword(.operator): return .concat([take(), .text(" "), operatorName()])
    case .name where nextKind == .typeName && text(token) == "module":
      let word = take()
      let name = moduleName()
      guard kind == .keyword(.as) else { return .concat([word, .text(" "), name]) }
      let link = take()
      return .concat([word, .text(" "), name, .text(" "), link, .text(" "), moduleName()])
    case .name, .typeName, .keyword, .integer, .float, .string, .symbol, .malformed,
      .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace,
      .comma, .semicolon, .colon, .dot, .bar, .arrow, .equals, .underscore, .end:
      return take(.name)
    }
  }

  /// Punctuation or a name, perhaps in parentheses.
  private mutating func operatorName() -> Document {
    if kind == .leftParenthesis {
      let opener = take()
      let name = operatorName()
      return .concat([opener, name, take(.rightParenthesis)])
    }
    var parts = [take()]
    while kind == .symbol, !token.isSpaced { parts.append(take()) }
    return .concat(parts)
  }

  private mutating func operatorDeclaration(_ declared: OperatorDeclaration) -> Document {
    var parts = [take(.keyword(.operator)), .text(" "), operatorName(), .text(" ")]
    parts += [take(.name), .text(" "), take(.integer), take(.colon)]
    parts.append(body(declared.definition))
    return .concat(parts)
  }

  // MARK: Bindings

  /// `Type pattern: body`.
  mutating func binding(_ binding: Binding) -> Document {
    var parts: [Document] = []
    if let annotation = binding.annotation { parts += [type(annotation), .text(" ")] }
    parts.append(pattern(binding.pattern))
    parts.append(take(.colon))
    parts.append(body(binding.body))
    return .concat(parts)
  }

  /// A function with a name; where its body began on a line of its own it stays there.
  mutating func named(_ function: Function) -> Document {
    let word = take(.keyword(.fun))
    let name = take()
    let head = Document.concat([word, .text(" "), name, signature(function, isNamed: true)])
    return .concat([head, take(.colon), body(function.body, keepsBreak: true)])
  }

  /// Parameters and the result's type.
  mutating func signature(_ function: Function, isNamed: Bool) -> Document {
    let parameters: Document
    switch function.parameters {
    case .positional(let list):
      var next = 0
      parameters = bracketed(keepsBreak: false) { formatter in
        guard next < list.count else { return formatter.take() }
        let parameter = list[next]
        next += 1
        return formatter.parameter(parameter)
      }
    case .record(let list):
      var next = 0
      let fields = bracketed(keepsBreak: true, isPadded: true) { formatter in
        guard next < list.count else { return formatter.take() }
        let parameter = list[next]
        next += 1
        return formatter.parameter(parameter)
      }
      parameters = .text(" ") + fields
    }
    guard let result = function.result else { return parameters }
    // The parameters are broken before the result's type is.
    return .concat([parameters, .text(" "), take(.arrow), .text(" "), type(result).flattened])
  }

  private mutating func parameter(_ parameter: Parameter) -> Document {
    let pattern = pattern(parameter.pattern)
    guard let annotation = parameter.annotation else { return pattern }
    return .concat([pattern, take(.colon), .text(" "), type(annotation)])
  }

  private mutating func parameter(_ parameter: RecordParameter) -> Document {
    let name = take()
    guard let annotation = parameter.annotation else { return name }
    return .concat([name, take(.colon), .text(" "), type(annotation)])
  }
}
