import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// A string literal where a type of checked literals is wanted: the text is looked at here, and
  /// becomes a call of the library's function for it. Nil where another type is wanted.
  mutating func checkedLiteral(
    _ text: String, _ expected: TypeRef, _ range: SourceRange
  ) -> CoreID? {
    guard let form = checkedLiteral(of: expected), definitions[form.parser] != nil else {
      return nil
    }
    if let mistake = form.mistake(in: text) { report(mistake, in: text, of: form, range) }
    let literal = add(.literal(.string(text)), range)
    let function = add(.global(form.parser), range)
    return add(.apply(function: function, arguments: [literal]), range)
  }

  /// The form of literal that a type has; nil for other types.
  func checkedLiteral(of type: TypeRef) -> CheckedLiteral? {
    guard case .named(let id, _) = types.arena[type] else { return nil }
    return literalForms[types.constructors[Int(id.index)].name]
  }

  private mutating func report(
    _ mistake: LiteralMistake, in text: String, of form: CheckedLiteral, _ range: SourceRange
  ) {
    // A literal without escapes and line breaks has its bytes one by one behind the quote.
    let isPlain = Int(range.upper) - Int(range.lower) == text.utf8.count + 2
    let start = Int(range.lower) + 1
    let place =
      isPlain
      ? SourceRange(
        source: range.source, lower: start + mistake.range.lowerBound,
        upper: start + mistake.range.upperBound) : range
    report(
      Diagnostic(
        "FG0231", "\"\(text)\" is not \(form.words)",
        labels: [DiagnosticLabel(place, mistake.message)],
        hint: "such a literal is written like \"\(form.example)\""))
  }
}
