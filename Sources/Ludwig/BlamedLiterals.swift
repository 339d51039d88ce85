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
    let all = diagnostics.map { pointing($0) }.filter { seen.insert($0.diagnostic).inserted }
    return merged(all)
  }

  /// A mistake, and what is known of where it comes from.
  private struct Finding {
    var diagnostic: Diagnostic
    /// The text that is to blame, and where it is written.
    var literal: (text: String, range: SourceRange)?
    /// What the headline quotes.
    var quoted: [String] = []
    /// Where the evaluation stopped.
    var stop: SourceRange?
  }

  /// One mistake for each text that is to blame, and one for each place that stopped several
  /// times; what stopped at something computed from a text that is to blame follows from it.
  private func merged(_ findings: [Finding]) -> [Diagnostic] {
    let blamed = findings.compactMap(\.literal)
    var literals: Set<SourceRange> = []
    var stops: [SourceRange: Int] = [:]
    var out: [Diagnostic] = []
    var counts: [Int: Int] = [:]
    for finding in findings {
      guard let stop = finding.stop else {
        out.append(finding.diagnostic)
        continue
      }
      if let literal = finding.literal, finding.quoted.contains(literal.text) {
        if literals.insert(literal.range).inserted { out.append(finding.diagnostic) }
        continue
      }
      let follows = finding.quoted.contains { quoted in
        blamed.contains { $0.text != quoted && Self.sharesStart($0.text, quoted) }
      }
      if follows { continue }
      if let index = stops[stop] {
        counts[index, default: 0] += 1
      } else {
        stops[stop] = out.count
        out.append(finding.diagnostic)
      }
    }
    for (index, count) in counts.sorted(by: { $0.key < $1.key }) {
      out[index] = out[index].adding(count)
    }
    return out
  }

  /// Whether two texts begin alike, as an address and one that is computed from it do.
  private static func sharesStart(_ a: String, _ b: String) -> Bool {
    let common = zip(a, b).prefix { $0 == $1 }.count
    return common >= 4 && common * 2 >= min(a.count, b.count)
  }

  /// The same mistake, pointing first at the literal that its headline quotes, where that stands
  /// within the application that stopped, or else in one place of the sheets alone.
  private func pointing(_ diagnostic: Diagnostic) -> Finding {
    guard diagnostic.code == "FG0303", let stopped = diagnostic.labels.first else {
      return Finding(diagnostic: diagnostic)
    }
    let quoted = Self.quoted(in: diagnostic.headline)
    var finding = Finding(diagnostic: diagnostic, quoted: quoted, stop: stopped.range)
    let place = trees.lazy.filter { $0.source == stopped.range.source }
      .compactMap { literal(of: quoted, within: stopped.range, of: $0) }.first
    let way = "a value that leads here has to change; the places above are the way it takes"
    let mentioned = mentionedLiteral(in: diagnostic.headline)
    guard let range = place ?? onlyLiteral(of: quoted) ?? mentioned else {
      finding.diagnostic = Diagnostic(
        diagnostic.code, diagnostic.headline, severity: diagnostic.severity,
        labels: diagnostic.labels, notes: diagnostic.notes, hint: diagnostic.hint ?? way,
        fix: diagnostic.fix)
      return finding
    }
    finding.literal = trees.flatMap { literals(of: $0) }.first { $0.range == range }
    let also = diagnostic.labels.map { DiagnosticLabel($0.range, $0.message, isPrimary: false) }
    finding.diagnostic = Diagnostic(
      diagnostic.code, diagnostic.headline, severity: diagnostic.severity,
      labels: [DiagnosticLabel(range, "this is given to it")] + also, notes: diagnostic.notes,
      hint: diagnostic.hint ?? "correct this text", fix: diagnostic.fix)
    return finding
  }

  /// The only literal of the sheets whose text stands in a headline as a word of its own, the
  /// first one in the headline where there are several; plain words do not count.
  private func mentionedLiteral(in headline: String) -> SourceRange? {
    let words = headline.split { " ,;'\"()".contains($0) }.map { word in
      var word = String(word)
      while let last = word.last, ".:".contains(last) { word.removeLast() }
      return word
    }
    for word in words where word.utf8.count > 3 && !word.allSatisfy(\.isLetter) {
      let found = trees.flatMap { literals(of: $0) }.filter { $0.text == word }
      if found.count == 1 { return found[0].range }
    }
    return nil
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

extension Diagnostic {
  /// The same mistake, with how many more times it came up.
  fileprivate func adding(_ count: Int) -> Diagnostic {
    Diagnostic(
      code, headline, severity: severity, labels: labels,
      notes: notes + ["It stops here \(count == 1 ? "once more" : "\(count) more times")."],
      hint: hint, fix: fix)
  }
}
