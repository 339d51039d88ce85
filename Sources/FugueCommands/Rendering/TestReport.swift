import Canon
import CloudModel
import Diagnostics
import LudwigEvaluator

/// What a run of tests came to.
struct TestReport {
  /// A file and its tests.
  struct File {
    /// Its path.
    let path: String
    /// Its tests; nil where it does not compile, which was said already.
    let tests: [SheetTest]?
    /// How long compiling it and running its tests took.
    let seconds: Double
  }

  /// The files in the order of their runs.
  var files: [File] = []

  private var tests: [SheetTest] { files.flatMap { $0.tests ?? [] } }
  /// How many tests were run.
  var count: Int { tests.count }
  /// How many of them did not pass.
  var failures: Int { tests.count { !$0.isPassed } }
  /// Whether a file does not compile.
  var isBroken: Bool { files.contains { $0.tests == nil } }

  // MARK: For people

  /// Prints the tests that did not pass, and how many did.
  func show(_ terminal: Terminal) {
    for file in files {
      for test in file.tests ?? [] where !test.isPassed {
        terminal.say("\(terminal.paint("✗", .bad)) \(test.name)  \(test.place)")
        for line in test.reasons { terminal.say("    \(line)") }
        terminal.say()
      }
      guard let tests = file.tests else {
        terminal.say("\(terminal.paint("✗", .bad)) \(file.path) does not compile")
        continue
      }
      let failed = tests.count { !$0.isPassed }
      let mark = failed == 0 ? terminal.paint("✓", .good) : terminal.paint("✗", .bad)
      terminal.say(
        "\(mark) \(file.path): \(tests.count - failed) passed"
          + (failed > 0 ? ", \(failed) failed" : ""))
    }
  }

  // MARK: For machines

  /// The report as JSON.
  var json: JSON {
    .object([
      JSON.Member("format", .string("fugue.test/1")),
      JSON.Member("passed", .integer(count - failures)),
      JSON.Member("failed", .integer(failures)),
      JSON.Member(
        "files",
        .array(
          files.map { file in
            .object([
              JSON.Member("path", .string(file.path)),
              JSON.Member("compiles", .bool(file.tests != nil)),
              JSON.Member("tests", .array((file.tests ?? []).map(\.json))),
            ])
          })),
    ])
  }

  /// The report in JUnit's XML: a suite for each file.
  var junit: String {
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    out += "<testsuites tests=\"\(count)\" failures=\"\(count { $0.isFailure })\""
    out += " errors=\"\(count { $0.isError } + files.count { $0.tests == nil })\">\n"
    for file in files {
      let tests = file.tests ?? []
      let broken = file.tests == nil ? 1 : 0
      out += "  <testsuite name=\(quoted(file.path)) tests=\"\(tests.count + broken)\""
      out += " failures=\"\(tests.count { $0.isFailure })\""
      out +=
        " errors=\"\(tests.count { $0.isError } + broken)\" time=\"\(seconds(file.seconds))\">\n"
      for test in tests { out += testCase(test, file) }
      if broken > 0 {
        out += "    <testcase classname=\(quoted(file.path)) name=\"(compiles)\">\n"
        out += "      <error message=\"The file does not compile\"/>\n    </testcase>\n"
      }
      out += "  </testsuite>\n"
    }
    return out + "</testsuites>\n"
  }

  private func count(_ matches: (SheetTest) -> Bool) -> Int { tests.count(where: matches) }

  private func testCase(_ test: SheetTest, _ file: File) -> String {
    let suite = ([file.path] + test.path.dropLast()).joined(separator: ".")
    let head = "    <testcase classname=\(quoted(suite)) name=\(quoted(test.path.last ?? ""))"
    guard !test.isPassed else { return head + "/>\n" }
    let element = test.isError ? "error" : "failure"
    let text = ([test.place] + test.reasons).joined(separator: "\n")
    return head + ">\n      <\(element) message=\(quoted(test.reasons.first ?? ""))>"
      + escaped(text) + "</\(element)>\n    </testcase>\n"
  }

  /// Seconds to the millisecond.
  private func seconds(_ time: Double) -> String {
    let milliseconds = String(Int((time * 1000).rounded()))
    let padded = String(repeating: "0", count: max(0, 4 - milliseconds.count)) + milliseconds
    return padded.dropLast(3) + "." + padded.suffix(3)
  }

  private func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// A text in XML 1.0; control characters that it has no way to say become `?`.
  private func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n": out += "&#10;"
      case "\t": out += "&#9;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        out += "?"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension SheetTest {
  /// Whether an expectation was not met.
  fileprivate var isFailure: Bool { if case .failed = outcome { true } else { false } }
  /// Whether it stopped with an error.
  fileprivate var isError: Bool { if case .stopped = outcome { true } else { false } }
  /// Where it stands.
  fileprivate var place: String { origin.map { "\($0.file):\($0.line):\($0.column)" } ?? "" }

  /// Why it did not pass, line by line.
  fileprivate var reasons: [String] {
    switch outcome {
    case .passed: []
    case .failed(let problems):
      problems.flatMap { problem in
        [problem.message]
          + (problem.expected.map { ["expected  \(Self.cut($0))"] } ?? [])
          + (problem.found.map { ["found     \(Self.cut($0))"] } ?? [])
      }
    case .stopped(let diagnostic):
      ["It stopped: \(diagnostic.headline)"] + diagnostic.notes
        + (diagnostic.hint.map { ["hint: \($0)"] } ?? [])
    }
  }

  private static func cut(_ text: String) -> String {
    text.count > 400 ? text.prefix(400) + " …" : text
  }

  fileprivate var json: JSON {
    let word =
      switch outcome {
      case .passed: "passed"
      case .failed: "failed"
      case .stopped: "stopped"
      }
    return .object([
      JSON.Member("name", .array(path.map { .string($0) })),
      JSON.Member("place", .string(place)),
      JSON.Member("outcome", .string(word)),
      JSON.Member("reasons", .array(reasons.map { .string($0) })),
    ])
  }
}
