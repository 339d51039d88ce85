import Diagnostics
import Text

extension Parser {
  /// Runs a part of the parse with a block's layout: lines at `column` or further left end it.
  mutating func withLimit<Node>(_ column: Int, _ body: (inout Parser) -> Node) -> Node {
    let saved = limit
    limit = max(column, saved)
    defer { limit = saved }
    return body(&self)
  }

  /// Parses what stands in brackets, element by element, with commas between.
  ///
  /// Within brackets indentation is free. A trailing comma is fine; a missing one is reported and
  /// mended where the next element is plain to see.
  ///
  /// - Parameters:
  ///   - element: Parses one element, and consumes at least a token where it can.
  ///   - isStart: Whether an element plainly starts at the token at hand.
  mutating func bracketed(
    _ what: String, element: (inout Parser) -> Void, isStart: (Parser) -> Bool
  ) {
    let (opener, openerIndex) = (token, index)
    guard let closer = opener.closer else { return }
    let saved = (limit, barLimit, unclosedBrackets, elementColumn)
    // Between elements of closed brackets parsing is on firm ground again.
    let (isClosed, wasPoisoned) = (partners[index] > 0, isPoisoned)
    var lacksComma = false
    if !isClosed { unclosedBrackets += 1 }
    (limit, barLimit) = (-1, -1)
    defer { (limit, barLimit, unclosedBrackets, elementColumn) = saved }
    advance()
    while kind != closer, kind != .end, !endsUnclosed(opener, isClosed: isClosed) {
      let start = index
      elementColumn = isFieldName && kind(ahead: 1) == .colon ? token.column : -1
      element(&self)
      // The last line of a block without braces may have taken the comma.
      if accept(.comma) || (index > start && tokens[index - 1].kind == .comma) {
        if isClosed { isPoisoned = wasPoisoned }
        continue
      }
      if kind == closer || kind == .end { break }
      if separatesFields {
        report(.semicolonForComma(range(token)), isMended: true)
        advance()
        continue
      }
      // Where nothing closes the brackets, a line that cannot belong to them ends them.
      if !isClosed, token.startsLine || kind == .colon || kind == .arrow { break }
      if isStart(self), index > start, !lineHoldsBranch {
        report(.missingComma(what, pointRange), isMended: true)
        damageLine(of: pointRange)
        lacksComma = true
        continue
      }
      if closesOuter { break }
      if lacksComma { (isPoisoned, isDamaged) = (true, true) }
      if index == start || kind != .malformed {
        reportUnexpected("`,` or `\(Self.spelling(closer))` in \(what)")
      }
      isPoisoned = true
      if index > start { markDamaged() }
      while kind != .end, kind != .comma, kind != closer, !closesOuter { skipBalanced() }
      if !accept(.comma) { break }
      if isClosed { isPoisoned = wasPoisoned }
    }
    guard !accept(closer) else { return }
    let lacking = opening(lacking: closer, from: openerIndex)
    report(
      .unclosedBracket(
        text(lacking), Self.spelling(closer), lacking.lower == opener.lower ? what : "it",
        range(lacking), pointRange))
  }

  /// The bracket that most likely lacks its closing one: the last one behind `opener` whose
  /// partner stands further left than its own line, so that it is meant for another.
  private func opening(lacking closer: Token.Kind, from opener: Int) -> Token {
    var found = tokens[opener]
    guard diagnostics.count < Self.mistakeLimit, !isPoisoned else { return found }
    for place in partners.indices[..<index].dropFirst(opener + 1) where partners[place] > 0 {
      let (start, end) = (tokens[place], tokens[Int(partners[place])])
      if start.closer == closer, end.startsLine, end.column < start.lineIndent {
        found = start
      }
    }
    return found
  }

  /// Whether brackets without a closing one end before the token at hand, which cannot be one of
  /// their elements: another bracket is closed, or a field of an outer record follows.
  private func endsUnclosed(_ opener: Token, isClosed: Bool) -> Bool {
    if closesOuter { return true }
    guard !isClosed, token.startsLine, token.lower > opener.upper else { return false }
    if opener.kind == .leftBrace {
      let isEntry = isFieldName || kind == .string
      return !isEntry || (kind(ahead: 1) != .colon && kind(ahead: 1) != .equals)
    }
    return isFieldName && kind(ahead: 1) == .colon && token.column <= opener.lineIndent
  }

  /// Whether the line from here has an arrow, so that it is a branch of a `case` without its bar.
  var lineHoldsBranch: Bool {
    var ahead = 0
    // A line of very many tokens is no branch.
    while ahead < 100, kind(ahead: ahead) != .end, ahead == 0 || !tokens[index + ahead].startsLine {
      if kind(ahead: ahead) == .arrow { return true }
      if kind(ahead: ahead) == .keyword(.fun) || index + ahead + 1 >= tokens.count { return false }
      ahead += 1
    }
    return false
  }

  /// Whether a closing bracket stands here; one that does not fit is left to what it closes.
  var closesOuter: Bool {
    [.rightParenthesis, .rightBracket, .rightBrace].contains(kind)
  }

  /// Whether the token at hand is the last one of its line.
  var isLastOfLine: Bool { index + 1 < tokens.count && tokens[index + 1].startsLine }

  static func spelling(_ closer: Token.Kind) -> String {
    closer == .rightParenthesis ? ")" : closer == .rightBracket ? "]" : "}"
  }

  /// Whether the lines from here are a record without braces: `name:` at the start of a line that
  /// is indented deeper than the line before.
  var startsRecordBlock: Bool {
    guard index > 0, token.startsLine, isFieldName, kind(ahead: 1) == .colon else { return false }
    return token.column > tokens[index - 1].lineIndent
  }

  /// Whether the token at hand can start a line of a block: a field, or a constructor on the way
  /// to one.
  var startsChange: Bool { isFieldName || kind == .leftParenthesis }

  /// Parses lines at the column of the token at hand, each `name:` and something.
  mutating func alignedLines(
    isStart: (Parser) -> Bool = \.isFieldName, _ line: (inout Parser) -> Void
  ) {
    let column = Int(token.column)
    let wasPoisoned = isPoisoned
    let isInBrackets = limit < 0
    var isLast = false
    repeat {
      isPoisoned = wasPoisoned
      blockStart = index
      withLimit(column) { parser in
        line(&parser)
        isLast = parser.accept(.comma) && isInBrackets && !parser.token.startsLine
        if !isLast, !parser.closesOuter {
          parser.finishBlock("the end of this line", isAligned: true)
        }
      }
    } while !isLast && kind != .end && token.startsLine && Int(token.column) == column
      && isStart(self)
  }

  /// Whether an expression can start at the token at hand.
  var startsExpression: Bool {
    switch kind {
    case .name, .typeName, .integer, .float, .string, .malformed, .leftParenthesis,
      .leftBracket, .leftBrace, .symbol, .underscore, .keyword(.fun), .keyword(.if),
      .keyword(.case), .keyword(.let):
      true
    case .keyword(let keyword) where keyword.isStatementWord: true
    case .keyword, .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon, .colon,
      .dot, .bar, .arrow, .equals, .end:
      false
    }
  }
}
