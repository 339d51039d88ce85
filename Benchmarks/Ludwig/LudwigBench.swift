import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import LudwigSyntax
import Text

/// `ludwig-bench`: times the front end on programs of its own, writes these programs, and writes a
/// sheet's value as JSON as a peer's program does.
@main
struct LudwigBench {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let number = arguments.count > 2 ? Int(arguments[2]) ?? 1000 : 1000
    switch (arguments.first, arguments.count) {
    case ("write", 3): print(program(arguments[1], number), terminator: "")
    case ("measure", 3) where arguments[1] == "edit": measureEdits(number)
    case ("measure", 3): measure(arguments[1], number)
    case ("data", 3): data(arguments[1], arguments[2])
    case ("same", 2): same(arguments[1])
    default:
      print("ludwig-bench write|measure declared|computed|resources|functions|edit N")
      print("ludwig-bench data FILE BINDING")
      print("ludwig-bench same FILE")
    }
  }

  private static func program(_ kind: String, _ count: Int) -> String {
    switch kind {
    case "declared": Programs.declared(count)
    case "computed": Programs.computed(count)
    case "resources": Programs.resources(count)
    case "edit": Programs.groups(count)
    default: Programs.functions(count)
    }
  }

  private static func inputs(_ readFile: @escaping @Sendable (String) -> [UInt8]?)
    -> CompilationInputs
  {
    CompilationInputs(
      readFile: readFile, environment: { _ in nil },
      commit: { name, bytes in SecretCommitment(digest: Digest(of: bytes), name: name) },
      stepLimit: 4_000_000_000)
  }

  private static func measure(_ kind: String, _ count: Int) {
    let bytes = Array(program(kind, count).utf8)
    let lines = bytes.count { $0 == UInt8(ascii: "\n") }
    let inputs = inputs { $0 == "bench.lw" ? bytes : nil }
    let start = Meter.now
    let source = SourceText(name: "bench.lw", bytes: bytes)
    let (tree, mistakes) = LudwigSyntax.parse(source, id: SourceID(index: 0))
    Meter.report("parse", since: start, bytes.count, "bytes")
    guard mistakes.isEmpty, !tree.statements.isEmpty else { return print("mistakes of syntax") }
    let checking = Meter.now
    let found = Ludwig.diagnostics(path: "bench.lw", inputs: inputs)
    Meter.report("parse and check", since: checking, lines, "lines")
    for mistake in found.prefix(3) { print(mistake.headline) }
    let whole = Meter.now
    if kind == "resources" {
      let blueprint = Ludwig.compile(path: "bench.lw", inputs: inputs)
      Meter.report("compile", since: whole, count, "resources")
      for mistake in blueprint.diagnostics.prefix(3) { print(mistake.headline) }
    } else if kind != "functions" {
      let value = Ludwig.data(path: "bench.lw", binding: "records", inputs: inputs)
      Meter.report("evaluate", since: whole, count, "records")
      for mistake in value.diagnostics.prefix(3) { print(mistake.headline) }
    }
    print("peak memory \(Meter.peakMemory)")
  }

  /// How long it takes from an edit to the mistakes of a composition, in a process that stays: the
  /// first time, and the median of ten edits.
  private static func measureEdits(_ count: Int) {
    let text = Programs.groups(count)
    var times: [Double] = []
    for round in 0..<11 {
      let edited = text.replacing("number \(count / 2)\"", with: "number \(round) of many\"")
      let bytes = Array(edited.utf8)
      let start = Meter.now
      let found = Ludwig.diagnostics(
        path: "bench.lw", inputs: inputs { $0 == "bench.lw" ? bytes : nil })
      times.append(Meter.now - start)
      for mistake in found.prefix(3) { print(mistake.headline) }
    }
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    let edits = times.dropFirst().sorted()
    print("\(lines) lines: first \(Int(times[0] * 1e6)) us, edit \(Int(edits[5] * 1e6)) us CPU")
    print("peak memory \(Meter.peakMemory)")
  }

  /// Whether a composition comes to the same when planners are applied to each resource.
  private static func same(_ path: String) {
    var inputs = inputs { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } }
    inputs.environment = { _ in "hunter2hunter2" }
    inputs.plannedFirst = Int.max
    let apart = Ludwig.compile(path: path, inputs: inputs)
    for mistake in apart.diagnostics.prefix(3) { print(mistake.headline) }
    for plannedFirst in [0, 1, 2] {
      inputs.plannedFirst = plannedFirst
      let isSame = Ludwig.compile(path: path, inputs: inputs).blueprint == apart.blueprint
      print("\(apart.blueprint?.resources.count ?? 0) resources, \(isSame ? "same" : "DIFFERENT")")
    }
  }

  private static func data(_ path: String, _ binding: String) {
    let inputs = inputs { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } }
    let result = Ludwig.data(path: path, binding: binding, inputs: inputs)
    for mistake in result.diagnostics { print(mistake.headline) }
    guard let value = result.value else { return }
    var out: [UInt8] = []
    value.writeJSON(to: &out)
    FileHandle.standardOutput.write(Data(out + [10]))
  }
}
