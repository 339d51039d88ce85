import ArgumentParser
import ModelChecker
import Models

/// `fugue model-check`: every interleaving, in a small world.
struct ModelCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model-check",
    abstract: "Explore a model: every interleaving of the kernel in a small world.",
    discussion: """
      Without a name the models are listed. Each line of the verdict is a sentence on what holds: \
      ✓ it holds of every state, ✗ it does not, with a shortest way to a state that shows it, \
      ? the search ended before it could tell.

      Some models have a mistake planted, to show that the properties can fail; the list says so. \
      Of these, a property that fails is what is expected.

      Ends with 0 when every property holds, or when a planted mistake was found; with 1 when a \
      property fails or is not known, or when a planted mistake was not found.
      """)

  @Argument(help: "A model, for instance Models/kernel.") var name: String?
  @Option(name: .customLong("states"), help: "Stop after so many states.") var limit: Int?

  func run() throws {
    let terminal = Terminal.standard
    guard let name else {
      for model in ModelRegistry.all {
        let note = model.mustFail ? "  [a planted mistake: a property must fail]" : ""
        terminal.say("Models/\(model.name)  \(model.summary)\(note)")
      }
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
    let span = clock.now - start
    terminal.say(report.description)
    terminal.say("\(span)")
    if model.mustFail { terminal.say(Self.sentence(onPlanted: report)) }
    if !model.isAsExpected(report) { throw CommandFailure(.no) }
  }

  private static func sentence(onPlanted report: ModelReport) -> String {
    guard let violation = report.violation else {
      return "This model has a mistake planted, and the search did NOT find it."
    }
    return "As expected: this model has a mistake planted, and the search found it, by "
      + "\"\(violation.property)\"."
  }
}
