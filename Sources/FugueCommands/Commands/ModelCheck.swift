import ArgumentParser
import ModelChecker
import Models

/// `fugue model-check`: every interleaving, in a small world.
struct ModelCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model-check",
    abstract: "Explore a model: every interleaving of the kernel in a small world.",
    discussion: "Without a name the models are listed. Ends with 1 when a property fails.")

  @Argument(help: "A model, for instance Models/kernel.") var name: String?
  @Option(name: .customLong("states"), help: "Stop after so many states.") var limit: Int?

  func run() throws {
    let terminal = Terminal.standard
    guard let name else {
      for model in ModelRegistry.all { terminal.say("Models/\(model.name)  \(model.summary)") }
      return
    }
    let short = name.split(separator: "/").last.map(String.init) ?? name
    guard let model = ModelRegistry.find(short) else {
      throw CommandFailure(
        .usage,
        "Error: there is no model '\(name)'. There are: "
          + ModelRegistry.all.map { "Models/\($0.name)" }.joined(separator: ", ") + ".")
    }
    var limits = SearchLimits()
    if let limit { limits.states = limit }
    let clock = ContinuousClock()
    let start = clock.now
    let report = model.run(limits)
    terminal.say(report.description)
    terminal.say("\(clock.now - start)")
    if !report.holds { throw CommandFailure(.no) }
  }
}
