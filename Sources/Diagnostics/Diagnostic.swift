package import Text

/// How much a diagnostic matters.
package enum Severity: String, Hashable, Sendable {
  /// The answer cannot be given.
  case error
  /// The answer stands, yet something is probably not meant.
  case warning
}

/// A stable code, `FG` and four digits; each has a page in `docs/diagnostics/`.
package struct DiagnosticCode: Hashable, Sendable, ExpressibleByStringLiteral {
  /// For instance `FG0203`.
  package let text: String

  /// Makes a code from its text.
  package init(_ text: String) { self.text = text }
  /// A code as a literal.
  package init(stringLiteral value: String) { self.text = value }
}

/// A mark on source text, with a few words.
package struct DiagnosticLabel: Hashable, Sendable {
  /// The text that is marked.
  package let range: SourceRange
  /// What is said of it; may be empty.
  package let message: String
  /// Whether this is the place of the mistake, or one that explains it.
  package let isPrimary: Bool

  /// Makes a label.
  package init(_ range: SourceRange, _ message: String, isPrimary: Bool = true) {
    self.range = range
    self.message = message
    self.isPrimary = isPrimary
  }
}

/// A replacement of text that would mend the mistake.
package struct DiagnosticFix: Hashable, Sendable {
  /// The text to replace; empty to insert.
  package let range: SourceRange
  /// What to put there.
  package let replacement: String

  /// Makes a fix.
  package init(range: SourceRange, replacement: String) {
    self.range = range
    self.replacement = replacement
  }
}

/// A user's mistake, or a refusal, as a value: first the user's words, then the place, then the
/// way out.
package struct Diagnostic: Hashable, Sendable {
  /// The stable code.
  package let code: DiagnosticCode
  /// How much it matters.
  package let severity: Severity
  /// One sentence in the user's words, without a final full stop.
  package let headline: String
  /// Marks on the source; the first primary one is the place.
  package let labels: [DiagnosticLabel]
  /// Further sentences: what was expected, why it matters.
  package let notes: [String]
  /// The way out, in a sentence; nil where none is known.
  package let hint: String?
  /// A replacement that mends it.
  package let fix: DiagnosticFix?

  /// Makes a diagnostic.
  package init(
    _ code: DiagnosticCode, _ headline: String, severity: Severity = .error,
    labels: [DiagnosticLabel] = [], notes: [String] = [], hint: String? = nil,
    fix: DiagnosticFix? = nil
  ) {
    self.code = code
    self.severity = severity
    self.headline = headline
    self.labels = labels
    self.notes = notes
    self.hint = hint
    self.fix = fix
  }

  /// Makes a diagnostic with one place of its own.
  ///
  /// - Parameters:
  ///   - range: The place of the mistake.
  ///   - label: What is said of it.
  ///   - also: Other places that explain it.
  ///   - replacement: What to put at the place to mend it.
  ///   - insertion: What to put before the place to mend it.
  ///   - fix: Another replacement that mends it.
  package init(
    _ code: DiagnosticCode, _ headline: String, severity: Severity = .error,
    at range: SourceRange, _ label: String = "", also: [DiagnosticLabel] = [],
    notes: [String] = [], hint: String? = nil, replacement: String? = nil,
    before insertion: String? = nil, fix: DiagnosticFix? = nil
  ) {
    let start = SourceRange(
      source: range.source, lower: Int(range.lower), upper: Int(range.lower))
    self.init(
      code, headline, severity: severity, labels: [DiagnosticLabel(range, label)] + also,
      notes: notes, hint: hint,
      fix: fix ?? replacement.map { DiagnosticFix(range: range, replacement: $0) }
        ?? insertion.map { DiagnosticFix(range: start, replacement: $0) })
  }
}
