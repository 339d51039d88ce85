import Diagnostics
import Foundation
import Ludwig
import LudwigTypes
import Testing

/// The project's own sheets and pages, checked.
@Suite struct SheetsCheckTests {
  private static func sheets(in folder: URL) -> [String] {
    let found = FileManager.default.enumerator(atPath: folder.path())
    return (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".lw") }.sorted()
  }

  @Test func `all sheets of the library check together, and their core is whole`() {
    let modules = Self.sheets(in: CheckerFixture.library).map {
      $0.dropLast(3).replacing("/", with: ".")
    }
    #expect(modules.count > 30)
    // One sheet that imports all, so that each is checked once.
    let imports = modules.enumerated().map { "import \($1) as M\($0)\n" }.joined()
    let outcome = CheckerFixture(sheets: ["all": imports]).check("all")
    #expect(outcome.diagnostics.isEmpty, "\(outcome.text)")
    #expect(CoreInvariants(of: outcome.program).problems.isEmpty)
    #expect(outcome.program.core.nodes.count > 3000)
  }

  @Test func `all scenarios check`() {
    let folder = CheckerFixture.repository.appending(path: "Scenarios")
    for path in Self.sheets(in: folder) {
      let file = folder.appending(path: path)
      let fixture = CheckerFixture(folder: file.deletingLastPathComponent())
      let outcome = fixture.check(String(file.lastPathComponent.dropLast(3)))
      #expect(outcome.diagnostics.isEmpty, "\(path): \(outcome.text)")
      #expect(CoreInvariants(of: outcome.program).problems.isEmpty)
    }
  }

  /// Pages whose example is a part of something larger: planners, policies and the library's own
  /// sheets.
  private static let fragments: Set = [
    "FG0307", "FG0308", "FG0309", "FG0313", "FG0316", "FG0318", "FG0319", "FG0340",
  ]

  @Test func `the example of each page on reading and evaluating gives the page's code`() throws {
    let folder = CheckerFixture.repository.appending(path: "docs/diagnostics")
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    var count = 0
    for page in pages where page.hasPrefix("FG01") || page.hasPrefix("FG03") {
      let code = String(page.dropLast(3))
      if Self.fragments.contains(code) { continue }
      let text = try String(contentsOf: folder.appending(path: page), encoding: .utf8)
      guard let example = text.firstMatch(of: /```ludwig\n([\s\S]*?)```/) else {
        // Bytes that are no text, and hundreds of brackets, do not stand on a page.
        #expect(code == "FG0106" || code == "FG0119", "\(page) has no example")
        continue
      }
      let found = Ludwig.graph(
        path: "here/page.lw",
        inputs: Workshop.inputs(files: ["here/page.lw": String(example.1)], stepLimit: 100_000))
      var codes = Set(found.diagnostics.map(\.code.text))
      // Some are found only when the resources are made out of the values.
      if codes.isEmpty { codes = Set(Workshop.codes(Workshop.compile(String(example.1)))) }
      #expect(codes == [code], "\(page): \(Workshop.report(found.diagnostics, found.sources))")
      count += 1
    }
    #expect(count > 35)
  }

  @Test func `each mistake has a page, whose example makes that mistake and no other`() throws {
    let folder = CheckerFixture.repository.appending(path: "docs/diagnostics")
    let sources = CheckerFixture.repository.appending(path: "Sources/LudwigTypes")
    var codes: Set<String> = []
    for path in FileManager.default.enumerator(atPath: sources.path())?.allObjects ?? [] {
      guard let path = path as? String, path.hasSuffix(".swift") else { continue }
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      for match in text.matches(of: /"(FG02\d\d)"/) { codes.insert(String(match.1)) }
    }
    #expect(codes.count > 20)
    for code in codes.sorted() {
      let page = try String(contentsOf: folder.appending(path: "\(code).md"), encoding: .utf8)
      #expect(page.hasPrefix("# \(code): "))
      guard let example = page.firstMatch(of: /```ludwig\n([\s\S]*?)```/) else { continue }
      let outcome = CheckerFixture(sheets: ["page": String(example.1)]).check("page")
      #expect(outcome.diagnostics.map(\.code.text) == [code], "\(outcome.text)")
    }
  }
}
