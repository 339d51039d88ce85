import Diagnostics
import Text

extension Parser {
  /// Operands and operators side by side, and the `with`s behind them.
  mutating func parseExpression() -> ExpressionID {
    let first = token
    var items: [OperatorItem] = []
    var needsOperand = true
    while true {
      if items.count >= Self.maximumItems {
        skipSequence(from: first)
        return missingExpression()
      }
      if needsOperand {
        if kind == .symbol {
          items.append(.symbol(takeSymbol()))
          continue
        }
        items.append(parseOperandItem(after: items.last))
        needsOperand = false
      } else if index > 0, tokens[index - 1].kind == .comma {
        // The last line of a block without braces had the comma behind the whole element.
        return addSequence(items, from: first.lower)
      } else if kind == .symbol {
        items.append(.symbol(takeSymbol()))
        needsOperand = true
      } else if kind == .equals, !token.startsLine {
        let place = range(token)
        report(.equalsForComparison(place), isMended: true)
        advance()
        items.append(.symbol(Identifier("==", place)))
        needsOperand = true
      } else if kind == .keyword(.with) {
        let record = addSequence(items, from: first.lower)
        items = [.operand(parseUpdate(of: record, from: first.lower))]
      } else if isJuxtaposed(first: first, items) {
        parseJuxtaposed(&items)
      } else {
        return addSequence(items, from: first.lower)
      }
    }
  }

  /// Reports a sequence that is too long, and passes over the rest of it.
  private mutating func skipSequence(from first: Token) {
    report(.chainTooLong(range(from: first.lower)))
    isPoisoned = true
    while kind != .end, kind != .comma, !closesOuter { skipBalanced() }
  }

  private mutating func addSequence(
    _ items: [OperatorItem], from lower: Int32
  ) -> ExpressionID {
    if items.count == 1 {
      switch items[0] {
      case .operand(let id), .word(let id): return id
      case .symbol: break
      }
    }
    return tree.add(.operators(items), range(from: lower))
  }

  private mutating func parseOperandItem(after last: OperatorItem?) -> OperatorItem {
    guard startsExpression else {
      if case .symbol(let name) = last {
        report(.missingOperand(name))
      } else {
        reportUnexpected("a value")
      }
      return .operand(missingExpression())
    }
    let isGroup = token.closer != nil
    let operand = nested({ $0.parseOperand() }, else: { $0.missingExpression() })
    if case .name = tree[operand], !isGroup { return .word(operand) }
    return .operand(operand)
  }

  /// Whether the token at hand is one more operand of the same sequence: an argument without
  /// parentheses, or an operator that is a name.
  private func isJuxtaposed(first: Token, _ items: [OperatorItem]) -> Bool {
    guard !token.startsLine || token.column > first.lineIndent else { return false }
    if startsArgumentBlock(of: items) { return true }
    if token.startsLine, barLimit >= 0, lineHoldsBranch { return false }
    switch kind {
    case .name, .typeName: return kind(ahead: 1) != .colon && !startsAnnotatedBinding
    case .keyword(let keyword) where keyword.isStatementWord:
      return !token.startsLine && kind(ahead: 1) != .colon
    case .keyword(.fun): return kind(ahead: 1) == .leftParenthesis || kind(ahead: 1) == .leftBrace
    case .integer, .float, .string, .malformed, .leftParenthesis, .leftBracket, .leftBrace:
      return !endsInLiteralHead(items)
    case .keyword, .symbol, .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon,
      .colon, .dot, .bar, .arrow, .equals, .underscore, .end:
      return false
    }
  }

  /// Whether the lines from here are a record without braces for the function or constructor
  /// before them. Within brackets they stand deeper than the element; else a comma is missing.
  private func startsArgumentBlock(of items: [OperatorItem]) -> Bool {
    guard startsRecordBlock, limit >= 0 || token.column > elementColumn,
      let id = items.last?.expression
    else { return false }
    // One blank further right than the lines of a block is a slip of the pen.
    let indent = tokens[index - 1].lineIndent
    guard indent == 0 || token.column > indent + 1 else { return false }
    switch tree[id] {
    case .constructor: return true
    case .name(let name): return !name.qualifier.isEmpty || !valueNames.contains(name.text)
    case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .field,
      .constructorField, .call, .lambda, .block, .conditional, .match, .comprehension, .update,
      .sequence, .operators, .infix, .prefix, .operatorValue:
      return false
    }
  }

