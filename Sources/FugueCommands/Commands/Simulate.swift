import ArgumentParser
import Canon
import CloudModel
import Determinism
import Foundation
import ScenarioRunner
import Simulator
import Store

/// `fugue simulate`: what happens when the cloud and other people are not kind.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario: faults, hand edits and crashes, against the simulated cloud.",
    discussion: """
      Equal seeds give equal histories, byte for byte, on any machine. Ends with 1 when an \
      expectation is not met.
      """)

  @Argument(help: "The scenario, a .lw file.", completion: .file(extensions: ["lw"]))
  var path: String
  @OptionGroup var libraries: LibraryOptions
  @Option(help: "What chance follows from.") var seed: UInt64 = 1
  @Option(help: "The scenario's binding; by default the file's name.") var scenario: String?
  @Flag(name: .shortAndLong, help: "Show every call.") var verbose = false
  @Option(help: "Write what happens, line by line, to this file; model-check --trace reads it.")
  var history: String?

  func run() throws {
    let file = URL(filePath: path)
    let binding = scenario ?? file.deletingPathExtension().lastPathComponent
    if try isReplay(binding) { return try replay(binding) }
    // The key must not differ between runs, or commitments and digests would.
    let workshop = Workshop(libraries, vault: Vault(key: Digest(of: "fugue.simulate").bytes))
    let (read, outcome): (Scenario, ScenarioOutcome)
    do throws(ScenarioProblem) {
      read = try ScenarioReader.read(try value(workshop, binding))
    } catch { throw CommandFailure(.usage, "Error: \(error.message).") }
    let composition = file.deletingLastPathComponent().appending(path: read.composition)
    let blueprint = try workshop.blueprint(composition.relativePath)
    do throws(ScenarioProblem) {
      outcome = try ScenarioRun.run(
        read, blueprint: blueprint, seed: Seed(seed), keepsHistory: history != nil)
    } catch { throw CommandFailure(.usage, "Error: \(error.message).") }
    if let history { try outcome.lines?.write(to: history) }
    show(outcome, resources: blueprint.resources.count)
    if !outcome.judgements.allSatisfy(\.isMet) { throw CommandFailure(.no) }
  }

  private var sheet: Workshop {
    Workshop(libraries, vault: Vault(key: Digest(of: "fugue.simulate").bytes))
  }

  private func isReplay(_ binding: String) throws -> Bool {
    do throws(ScenarioProblem) {
      return try value(sheet, binding)["$"].text == "Replay"
    } catch { throw CommandFailure(.usage, "Error: \(error.message).") }
  }

  /// Lets a trace of the model checker happen again.
  private func replay(_ binding: String) throws {
    let terminal = Terminal.standard
    let judgements: [ReplayRun.Judgement]
    let steps: Int
    do throws(ScenarioProblem) {
      let replay = try ScenarioReader.readReplay(try value(sheet, binding))
      let file = URL(filePath: path).deletingLastPathComponent().appending(path: replay.composition)
      let blueprint: Blueprint
      do throws(CommandFailure) {
        blueprint = try Workshop(libraries, namesSecretsOnly: true).blueprint(file.relativePath)
      } catch { throw ScenarioProblem("the composition \(replay.composition) has mistakes") }
      judgements = try ReplayRun.run(replay, blueprint: blueprint)
      steps = replay.steps.count
    } catch { throw CommandFailure(.usage, "Error: \(error.message).") }
    terminal.say("\(path): \(steps) steps of a trace, in their order")
    for judgement in judgements {
      let place = judgement.brokenAfter.map { ": broken after step \($0)" } ?? ": it holds"
      let mark = terminal.paint(
        judgement.brokenAfter == nil ? "✓" : "✗", judgement.brokenAfter == nil ? .good : .bad)
      terminal.say("\(mark) \(judgement.claim)\(place)")
    }
    if judgements.contains(where: { $0.brokenAfter != nil }) { throw CommandFailure(.no) }
  }

  private func value(_ workshop: Workshop, _ binding: String) throws(ScenarioProblem) -> Value {
    do throws(CommandFailure) { return try workshop.value(path, binding: binding) } catch {
      throw ScenarioProblem("'\(path)' has no scenario '\(binding)' that can be read")
    }
  }

  private func show(_ outcome: ScenarioOutcome, resources: Int) {
    let terminal = Terminal.standard
    terminal.say("\(path), seed \(seed): \(resources) resources")
    terminal.say()
    let timeLine = TimeLine(terminal: terminal, isDetailed: verbose)
    for entry in outcome.entries {
      if let line = line(entry, timeLine) { terminal.say(line) }
    }
    terminal.say()
    for judgement in outcome.judgements {
      let mark = judgement.isMet ? terminal.paint("✓", .good) : terminal.paint("✗", .bad)
      terminal.say("\(mark) \(judgement.expectation.text): \(judgement.seen)")
    }
    let faults = outcome.fired.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    terminal.say()
    terminal.say("\(outcome.calls) calls in \((outcome.end - .zero).text) of simulated time")
    terminal.say("faults that fired: \(faults.isEmpty ? "none" : faults)")
    terminal.say("seed \(seed), history \(outcome.history.hex)")
  }

  private func line(_ entry: ScenarioOutcome.Entry, _ timeLine: TimeLine) -> String? {
    let terminal = timeLine.terminal
    switch entry {
    case .report(let report): return timeLine.line(report)
    case .edit(let at, let edit, _):
      return timeLine.stamp(at) + "  "
        + terminal.paint("edit      by \(edit.by): \(edit.call.operation)", .strong)
    case .crash(let at):
      return timeLine.stamp(at) + "  " + terminal.paint("crash     the Conductor dies", .bad)
    case .repaired(let repair):
      let latency = terminal.paint(repair.latency.text, .strong)
      return timeLine.stamp(repair.at) + "  "
        + terminal.paint("repaired  ", .good)
        + "\(repair.edit.call.operation) by \(repair.edit.by), \(latency) after it was made"
    }
  }
}

extension Scenario.Expectation {
  fileprivate var text: String {
    switch self {
    case .converges(let within): "converges within \(within.text)"
    case .repaired(let within): "each edit repaired within \(within.text)"
    case .neverOpen(let instance, let port): "never open: internet to \(instance) on tcp \(port)"
    case .callsPerResource(let atMost): "at most \(atMost) calls a resource to converge"
    }
  }
}
