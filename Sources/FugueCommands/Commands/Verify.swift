import ArgumentParser
import Canon
import Certificates
import CloudModel
import Foundation
import Plans
import Prover

/// `fugue verify`: is every invariant kept, at every moment of the change?
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove a composition's invariants at every moment of its plan.",
    discussion: """
      Without --alias the plan starts from an empty account; with it, from what the process has. \
      Ends with 0 when all are proved, with 1 when one is refuted or unknown.
      """)

  @OptionGroup var composition: CompositionOptions
  @OptionGroup var state: StateOptions
  @Option(help: "Start from what this process has.") var alias: String?
  @Option(help: "Write the certificate, with all that it is about, to a file.")
  var certificate: String?
  @Flag(help: "Print JSON (fugue.verify/1).") var json = false

  func run() throws {
    let verification = Verification(try draft())
    let terminal = Terminal.standard
    if json {
      terminal.say(verification.json(composition.path).text(isPretty: true))
    } else {
      show(verification, terminal)
    }
    if let path = certificate { try write(verification, to: path) }
    if !verification.isProved { throw CommandFailure(.no) }
  }

  private func draft() throws(CommandFailure) -> Draft {
    guard let alias else {
      return try Draft(try Workshop(composition.libraries).blueprint(composition.path))
    }
    let desk = try Desk(state, mustExist: true)
    let workshop = Workshop(composition.libraries, vault: desk.vault)
    let blueprint = try workshop.blueprint(composition.path)
    _ = try desk.knownProcess(alias)
    return try Draft(blueprint, alias: alias, at: desk)
  }

  private func show(_ verification: Verification, _ terminal: Terminal) {
    let (blueprint, plan) = (verification.draft.blueprint, verification.draft.plan)
    terminal.say(
      "\(composition.path): \(blueprint.resources.count) resources, \(plan.steps.count) steps, "
        + "\(blueprint.invariants.count) invariants, at every moment of plan \(plan.digest.short)")
    terminal.say()
    verification.show(terminal)
  }

  private func write(_ verification: Verification, to path: String) throws(CommandFailure) {
    guard let file = verification.file else {
      Terminal.standard.complain("No certificate is written, since not everything is proved.")
      return
    }
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      try encoder.encode(file).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw CommandFailure(.outside, "Error: cannot write \(path): \(error.localizedDescription)")
    }
    Terminal.standard.complain("Certificate \(file.certificate.digest.short) written to \(path).")
  }
}

extension Verification {
  /// Prints the verdicts and what they come to.
  func show(_ terminal: Terminal) {
    let renderer = VerdictRenderer(terminal: terminal, plan: draft.plan)
    for result in results {
      let lines = renderer.lines(
        result.verdict, milliseconds: result.milliseconds, replay: result.replay)
      for line in lines { terminal.say(line) }
    }
    let proved = results.count { $0.isProved }
    let time = VerdictRenderer.duration(milliseconds)
    terminal.say()
    terminal.say(
      isProved
        ? terminal.paint("All \(proved) proved", .good) + " in \(time)."
        : terminal.paint("\(results.count - proved) of \(results.count) not proved", .bad)
          + " (\(time)). Nothing may be applied.")
  }

  /// The verdicts as JSON.
  func json(_ path: String) -> JSON {
    .object([
      JSON.Member("format", .string("fugue.verify/1")),
      JSON.Member("composition", .string(path)),
      JSON.Member("plan", .string(draft.plan.digest.hex)),
      JSON.Member("steps", .integer(draft.plan.steps.count)),
      JSON.Member("isProved", .bool(isProved)),
      JSON.Member("certificate", certificate.map { .string($0.digest.hex) } ?? .null),
      JSON.Member("invariants", .array(results.map(\.json))),
    ])
  }
}
