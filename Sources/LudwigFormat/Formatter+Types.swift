import LudwigSyntax
import Text

extension Formatter {
  /// `type Name<a>: …`.
  mutating func type(_ declaration: TypeDeclaration) -> Document {
    var parts = [take(.keyword(.type)), .text(" "), take()]
    if !declaration.parameters.isEmpty {
      parts.append(take(.symbol))
      for index in declaration.parameters.indices {
        parts.append(take())
        if index < declaration.parameters.count - 1 { parts += [take(.comma), .text(" ")] }
      }
      parts.append(take(.symbol))
    }
    switch declaration.body {
    case .primitive: break
    case .alias(let alias):
      parts.append(take(.colon))
      parts.append(typeBody(alias))
    case .constructors(let constructors):
      parts.append(take(.colon))
      parts.append(self.constructors(constructors))
    }
    return .concat(parts)
  }

  private mutating func constructors(_ constructors: [ConstructorDeclaration]) -> Document {
    let start = cursor
    var isForced = false
    var parts: [Document] = []
    for constructor in constructors {
      isForced = isForced || token.startsLine
      parts.append(.line(isBlank: !parts.isEmpty && triviaHere.startsAfterBlank))
      let head = Document.concat([take(.bar), .text(" "), take()])
      let payload = constructor.payload.map { typeBody($0) } ?? .empty
      parts.append(.nest(head + payload))
    }
    return .group(.nest(.concat(parts)), isForced: isForced || hasComment(since: start))
  }

  /// A type behind a colon or a constructor: on the line, or a record's fields as a block.
  private mutating func typeBody(_ id: TypeID) -> Document {
    guard case .record(let fields) = tree[id], kind != .leftBrace, kind != .leftParenthesis else {
      return .text(" ") + type(id)
    }
    var parts: [Document] = []
    for field in fields {
      parts.append(.hardLine(isBlank: !parts.isEmpty && triviaHere.startsAfterBlank))
      parts += [take(), take(.colon), typeBody(field.type), dropIfPresent(.comma)]
    }
    return .nest(.concat(parts))
  }

  /// A type.
  mutating func type(_ id: TypeID) -> Document {
    if kind == .leftParenthesis, token.lower < tree.range(of: id).lower {
      return parenthesized(hugs: true) { $0.type(id) }
    }
    switch tree[id] {
    case .missing:
      lose()
      return .empty
    case .variable: return take(.name)
    case .named(let name, let arguments):
      return takeTight(to: name.range.upper) + typeArguments(arguments)
    case .tuple(let elements): return typeList(elements)
    case .function(let parameters, let result):
      let word = take(.keyword(.fun))
      let list = typeList(parameters)
      return .concat([word, list, .text(" "), take(.arrow), .text(" "), type(result)])
    case .record(let fields):
      guard kind == .leftBrace else {
        // Fields as a block, within brackets: braces say the same wherever it stands.
        return .concat([.text("{"), .nest(blockFields(fields)), .hardLine, .text("}")])
      }
      var next = 0
      return bracketed(keepsBreak: true, isPadded: true) { formatter in
        guard next < fields.count else { return formatter.take() }
        let field = fields[next]
        next += 1
        return .concat([
          formatter.take(), formatter.take(.colon), .text(" "), formatter.type(field.type),
        ])
      }
    }
  }

  private mutating func blockFields(_ fields: [FieldType]) -> Document {
    var parts: [Document] = []
    for field in fields {
      let name = Document.concat([.hardLine, take(), take(.colon), .text(" ")])
      parts += [name, type(field.type), .text(","), dropIfPresent(.comma)]
    }
    return .concat(parts)
  }

  private mutating func typeList(_ elements: [TypeID]) -> Document {
    var next = 0
    return bracketed(keepsBreak: false) { formatter in
      guard next < elements.count else { return formatter.take() }
      let element = elements[next]
      next += 1
      return formatter.type(element)
    }
  }

  private mutating func typeArguments(_ arguments: [TypeID]) -> Document {
    guard !arguments.isEmpty else { return .empty }
    var parts = [take(.symbol)]
    for (index, argument) in arguments.enumerated() {
      parts.append(type(argument))
      if index < arguments.count - 1 { parts += [take(.comma), .text(" ")] }
    }
    return .concat(parts + [take(.symbol)])
  }

  // MARK: Patterns

  /// A pattern.
  mutating func pattern(_ id: PatternID) -> Document {
    if kind == .leftParenthesis, token.lower < tree.range(of: id).lower {
      return parenthesized(hugs: true) { $0.pattern(id) }
    }
    switch tree[id] {
    case .missing:
      lose()
      return .empty
    case .wildcard, .name, .string: return take()
    case .integer, .float: return kind == .symbol ? take() + take() : take()
    case .constructor(let name, let payload):
      let head = takeTight(to: name.range.upper)
      guard let payload else { return head }
      let isTight = kind == .leftParenthesis && !token.isSpaced
      return .concat([head, isTight ? .empty : .text(" "), pattern(payload)])
    case .tuple(let elements), .list(let elements):
      var next = 0
      return bracketed(keepsBreak: false) { formatter in
        guard next < elements.count else { return formatter.take() }
        let element = elements[next]
        next += 1
        return formatter.pattern(element)
      }
    case .record(let fields):
      var next = 0
      return bracketed(keepsBreak: false, isPadded: true) { formatter in
        guard next < fields.count else { return formatter.take() }
        let field = fields[next]
        next += 1
        let name = formatter.take()
        guard formatter.kind == .colon else { return name }
        return .concat([name, formatter.take(), .text(" "), formatter.pattern(field.pattern)])
      }
    }
  }
}
