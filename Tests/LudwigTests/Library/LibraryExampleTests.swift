import Canon
import CloudModel
import Diagnostics
import Ludwig
import Testing

/// What the library's sheets say of their members is so.
@Suite struct LibraryExampleTests {
  /// Modules each member of which has an example.
  static let exemplary = [
    "Ludwig/", "Fugue/NetAddr", "Fugue/Duration", "Fugue/ByteSize", "Fugue/Arn", "Fugue/PortRange",
    "Fugue/Random", "Fugue/System/", "Fugue/Core/Vars", "Fugue/AWS/Region",
  ]

  static let sheets = exemplary.flatMap { DocumentedSheet.all(below: $0) }

  @Test func `the library is found`() {
    #expect(Self.sheets.count >= 18)
    #expect(Self.sheets.map(\.shown.count).reduce(0, +) > 250)
  }

  @Test(arguments: sheets.map(\.module))
  func `each member has a comment and an example`(module: String) throws {
    let sheet = try #require(Self.sheets.first { $0.module == module })
    for member in sheet.shown {
      #expect(member.comment.first?.isEmpty == false, "\(module).\(member.name) says nothing")
      #expect(!member.examples.isEmpty, "\(module).\(member.name) has no example")
    }
  }

  @Test(arguments: sheets.map(\.module))
  func `each example has the value that stands below it`(module: String) throws {
    let sheet = try #require(Self.sheets.first { $0.module == module })
    let examples = sheet.members.flatMap(\.examples)
    let valued = examples.filter { !$0.expected.hasPrefix("error: ") }
    let lines = valued.enumerated().map { index, example in
      "  e\(index): {found: \(example.expression), expected: \(example.expected)}"
    }
    let text = prelude(of: sheet) + "it:\n" + (lines + ["  last: True"]).joined(separator: "\n")
    let outcome = Workshop.it(text + "\n")
    let found = outcome.value
    let value = try #require(
      found, "\(Workshop.report(outcome.diagnostics, outcome.sources))")
    for (index, example) in valued.enumerated() {
      let pair = value["e\(index)"]
      #expect(pair["found"] == pair["expected"], "\(example.expression) in \(module)")
    }
  }

  @Test(arguments: sheets.map(\.module))
  func `each example that stops says what stands below it`(module: String) throws {
    let sheet = try #require(Self.sheets.first { $0.module == module })
    for example in sheet.members.flatMap(\.examples) where example.expected.hasPrefix("error: ") {
      let outcome = Workshop.it(prelude(of: sheet) + "it: \(example.expression)\n")
      #expect(
        outcome.diagnostics.map(\.headline) == [String(example.expected.dropFirst(7))],
        "\(example.expression)")
    }
  }

  private func prelude(of sheet: DocumentedSheet) -> String {
    let own =
      sheet.module.hasPrefix("Ludwig.")
      ? []
      : [
        "import \(sheet.module) as \(sheet.qualifier)"
      ]
    let others = sheet.imports.filter { !$0.hasSuffix(" as .") }
    return (own + others).map { $0 + "\n" }.joined()
  }
}
