import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

/// A mistake that may stand in several places of a sheet and is told once.
struct RepeatedMistake {
  /// Where it is among the mistakes.
  var index: Int
  /// All its places.
  var places: Set<SourceRange>
}

/// What makes two mistakes one.
struct RepeatKey: Hashable {
  /// The sheet.
  var module: ModuleName
  /// The mistake in words.
  var text: String
}

extension Checker {
  /// Reports a mistake, or notes a further place of one that has been reported of this sheet.
  mutating func reportOnce(_ text: String, _ diagnostic: Diagnostic) {
    let key = RepeatKey(module: current, text: text)
    guard let place = diagnostic.labels.first?.range else { return report(diagnostic) }
    if repeated[key] != nil {
      repeated[key]?.places.insert(place)
      return
    }
    let count = diagnostics.count
    report(diagnostic)
    if diagnostics.count > count {
      repeated[key] = RepeatedMistake(index: count, places: [place])
    }
  }

  /// Lets mistakes that stand in several places point at the first of them and tell how many more
  /// there are.
  mutating func concludeRepeats() {
    for mistake in repeated.values where mistake.places.count > 1 {
      guard diagnostics.indices.contains(mistake.index) else { continue }
      let old = diagnostics[mistake.index]
      guard let primary = old.labels.first,
        let first = mistake.places.min(by: { $0.lower < $1.lower })
      else { continue }
      let more = mistake.places.count - 1
      let label = DiagnosticLabel(first, primary.message)
      diagnostics[mistake.index] = Diagnostic(
        old.code, old.headline, severity: old.severity, labels: [label] + old.labels.dropFirst(),
        notes: old.notes + ["The same in \(countOf(more, "more place")) of this sheet."],
        hint: old.hint,
        fix: old.fix.map { DiagnosticFix(range: first, replacement: $0.replacement) })
    }
    repeated = [:]
  }
}
