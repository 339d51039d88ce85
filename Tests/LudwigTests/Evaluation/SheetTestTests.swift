import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import LudwigEvaluator
import Testing

/// Tests that are written in Ludwig: those of the library's sheets, and the runner itself.
@Suite struct SheetTestTests {
  static let folder = SheetsTests.root.appending(path: "Tests/Sheets")

  static let sheets: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".test.lw") }.sorted()
  }()

  static func run(
    _ text: String, named path: String = "a.test.lw", steps: Int = 200_000,
    where isWanted: (String) -> Bool = { _ in true }
  ) -> TestRun {
    runTests(
      path: path,
      inputs: CompilationInputs(
        readFile: { $0 == path ? Array(text.utf8) : nil }, environment: { _ in nil },
        commit: { name, bytes in SecretCommitment(digest: Digest(of: bytes), name: name) },
        stepLimit: steps), where: isWanted)
  }

  @Test(arguments: sheets)
  func `the tests of a library's sheet pass`(name: String) throws {
    let data = try Data(contentsOf: Self.folder.appending(path: name))
    let run = Self.run(String(decoding: data, as: UTF8.self), named: name, steps: 3_000_000)
    #expect(run.diagnostics.isEmpty)
    #expect(run.tests.count > 3)
    for test in run.tests { #expect(test.isPassed, "\(test.name): \(test.outcome)") }
  }

  @Test func `there are tests of library sheets`() { #expect(Self.sheets.count > 1) }

  private static let mixed = """
    sums: Test.suite "sums" [
      Test.that "right" (Test.equal { actual: 2 + 2, expected: 4 }),
      Test.that "wrong" (Test.equal { actual: { a: [1, 2] }, expected: { a: [1, 3] } }),
      Test.that "stops" (Test.holds(error("boom"))),
      Test.that "endless" (Test.holds(loop(1))),
      Test.that "fails" (Test.fails { value: [error("too large")], message: "large" }),
      Test.that "fails otherwise" (Test.fails { value: error("too large"), message: "small" }),
      Test.that "fails not" (Test.fails { value: 1 }),
      Test.that "endless is no failing" (Test.fails { value: loop(1) }),
    ]
    fun loop(n: Int) -> Bool: loop(n + 1)
    others: [Test.that "last" (Test.different { actual: 1, unexpected: 2 })]
    """

  @Test func `a test that fails, stops or never ends leaves the others alone`() {
    let run = Self.run(Self.mixed)
    let words = run.tests.map { test -> String in
      switch test.outcome {
      case .passed: "\(test.name): passed"
      case .failed(let problems): "\(test.name): \(problems.map(\.message))"
      case .stopped(let diagnostic): "\(test.name): \(diagnostic.headline)"
      }
    }
    #expect(
      words == [
        "sums › right: passed",
        "sums › wrong: [\"The values are not equal; they differ first at .a[1]\"]",
        "sums › stops: boom",
        "sums › endless: This does not come to an end within 200000 steps",
        "sums › fails: passed",
        "sums › fails otherwise: [\"It fails with another message\"]",
        "sums › fails not: [\"It does not fail\"]",
        "sums › endless is no failing: This does not come to an end within 200000 steps",
        "others › last: passed",
      ])
    #expect(run.tests[1].origin?.line == 3)
  }

  @Test func `only wanted tests are run`() {
    let run = Self.run(Self.mixed) { $0.contains("right") }
    #expect(run.tests.map(\.name) == ["sums › right"])
  }

  @Test func `a suite that cannot be read is one failed test`() {
    let run = Self.run(
      "bad: Test.suite \"s\" (error(\"no list\"))\nfine: [Test.that \"t\" (Test.holds True)]")
    #expect(run.tests.map(\.name) == ["s", "fine › t"])
    #expect(run.tests.map(\.isPassed) == [false, true])
  }
}