  /// Whether the last operand is a literal that nothing can be applied to: in `[1 2]` a comma is
  /// missing, it is no call.
  private func endsInLiteralHead(_ items: [OperatorItem]) -> Bool {
    guard case .operand(let id)? = items.last else { return false }
    if items.count > 1 {
      guard case .symbol = items[items.count - 2] else { return false }
    }
    switch tree[id] {
    case .integer, .float, .string, .list, .record, .dictionary, .tuple: return true
    case .missing, .name, .constructor, .field, .constructorField, .call, .lambda, .block,
      .conditional, .match, .comprehension, .update, .sequence, .operators, .infix, .prefix,
      .operatorValue:
      return false
    }
  }

  private mutating func parseJuxtaposed(_ items: inout [OperatorItem]) {
    let start = token
    if startsArgumentBlock(of: items) {
      items.append(
        .operand(nested({ $0.parseRecordBlock() }, else: { $0.missingExpression() })))
      return
    }
    guard [.leftBrace, .leftBracket, .string].contains(start.kind) else {
      items.append(parseOperandItem(after: nil))
      return
    }
    let literal = nested({ $0.parseAtom() }, else: { $0.missingExpression() })
    // In `f {a: 1}.b` the field is that of the call, for a literal's own would be at hand.
    guard kind == .dot, let last = items.popLast() else {
      items.append(.operand(literal))
      return
    }
    switch last {
    case .operand(let function), .word(let function):
      let lower = tree.range(of: function).lower
      let call = tree.add(.call(function, [literal]), range(from: lower))
      items.append(.operand(parsePostfix(call, from: lower)))
    case .symbol:
      items += [last, .operand(parsePostfix(literal, from: start.lower))]
    }
  }

  private mutating func parseOperand() -> ExpressionID {
    let lower = token.lower
    switch kind {
    case .keyword(.if): return parseConditional()
    case .keyword(.case): return parseMatch()
    case .keyword(.let): return parseBody()
    case .keyword(.fun):
      advance()
      let function = parseFunction(name: nil)
      return tree.add(.lambda(function), range(from: lower))
    case .name, .typeName, .keyword, .integer, .float, .string, .symbol, .malformed,
      .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace,
      .comma, .semicolon, .colon, .dot, .bar, .arrow, .equals, .underscore, .end:
      let atom = parseAtom()
      return parsePostfix(atom, from: lower)
    }
  }

  /// Calls in parentheses and fields, as many as follow.
  mutating func parsePostfix(_ base: ExpressionID, from lower: Int32) -> ExpressionID {
    var result = base
    while true {
      if kind == .leftParenthesis, !token.isSpaced {
        let arguments = namesArguments ? [parseBraces()] : parseElements("the arguments")
        result = tree.add(.call(result, arguments), range(from: lower))
      } else if kind == .dot {
        advance()
        result = parseField(of: result, from: lower)
      } else {
        return result
      }
    }
  }

  /// Whether the parentheses at hand hold named arguments, `f(a: 1, b: 2)`: one record.
  private var namesArguments: Bool {
    guard index + 2 < tokens.count, kind(ahead: 2) == .colon else { return false }
    // On a line of its own it is one where the parentheses are closed; else it may be a statement.
    if tokens[index + 1].startsLine, partners[index] == 0 || tokens[index + 1].column == 0 {
      return false
    }
    switch kind(ahead: 1) {
    case .name: return true
    case .keyword(let keyword): return keyword.isStatementWord
    case .typeName, .integer, .float, .string, .symbol, .malformed, .leftParenthesis,
      .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma,
      .semicolon, .colon, .dot, .bar, .arrow, .equals, .underscore, .end:
      return false
    }
  }

  private mutating func parseField(of base: ExpressionID, from lower: Int32) -> ExpressionID {
    var constructor: QualifiedName?
    if kind == .leftParenthesis {
      let name = takeParenthesizedName()
      constructor = name
      guard accept(.dot) else {
        return tree.add(.constructorField(of: base, constructor: name, nil), range(from: lower))
      }
    } else if kind == .typeName {
      var segments = [takeIdentifier()]
      while kind == .dot, kind(ahead: 1) == .typeName {
        advance()
        segments.append(takeIdentifier())
      }
      let name = QualifiedName(Array(segments.dropLast()), segments[segments.count - 1])
      guard accept(.dot) else {
        return tree.add(.constructorField(of: base, constructor: name, nil), range(from: lower))
      }
      constructor = name
    }
    var name = Identifier("", pointRange)
    if isFieldName {
      name = takeIdentifier()
    } else {
      reportUnexpected("a field's name after the dot")
    }
    guard let constructor else {
      return tree.add(.field(of: base, name), range(from: lower))
    }
    return tree.add(
      .constructorField(of: base, constructor: constructor, name), range(from: lower))
  }
}
