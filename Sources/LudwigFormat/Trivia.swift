import LudwigSyntax
import Text

/// What stands before a token: comments, and whether lines are left empty.
struct Trivia: Sendable {
  /// A comment.
  struct Comment: Sendable {
    /// Its text from `#` on, without blanks at its end.
    let text: String
    /// Whether it stands behind something on the same line.
    let isTrailing: Bool
    /// Whether an empty line stands before it.
    let isAfterBlank: Bool
    /// Its column from 0; meaningless for a trailing one.
    let column: Int
  }

  /// The comments, in order.
  private(set) var comments: [Comment] = []
  /// Whether an empty line stands right before the token.
  private(set) var isTokenAfterBlank = false

  /// Those on lines of their own.
  var ownLines: [Comment] { comments.filter { !$0.isTrailing } }
  /// The one behind the token before, if there is one.
  var trailing: Comment? { comments.first.flatMap { $0.isTrailing ? $0 : nil } }
  /// Whether an empty line stands before the first thing on a line of its own.
  var startsAfterBlank: Bool { ownLines.first?.isAfterBlank ?? isTokenAfterBlank }

  /// Reads what stands before a token.
  ///
  /// - Parameter isFirst: whether nothing stands before it, so that no comment is trailing.
  init(before token: Token, in bytes: [UInt8], isFirst: Bool) {
    var breaks = 0
    var column = 0
    var isTrailing = !isFirst
    var index = Int(token.triviaLower)
    while index < Int(token.lower) {
      switch bytes[index] {
      case UInt8(ascii: "\n"):
        breaks += 1
        isTrailing = false
        (column, index) = (0, index + 1)
      case UInt8(ascii: "#"):
        let start = index
        while index < Int(token.lower), bytes[index] != UInt8(ascii: "\n") { index += 1 }
        comments.append(
          Comment(
            text: Self.text(bytes[start..<index]), isTrailing: isTrailing,
            isAfterBlank: breaks > 1, column: column))
        breaks = 0
      default: (column, index) = (column + 1, index + 1)
      }
    }
    isTokenAfterBlank = breaks > 1
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while let last = bytes.last, [0x20, 0x09, 0x0D].contains(last) { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
