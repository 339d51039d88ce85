import LudwigSyntax
import Text

extension Formatter {
  /// Whether the token at hand opens parentheses that only group the expression.
  func isGrouped(_ id: ExpressionID) -> Bool {
    kind == .leftParenthesis && token.lower < tree.range(of: id).lower
  }

  /// An expression where no line of its own can be counted on.
  mutating func expression(_ id: ExpressionID) -> Document {
    if isGrouped(id) { return grouped(id) }
    switch tree[id] {
    case .missing:
      lose()
      return .empty
    case .integer, .float, .string: return take()
    case .name(let name), .constructor(let name): return takeTight(to: name.range.upper)
    case .operatorValue: return .concat([take(), take(), take(.rightParenthesis)])
    case .list(let elements): return list(elements)
    case .tuple(let elements):
      return sequence(elements, keepsBreak: false).document(isPadded: false)
    case .record(let fields): return record(fields.map(\.value))
    case .dictionary(let entries): return record(entries.map(\.value))
    case .field(let base, let name):
      let head = expression(base)
      return head + takeTight(to: name.range.upper)
    case .constructorField(let base, _, _):
      let head = expression(base)
      return head + takeTight(to: tree.range(of: id).upper)
    case .call(let function, let arguments): return call(function, arguments)
    case .lambda(let function): return lambda(function)
    case .block, .sequence: return enclosed(lines(id))
    case .conditional: return conditional(id)
    case .match(let subject, let branches): return match(subject, branches)
    case .comprehension(let element, let clauses): return comprehension(element, clauses)
    case .update(let record, let updates): return update(record, updates)
    case .operators(let items): return operators(items)
    case .infix, .prefix:
      lose()
      return .empty
    }
  }

  private mutating func grouped(_ id: ExpressionID) -> Document {
    let hugs = isBracketed(id) || isHuggable(id)
    return parenthesized(hugs: hugs) { $0.element(id, isAlone: true) }
  }

  /// An expression as an element of brackets, which may consist of lines.
  ///
  /// - Parameter isAlone: whether no comma follows.
  mutating func element(_ id: ExpressionID, isAlone: Bool = false) -> Document {
    if isGrouped(id) { return grouped(id) }
    let isPlain = isAlone || !endsInBlock(id)
    switch tree[id] {
    case .record: return expression(id)
    case .block, .sequence: return isPlain ? lines(id) : enclosed(lines(id))
    case .missing, .integer, .float, .string, .list, .tuple, .dictionary, .name, .constructor,
      .field, .constructorField, .call, .lambda, .conditional, .match, .comprehension, .update,
      .operators, .infix, .prefix, .operatorValue:
      return isPlain ? expression(id) : enclosed(expression(id))
    }
  }

  /// Whether the last words of an expression are fields without braces, which would take a comma
  /// behind them for their own.
  func endsInBlock(_ id: ExpressionID) -> Bool {
    let first = index(at: tree.range(of: id).lower)
    switch tree[id] {
    case .record: return tree.tokens[first].kind != .leftBrace
    case .lambda(let function): return tailEndsInBlock(function.body)
    case .conditional(_, _, let negative): return tailEndsInBlock(negative)
    case .match(_, let branches): return branches.last.map { tailEndsInBlock($0.body) } ?? false
    case .block(_, let result): return tailEndsInBlock(result)
    case .sequence(_, let second): return tailEndsInBlock(second)
    case .operators(let items): return (items.last?.expression).map { tailEndsInBlock($0) } ?? false
    case .update(_, let updates):
      guard isOpen(id), let last = updates.last else { return false }
      return updates.count > 1 || tailEndsInBlock(last.value)
    case .missing, .integer, .float, .string, .list, .tuple, .dictionary, .name, .constructor,
      .field, .constructorField, .call, .comprehension, .infix, .prefix, .operatorValue:
      return false
    }
  }

  /// The same for a part that may stand in parentheses of its own.
  private func tailEndsInBlock(_ id: ExpressionID) -> Bool {
    !isGroupedInSource(id) && endsInBlock(id)
  }

  /// Whether a part at the end of an expression stands in parentheses of its own.
  private func isGroupedInSource(_ id: ExpressionID) -> Bool {
    let first = index(at: tree.range(of: id).lower)
    return first > 0 && tree.tokens[first - 1].kind == .leftParenthesis
  }

  /// An expression that something follows: in parentheses where its end would not be plain.
  mutating func closed(_ id: ExpressionID) -> Document {
    guard !isGrouped(id), isOpen(id) else { return expression(id) }
    switch tree[id] {
    case .block, .sequence: return expression(id)
    case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .name,
      .constructor, .field, .constructorField, .call, .lambda, .conditional, .match,
      .comprehension, .update, .operators, .infix, .prefix, .operatorValue:
      return enclosed(expression(id))
    }
  }

  /// Whether an expression takes along what is written behind it on the same line.
  private func isOpen(_ id: ExpressionID) -> Bool {
    switch tree[id] {
    case .lambda, .conditional, .match, .block, .sequence: return true
    case .update(let record, _):
      var word = index(at: tree.range(of: record).upper)
      while tree.tokens[word].kind == .rightParenthesis { word += 1 }
      return tree.tokens[min(word + 1, tree.tokens.count - 1)].kind != .leftBrace
    case .operators(let items):
      guard let last = items.last?.expression else { return false }
      return isOpen(last) && !isGroupedInSource(last)
    case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .name,
      .constructor, .field, .constructorField, .call, .comprehension, .infix, .prefix,
      .operatorValue:
      return false
    }
  }

