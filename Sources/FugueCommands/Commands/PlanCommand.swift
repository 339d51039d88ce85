import ArgumentParser
import Canon
import CloudModel
import Plans

/// `fugue plan`: which calls, in which order, and why.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show the calls that would make the account as declared.",
    discussion: """
      A step waits for the steps named after it; 3* means: until step 3 is in force. \
      Nothing is proved and nothing is changed.
      """)

  @OptionGroup var composition: CompositionOptions
  @OptionGroup var state: StateOptions
  @Option(help: "Plan from what this process has.") var alias: String?
  @Flag(help: "Print JSON (fugue.plan/1).") var json = false

  func run() throws {
    let draft: Draft
    if let alias {
      let desk = try Desk(state, mustExist: true)
      let workshop = Workshop(composition.libraries, vault: desk.vault)
      let blueprint = try workshop.blueprint(composition.path)
      _ = try desk.knownProcess(alias)
      draft = try Draft(blueprint, alias: alias, at: desk)
    } else {
      draft = try Draft(try Workshop(composition.libraries).blueprint(composition.path))
    }
    let terminal = Terminal.standard
    if json {
      terminal.say(draft.plan.json.text(isPretty: true))
    } else {
      terminal.say(draft.plan.text.trimmed)
    }
  }
}

extension String {
  /// Without a line break at the end.
  var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
