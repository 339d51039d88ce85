import LudwigSyntax
import Text

extension Formatter {
  /// What stands behind a colon, an arrow, `then` or `else`, with the blank or the line break
  /// before it.
  ///
  /// - Parameters:
  ///   - keepsBreak: whether a line break before it is the user's wish.
  ///   - hugs: whether brackets may open on the line of what is before it.
  mutating func body(
    _ id: ExpressionID, keepsBreak: Bool = false, hugs canHug: Bool = true
  ) -> Document {
    let mustBreak = hasOwnComments || (keepsBreak && token.startsLine)
    if !isGrouped(id) {
      switch tree[id] {
      case .block, .sequence: return .nest(.hardLine + lines(id))
      case .record(let fields) where kind != .leftBrace:
        return .nest(.hardLine + recordLines(fields))
      case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .name,
        .constructor, .field, .constructorField, .call, .lambda, .conditional, .match,
        .comprehension, .update, .operators, .infix, .prefix, .operatorValue:
        break
      }
    }
    let hugs = canHug && hugsColon(id)
    let document = expression(id)
    if mustBreak { return .nest(.hardLine + document) }
    if hugs { return .text(" ") + document }
    return .group(.nest(.line + document))
  }

  /// A body within braces, where a comma follows.
  mutating func enclosedBody(_ id: ExpressionID) -> Document {
    guard !isGrouped(id), endsInBlock(id) else { return body(id) }
    return .text(" ") + element(id)
  }

  /// Whether an expression begins on the line of what is before it even where it does not fit.
  private func hugsColon(_ id: ExpressionID) -> Bool {
    if isGrouped(id) { return true }
    switch tree[id] {
    case .conditional: return false
    case .update(_, let updates): return updates.count > 1 || isHuggable(id)
    case .operators(let items):
      guard items.contains(where: { if case .symbol = $0 { true } else { false } }) else {
        return true
      }
      guard case .operand(let first)? = items.first else { return false }
      return isBracketed(first)
    case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .name,
      .constructor, .field, .constructorField, .call, .lambda, .block, .match, .comprehension,
      .sequence, .infix, .prefix, .operatorValue:
      return true
    }
  }

  /// `let` lines and the result, or expressions with `;` behind, one a line.
  mutating func lines(_ id: ExpressionID) -> Document {
    switch tree[id] {
    case .block(let locals, let result) where !isGrouped(id):
      var parts: [Document] = []
      for local in locals {
        if !parts.isEmpty { parts.append(.hardLine(isBlank: triviaHere.startsAfterBlank)) }
        parts += [take(.keyword(.let)), .text(" ")]
        switch local {
        case .binding(let binding): parts.append(self.binding(binding))
        case .function(let function): parts.append(named(function))
        }
        parts.append(dropIfPresent(.comma, .semicolon))
      }
      parts.append(.hardLine(isBlank: triviaHere.startsAfterBlank))
      return .concat(parts + [lines(result)])
    case .sequence(let first, let second) where !isGrouped(id):
      let head = closed(first) + take(.semicolon)
      let isBlank = triviaHere.startsAfterBlank
      return .concat([head, .hardLine(isBlank: isBlank), lines(second)])
    case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .name,
      .constructor, .field, .constructorField, .call, .lambda, .conditional, .match,
      .comprehension, .update, .operators, .infix, .prefix, .operatorValue, .block, .sequence:
      return expression(id)
    }
  }

  private mutating func recordLines(_ fields: [RecordField]) -> Document {
    var parts: [Document] = []
    for field in fields {
      if !parts.isEmpty { parts.append(.hardLine(isBlank: triviaHere.startsAfterBlank)) }
      parts += [take(), take(.colon), body(field.value), dropIfPresent(.comma)]
    }
    return .concat(parts)
  }

  // MARK: Control

  /// `if`, with all its `elif`s and `else if`s as branches of one.
  mutating func conditional(_ id: ExpressionID) -> Document {
    let start = cursor
    var parts: [Document] = []
    var next = id
    while case .conditional(let condition, let positive, let negative) = tree[next], !isLost {
      parts += [take(), .text(" "), closed(condition), .text(" "), take(.keyword(.then))]
      parts += [body(positive, hugs: false), .line]
      next = negative
      if kind == .keyword(.elif) { continue }
      parts.append(take(.keyword(.else)))
      guard kind == .keyword(.if), case .conditional = tree[negative] else { break }
      parts.append(.text(" "))
    }
    parts.append(body(next, hugs: false))
    return .group(.concat(parts), isForced: hasComment(since: start))
  }

  /// `case e of | …`.
  mutating func match(_ subject: ExpressionID, _ branches: [Branch]) -> Document {
    let start = cursor
    var parts = [take(.keyword(.case)), .text(" "), closed(subject), .text(" ")]
    parts.append(take(.keyword(.of)))
    var isForced = false
    var lines: [Document] = []
    for branch in branches {
      isForced = isForced || token.startsLine
      lines.append(.line(isBlank: !lines.isEmpty && triviaHere.startsAfterBlank))
      let head = Document.concat([take(.bar), .text(" "), pattern(branch.pattern), .text(" ")])
      lines.append(.nest(.concat([head, take(.arrow), body(branch.body)])))
    }
    return .group(
      .concat(parts + [.nest(.concat(lines))]), isForced: isForced || hasComment(since: start))
  }

  // MARK: Updates

  /// `r with …`.
  mutating func update(_ record: ExpressionID, _ updates: [FieldUpdate]) -> Document {
    let head = Document.concat([closed(record), .text(" "), take(.keyword(.with))])
    var next = 0
    if kind == .leftBrace {
      let changes = bracketed(keepsBreak: true, isPadded: true) { formatter in
        guard next < updates.count else { return formatter.take() }
        next += 1
        return formatter.change(updates[next - 1], isEnclosed: true)
      }
      return .concat([head, .text(" "), changes])
    }
    let isBlock = token.startsLine
    if updates.count == 1, !hasOwnComments {
      let only = change(updates[0])
      return .concat([head, .text(" "), only, isBlock ? dropIfPresent(.comma) : .empty])
    }
    var parts: [Document] = []
    for update in updates {
      parts.append(.hardLine(isBlank: !parts.isEmpty && triviaHere.startsAfterBlank))
      parts += [change(update), dropIfPresent(.comma)]
    }
    return .concat([head, .nest(.concat(parts))])
  }

  private mutating func change(_ update: FieldUpdate, isEnclosed: Bool = false) -> Document {
    var path: [Document] = []
    while kind != .colon, kind != .end { path.append(take()) }
    let colon = take(.colon)
    let value = isEnclosed ? enclosedBody(update.value) : body(update.value)
    return .concat(path + [colon, value])
  }
}
