import Diagnostics
import Text

extension Parser {
  /// `if c then x elif d then y else z`.
  mutating func parseConditional() -> ExpressionID {
    let lower = token.lower
    let word = text(token)
    advance()
    let condition = parseBody()
    expect(.keyword(.then), "`then` after the condition of `\(word)`")
    let positive = parseBody()
    let negative: ExpressionID
    if kind == .keyword(.elif) {
      negative = nested({ $0.parseConditional() }, else: { $0.missingExpression() })
    } else if accept(.keyword(.else)) {
      negative = parseBody()
    } else {
      report(.missingElse(range(from: lower), pointRange))
      negative = missingExpression()
    }
    return tree.add(
      .conditional(if: condition, then: positive, else: negative), range(from: lower))
  }

  /// `case e of | p -> x …`.
  mutating func parseMatch() -> ExpressionID {
    let lower = token.lower
    advance()
    let subject = parseBody()
    expect(.keyword(.of), "`of` after the value of `case`")
    var branches: [Branch] = []
    let wasPoisoned = isPoisoned
    while isOwnBar {
      if token.startsLine { isPoisoned = wasPoisoned }
      branches.append(parseBranch())
    }
    if branches.isEmpty { reportMissing("`|` and the first branch of the `case`") }
    return tree.add(.match(subject, branches), range(from: lower))
  }

  private var isOwnBar: Bool {
    kind == .bar && (!token.startsLine || Int(token.column) > barLimit)
  }

  private mutating func parseBranch() -> Branch {
    let bar = token
    advance()
    let saved = barLimit
    barLimit = Int(bar.column)
    defer { barLimit = saved }
    return withLimit(bar.startsLine ? Int(bar.column) : limit) { parser in
      let pattern = parser.parsePattern()
      if parser.kind == .colon {
        parser.report(.colonForArrow(parser.range(parser.token)), isMended: true)
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
