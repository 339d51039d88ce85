import Determinism
import Diagnostics
import Foundation
import LudwigFormat
import LudwigSamples
import LudwigSyntax
import Testing
import Text

/// The formatter on the sheets of the project and on random ones.
@Suite struct FormatTests {
  static let sheets: [String] = ["Library", "Scenarios", "Tests"].flatMap { folder in
    let walk = FileManager.default.enumerator(
      atPath: SheetsTests.root.appending(path: folder).path())
    let names = (walk?.allObjects ?? []).compactMap { $0 as? String }
    return names.filter { $0.hasSuffix(".lw") }.sorted().map { folder + "/" + $0 }
  }

  /// What must hold of a sheet that parses; empty where it holds.
  static func violation(_ source: SourceText) -> String? {
    var sources = SourceSet()
    let id = sources.add(source)
    let (tree, mistakes) = parse(source, id: id)
    switch format(source, id: id) {
    case .refused(let reason): return reason
    case .mistakes: return mistakes.isEmpty ? "mistakes in a sheet without any" : nil
    case .formatted(let once):
      guard mistakes.isEmpty else { return "a sheet with mistakes was formatted" }
      let (after, problems) = parse(once, id: id)
      if let problem = problems.first { return "the result: \(problem.headline)" }
      if SyntaxSkeleton(tree) != SyntaxSkeleton(after) { return "another tree" }
      let before = comments(of: tree, in: source).sorted()
      if comments(of: after, in: once).sorted() != before { return "other comments" }
      guard case .formatted(let twice) = format(once, id: id) else { return "not twice" }
      return once.bytes == twice.bytes ? nil : "twice is not once"
    }
  }

  @Test(arguments: sheets)
  func `formatting a sheet of the project keeps meaning and comments, and settles`(
    name: String
  ) throws {
    let bytes = Array(try Data(contentsOf: SheetsTests.root.appending(path: name)))
    #expect(Self.violation(SourceText(name: name, bytes: bytes)) == nil)
  }

  /// Which random sheets are tried: `FUGUE_SEEDS=1000..<9000` tries others.
  static var seeds: Range<Int> {
    let text = ProcessInfo.processInfo.environment["FUGUE_SEEDS"] ?? ""
    let numbers = text.split(separator: "..<").compactMap { Int($0) }
    guard numbers.count == 2, numbers[0] < numbers[1] else { return 0..<200 }
    return numbers[0]..<numbers[1]
  }

  @Test func `random sheets parse, and formatting them keeps meaning and comments`() {
    for seed in Self.seeds {
      var random = RandomSheet(seed: Seed(UInt64(seed)))
      let text = random.next()
      var sources = SourceSet()
      let source = SourceText(name: "random-\(seed).lw", text: text)
      let mistakes = parse(source, id: sources.add(source)).1
      let rendered = mistakes.map { DiagnosticRenderer(sources: sources).render($0) }
      #expect(mistakes.isEmpty, "seed \(seed): \(rendered.joined())")
      let violation = Self.violation(source)
      #expect(violation == nil, "seed \(seed): \(violation ?? "")\n\(text)")
    }
  }
}
