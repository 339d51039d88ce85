import Foundation
import Ludwig
import Testing

/// Blueprints of the scenarios, each beside what it is expected to be.
///
/// `RECORD_GOLDEN=1 swift test --filter GoldenBlueprintTests` rewrites them, and fails.
@Suite struct GoldenBlueprintTests {
  @Test(arguments: ["main", "three"])
  func `a composition comes to the recorded blueprint`(name: String) throws {
    let compilation = Workshop.compile(
      file: "Scenarios/first-light/\(name).lw", environment: ["DB_PASSWORD": "hunter2hunter2"])
    let blueprint = try #require(
      compilation.blueprint, "\(Workshop.report(compilation.diagnostics, compilation.sources))")
    let found = BlueprintOutline(blueprint).text
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/Evaluation/\(name).blueprint")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try Data(found.utf8).write(to: file)
      Issue.record("recorded \(name).blueprint; run again without RECORD_GOLDEN")
      return
    }
    #expect(found == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}
