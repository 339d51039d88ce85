import CloudModel
import Diagnostics
import Ludwig
import LudwigSyntax
import Text

/// From characters to data.
enum LanguageMeasures {
  static var all: [Benchmark] {
    [
      .rate("parse", "MB", "a sheet of 1 MB", of: 1) { () throws(BenchmarkFailure) in
        var text = ""
        var number = 0
        while text.utf8.count < 1_000_000 {
          text += definition(number)
          number += 1
        }
        let source = SourceText(name: "long.lw", text: text)
        return { () throws(BenchmarkFailure) in
          let (_, mistakes) = parse(source, id: SourceID(index: 0))
          try BenchmarkFailure.unless(mistakes.isEmpty, "the long sheet does not parse")
        }
      },
      .rate("check", "lines", "20,000 lines of definitions and the library", of: 20_000) {
        () throws(BenchmarkFailure) in
        let text = (0..<5_000).map(definition).joined()
        return { () throws(BenchmarkFailure) in
          let value = try Sheet.value("value-7", of: text)
          try BenchmarkFailure.unless(value["size"] == 15, "the sheet says something else")
        }
      },
      .rate("evaluate", "records", "10,000 computed records", of: 10_000) {
        () throws(BenchmarkFailure) in
        let text = """
          records: [
            { name: "record-" ++ Int.toString(i), size: i * 2 + 1, isLarge: i > 5000 }
            for i in List.range(0, 10000)]
          """
        return { () throws(BenchmarkFailure) in
          let value = try Sheet.value("records", of: text)
          try BenchmarkFailure.unless(value.elements.count == 10_000, "there are not all records")
        }
      },
      .rate("compile", "resources", "1,000 groups from Ludwig to a blueprint", of: 1_000) {
        () throws(BenchmarkFailure) in
        { () throws(BenchmarkFailure) in _ = try Groups.compiled(1_000) }
      },
      compile(2_000), compile(20_000), compile(200_000),
      .time("edit", "the mistakes of a composition of 2,000 lines and its library") {
        () throws(BenchmarkFailure) in
        let text = Groups.header + (0..<250).map(Groups.declaration).joined()
        return { () throws(BenchmarkFailure) in
          let found = Sheet.diagnostics(of: text)
          try BenchmarkFailure.unless(found.isEmpty, found.first?.headline ?? "")
        }
      },
    ]
  }

  /// Groups by a function, a comprehension and library calls, once: how the time of a resource
  /// grows with their number.
  private static func compile(_ count: Int) -> Benchmark {
    Benchmark(
      name: "compile-\(count)", what: "\(count) groups computed by functions, to a blueprint",
      unit: "resources/s"
    ) { () throws(BenchmarkFailure) in
      let text = Groups.computed(count)
      let seconds = try CPUClock.time { () throws(BenchmarkFailure) in
        let blueprint = try Sheet.blueprint(of: text)
        try BenchmarkFailure.unless(
          blueprint.resources.count == count + 1, "there are not all resources")
      }
      return Double(count) / seconds
    }
  }

  /// Four lines.
  private static func definition(_ number: Int) -> String {
    """
    value-\(number): {
      name: "value-" ++ Int.toString(\(number)), size: \(number) * 2 + 1,
      parts: [part * 2 for part in [1, 2, \(number)]],
    }

    """
  }
}

/// Sheets without a file.
enum Sheet {
  /// What a binding of a sheet comes to.
  static func value(_ binding: String, of text: String) throws(BenchmarkFailure) -> Value {
    let outcome = data(path: "sheet.lw", binding: binding, inputs: inputs(text))
    guard let value = outcome.value else {
      throw BenchmarkFailure(outcome.diagnostics.first?.headline ?? "the sheet gives nothing")
    }
    return value
  }

  /// The mistakes of a sheet.
  static func diagnostics(of text: String) -> [Diagnostic] {
    Ludwig.diagnostics(path: "sheet.lw", inputs: inputs(text))
  }

  /// The blueprint of a composition.
  static func blueprint(of text: String) throws(BenchmarkFailure) -> Blueprint {
    try blueprint(path: "sheet.lw", inputs(text))
  }

  /// The blueprint of a compilation.
  static func blueprint(
    path: String, _ inputs: CompilationInputs
  ) throws(BenchmarkFailure) -> Blueprint {
    let outcome = compile(path: path, inputs: inputs)
    guard let blueprint = outcome.blueprint else {
      throw BenchmarkFailure(outcome.diagnostics.first?.headline ?? "there is no blueprint")
    }
    return blueprint
  }

  private static func inputs(_ text: String) -> CompilationInputs {
    let bytes = Array(text.utf8)
    return CompilationInputs(
      readFile: { $0 == "sheet.lw" ? bytes : nil }, environment: { _ in nil },
      commit: commitment)
  }
}
