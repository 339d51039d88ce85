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
  ///
  /// - Parameter code: The mistake's code, where only one counts.
  func hasReported(onLineOf range: SourceRange, code: DiagnosticCode? = nil) -> Bool {
    if diagnostics.count >= Self.mistakeLimit { return true }
    let line = source.lineRange(of: range)
    return diagnostics[firstDiagnostic...].contains { earlier in
      (code == nil || earlier.code == code)
        && (earlier.labels.first.map { line.contains(Int($0.range.lower)) } ?? false)
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
    let way = atEnd ? "write it here, or look at the brackets before" : layoutHint
    let signs = hint ?? signHint(isInType: wanted.contains("type"))
    report(.unexpected(found: foundText, wanted: wanted, place, hint: signs ?? way))
  }

  /// Reports that a word or sign is missing: where the next token stands, or behind the last one
  /// where that one begins a new line.
  mutating func reportMissing(_ words: String, hint special: String? = nil) {
    let parts = words.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
    let sign = parts.count == 3 ? parts[1] : ""
    let hint = special ?? (sign.isEmpty ? nil : "write `\(sign)` here")
    guard token.startsLine, kind != .malformed else {
      return reportUnexpected(words, hint: hint)
    }
    report(.unexpected(found: nil, wanted: words, pointRange, hint: hint))
  }

  /// What a sign of another language is called in this one.
  private func signHint(isInType: Bool) -> String? {
    if kind == .arrow, isInType { return "a function's type is written `fun(A) -> B`" }
    if kind == .arrow, index > 0, !token.startsLine, barLimit < 0 {
      return "a function without a name is written `fun(x): …`"
    }
    if kind == .colon, lineHolds("?") { return "there is no `? :`: write `if … then … else …`" }
    if kind == .symbol, ["//", "--"].contains(where: { text(token).hasPrefix($0) }) {
      return "a comment starts with `#`"
    }
    return nil
  }

  /// Whether a sign stands on the line at hand, before the token at hand.
  private func lineHolds(_ sign: String) -> Bool {
    var place = index
    while place > 0, !tokens[place].startsLine {
      place -= 1
      if tokens[place].kind == .symbol, text(tokens[place]) == sign { return true }
    }
    return false
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
  mutating func expect(_ wanted: Token.Kind, _ words: String, hint: String? = nil) -> Bool {
    if accept(wanted) { return true }
    markDamaged()
    reportMissing(words, hint: hint)
    return false
  }

  /// Consumes the colon before a body; `=` in its place is reported and taken for it.
  ///
  /// - Parameter hint: The way out where something else than a colon is likely to be missing.
  mutating func expectColon(after what: String, hint: String? = nil) {
    if kind == .equals {
      let mistake = Diagnostic.equalsForColon(range(token))
      // Whoever writes `let x = …` at the margin has been told how bindings are written.
      let place = mistake.labels.first?.range
      if place.map({ hasReported(onLineOf: $0, code: "FG0120") }) != true {
        report(mistake, isMended: true)
      }
      advance()
    } else {
      expect(.colon, "`:` after \(what)", hint: hint)
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
  var isFieldName: Bool { Self.isFieldName(kind) }

  /// Whether a token further on can name a field.
  func isFieldName(ahead count: Int) -> Bool { Self.isFieldName(kind(ahead: count)) }

  /// Whether a token closes a bracket.
  func isCloser(_ kind: Token.Kind) -> Bool {
    [.rightParenthesis, .rightBracket, .rightBrace].contains(kind)
  }

  private static func isFieldName(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .name, .typeName, .keyword: true
    case .integer, .float, .string, .symbol, .malformed, .leftParenthesis, .rightParenthesis,
      .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma, .semicolon, .colon, .dot,
      .bar, .arrow, .equals, .underscore, .end:
      false
    }
  }

  /// Passes over everything up to the end of the block at hand, reporting the first of it.
  ///
  /// - Parameter isAligned: Whether the lines of the block stand below each other.
  mutating func finishBlock(_ wanted: String, isAligned: Bool = false) {
    guard kind != .end else { return }
    markDamaged()
    if isAligned, token.startsLine, isFieldName, kind(ahead: 1) == .colon,
      let first = tokens[..<index].last(where: \.startsLine)
    {
      report(misaligned(with: first))
    }
    if [.rightParenthesis, .rightBracket, .rightBrace].contains(kind) {
      report(.strayBracket(text(token), range(token)))
    }
    reportUnexpected(wanted)
    while kind != .end { skipBalanced() }
  }

  /// A line of a block that starts at another column than the first.
  func misaligned(with first: Token) -> Diagnostic {
    let indents = [token, first].map { source.bytes[Int($0.triviaLower)..<Int($0.lower)] }
    let hasTab = indents.contains { $0.contains(UInt8(ascii: "\t")) }
    return .misaligned(
      text(token), range(token), first: range(first), column: Int(first.column), hasTab: hasTab)
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
