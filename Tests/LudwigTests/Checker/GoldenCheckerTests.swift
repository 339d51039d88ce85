import Diagnostics
import Foundation
import Testing

/// Each sheet of `Golden/Checker` is checked; what comes out stands beside it: types or mistakes in
/// a `.txt`, and without mistakes the core in a `.core`.
///
/// With `RECORD_GOLDEN` set the outputs are written anew, and the test fails, so that a recording
/// run is never taken for a passing one.
@Suite struct GoldenCheckerTests {
  static let folder = CheckerFixture.repository.appending(path: "Tests/LudwigTests/Golden/Checker")
  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [])
    .filter { $0.hasSuffix(".lw") && $0.first?.isLowercase == true }
    .map { String($0.dropLast(3)) }.sorted()

  @Test func `the folder of sheets is found`() {
    #expect(Self.names.count > 20)
  }

  @Test(arguments: names)
  func `what the checker says of a sheet is what stands beside it`(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: "\(name).lw"), encoding: .utf8)
    let fixture = CheckerFixture(sheets: [name: text], folder: Self.folder)
    let outcome = fixture.check(name)
    try compare(outcome.text, with: "\(name).txt")
    if outcome.diagnostics.allSatisfy({ $0.severity == .warning }) {
      #expect(CoreInvariants(of: outcome.program).problems.isEmpty)
      try compare(CoreOutline(program: outcome.program).text, with: "\(name).core")
    }
  }

  private func compare(_ found: String, with path: String) throws {
    let file = Self.folder.appending(path: path)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try found.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(path); run again without RECORD_GOLDEN")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(found == expected)
  }
}
