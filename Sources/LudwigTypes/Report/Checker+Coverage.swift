import Diagnostics
import Text

extension Checker {
  /// Whether patterns cover all values.
  func isExhaustive(_ patterns: [CorePattern]) -> Bool {
    var search = Exhaustiveness(program: program)
    return search.witness(patterns.map { [$0] }, columns: 1) == nil && !search.isExhausted
  }

  /// Reports values that no pattern covers.
  mutating func requireExhaustive(
    _ patterns: [CorePattern], at range: SourceRange, isCase: Bool
  ) {
    var search = Exhaustiveness(program: program)
    var missing: [String] = []
    var rows = patterns.map { [$0] }
    // Of lists longer ones are always missing, too; one is enough.
    while missing.count < 4, missing.last?.contains("[") != true,
      let found = search.witness(rows, columns: 1)
    {
      missing.append(search.describe(found[0]))
      rows.append(found)
    }
    if search.isExhausted {
      report(
        Diagnostic(
          "FG0217", "It is too much work to see whether this case covers everything",
          at: range, "matched here", hint: "add a branch: | _ -> …"))
    } else if !missing.isEmpty {
      let what = missing[0] == "_" ? "other values" : missing[0]
      let headline =
        isCase
        ? "This case does not say what to do with \(what)"
        : "This pattern does not match every value"
          + (missing[0] == "_" ? "" : ": not \(missing[0])")
      let more = missing.dropFirst().prefix(2)
      let tail = missing.count > 3 ? " and more" : ""
      report(
        Diagnostic(
          "FG0217", headline, labels: [DiagnosticLabel(range, isCase ? "matched here" : "")],
          notes: more.isEmpty
            ? [] : ["Also missing: " + more.joined(separator: ", ") + tail + "."],
          hint: isCase
            ? "add a branch: | \(missing[0].contains("[") ? "_" : missing[0]) -> …"
            : "use case, with a branch for each value"))
    }
  }

  /// Warns of branches that earlier ones leave nothing to.
  mutating func reportRedundant(_ patterns: [CorePattern], _ ranges: [SourceRange]) {
    var rows: [[CorePattern]] = []
    var literals: Set<CoreLiteral> = []
    // Each branch is held against all before it: of very many the first are.
    var work = 0
    for (index, pattern) in patterns.enumerated() {
      defer { rows.append([pattern]) }
      var isCovered = false
      if case .literal(let value) = pattern, literals.count == rows.count {
        isCovered = !literals.insert(value).inserted
      } else {
        work += rows.count
        guard work < 2_000_000 else { return }
        var search = Exhaustiveness(program: program)
        isCovered = !rows.isEmpty && search.isCovered(pattern, by: rows)
      }
      if isCovered {
        report(
          Diagnostic(
            "FG0218", "This branch is never reached", severity: .warning,
            labels: [DiagnosticLabel(ranges[index], "earlier branches match all of it")],
            hint: "remove it, or move it up"))
      }
    }
  }
}
