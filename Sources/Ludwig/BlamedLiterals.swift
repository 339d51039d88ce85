internal import Diagnostics
internal import LudwigSyntax
internal import Text

/// Finds the text in a user's sheet that a function of the library stops at: a smart constructor
/// quotes what it cannot take, and the user wants to see where it is written.
struct BlamedLiterals {
  private let trees: [SyntaxTree]

  /// Looks through the sheets of a user.
  init(trees: [SyntaxTree]) { self.trees = trees }

  /// The same mistakes, each once, pointing at literals where these are to blame.
  func pointing(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return diagnostics.map { pointing($0) }.filter { seen.insert($0).inserted }
  }

  /// The same mistake, pointing first at the literal that its headline quotes, where that stands
  /// within the application that stopped, or else in one place of the sheets alone.
  private func pointing(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.code == "FG0303", let stopped = diagnostic.labels.first else {
      return diagnostic
    }
    let quoted = Self.quoted(in: diagnostic.headline)
    let place = trees.lazy.filter { $0.source == stopped.range.source }
      .compactMap { literal(of: quoted, within: stopped.range, of: $0) }.first
    let way = "a value that leads here has to change; the places above are the way it takes"
    guard let range = place ?? onlyLiteral(of: quoted) else {
      return Diagnostic(
        diagnostic.code, diagnostic.headline, severity: diagnostic.severity,
        labels: diagnostic.labels, notes: diagnostic.notes, hint: diagnostic.hint ?? way,
        fix: diagnostic.fix)
    }
    let also = diagnostic.labels.map { DiagnosticLabel($0.range, $0.message, isPrimary: false) }
    return Diagnostic(
      diagnostic.code, diagnostic.headline, severity: diagnostic.severity,
      labels: [DiagnosticLabel(range, "this is given to it")] + also, notes: diagnostic.notes,
      hint: diagnostic.hint ?? "correct this text", fix: diagnostic.fix)
  }

  private func literal(
    of quoted: [String], within stopped: SourceRange, of tree: SyntaxTree
  ) -> SourceRange? {
    let all = literals(of: tree).filter { quoted.contains($0.text) }.map(\.range)
    guard !all.isEmpty else { return nil }
    let around = tree.expressionIDs.map { tree.range(of: $0) }.filter {
      $0.lower <= stopped.lower && stopped.upper <= $0.upper
    }
    for whole in around.sorted(by: { $0.upper - $0.lower < $1.upper - $1.lower }) {
      let found = all.first { whole.lower <= $0.lower && $0.upper <= whole.upper }
      if let found { return found }
    }
    return nil
  }

  private func onlyLiteral(of quoted: [String]) -> SourceRange? {
    let found = trees.flatMap { literals(of: $0) }.filter { quoted.contains($0.text) }
    return found.count == 1 ? found[0].range : nil
  }

  private func literals(of tree: SyntaxTree) -> [(text: String, range: SourceRange)] {
    tree.expressionIDs.compactMap { id in
      guard case .string(let text) = tree[id] else { return nil }
      return (text, tree.range(of: id))
    }
  }

  /// The texts that stand in single quotes.
  private static func quoted(in headline: String) -> [String] {
    let parts = headline.split(separator: "'", omittingEmptySubsequences: false)
    return parts.indices.filter { !$0.isMultiple(of: 2) }.map { String(parts[$0]) }
      .filter { !$0.isEmpty }
  }
}
