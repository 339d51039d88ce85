package import Diagnostics
package import Text

/// Parses a sheet; never fails.
///
/// Every byte of the sheet is in the tree's tokens, and what cannot be understood becomes a
/// `missing` node with a diagnostic. A mistake is reported once: what follows from it within the
/// same statement is not, and the next statement starts afresh. After a thousand mistakes the rest
/// of the sheet is not looked at (`isCutShort`).
///
/// - Parameters:
///   - source: the sheet.
///   - id: its name within its set of sources.
///   - keepsTokens: whether the tree holds the tokens, which only those need who write the sheet
///     again.
/// - Returns: the tree, with operators as yet flat, and the mistakes in source order.
package func parse(
  _ source: SourceText, id: SourceID, keepsTokens: Bool = true
) -> (SyntaxTree, [Diagnostic]) {
  var parser = Parser(source, id: id)
  parser.parseSheet()
  parser.tree.isCutShort = parser.diagnostics.count >= Parser.mistakeLimit
  parser.concludeDamage()
  if keepsTokens { parser.tree.tokens = parser.tokens }
  let diagnostics = parser.diagnostics.enumerated().sorted {
    let lower = ($0.element.labels.first?.range.lower ?? 0, $0.offset)
    return lower < ($1.element.labels.first?.range.lower ?? 0, $1.offset)
  }
  return (parser.tree, diagnostics.map(\.element))
}

/// The state of one parse: tokens, the layout in force, and what has been built.
struct Parser {
  /// How deep brackets, blocks and types may nest.
  static let maximumDepth = 200
  /// How many mistakes of one sheet are told; what stands behind them is not looked at.
  static let mistakeLimit = 1_000
  /// How many operands and operators may stand side by side.
  static let maximumItems = 10_000

  let source: SourceText
  let id: SourceID
  let tokens: [Token]
  /// For each opening bracket, the index of its closing one; -1 for a closing one that nothing
  /// opened, 0 for any other token.
  let partners: [Int32]
  /// What the sheet binds by a plain name that is no function.
  let valueNames: Set<String>
  var index = 0
  var tree: SyntaxTree
  var diagnostics: [Diagnostic]
  /// A token that starts a line at this column or further left ends the block at hand.
  var limit = -1
  /// A `|` that starts a line at this column or further left belongs to an outer `case`.
  var barLimit = -1
  /// Where the field at hand of the innermost brackets begins; -1 where their elements are no
  /// fields.
  var elementColumn: Int32 = -1
  /// How many of the open brackets are never closed.
  var unclosedBrackets = 0
  var depth = 0
  /// The index of the first token of the statement or line at hand: no block ends before it.
  var blockStart = 0
  /// Whether there has been a mistake from which others may follow, up to the next firm ground.
  var isPoisoned = false
  /// How many mistakes had been found before this statement.
  var firstDiagnostic = 0
  /// The value that was parsed last: what stands behind it may be meant to belong to it.
  var lastBody: ExpressionID?
  /// Whether a mistake of this statement has left something out of the tree.
  var isDamaged = false

  init(_ source: SourceText, id: SourceID) {
    self.source = source
    self.id = id
    (tokens, diagnostics) = Lexer.tokens(of: source, id: id)
    partners = Self.partners(tokens)
    valueNames = Self.valueNames(tokens, source)
    tree = SyntaxTree(source: id, tokens: tokens.count)
    skipStrayClosers()
  }

  /// The names before a colon on lines of statements and behind `let`, so also parameters.
  private static func valueNames(_ tokens: [Token], _ source: SourceText) -> Set<String> {
    var names: Set<String> = []
    for (index, token) in tokens.enumerated().dropLast()
    where token.kind == .name && tokens[index + 1].kind == .colon {
      let isLocal = index > 0 && tokens[index - 1].kind == .keyword(.let)
      guard isLocal || token.lineIndent == 0 else { continue }
      names.insert(
        String(decoding: source.bytes[Int(token.lower)..<Int(token.upper)], as: UTF8.self))
    }
    return names
  }

  private static func partners(_ tokens: [Token]) -> [Int32] {
    var result = [Int32](repeating: 0, count: tokens.count)
    var open: [(shape: Int32, index: Int32)] = []
    // How many of each shape are open.
    var counts = [0, 0, 0]
    for index in tokens.indices {
      guard let (shape, opens) = bracket(tokens[index].kind) else { continue }
      if opens {
        open.append((shape, Int32(index)))
        counts[Int(shape)] += 1
      } else if counts[Int(shape)] > 0 {
        while let last = open.popLast() {
          counts[Int(last.shape)] -= 1
          guard last.shape == shape else { continue }
          result[Int(last.index)] = Int32(index)
          break
        }
      } else {
        result[index] = -1
      }
    }
    return result
  }

