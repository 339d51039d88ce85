import Diagnostics
import Text

extension Parser {
  /// `if c then x elif d then y else z`.
  mutating func parseConditional() -> ExpressionID {
    let lower = token.lower
    let word = text(token)
    advance()
    let start = index
    let condition = parseBody()
    if !accept(.keyword(.then)) {
      markDamaged()
      reportMissingThen("`then` after the condition of `\(word)`", condition, from: start)
    }
    let branch = index
    let positive = parseBody()
    let negative: ExpressionID
    if kind == .keyword(.elif) {
      negative = nested({ $0.parseConditional() }, else: { $0.missingExpression() })
    } else if accept(.keyword(.else)) {
      negative = parseBody()
    } else {
      let end = firstLineEnd(from: branch) ?? previousUpper
      let place = SourceRange(source: id, lower: end, upper: end)
      report(.missingElse(range(from: lower), place))
      negative = missingExpression()
    }
    return tree.add(
      .conditional(if: condition, then: positive, else: negative), range(from: lower))
  }

  /// Reports a missing `then`: where the line with the condition ends, or before what stands
  /// beside the condition and may be the branch.
  private mutating func reportMissingThen(
    _ words: String, _ condition: ExpressionID, from start: Int
  ) {
    var place: SourceRange?
    if let line = firstLineEnd(from: start) {
      place = SourceRange(source: id, lower: line, upper: line)
    } else if case .operators(let items) = tree[condition], items.count > 1,
      let last = items.last?.expression, items[items.count - 2].expression != nil,
      kind == .keyword(.else) || kind == .keyword(.elif)
    {
      let lower = Int(tree.range(of: last).lower)
      place = SourceRange(source: id, lower: lower, upper: lower)
    }
    guard let place else { return reportMissing(words) }
    report(.unexpected(found: nil, wanted: words, place, hint: "write `then` here"))
  }

  /// Where the first line from a token on ends, outside of brackets, before the token at hand.
  private func firstLineEnd(from start: Int) -> Int? {
    var place = start
    while place < index {
      if place > start, tokens[place].startsLine { return Int(tokens[place - 1].upper) }
      place = max(place + 1, Int(partners[place]))
    }
    return nil
  }

  /// `case e of | p -> x …`.
  mutating func parseMatch() -> ExpressionID {
    let lower = token.lower
    advance()
    let subject = parseBody()
    expect(.keyword(.of), "`of` after the value of `case`")
    var branches: [Branch] = []
    let wasPoisoned = isPoisoned
    var column: Int32?
    while isOwnBar || lacksBar {
      if token.startsLine { isPoisoned = wasPoisoned }
      if kind == .bar {
        column = token.column
      } else {
        report(
          .missingBar(text(token), range(token), "a branch is `| pattern -> value`"),
          isMended: true)
      }
      branches.append(parseBranch(column ?? token.column))
    }
    if branches.isEmpty { reportMissing("`|` and the first branch of the `case`") }
    return tree.add(.match(subject, branches), range(from: lower))
  }

  private var isOwnBar: Bool {
    kind == .bar && (!token.startsLine || Int(token.column) > barLimit)
  }

  /// Whether a branch without its bar begins at the token at hand.
  private var lacksBar: Bool {
    token.startsLine && Int(token.column) > barLimit && startsPattern && lineHoldsBranch
  }

  /// Whether a pattern, and nothing else, may start at the token at hand.
  private var startsPattern: Bool {
    switch kind {
    case .name, .typeName, .integer, .float, .string, .underscore, .leftParenthesis,
      .leftBracket, .leftBrace:
      true
    case .keyword, .symbol, .malformed, .rightParenthesis, .rightBracket, .rightBrace, .comma,
      .semicolon, .colon, .dot, .bar, .arrow, .equals, .end:
      false
    }
  }

  private mutating func parseBranch(_ column: Int32) -> Branch {
    let head = token
    let column = Int(min(column, head.column))
    if !accept(.bar) { blockStart = index }
    let saved = barLimit
    barLimit = column
    defer { barLimit = saved }
    return withLimit(head.startsLine ? column : limit) { parser in
      let pattern = parser.parsePattern()
      if parser.kind == .colon || parser.kind == .symbol && parser.text(parser.token) == "=>" {
        let sign = parser.text(parser.token)
        parser.report(.signForArrow(sign, parser.range(parser.token)), isMended: true)
        parser.advance()
      } else {
        parser.expect(.arrow, "`->` after the pattern")
      }
      return Branch(pattern: pattern, body: parser.parseBody())
    }
  }

  /// What follows the expression of a comprehension, up to the closing bracket.
  mutating func parseClauses() -> [ComprehensionClause] {
    var clauses: [ComprehensionClause] = []
    while true {
      if accept(.keyword(.for)) {
        let pattern = parsePattern()
        if isWord("in") { advance() } else { reportMissing("`in` after the pattern of `for`") }
        clauses.append(.each(pattern, in: parseExpression()))
      } else if accept(.keyword(.if)) {
        clauses.append(.condition(parseExpression()))
      } else {
        return clauses
      }
    }
  }
}
