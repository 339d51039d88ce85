import ArgumentParser
import Canon
import Diagnostics
import Foundation
import LudwigFormat
import Text

/// `fugue fmt`: sheets in the one layout.
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Bring Ludwig files into the one layout.",
    discussion: """
      Files are rewritten in place; of a folder, all .lw files below it. `-` reads standard input \
      and writes standard output. Comments stay, and the meaning never changes: that is checked \
      on each file. A file with mistakes of syntax is left alone.

      Ends with 0; with --check, 1 when a file would change; 2 for a file with mistakes.
      """)

  @Argument(help: "Files and folders, or - for standard input.", completion: .file())
  var paths: [String]
  @Flag(help: "Change nothing; list what would change, and end with 1 if anything would.")
  var check = false
  @Option(name: .customLong("stdin-name"), help: "What to call standard input in messages.")
  var inputName = "(standard input)"
  @Flag(help: "Print JSON (fugue.fmt/1).") var json = false

  /// How a file came out.
  private enum Outcome: String {
    case unchanged, changed, mistakes, failed
  }

  func run() throws {
    let isInput = paths.contains("-")
    if isInput, paths.count > 1 {
      throw CommandFailure(.usage, "Error: '-' stands alone; it cannot be named with files.")
    }
    let names = isInput ? ["-"] : try SheetFiles(paths).paths
    var exit = Exit.success
    var results: [JSON] = []
    for name in names {
      let outcome = isInput ? try formatInput() : try formatFile(name)
      results.append(
        .object([
          JSON.Member("path", .string(isInput ? inputName : name)),
          JSON.Member("outcome", .string(outcome.rawValue)),
        ]))
      exit = [exit, self.exit(outcome)].max { $0.rawValue < $1.rawValue } ?? exit
    }
    if json, !isInput || check {
      Terminal.standard.say(
        JSON.object([
          JSON.Member("format", .string("fugue.fmt/1")), JSON.Member("files", .array(results)),
        ]).text(isPretty: true))
    }
    if exit != .success { throw CommandFailure(exit) }
  }

  private func exit(_ outcome: Outcome) -> Exit {
    switch outcome {
    case .unchanged: .success
    case .changed: check ? .no : .success
    case .mistakes: .usage
    case .failed: .bug
    }
  }

  private func formatInput() throws(CommandFailure) -> Outcome {
    let source = SourceText(
      name: inputName, bytes: Array(FileHandle.standardInput.readDataToEndOfFile()))
    let (result, outcome) = formatted(source)
    guard let result else { return outcome }
    if check { return report(source, result) }
    FileHandle.standardOutput.write(Data(result.bytes))
    return outcome
  }

  private func formatFile(_ path: String) throws(CommandFailure) -> Outcome {
    let source = SourceText(name: path, bytes: try SheetFiles.read(path))
    let (result, outcome) = formatted(source)
    guard let result else { return outcome }
    if check { return report(source, result) }
    guard outcome == .changed else { return outcome }
    try SheetFiles.write(result.bytes, to: path)
    if !json { Terminal.standard.say(path) }
    return outcome
  }

  /// The new text, or none after a complaint.
  private func formatted(_ source: SourceText) -> (SourceText?, Outcome) {
    var sources = SourceSet()
    switch format(source, id: sources.add(source)) {
    case .formatted(let result):
      return (result, source.bytes == result.bytes ? .unchanged : .changed)
    case .mistakes(let diagnostics):
      let renderer = DiagnosticRenderer(
        sources: sources, isColored: Terminal.standard.isColored && isatty(STDERR_FILENO) == 1)
      for diagnostic in diagnostics { Terminal.standard.complain(renderer.render(diagnostic)) }
      Terminal.standard.complain("\(source.name) is left as it is.")
      return (nil, .mistakes)
    case .refused(let reason):
      Terminal.standard.complain(
        "Error: \(source.name) is left as it is: \(reason). This is a bug of ours.")
      return (nil, .failed)
    }
  }

  /// Says what would change.
  private func report(_ source: SourceText, _ result: SourceText) -> Outcome {
    guard source.bytes != result.bytes else { return .unchanged }
    guard !json else { return .changed }
    let terminal = Terminal.standard
    terminal.say(terminal.paint("\(source.name) would change", .strong))
    let difference = LineDifference(
      from: String(decoding: source.bytes, as: UTF8.self),
      to: String(decoding: result.bytes, as: UTF8.self))
    for line in difference.lines(terminal) { terminal.say(line) }
    return .changed
  }
}
