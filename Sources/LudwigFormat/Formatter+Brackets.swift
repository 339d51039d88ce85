import LudwigSyntax
import Text

extension Formatter {
  /// What stands in brackets, element by element.
  struct Elements {
    /// The opening bracket.
    let opener: Document
    /// The elements, each with the comma behind it but for the last.
    var items: [Document] = []
    /// Whether an empty line stands before each element.
    var isAfterBlank: [Bool] = []
    /// Comments before the closing bracket.
    var dangling: Document = .empty
    /// The closing bracket.
    var closer: Document = .empty
    /// Whether it must be one element a line.
    var isForced: Bool

    /// All elements side by side.
    var flat: Document {
      var parts = [opener]
      for (index, item) in items.enumerated() {
        if index > 0 { parts.append(.text(" ")) }
        parts.append(item)
      }
      return .concat(parts + [closer])
    }

    /// One element a line where it does not fit on one.
    func document(isPadded: Bool, hasTrailingComma: Bool = true) -> Document {
      if items.isEmpty, !isForced { return opener + closer }
      let edge: Document = isPadded ? .line : .softLine
      var parts = [edge]
      for (index, item) in items.enumerated() {
        if index > 0 { parts.append(.line(isBlank: isAfterBlank[index])) }
        parts.append(item)
      }
      if hasTrailingComma, !items.isEmpty { parts.append(.ifBroken(",")) }
      if items.isEmpty { parts = [] }
      return .group(
        .concat([opener, .nest(.concat(parts + [dangling])), edge, closer]), isForced: isForced)
    }
  }

  /// Reads the brackets at hand.
  ///
  /// - Parameter keepsBreak: whether a line break before the first element is the user's wish for
  ///   one element a line.
  mutating func elements(
    keepsBreak: Bool, _ element: (inout Formatter) -> Document
  ) -> Elements {
    let start = cursor
    let closer = Self.closer(of: kind)
    if closer == nil { lose() }
    let opener = take()
    var result = Elements(opener: opener, isForced: keepsBreak && token.startsLine)
    if kind == closer { result.isForced = false }
    while kind != closer, kind != .end, !isLost {
      result.isAfterBlank.append(triviaHere.startsAfterBlank)
      var item = element(&self)
      if kind == .comma {
        item = item + (nextKind == closer ? drop() : take())
      } else if kind != closer, cursor > start, tree.tokens[cursor - 1].kind == .comma {
        // The last line of a block without braces had it.
        item = item + .text(",")
      }
      result.items.append(item)
    }
    if hasOwnComments {
      let isBlank = triviaHere.startsAfterBlank && !result.items.isEmpty
      result.dangling = .hardLine(isBlank: isBlank) + takeOwnComments()
    }
    result.closer = closer.map { take($0) } ?? .empty
    if hasComment(since: start) { result.isForced = true }
    return result
  }

  /// Elements in brackets, one a line where they do not fit.
  mutating func bracketed(
    keepsBreak: Bool, isPadded: Bool = false, _ element: (inout Formatter) -> Document
  ) -> Document {
    elements(keepsBreak: keepsBreak, element).document(isPadded: isPadded)
  }

  static func closer(of kind: Token.Kind) -> Token.Kind? {
    switch kind {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    case .name, .typeName, .keyword, .integer, .float, .string, .symbol, .malformed,
      .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon, .colon, .dot, .bar,
      .arrow, .equals, .underscore, .end:
      nil
    }
  }

  /// A document in parentheses that stand in the source for grouping alone.
  mutating func parenthesized(hugs: Bool, _ content: (inout Formatter) -> Document) -> Document {
    let group = elements(keepsBreak: false, content)
    if hugs, !hasOwnLines(group), let only = group.items.first {
      return .concat([group.opener, only, group.closer])
    }
    return group.document(isPadded: false, hasTrailingComma: false)
  }

  private func hasOwnLines(_ group: Elements) -> Bool { group.isForced }

  /// A document in parentheses of our own, for something whose end the layout alone shows.
  func enclosed(_ content: Document) -> Document {
    .group(.concat([.text("("), .nest(.softLine + content), .softLine, .text(")")]))
  }
}
