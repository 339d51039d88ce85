import Determinism
import Diagnostics
import Foundation
import Ludwig
import Text

/// One mistake at a time, put into programs that have none; and what is said of each.
struct MistakeCampaign {
  /// What is said of one mistake.
  struct Finding {
    /// The program's file.
    var file: String
    /// The errors, as people read them.
    var report: String
    /// How many errors there are.
    var errors: Int
    /// Whether the first error points at the mistake's line.
    var isOnLine: Bool
    /// Whether it points at the mistake itself.
    var isOnToken: Bool
    /// Whether each error says the way out.
    var hasHint: Bool
    /// Whether it is one error, in the right line, with a way out.
    var isGood: Bool { errors == 1 && isOnLine && hasHint }
  }

  /// Programs: the file, and the file that is compiled where that is another one.
  let programs: [URL]
  /// How many mistakes of a kind.
  let count: Int
  /// What chance is drawn from.
  let seed: Seed

  /// What is said of mistakes of a kind, those left out that are none.
  func findings(of kind: MistakeClass) -> [Finding] {
    var random = RandomSource(seed.split(kind.name))
    var out: [Finding] = []
    var tries = 0
    let sheets = programs.compactMap { url in
      (try? String(contentsOf: url, encoding: .utf8)).map { (url, MistakenSheet($0)) }
    }.map { ($0.0, $0.1, kind.places($0.1)) }.filter { !$0.2.isEmpty }
    guard !sheets.isEmpty else { return [] }
    while out.count < count, tries < count * 4 {
      tries += 1
      let (url, sheet, places) = sheets[random.below(sheets.count)]
      let place = places[random.below(places.count)]
      guard let mistake = kind.make(sheet, place, &random),
        let finding = judge(mistake, in: url)
      else { continue }
      out.append(finding)
    }
    return out
  }

  /// What is said of a sheet; nil where there is no error.
  func judge(_ mistake: Mistake, in url: URL) -> Finding? {
    let compilation = Ludwig.graph(
      path: url.path(), inputs: Workshop.inputs(files: [url.path(): mistake.text]))
    let errors = compilation.diagnostics.filter { $0.severity == .error }
    guard let first = errors.first else { return nil }
    let source = SourceText(name: url.path(), text: mistake.text)
    let lines = ([mistake.place] + mistake.others).flatMap { range in
      [range.lowerBound, range.upperBound].map { source.position(at: $0).line }
    }
    let labels = first.labels.filter {
      compilation.sources[$0.range.source].name == url.path()
    }
    let isOnLine = labels.contains { label in
      let start = source.position(at: Int(label.range.lower)).line
      return lines.contains(start)
    }
    let isOnToken = labels.contains { label in
      ([mistake.place] + mistake.others).contains { place in
        Int(label.range.lower) <= place.upperBound && place.lowerBound <= Int(label.range.upper)
      }
    }
    let renderer = DiagnosticRenderer(sources: compilation.sources)
    return Finding(
      file: url.lastPathComponent, report: errors.map { renderer.render($0) }.joined(),
      errors: errors.count, isOnLine: isOnLine, isOnToken: isOnToken,
      hasHint: errors.allSatisfy { $0.hint != nil })
  }
}
