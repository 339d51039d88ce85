import Diagnostics
import Text

extension Parser {
  /// Reports a mistake, unless it may follow from an earlier one of this statement.
  ///
  /// - Parameter isMended: whether parsing goes on as if the mistake were not there, so that
  ///   others are mistakes of their own.
  mutating func report(_ diagnostic: Diagnostic, isMended: Bool = false) {
    if !isMended {
      isDamaged = true
      markDamagedLine(diagnostic)
    }
    guard !isPoisoned else { return }
    let place = diagnostic.labels.first?.range
    if isMended || place.map({ hasReported(onLineOf: $0) }) != true,
      diagnostics.count < Self.mistakeLimit
    {
      diagnostics.append(diagnostic)
    }
    if !isMended { isPoisoned = true }
  }

  /// Whether a mistake of this statement has been reported on the line of a place, or so many that
  /// no more are.
  func hasReported(onLineOf range: SourceRange) -> Bool {
    if diagnostics.count >= Self.mistakeLimit { return true }
    let line = source.lineRange(of: range)
    return diagnostics[firstDiagnostic...].contains { earlier in
      earlier.labels.first.map { line.contains(Int($0.range.lower)) } ?? false
    }
  }

  /// The whole line on which a range begins.
  func wholeLine(of range: SourceRange) -> SourceRange {
    let line = source.lineRange(of: range)
    return SourceRange(source: id, lower: line.lowerBound, upper: line.upperBound)
  }

  private mutating func markDamagedLine(_ diagnostic: Diagnostic) {
    if let range = diagnostic.labels.first?.range { damageLine(of: range) }
  }

  /// Notes that something on a line could not be understood.
  mutating func damageLine(of range: SourceRange) {
    if let last = tree.damagedLines.last, last.lower <= range.lower, range.lower < last.upper {
      return
    }
    tree.damagedLines.append(wholeLine(of: range))
  }

  /// Reports that something else was wanted here. What the lexer has reported is not repeated.
  mutating func reportUnexpected(_ wanted: String, hint: String? = nil) {
    if kind == .malformed {
      isPoisoned = true
      return
    }
    let atEnd = kind == .end
    let place = atEnd ? pointRange : range(token)
    let arrow = kind == .arrow ? "a function's type is written `fun(A) -> B`" : nil
    let way = atEnd ? "write it here, or look at the brackets before" : layoutHint
    report(.unexpected(found: foundText, wanted: wanted, place, hint: hint ?? arrow ?? way))
  }

  /// Reports that a word or sign is missing: where the next token stands, or behind the last one
  /// where that one begins a new line.
  mutating func reportMissing(_ words: String) {
    let parts = words.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
    let sign = parts.count == 3 ? parts[1] : ""
    let hint = sign.isEmpty ? nil : "write `\(sign)` here"
    guard token.startsLine, kind != .malformed else {
      return reportUnexpected(words, hint: hint)
    }
    report(.unexpected(found: nil, wanted: words, pointRange, hint: hint))
  }

  /// What a line that does not belong where it stands may be meant as.
  private var layoutHint: String? {
    var ahead = 0
    while ahead < 100, kind(ahead: ahead) != .end,
      ahead == 0 || !tokens[min(index + ahead, tokens.count - 1)].startsLine
    {
      if kind(ahead: ahead) == .arrow, barLimit >= 0 || token.startsLine {
        return "does a `|` lack before it? A branch of `case` is `| pattern -> value`"
      }
      ahead += 1
    }
    guard token.startsLine else {
      return kind == .colon
        ? "is a comma, or a bracket, missing before this name?"
        : "is a comma, an operator or a bracket missing before this?"
    }
    if isFieldName, kind(ahead: 1) == .colon {
      return "lines that belong together start at the same column"
    }
    return "a line further right goes on with the one before it"
  }

  /// What stands here, in the user's words; nil at the end of what is being parsed.
  private var foundText: String? {
    switch kind {
    case .end: return nil
    case .keyword: return "the keyword `\(text(token))`"
    case .string: return "a string"
    case .name, .typeName, .integer, .float, .symbol, .malformed, .leftParenthesis,
      .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma,
      .semicolon, .colon, .dot, .bar, .arrow, .equals, .underscore:
      return "`\(text(token))`"
    }
  }

  /// Consumes a token of a kind, or reports that it is missing.
  @discardableResult
  mutating func expect(_ wanted: Token.Kind, _ words: String) -> Bool {
    if accept(wanted) { return true }
    markDamaged()
    reportMissing(words)
    return false
  }

  /// Consumes the colon before a body; `=` in its place is reported and taken for it.
  mutating func expectColon(after what: String) {
    if kind == .equals {
      report(.equalsForColon(range(token)), isMended: true)
      advance()
    } else {
      expect(.colon, "`:` after \(what)")
    }
  }

  /// A name for a new value, or an empty one with a report.
  mutating func expectName(_ words: String) -> Identifier {
    if kind == .name { return takeIdentifier() }
    if case .keyword(let keyword) = kind {
      if keyword.isStatementWord { return takeIdentifier() }
      report(.keywordAsName(text(token), range(token)), isMended: kind(ahead: 1) == .colon)
      return takeIdentifier()
    }
    if kind == .typeName {
      report(.upperCaseValue(text(token), range(token)), isMended: true)
      return takeIdentifier()
    }
    reportUnexpected(words)
    return Identifier("", pointRange)
  }

  /// A name for a type, constructor or module, or an empty one with a report.
  mutating func expectTypeName(_ words: String) -> Identifier {
    if kind == .typeName { return takeIdentifier() }
    if kind == .name {
      report(.lowerCaseType(text(token), range(token)), isMended: true)
      return takeIdentifier()
    }
    reportUnexpected(words)
    return Identifier("", pointRange)
  }

  /// Whether the token at hand can name a field: any name, reserved words too.
  var isFieldName: Bool {
    switch kind {
    case .name, .typeName, .keyword: true
    case .integer, .float, .string, .symbol, .malformed, .leftParenthesis, .rightParenthesis,
      .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma, .semicolon, .colon, .dot,
      .bar, .arrow, .equals, .underscore, .end:
      false
    }
  }

  /// Passes over everything up to the end of the block at hand, reporting the first of it.
  mutating func finishBlock(_ wanted: String) {
    guard kind != .end else { return }
    markDamaged()
    if [.rightParenthesis, .rightBracket, .rightBrace].contains(kind) {
      report(.strayBracket(text(token), range(token)))
    }
    reportUnexpected(wanted)
    while kind != .end { skipBalanced() }
  }

  /// Notes that the value before what cannot be understood may lack a part, so that nothing is
  /// known of its type.
  mutating func markDamaged() {
    if let lastBody { tree.damaged.insert(lastBody) }
  }

  /// Passes over a token, or over a bracket with all that it holds.
  mutating func skipBalanced() {
    if partners[index] > 0 { index = Int(partners[index]) }
    advance()
  }

  /// Runs a part of the parse one level deeper; too deep, it passes over the rest instead.
  mutating func nested<Node>(_ body: (inout Parser) -> Node, else missing: (inout Parser) -> Node)
    -> Node
  {
    guard depth < Self.maximumDepth else {
      report(.tooDeep(kind == .end ? pointRange : range(token)))
      isPoisoned = true
      // All that stands side by side with it, too, so that what is left is no sequence of millions.
      if kind != .end { skipBalanced() }
      while kind != .end, kind != .comma, !closesOuter { skipBalanced() }
      return missing(&self)
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }
}
