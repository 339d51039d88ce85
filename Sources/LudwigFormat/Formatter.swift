import LudwigSyntax
import Text

/// Makes the document of a sheet: walks the tree, and takes the sheet's tokens one after another
/// as it goes, so that no word and no comment can be left out.
struct Formatter {
  let tree: SyntaxTree
  private let source: SourceText
  private let trivia: [Trivia]
  /// How many comments stand before each token and all earlier ones.
  private let commentCounts: [Int]
  /// The index of the next token.
  private(set) var cursor = 0
  /// The last token whose own-line comments have been taken already.
  private var settledComments = -1
  /// Whether tree and tokens did not go together; then the document is worth nothing.
  private(set) var isLost = false

  /// A formatter of a sheet that parsed without mistakes.
  init(_ source: SourceText, _ tree: SyntaxTree) {
    self.tree = tree
    self.source = source
    trivia = tree.tokens.indices.map {
      Trivia(before: tree.tokens[$0], in: source.bytes, isFirst: $0 == 0)
    }
    var count = 0
    commentCounts = trivia.map {
      count += $0.comments.count
      return count
    }
  }

  // MARK: Looking

  /// The token at hand.
  var token: Token { tree.tokens[cursor] }
  /// The kind of the token at hand.
  var kind: Token.Kind { token.kind }
  /// The kind of the token behind it.
  var nextKind: Token.Kind { tree.tokens[min(cursor + 1, tree.tokens.count - 1)].kind }
  /// What stands before the token at hand.
  var triviaHere: Trivia { trivia[cursor] }

  /// Whether a comment stands within what was taken since `start`.
  func hasComment(since start: Int) -> Bool {
    cursor > start && commentCounts[cursor - 1] > commentCounts[start]
  }

  /// Whether a comment stands before a token.
  func hasComments(before index: Int) -> Bool { !trivia[index].comments.isEmpty }

  /// Whether the token at hand has comments on lines of their own before it.
  var hasOwnComments: Bool { settledComments < cursor && !triviaHere.ownLines.isEmpty }

  /// The text of a token; a carriage return before a line break goes.
  func text(_ token: Token) -> String {
    let bytes = source.bytes[Int(token.lower)..<Int(token.upper)]
    let text = String(decoding: bytes, as: UTF8.self)
    guard token.kind == .string, bytes.contains(0x0D) else { return text }
    return String(
      String.UnicodeScalarView(
        zip(text.unicodeScalars, Array(text.unicodeScalars.dropFirst()) + [" "])
          .filter { $0 != ("\r", "\n") }.map(\.0)))
  }

  /// The index of the token that starts at a byte, or of the first behind it.
  func index(at lower: Int32) -> Int {
    var (low, high) = (0, tree.tokens.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if tree.tokens[middle].lower < lower { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Taking

  /// The token at hand with its comments.
  mutating func take() -> Document {
    let leading = takeOwnComments()
    let word = Document.text(text(token))
    cursor = min(cursor + 1, tree.tokens.count - 1)
    return .concat([leading, word, trailingComment])
  }

  /// A token of a kind, else the walk is lost.
  mutating func take(_ wanted: Token.Kind) -> Document {
    if kind != wanted { isLost = true }
    return take()
  }

  /// The comments of the token at hand alone, for a comma that is not printed.
  mutating func drop() -> Document {
    let leading = takeOwnComments()
    cursor = min(cursor + 1, tree.tokens.count - 1)
    return leading + trailingComment
  }

  /// Takes a token of a kind without printing it, if it is at hand.
  mutating func dropIfPresent(_ kinds: Token.Kind...) -> Document {
    kinds.contains(kind) ? drop() : .empty
  }

  /// The comment behind the token that was taken last.
  private var trailingComment: Document {
    trivia[cursor].trailing.map { .comment($0.text, isOwnLine: false) } ?? .empty
  }

  /// The comments on lines of their own before the token at hand, once.
  mutating func takeOwnComments() -> Document {
    guard hasOwnComments else { return .empty }
    settledComments = cursor
    var parts: [Document] = []
    for (index, comment) in triviaHere.ownLines.enumerated() {
      if index > 0, comment.isAfterBlank { parts.append(.blank) }
      parts.append(.comment(comment.text, isOwnLine: true))
    }
    if triviaHere.isTokenAfterBlank { parts.append(.blank) }
    return .concat(parts)
  }

  /// The comments before a statement: those that are indented like the statement before, and the
  /// rest.
  mutating func takeStatementComments() -> (before: Document, own: Document) {
    let comments = triviaHere.ownLines
    let indented = cursor == 0 ? 0 : comments.prefix { $0.column > 0 }.count
    guard indented > 0 else { return (.empty, takeOwnComments()) }
    settledComments = cursor
    let before = comments.prefix(indented).map {
      Document.hardLine(isBlank: $0.isAfterBlank) + .comment($0.text, isOwnLine: true)
    }
    var own: [Document] = []
    for (index, comment) in comments.dropFirst(indented).enumerated() {
      if index > 0, comment.isAfterBlank { own.append(.blank) }
      own.append(.comment(comment.text, isOwnLine: true))
    }
    if triviaHere.isTokenAfterBlank { own.append(.blank) }
    return (.nest(.concat(before)), .concat(own))
  }

  /// All tokens up to a byte, with nothing between them: a name with its qualifier, a path.
  mutating func takeTight(to upper: Int32) -> Document {
    var parts: [Document] = []
    repeat { parts.append(take()) } while token.lower < upper && kind != .end
    return .concat(parts)
  }

  /// Says that tree and tokens do not go together.
  mutating func lose() { isLost = true }
}
