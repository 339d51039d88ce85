/// A layout that is not yet decided: text, places where lines may break, and groups of them.
///
/// After Wadler's "A prettier printer" and its descendants: a group is printed on one line where
/// it fits, else all line breaks directly in it are taken. Comments are part of the document, so
/// that none is lost whatever the layout.
///
/// Nesting is bounded by the parser's own limit, so that values of this type are shallow.
struct Document: Sendable {
  /// What it consists of.
  indirect enum Node: Sendable {
    /// Text; it may hold line breaks of its own, which are kept as they are.
    case text(String)
    /// A break of the line, `flat` where the line is not broken; nil is broken always.
    case line(flat: String?, isBlank: Bool)
    /// One after another.
    case concat([Document])
    /// With the lines that begin inside indented further.
    case nest(Int, Document)
    /// On one line if that fits.
    case group(Document)
    /// The first that fits; the first one is flat, the last one needs not fit.
    case choice([Document])
    /// Text that only a broken group has.
    case ifBroken(String)
    /// A comment; at the end of the line, or on a line of its own.
    case comment(String, isOwnLine: Bool)
    /// An empty line, where a line has just begun.
    case blank
  }

  /// What it consists of.
  let node: Node
  /// Whether it cannot be on one line.
  let isForced: Bool

  private init(_ node: Node, isForced: Bool) {
    self.node = node
    self.isForced = isForced
  }

  /// Nothing.
  static let empty = Document(.concat([]), isForced: false)
  /// A break, or one blank.
  static let line = Document(.line(flat: " ", isBlank: false), isForced: false)
  /// A break, or nothing.
  static let softLine = Document(.line(flat: "", isBlank: false), isForced: false)
  /// A break in any case.
  static let hardLine = Document(.line(flat: nil, isBlank: false), isForced: true)
  /// A break in any case, with an empty line before what follows.
  static let blankLine = Document(.line(flat: nil, isBlank: true), isForced: true)
  /// An empty line, where a line has just begun.
  static let blank = Document(.blank, isForced: false)

  /// Text as it is.
  static func text(_ text: String) -> Document { Document(.text(text), isForced: false) }

  /// A break or one blank; broken, with an empty line.
  static func line(isBlank: Bool) -> Document {
    Document(.line(flat: " ", isBlank: isBlank), isForced: false)
  }

  /// A break in any case, perhaps with an empty line.
  static func hardLine(isBlank: Bool) -> Document { isBlank ? blankLine : hardLine }

  /// One after another.
  static func concat(_ parts: [Document]) -> Document {
    Document(.concat(parts), isForced: parts.contains { $0.isForced })
  }

  /// Lines that begin inside are indented further.
  static func nest(_ content: Document) -> Document {
    Document(.nest(2, content), isForced: content.isForced)
  }

  /// On one line if that fits and nothing forces a break.
  static func group(_ content: Document, isForced: Bool = false) -> Document {
    Document(.group(content), isForced: isForced || content.isForced)
  }

  /// The first that fits.
  static func choice(_ states: [Document]) -> Document {
    Document(.choice(states), isForced: states.first?.isForced ?? false)
  }

  /// Text that only a broken group has.
  static func ifBroken(_ text: String) -> Document { Document(.ifBroken(text), isForced: false) }

  /// A comment. It forces nothing by itself: groups ask whether they hold one.
  static func comment(_ text: String, isOwnLine: Bool) -> Document {
    Document(.comment(text, isOwnLine: isOwnLine), isForced: false)
  }

  static func + (a: Document, b: Document) -> Document { concat([a, b]) }

  /// The same on one line in any case; unchanged where something forces a break.
  var flattened: Document {
    guard !isForced else { return self }
    switch node {
    case .group(let content), .nest(_, let content): return content.flattened
    case .concat(let parts): return .concat(parts.map(\.flattened))
    case .choice(let states): return states.first.map(\.flattened) ?? self
    case .line(let flat, _): return .text(flat ?? "")
    case .ifBroken: return .empty
    case .text, .comment, .blank: return self
    }
  }

  /// The same with its last group broken, so that it can hug the bracket around it; nil where
  /// nothing at its end can be broken.
  var forcingLast: Document? {
    if isForced { return self }
    switch node {
    case .group(let content): return .group(content, isForced: true)
    case .nest(_, let content): return content.forcingLast.map { .nest($0) }
    case .choice(let states): return states.last
    case .concat(let parts):
      guard let index = parts.lastIndex(where: { !$0.isTrailer }),
        let forced = parts[index].forcingLast
      else { return nil }
      return .concat(parts[..<index] + [forced] + parts[(index + 1)...])
    case .text, .line, .ifBroken, .comment, .blank: return nil
    }
  }

  /// Whether it is nothing, or a comment behind something.
  private var isTrailer: Bool {
    switch node {
    case .text(let text): text.isEmpty
    case .comment, .blank: true
    case .concat(let parts): parts.allSatisfy { $0.isTrailer }
    case .line, .nest, .group, .choice, .ifBroken: false
    }
  }
}
