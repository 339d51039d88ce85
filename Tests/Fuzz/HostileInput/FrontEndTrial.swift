internal import Canon
internal import CloudModel
internal import Diagnostics
internal import Ludwig
internal import LudwigSyntax
internal import Text

/// One run of the front end over a sheet, and what must hold for every sheet.
package enum FrontEndTrial {
  /// Parses, checks and evaluates a sheet; the value `it` is asked for, and the blueprint too
  /// where the sheet is a composition.
  ///
  /// - Returns: What does not hold; empty where all does.
  package static func problems(_ bytes: [UInt8], stepLimit: Int = 1_000_000) -> [String] {
    var problems = parsing(bytes)
    let inputs = CompilationInputs(
      readFile: { $0 == "Main.lw" ? bytes : nil }, environment: { _ in nil },
      commit: { name, secret in SecretCommitment(digest: Digest(of: secret), name: name) },
      stepLimit: stepLimit)
    let value = Ludwig.data(path: "Main.lw", binding: "it", inputs: inputs)
    problems += ranges(value.diagnostics, value.sources)
    let hasError = value.diagnostics.contains { $0.severity == .error }
    if value.value == nil, !hasError { problems.append("no value and no mistake") }
    if bytes.starts(with: Array("composition".utf8)) {
      let whole = Ludwig.compile(path: "Main.lw", inputs: inputs)
      problems += ranges(whole.diagnostics, whole.sources)
      if whole.blueprint == nil, whole.diagnostics.isEmpty {
        problems.append("no blueprint and no mistake")
      }
    }
    return problems
  }

  /// The tokens, with what stands before each, are the sheet's bytes.
  private static func parsing(_ bytes: [UInt8]) -> [String] {
    let source = SourceText(name: "Main.lw", bytes: bytes)
    let (tree, _) = LudwigSyntax.parse(source, id: SourceID(index: 0))
    var next: Int32 = 0
    for token in tree.tokens {
      guard token.triviaLower == next, token.lower >= next, token.upper >= token.lower else {
        return ["bytes are lost at \(next)"]
      }
      next = token.upper
    }
    return Int(next) == bytes.count ? [] : ["bytes are lost at the end"]
  }

  /// Each label lies within its source, and each diagnostic can be shown.
  private static func ranges(_ diagnostics: [Diagnostic], _ sources: SourceSet) -> [String] {
    var problems: [String] = []
    let renderer = DiagnosticRenderer(sources: sources)
    for (index, diagnostic) in diagnostics.enumerated() {
      if index < 20 { _ = renderer.render(diagnostic) }
      for label in diagnostic.labels {
        let range = label.range
        let isKnown = sources.sources.indices.contains(Int(range.source.index))
        if !isKnown || range.lower < 0 || Int(range.upper) > sources[range.source].bytes.count {
          problems.append("\(diagnostic.code.text) points outside its source")
        }
      }
    }
    return problems
  }
}
