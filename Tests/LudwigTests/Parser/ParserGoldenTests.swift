import Diagnostics
import Foundation
import LudwigSyntax
import Testing
import Text

/// Sheets in `Golden/Parser`, each with what the parser makes of it beside it.
///
/// `RECORD_GOLDEN=1 swift test --filter ParserGoldenTests` rewrites the expectations, and fails.
@Suite struct ParserGoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/Parser")

  static let sheets: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".lw") }.sorted()
  }()

  @Test(arguments: sheets)
  func `a sheet parses as recorded`(name: String) throws {
    let file = Self.folder.appending(path: name)
    let source = SourceText(name: name, bytes: Array(try Data(contentsOf: file)))
    let found = Self.outcome(of: source)
    let expectation = Self.folder.appending(path: name.replacing(".lw", with: ".tree"))
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try Data(found.utf8).write(to: expectation)
      Issue.record("recorded \(expectation.lastPathComponent); run again without RECORD_GOLDEN")
      return
    }
    let expected = String(decoding: try Data(contentsOf: expectation), as: UTF8.self)
    #expect(found == expected)
  }

  @Test func `there are golden sheets`() { #expect(Self.sheets.count > 10) }

  /// The tree as parsed and with operators resolved, and all diagnostics as they are shown.
  static func outcome(of source: SourceText) -> String {
    var sources = SourceSet()
    let id = sources.add(source)
    let (tree, mistakes) = parse(source, id: id)
    let (resolved, more) = tree.resolvingOperators(Self.operators(of: tree))
    let renderer = DiagnosticRenderer(sources: sources)
    let text = (mistakes + more).map { renderer.render($0) }.joined(separator: "\n")
    return SyntaxOutline(tree: resolved).text + (text.isEmpty ? "" : "\n" + text)
  }

  /// The standard operators, and those that the sheet itself declares.
  static func operators(of tree: SyntaxTree) -> OperatorTable {
    var table = OperatorTable.standard
    for statement in tree.statements {
      if case .operatorDeclaration(let declared) = statement.kind {
        table.declare(declared.name.text, declared.fixity)
      }
    }
    return table
  }
}
