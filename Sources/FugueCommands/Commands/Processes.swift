import ArgumentParser
import Canon
import CloudModel
import Conductor
import Determinism
import Journal
import Plans
import ScenarioRunner

/// `fugue kill`: deletes everything of a process.
struct Kill: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Delete everything of a process, dependents first.")

  @Argument(help: "The process's name.") var alias: String
  @OptionGroup var state: StateOptions
  @OptionGroup var approval: ApprovalOptions
  @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false

  func run() throws {
    let desk = try Desk(state, mustExist: true)
    let process = try desk.knownProcess(alias)
    if case .killed = process.standing {
      Terminal.standard.say("'\(alias)' is over already.")
      return
    }
    let count = process.present.count
    if !yes, !Terminal.standard.confirms("Delete the \(count) resources of '\(alias)'?") {
      throw CommandFailure(.no, "Nothing was done. Say yes, or give --yes.")
    }
    var session = try Session(desk, vault: desk.vault)
    let standing = try session.run(.kill(alias: alias, approval.approvals), alias: alias)
    try Apply.conclude(standing, alias: alias)
  }
}

/// `fugue enforce`: looks, and undoes drift.
struct Enforce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at a process once, and undo what drifted, after proof.")

  @Argument(help: "The process's name.") var alias: String
  @OptionGroup var state: StateOptions
  @Flag(help: "Look once and end; without it nothing is done, since no server runs.")
  var once = false
  @Flag(name: .customLong("exit-code"), help: "End with 1 when drift was found.")
  var exitCode = false

  func run() throws {
    guard once else {
      throw CommandFailure(.usage, "Error: say --once; a Conductor that stays is not built yet.")
    }
    let desk = try Desk(state, mustExist: true)
    let process = try desk.knownProcess(alias)
    let draft = try Draft(process.blueprint, alias: alias, at: desk)
    var session = try Session(desk, vault: desk.vault)
    let standing = try session.run(.enforce(alias: alias), alias: alias)
    try Apply.conclude(standing, alias: alias)
    if exitCode, !draft.plan.steps.isEmpty { throw CommandFailure(.no) }
  }
}

/// `fugue status`: processes, where they stand, and what they have.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show processes, where they stand, and what they have.")

  @Argument(help: "Show this process's resources, too.") var alias: String?
  @OptionGroup var state: StateOptions
  @Flag(help: "Print JSON (fugue.status/1).") var json = false

  func run() throws {
    let desk = try Desk(state, mustExist: true)
    let chosen = try alias.map { [try desk.knownProcess($0)] } ?? desk.ledger.processes
    let terminal = Terminal.standard
    if json {
      terminal.say(
        JSON.object([
          JSON.Member("format", .string("fugue.status/1")),
          JSON.Member("processes", .array(chosen.map { $0.json })),
        ]).text(isPretty: true))
      return
    }
    for process in chosen {
      terminal.say("\(process.alias)  \(process.standing.text)  \(process.summary)")
      if alias != nil { for line in process.details { terminal.say("  \(line)") } }
    }
  }
}

extension Standing {
  fileprivate var text: String {
    switch self {
    case .working: "unfinished"
    case .steady(let at): "steady since \((at - .zero).text)"
    case .killed(let at): "killed at \((at - .zero).text)"
    case .blocked(let reason): "blocked: \(reason.text)"
    }
  }
}

extension ProcessLedger {
  fileprivate var summary: String {
    "\(present.count) of \(blueprint.resources.count) resources, composition "
      + blueprint.composition.short
  }

  fileprivate var details: [String] {
    blueprint.resources.map { resource in
      let outputs = (known[resource.address] ?? [:]).map { "\($0.key) \($0.value.text ?? "…")" }
      let mark = present.contains(resource.address) ? "" : "  (not there)"
      return "\(resource.address)  \(outputs.joined(separator: ", "))\(mark)"
    }
  }

  fileprivate var json: JSON {
    .object([
      JSON.Member("alias", .string(alias)), JSON.Member("standing", .string(standing.text)),
      JSON.Member("composition", .string(blueprint.composition.hex)),
      JSON.Member(
        "resources",
        .array(
          blueprint.resources.map { resource in
            let outputs = known[resource.address] ?? [:]
            return .object([
              JSON.Member("address", .string(resource.address.text)),
              JSON.Member("type", .string(resource.type)),
              JSON.Member("isPresent", .bool(present.contains(resource.address))),
              JSON.Member(
                "outputs",
                .object(outputs.map { JSON.Member($0.key, .string($0.value.text ?? "")) })),
            ])
          })),
    ])
  }
}
