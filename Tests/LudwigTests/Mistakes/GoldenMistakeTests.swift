import Diagnostics
import Foundation
import Ludwig
import Testing
import Text

/// Mistakes written by hand: each sheet of `Golden/Mistakes` holds one, and what is said of it
/// stands beside it; sheets whose name begins with `ten-` hold ten, in lines that end in
/// `# wrong`.
///
/// With `RECORD_GOLDEN` set the outputs are written anew, and the test fails, so that a recording
/// run is never taken for a passing one.
@Suite struct GoldenMistakeTests {
  static let folder = CheckerFixture.repository.appending(path: "Tests/LudwigTests/Golden/Mistakes")
  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [])
    .filter { $0.hasSuffix(".lw") && $0.first?.isLowercase == true }
    .map { String($0.dropLast(3)) }.sorted()

  private func compile(_ name: String) throws -> (text: String, found: GraphCompilation) {
    let text = try String(contentsOf: Self.folder.appending(path: "\(name).lw"), encoding: .utf8)
    let shop = try String(contentsOf: Self.folder.appending(path: "Shop.lw"), encoding: .utf8)
    let files = ["here/\(name).lw": text, "here/Shop.lw": shop]
    return (
      text,
      Ludwig.graph(
        path: "here/\(name).lw", inputs: Workshop.inputs(files: files, stepLimit: 1_000_000))
    )
  }

  @Test func `the folder of mistakes is found`() {
    #expect(Self.names.count > 60)
  }

  @Test(arguments: names.filter { !$0.hasPrefix("ten-") })
  func `a mistake is told once, with a way out, in the recorded words`(name: String) throws {
    let (_, found) = try compile(name)
    let errors = found.diagnostics.filter { $0.severity == .error }
    let report = Workshop.report(found.diagnostics, found.sources)
    #expect(errors.count == 1, "\(report)")
    #expect(errors.allSatisfy { $0.hint != nil }, "\(report)")
    let file = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try report.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).txt; run again without RECORD_GOLDEN")
      return
    }
    #expect(report == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test(arguments: names.filter { $0.hasPrefix("ten-") })
  func `ten mistakes are ten errors, each in its line`(name: String) throws {
    let (text, found) = try compile(name)
    let report = Workshop.report(found.diagnostics, found.sources)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { $0.element.hasSuffix("# wrong") }.map { $0.offset + 1 }
    #expect(lines.count == 10)
    let errors = found.diagnostics.filter { $0.severity == .error }
    let places = errors.compactMap(\.labels.first).map { found.sources.position(of: $0.range).line }
    #expect(places.sorted() == lines, "\(report)")
    #expect(errors.allSatisfy { $0.hint != nil }, "\(report)")
  }
}