  // MARK: Brackets

  private mutating func sequence(_ elements: [ExpressionID], keepsBreak: Bool) -> Elements {
    var next = 0
    return self.elements(keepsBreak: keepsBreak) { formatter in
      guard next < elements.count else { return formatter.take() }
      let element = elements[next]
      next += 1
      return formatter.element(element)
    }
  }

  private mutating func record(_ values: [ExpressionID]) -> Document {
    guard kind == .leftBrace else { return braced(values) }
    var next = 0
    return bracketed(keepsBreak: true, isPadded: true) { formatter in
      guard next < values.count else { return formatter.take() }
      let value = values[next]
      next += 1
      return .concat([formatter.take(), formatter.take(.colon), formatter.enclosedBody(value)])
    }
  }

  /// A record that is written as a block, where only braces can stand.
  private mutating func braced(_ values: [ExpressionID]) -> Document {
    var parts: [Document] = []
    for value in values {
      parts.append(.hardLine(isBlank: !parts.isEmpty && triviaHere.startsAfterBlank))
      parts += [take(), take(.colon), enclosedBody(value), .text(","), dropIfPresent(.comma)]
    }
    return .concat([.text("{"), .nest(.concat(parts)), .hardLine, .text("}")])
  }

  // MARK: Calls

  private mutating func call(
    _ function: ExpressionID, _ arguments: [ExpressionID]
  ) -> Document {
    let head = expression(function)
    guard kind == .leftParenthesis else {
      guard let only = arguments.first else {
        lose()
        return head
      }
      let isTight = kind == .string && !token.isSpaced
      return .concat([head, isTight ? .empty : .text(" "), expression(only)])
    }
    let hugged: Int? =
      if let last = arguments.last, isHuggable(last) || (arguments.count == 1 && isCall(last)) {
        arguments.count - 1
      } else if let first = arguments.first, isBracketed(first) { 0 } else { nil }
    return head + arranged(sequence(arguments, keepsBreak: false), hugging: hugged)
  }

  private mutating func list(_ elements: [ExpressionID]) -> Document {
    let isAlone = elements.count == 1 && (isHuggable(elements[0]) || isCall(elements[0]))
    let group = sequence(elements, keepsBreak: true)
    return isAlone ? arranged(group, hugging: 0) : group.document(isPadded: false)
  }

  /// Elements on one line, or with one of them broken alone, or one a line.
  private func arranged(_ group: Elements, hugging index: Int?) -> Document {
    guard let index, index < group.items.count, !group.isForced else {
      return group.document(isPadded: false)
    }
    var broken = group
    broken.isForced = true
    let expanded = broken.document(isPadded: false)
    let isRestPlain = !group.items.indices.contains { $0 != index && group.items[$0].isForced }
    guard isRestPlain, let forced = group.items[index].forcingLast else {
      return group.document(isPadded: false)
    }
    var hugged = group
    hugged.items[index] = forced
    return .choice([group.flat, hugged.flat, expanded])
  }

  /// Whether an expression can be broken inside while the bracket around it stays on its lines.
  func isHuggable(_ id: ExpressionID) -> Bool {
    switch tree[id] {
    case .list, .record, .dictionary, .comprehension, .lambda, .match: true
    case .update(_, let updates): !updates.isEmpty && !isOpen(id)
    case .operators(let items):
      !items.contains { if case .symbol = $0 { true } else { false } }
        && (items.last?.expression).map { isBracketed($0) } ?? false
    case .missing, .integer, .float, .string, .tuple, .name, .constructor, .field,
      .constructorField, .call, .block, .conditional, .sequence, .infix, .prefix, .operatorValue:
      false
    }
  }

  private func isCall(_ id: ExpressionID) -> Bool {
    if case .call = tree[id] { true } else { false }
  }

  /// Whether an expression is a literal in brackets.
  func isBracketed(_ id: ExpressionID) -> Bool {
    switch tree[id] {
    case .list, .record, .dictionary, .comprehension: true
    case .missing, .integer, .float, .string, .tuple, .name, .constructor, .field,
      .constructorField, .call, .lambda, .block, .conditional, .match, .update, .sequence,
      .operators, .infix, .prefix, .operatorValue:
      false
    }
  }

  private mutating func lambda(_ function: Function) -> Document {
    let word = take(.keyword(.fun))
    let head = signature(function, isNamed: false)
    return .concat([word, head, take(.colon), body(function.body)])
  }

  private mutating func comprehension(
    _ element: ExpressionID, _ clauses: [ComprehensionClause]
  ) -> Document {
    let start = cursor
    let opener = take(.leftBracket)
    var parts = [Document.softLine, self.element(element)]
    for clause in clauses {
      switch clause {
      case .each(let pattern, let list):
        let head = Document.concat([.line, take(.keyword(.for)), .text(" "), self.pattern(pattern)])
        parts += [head, .text(" "), take(.name), .text(" "), closed(list)]
      case .condition(let condition):
        parts += [.line, take(.keyword(.if)), .text(" "), closed(condition)]
      }
    }
    parts.append(dropIfPresent(.comma))
    let dangling = hasOwnComments ? .hardLine + takeOwnComments() : .empty
    let closer = take(.rightBracket)
    return .group(
      .concat([opener, .nest(.concat(parts + [dangling])), .softLine, closer]),
      isForced: hasComment(since: start))
  }
}
