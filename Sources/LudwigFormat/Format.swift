package import Diagnostics
package import LudwigSyntax
package import Text

/// What formatting a sheet came to.
package enum Formatting: Hashable, Sendable {
  /// The sheet in the one layout; equal to the source where it had that already.
  case formatted(SourceText)
  /// The sheet has mistakes of syntax, and stays as it is.
  case mistakes([Diagnostic])
  /// The new text would not mean the same, or lose a comment: a mistake of ours; the sheet stays
  /// as it is. What was noticed, in a sentence.
  case refused(String)
}

/// How many columns a line may have, where it can be broken at all.
package let formatWidth = 100

/// Brings a sheet into the one layout that all sheets have.
///
/// The result means the same (its tree without places is equal), has the same comments in the
/// same order, and formatting it again changes nothing; all three are checked each time.
///
/// - Parameters:
///   - source: the sheet.
///   - id: names the sheet in the diagnostics' labels.
package func format(_ source: SourceText, id: SourceID) -> Formatting {
  if let place = invalidUTF8(source.bytes) {
    let range = SourceRange(source: id, lower: place, upper: place + 1)
    return .mistakes([
      Diagnostic(
        "FG0106", "The sheet is not UTF-8 here",
        labels: [DiagnosticLabel(range, "these bytes are no text")], hint: "save the file as UTF-8")
    ])
  }
  let (tree, mistakes) = parse(source, id: id)
  guard mistakes.isEmpty else { return .mistakes(mistakes) }
  let skeleton = SyntaxSkeleton(tree)
  let comments = comments(of: tree, in: source)
  var (before, text) = (source, layout(source, tree))
  for _ in 0..<6 {
    guard let found = text else { return .refused("the tree and the words do not go together") }
    let after = SourceText(name: source.name, text: found)
    let (next, problems) = parse(after, id: id)
    if let problem = problems.first {
      return .refused("the result has a mistake of syntax: \(problem.headline)")
    }
    guard SyntaxSkeleton(next) == skeleton else { return .refused("the result means another") }
    guard Formatting.isSame(LudwigFormat.comments(of: next, in: after), comments) else {
      return .refused("a comment is lost")
    }
    if after.bytes == before.bytes { return .formatted(after) }
    (before, text) = (after, layout(after, next))
  }
  return .refused("the layout does not settle")
}

/// A sheet's text in the one layout; nil where tree and tokens do not go together.
private func layout(_ source: SourceText, _ tree: SyntaxTree) -> String? {
  var formatter = Formatter(source, tree)
  let document = formatter.sheet()
  guard !formatter.isLost else { return nil }
  var printer = DocumentPrinter(width: formatWidth)
  return printer.text(of: document)
}

/// The comments of a sheet, in order, without blanks at their ends.
package func comments(of tree: SyntaxTree, in source: SourceText) -> [String] {
  tree.tokens.indices.flatMap { index in
    Trivia(before: tree.tokens[index], in: source.bytes, isFirst: index == 0).comments.map(\.text)
  }
}

extension Formatting {
  /// Whether two lists hold the same comments, in whatever order.
  fileprivate static func isSame(_ a: [String], _ b: [String]) -> Bool {
    a == b || a.sorted() == b.sorted()
  }
}

/// The first byte that is not UTF-8; nil where all is.
private func invalidUTF8(_ bytes: [UInt8]) -> Int? {
  var iterator = bytes.makeIterator()
  var parser = Unicode.UTF8.ForwardParser()
  var offset = 0
  while true {
    switch parser.parseScalar(from: &iterator) {
    case .valid(let scalar): offset += scalar.count
    case .emptyInput: return nil
    case .error: return offset
    }
  }
}