  /// The shape of a bracket as a number, and whether it opens; nil for other tokens.
  private static func bracket(_ kind: Token.Kind) -> (shape: Int32, opens: Bool)? {
    switch kind {
    case .leftParenthesis: (0, true)
    case .leftBracket: (1, true)
    case .leftBrace: (2, true)
    case .rightParenthesis: (0, false)
    case .rightBracket: (1, false)
    case .rightBrace: (2, false)
    case .name, .typeName, .keyword, .integer, .float, .string, .symbol, .malformed, .comma,
      .semicolon, .colon, .dot, .bar, .arrow, .equals, .underscore, .end:
      nil
    }
  }

  // MARK: Tokens

  /// The token at hand, whatever the layout says.
  var token: Token { tokens[index] }
  /// The kind of the token at hand; `end` where the layout ends the block before it.
  var kind: Token.Kind { isAtBoundary ? .end : tokens[index].kind }
  /// The kind of a token further on, whatever the layout says.
  func kind(ahead count: Int) -> Token.Kind { tokens[min(index + count, tokens.count - 1)].kind }
  /// One past the last byte that has been consumed.
  var previousUpper: Int { index == 0 ? 0 : Int(tokens[index - 1].upper) }

  private var isAtBoundary: Bool {
    guard tokens[index].startsLine, index > blockStart else { return false }
    if Int(token.column) <= limit { return true }
    return unclosedBrackets > 0 && token.column == 0 && looksLikeStatement
  }

  /// Whether a token at the start of a line, within an unclosed bracket, begins a statement.
  var looksLikeStatement: Bool {
    switch token.kind {
    case .keyword(.import), .keyword(.export), .keyword(.composition), .keyword(.validate),
      .keyword(.operator), .keyword(.type):
      kind(ahead: 1) != .colon
    case .keyword(.fun): kind(ahead: 1) == .name
    case .name: kind(ahead: 1) == .colon
    case .typeName: kind(ahead: 1) == .name && kind(ahead: 2) == .colon
    case .keyword, .integer, .float, .string, .symbol, .malformed, .leftParenthesis,
      .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma,
      .semicolon, .colon, .dot, .bar, .arrow, .equals, .underscore, .end:
      false
    }
  }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
    skipStrayClosers()
  }

  /// Whether the token at hand has a closing bracket before it that nothing opened.
  var isBehindStrayCloser: Bool { index > 0 && partners[index - 1] < 0 }

  /// Reports and passes over a closing bracket that nothing opened, as if it were not there.
  private mutating func skipStrayClosers() {
    // One at the margin ends the statement.
    while partners[index] < 0, !(token.startsLine && token.column == 0) {
      let place = range(token)
      if !hasReported(onLineOf: place) {
        report(.strayBracket(text(token), place, opener: lineToClose), isMended: true)
      }
      damageLine(of: place)
      index += 1
    }
  }

  /// Consumes a token of a kind if it is at hand.
  mutating func accept(_ wanted: Token.Kind) -> Bool {
    guard kind == wanted else { return false }
    advance()
    return true
  }

  /// The end of the line on which the bracket that is to be closed here may be missing: the last
  /// one before that begins at the same column.
  var lineToClose: SourceRange? {
    guard token.startsLine, index > 0 else { return nil }
    let heads = tokens.indices.prefix(index).reversed().prefix(400)
    guard
      let head = heads.first(where: { tokens[$0].startsLine && tokens[$0].column <= token.column }),
      tokens[head].column == token.column
    else { return nil }
    var last = head
    while last + 1 < index, !tokens[last + 1].startsLine { last += 1 }
    return SourceRange(
      source: id, lower: Int(tokens[last].upper), upper: Int(tokens[last].upper))
  }

  func text(_ token: Token) -> String {
    String(decoding: source.bytes[Int(token.lower)..<Int(token.upper)], as: UTF8.self)
  }

  func range(_ token: Token) -> SourceRange {
    SourceRange(source: id, lower: Int(token.lower), upper: Int(token.upper))
  }

  /// From a byte to the last one consumed.
  func range(from lower: Int32) -> SourceRange {
    SourceRange(source: id, lower: Int(lower), upper: max(Int(lower), previousUpper))
  }

  /// The empty range right behind what has been consumed.
  var pointRange: SourceRange {
    SourceRange(source: id, lower: previousUpper, upper: previousUpper)
  }

  /// The token at hand as an identifier; consumes it.
  mutating func takeIdentifier() -> Identifier {
    let result = Identifier(text(token), range(token))
    advance()
    return result
  }

  /// The operator at hand, of one token or of several side by side; consumes it.
  mutating func takeSymbol() -> Identifier {
    let lower = token.lower
    var name = text(token)
    advance()
    while kind == .symbol, !token.isSpaced {
      name += text(token)
      advance()
    }
    return Identifier(name, range(from: lower))
  }

  /// Whether a name stands here that has a meaning in this statement alone, as `opaque`.
  func isWord(_ word: String) -> Bool { kind == .name && text(token) == word }
}
