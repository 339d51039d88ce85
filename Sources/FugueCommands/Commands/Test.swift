import ArgumentParser
import Canon
import Foundation
import Ludwig
import LudwigEvaluator

/// `fugue test`: tests that are written in Ludwig.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run tests that are written in Ludwig.",
    discussion: """
      A test is a top-level value of type Test (see Library/Ludwig/Test.lw). Of a folder the files \
      that end in .test.lw are run; without a path, those of the current folder. A test that fails \
      or stops with an error does not keep the others from running.

      Ends with 0 when all pass, with 1 when one fails, with 2 when a file does not compile or \
      nothing is to be run.
      """)

  @Argument(help: "Files, or folders with .test.lw files.", completion: .file())
  var paths: [String] = []
  @OptionGroup var libraries: LibraryOptions
  @Option(help: "Run only tests whose names, with those of their suites, contain this.")
  var filter = ""
  @Option(help: "Write a report in JUnit's XML to a file.") var junit: String?
  @Flag(help: "Print JSON (fugue.test/1).") var json = false

  func run() throws {
    let files = try SheetFiles(paths.isEmpty ? ["."] : paths, ending: ".test.lw")
    var report = TestReport()
    let workshop = Workshop(libraries, namesSecretsOnly: true)
    for path in files.paths {
      _ = try SheetFiles.read(path)
      let clock = ContinuousClock()
      let start = clock.now
      let tests = workshop.tests(path) { filter.isEmpty || $0.contains(filter) }
      let (seconds, attoseconds) = (clock.now - start).components
      let time = Double(seconds) + Double(attoseconds) / 1e18
      report.files.append(TestReport.File(path: path, tests: tests, seconds: time))
    }
    if let junit { try SheetFiles.write(Array(report.junit.utf8), to: junit) }
    if json {
      Terminal.standard.say(report.json.text(isPretty: true))
    } else {
      report.show(Terminal.standard)
    }
    if report.isBroken { throw CommandFailure(.usage) }
    if report.count == 0 {
      throw CommandFailure(
        .usage,
        filter.isEmpty
          ? "Error: there is no test: no top-level value of type Test."
          : "Error: no test's name contains '\(filter)'.")
    }
    if report.failures > 0 { throw CommandFailure(.no) }
  }
}
