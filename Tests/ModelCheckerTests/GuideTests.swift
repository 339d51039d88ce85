import Foundation
import ModelChecker
import Models
import Testing

/// What `docs/model-checking.md` shows is what is there.
@Suite struct GuideTests {
  private func text(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func `the guide's system is the one that is checked`() throws {
    #expect(try text("docs/model-checking.md").contains(text("Models/Examples/Peterson.swift")))
  }

  @Test(arguments: ["peterson", "peterson-rude"])
  func `the guide's output is what a search prints`(name: String) throws {
    let model = try #require(ModelRegistry.find(name))
    let report = model.run(SearchLimits())
    #expect(try text("docs/model-checking.md").contains(report.description))
    #expect(report.holds != model.mustFail)
  }
}
