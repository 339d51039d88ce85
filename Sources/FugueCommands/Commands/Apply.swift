import ArgumentParser
import CloudModel
import Conductor
import Journal
import Plans
import Store

/// `fugue apply`: shows the plan, proves it, asks, applies it.
struct Apply: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Apply a composition to the embedded cloud, only after proof.",
    discussion: """
      Shows the plan, proves every invariant at every moment of it, asks, and carries it out. \
      Interrupted at any moment, the same command goes on where it was.
      """)

  @OptionGroup var composition: CompositionOptions
  @OptionGroup var state: StateOptions
  @OptionGroup var approval: ApprovalOptions
  @Option(help: "The process's name.") var alias: String
  @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
  @Option(help: "Write what happens, line by line, to this file; model-check --trace reads it.")
  var history: String?

  func run() throws {
    // A mistake in the text must leave no state behind, so it is compiled before anything is made.
    if !StateFolder.exists(at: state.folder) {
      _ = try Workshop(composition.libraries).blueprint(composition.path)
    }
    var desk = try Desk(state, mustExist: false)
    let workshop = Workshop(composition.libraries, vault: desk.vault)
    let blueprint = try workshop.blueprint(composition.path)
    let decision = try decide(blueprint, &desk)
    if decision == .nothing { return }
    do throws(StoreFailure) { try workshop.vault.save(path: desk.folder.vault) } catch {
      throw CommandFailure(.outside, "Error: \(error)")
    }
    var session = try Session(desk, vault: workshop.vault)
    let standing = try session.run(decision.command, alias: alias, history: history)
    try Self.conclude(standing, alias: alias)
  }

  /// What is to be done.
  private enum Decision: Equatable {
    case nothing
    /// A plan is in hand; the kernel goes on with it when it starts.
    case goOn
    case send(Command)

    var command: Command? {
      switch self {
      case .nothing, .goOn: nil
      case .send(let command): command
      }
    }
  }

  private func decide(
    _ blueprint: Blueprint, _ desk: inout Desk
  ) throws(CommandFailure) -> Decision {
    let terminal = Terminal.standard
    let process = desk.process(alias)
    if let process, process.standing == .working, process.blueprint == blueprint {
      terminal.say("Going on with '\(alias)' where it was.")
      return .goOn
    }
    let draft = try Draft(blueprint, alias: alias, at: desk)
    if draft.plan.steps.isEmpty, process?.blueprint == blueprint {
      terminal.say(
        "Nothing to do: '\(alias)' is as declared (\(blueprint.resources.count) resources).")
      return .nothing
    }
    terminal.say(draft.plan.text)
    let verification = Verification(draft)
    verification.show(terminal)
    guard verification.isProved else { throw CommandFailure(.no) }
    try confirm(draft.plan, terminal)
    return .send(.apply(alias: alias, blueprint, approval.approvals))
  }

  private func confirm(_ plan: Plan, _ terminal: Terminal) throws(CommandFailure) {
    if yes { return }
    terminal.say()
    guard terminal.confirms("Carry out these \(plan.steps.count) steps as '\(alias)'?") else {
      throw CommandFailure(.no, "Nothing was done. Say yes, or give --yes.")
    }
  }

  /// Ends a command by where the process stands.
  static func conclude(_ standing: Standing, alias: String) throws(CommandFailure) {
    switch standing {
    case .steady, .killed: return
    case .working:
      throw CommandFailure(.outside, "'\(alias)' is not finished; the same command goes on.")
    case .blocked(let reason): throw CommandFailure(.no, "'\(alias)' is blocked: \(reason.text).")
    }
  }
}

/// What a person lets the kernel do beyond its brakes.
struct ApprovalOptions: ParsableArguments {
  @Option(name: .customLong("approve"), help: "An address that may be deleted or replaced.")
  var addresses: [String] = []

  @Flag(
    name: .customLong("approve-data"),
    help: "Whatever bears data may be deleted or replaced, except what is protected.")
  var coversData = false

  /// The approvals.
  var approvals: Approvals {
    Approvals(coversData: coversData, addresses: addresses.map { ResourceAddress($0) })
  }
}
