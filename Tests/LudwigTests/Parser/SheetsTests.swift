import Diagnostics
import Foundation
import LudwigSyntax
import Testing
import Text

/// The sheets that people use.
@Suite struct SheetsTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let sheets: [String] = ["Library", "Scenarios"].flatMap { folder in
    let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
    let names = (walk?.allObjects ?? []).compactMap { $0 as? String }
    return names.filter { $0.hasSuffix(".lw") }.sorted().map { folder + "/" + $0 }
  }

  @Test(arguments: sheets)
  func `every sheet of the project parses without a mistake`(name: String) throws {
    let bytes = Array(try Data(contentsOf: Self.root.appending(path: name)))
    var sources = SourceSet()
    let source = SourceText(name: name, bytes: bytes)
    let (_, mistakes) = parse(source, id: sources.add(source))
    let renderer = DiagnosticRenderer(sources: sources)
    for mistake in mistakes { Issue.record("\(renderer.render(mistake))") }
  }

  @Test func `every code of the parser has a page`() throws {
    let folder = Self.root.appending(path: "Sources/LudwigSyntax/Parsing")
    var codes: Set<String> = []
    for file in ["Diagnostic+Syntax.swift", "Diagnostic+Statements.swift"] {
      let data = try Data(contentsOf: folder.appending(path: file))
      let text = String(decoding: data, as: UTF8.self)
      for match in text.matches(of: /"(FG01[0-9][0-9])"/) { codes.insert(String(match.1)) }
    }
    #expect(codes.count > 20)
    for code in codes.sorted() {
      let page = Self.root.appending(path: "docs/diagnostics/\(code).md").path()
      #expect(FileManager.default.fileExists(atPath: page), "docs/diagnostics/\(code).md")
    }
  }
}
