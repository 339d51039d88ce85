package import Text

/// Turns diagnostics into text; the only place that does.
package struct DiagnosticRenderer: Sendable {
  /// The sources that labels point into.
  package let sources: SourceSet
  /// Whether to colour with ANSI escapes.
  package let isColored: Bool

  /// Makes a renderer for one compilation's sources.
  package init(sources: SourceSet, isColored: Bool = false) {
    self.sources = sources
    self.isColored = isColored
  }

  /// A diagnostic as lines, each ended by a line break.
  package func render(_ diagnostic: Diagnostic) -> String {
    let name = diagnostic.severity == .error ? "error" : "warning"
    let color = diagnostic.severity == .error ? "31;1" : "33;1"
    var out = paint("\(name)[\(diagnostic.code.text)]", color) + ": \(diagnostic.headline)\n"
    for label in diagnostic.labels.sorted(by: { $0.isPrimary && !$1.isPrimary }) {
      out += render(label, color: label.isPrimary ? color : "34;1")
    }
    for note in diagnostic.notes { out += "  \(note)\n" }
    if let hint = diagnostic.hint { out += "  \(paint("hint:", "32;1")) \(hint)\n" }
    return out
  }

  private func render(_ label: DiagnosticLabel, color: String) -> String {
    let source = sources[label.range.source]
    let start = source.position(at: Int(label.range.lower))
    let end = source.position(at: Int(label.range.upper))
    let line = source.line(start.line)
    let last = end.line == start.line ? end.column : line.unicodeScalars.count + 1
    let carets = String(repeating: "^", count: max(1, last - start.column))
    let number = String(start.line)
    let gutter = String(repeating: " ", count: number.count)
    let blank = String(
      line.unicodeScalars.prefix(start.column - 1).map { $0 == "\t" ? Character("\t") : " " })
    let message = label.message.isEmpty ? "" : " \(label.message)"
    return " \(gutter)--> \(source.name):\(start.line):\(start.column)\n"
      + " \(number) | \(line)\n"
      + " \(gutter) | \(blank)\(paint(carets + message, color))\n"
  }

  private func paint(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  fileprivate init(_ characters: [Character]) {
    self = ""
    append(contentsOf: characters)
  }
}
