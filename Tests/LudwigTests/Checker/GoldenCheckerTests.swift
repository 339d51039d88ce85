import Foundation
import Testing

/// Each sheet of `Golden/Checker` is checked; what comes out stands beside it.
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
    let found = fixture.check(name).text
    let file = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try found.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).txt; run again without RECORD_GOLDEN")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(found == expected)
  }
}
