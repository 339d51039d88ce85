import ArgumentParser
import Determinism
import Foundation
import ModelChecker
import Models

/// `fugue model-check`: every interleaving, in a small world.
struct ModelCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model-check",
    abstract: "Explore a model: every interleaving of the kernel in a small world.",
    discussion: """
      Without a name the models are listed. Each line of the verdict is a sentence on what \
      holds: ✓ it holds of every state, ✗ it does not, with a shortest way to a state that \
      shows it, ? the search ended before it could tell.

      Some models have a mistake planted, to show that the properties can fail; the list says so. \
      Of these, a property that fails is what is expected.

      A long search tells every five seconds how far it is. A trace ends with a line that \
      --replay takes.

      A composition is cut into slices, each small enough for every interleaving, and what is \
      left out is told. Without any fault named, one crash, one lost reply and one edit by hand \
      are tried.

      Ends with 0 when every property holds, or when a planted mistake was found; with 1 when a \
      property fails or is not known, or when a planted mistake was not found.
      """)

  @Argument(
    help: "A model, for instance Models/kernel, or a composition of yours, a .lw file.",
    completion: .file(extensions: ["lw"]))
  var name: String?
  @OptionGroup(title: "Faults, for a composition") var faults: FaultOptions
  @OptionGroup(title: "Libraries, for a composition") var libraries: LibraryOptions
  @Option(help: "Of a composition, let this resource be made; may be given several times.")
  var only: [String] = []
  @Flag(help: "Of a composition, let everything be made at once.") var whole = false
  @Flag(help: "Of a composition, kill it in the end.") var kill = false
  @Option(help: "Stop each search after so many seconds; depth first, too.") var time: Double?
  @Option(
    name: .customLong("save-scenario"),
    help: "Of a composition, write the first trace as a scenario, beside the composition.")
  var saveScenario: String?
  @Flag(help: "Print JSON, for a composition.") var json = false
  @Option(name: .customLong("states"), help: "Stop at so many states; depth first, too.")
  var limit: Int?
  @Option(help: "Write down in this file, every million states, how far the search is.")
  var checkpoint: String?
  @Flag(help: "Go on where the file of --checkpoint says.") var resume = false
  @Option(help: "Keep about so much in memory (512M, 2G), and the rest in files.")
  var memory: String?
  @Option(name: .customLong("spill"), help: "The folder of these files; they do not stay.")
  var spillFolder: String?
  @Flag(help: "Go on after the first claim that fails.") var all = false
  @Option(help: "Show the trace of a line that a trace ended with, as 0.3.1.") var replay: String?
  @Option(help: "Check a recorded history: whether each line could follow on those before it.")
  var trace: String?
  @Option(help: "Make so many random walks instead.") var randomWalks: Int?
  @Option(help: "The most steps of a random walk; 100 unless said.") var length: Int?
  @Option(help: "The seed of random walks; 1 unless said.") var seed: UInt64?
  @Option(help: "How many states there are, so that random walks tell what share they saw.")
  var known: Int?
  @Flag(help: "Search depth first instead, in bounded memory.") var depthFirst = false
  @Option(help: "How many states a depth-first search remembers; 1,048,576 unless said.")
  var room: Int?

  func run() throws {
    let terminal = Terminal.standard
    if let trace { return try checkTrace(trace, on: terminal) }
    guard let name else {
      for model in ModelRegistry.all {
        let note = model.mustFail ? "  [a planted mistake: a property must fail]" : ""
        terminal.say("Models/\(model.name)  \(model.summary)\(note)")
      }
      return
    }
    if name.hasSuffix(".lw") { return try checkSheet(name, on: terminal) }
    let twice = ModelRegistry.namesTakenTwice()
    if let first = twice.first {
      throw CommandFailure(
        .usage,
        "Error: two models are registered as '\(first)'; give one of them another name, in"
          + " Models/ModelRegistry*.swift.")
    }
    let short = name.split(separator: "/").last.map(String.init) ?? name
    guard let model = ModelRegistry.find(short) else {
      throw CommandFailure(
        .usage,
        "Error: there is no model '\(name)'. There are: "
          + ModelRegistry.all.map { "Models/\($0.name)" }.joined(separator: ", ") + ".")
    }
    CrashGuard.watch(bySymmetry: model.reduction == .symmetry)
    defer { CrashGuard.stop() }
    if let replay { return try show(replay, of: model, on: terminal) }
    if let breach = model.breach(1_000) {
      throw CommandFailure(.usage, "Error: the model cannot be searched: \(breach).")
    }
    if let randomWalks { return try walk(randomWalks, through: model, on: terminal) }
    if depthFirst { return try searchDepthFirst(model, on: terminal) }
    try search(model, on: terminal)
  }

  private func search(_ model: RegisteredModel, on terminal: Terminal) throws {
    var limits = SearchLimits(stopsAtViolation: !all)
    if let limit { limits.states = limit }
    let clock = ContinuousClock()
    let start = clock.now
    let watch = TimedSearch(seconds: time).watch(since: start)
    let folder = try memory == nil ? nil : SpillDirectory(in: spillFolder)
    defer { folder?.remove() }
    let spill = try folder.map { Spill(memory: try bytes(memory ?? ""), folder: $0) }
    let report = model.search(limits, watch, try checkpoints(), spill)
    if let refusal = report.refusal, report.bytesOnDisk > 0, refusal.hasPrefix("the disk") {
      throw CommandFailure(.outside, "Error: \(refusal).")
    }
    if let refusal = report.refusal, report.distinct == 0 {
      throw CommandFailure(.usage, "Error: \(refusal).")
    }
    let span = clock.now - start
    let rate = Int(Double(report.distinct) / (span / .seconds(1)))
    terminal.say(report.description)
    if let count = Self.sentence(onCountOf: report, by: model) { terminal.say(count) }
    terminal.say("\(span), \(rate) states/s, \(report.bytesKept) bytes kept for them")
    if model.mustFail { terminal.say(Self.sentence(onPlanted: report)) }
    if !model.isAsExpected(report) { throw CommandFailure(.no) }
  }

  /// A number of bytes: a whole number and `K`, `M` or `G`.
  private func bytes(_ text: String) throws -> Int {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    let unit = text.last.flatMap { units[$0] }
    guard let number = Int(unit == nil ? text[...] : text.dropLast()), number > 0,
      number < 1 << 32
    else {
      throw CommandFailure(
        .usage, "Error: '\(text)' is no size; write for instance --memory 512M.")
    }
    return number * (unit ?? 1)
  }

  /// Checkpoints go into a file, whole or not at all.
  private func checkpoints() throws -> Checkpoints? {
    guard let checkpoint else { return nil }
    let file = URL(filePath: checkpoint)
    guard let kept = resume ? try? Data(contentsOf: file) : Data() else {
      throw CommandFailure(.outside, "Error: \(checkpoint) cannot be read.")
    }
    return Checkpoints(every: 1_000_000, resume: resume ? Array(kept) : nil) { bytes in
      do {
        try Data(bytes).write(to: file, options: .atomic)
      } catch {
        Terminal.standard.complain("\(checkpoint) cannot be written: \(error)")
      }
    }
  }

  private func show(_ code: String, of model: RegisteredModel, on terminal: Terminal) throws {
    guard let trace = model.replay(code) else {
      throw CommandFailure(.usage, "Error: '\(code)' is no trace of \(model.name).")
    }
    terminal.say(trace.description)
  }

  private func walk(_ walks: Int, through model: RegisteredModel, on terminal: Terminal) throws {
    let seed = seed ?? 1
    let report = model.walk(
      walks, length ?? 100, Seed(seed), known ?? model.recorded?.distinct)
    if let refusal = report.refusal { throw CommandFailure(.usage, "Error: \(refusal).") }
    terminal.say(report.description)
    terminal.say("seed \(seed)")
    if (report.violated != nil) != model.mustFail { throw CommandFailure(.no) }
  }

  private func searchDepthFirst(_ model: RegisteredModel, on terminal: Terminal) throws {
    let watch = TimedSearch(seconds: time).watchDepthFirst(since: ContinuousClock().now)
    let report = model.searchDepthFirst(room ?? 1 << 20, limit ?? .max, watch)
    if let refusal = report.refusal { throw CommandFailure(.usage, "Error: \(refusal).") }
    terminal.say(report.description)
    let isProved = report.holds && report.unjudged.isEmpty
    let isAsExpected = model.mustFail ? report.violated != nil : isProved
    if !isAsExpected { throw CommandFailure(.no) }
  }

  /// What is to be said of the counts that are written down; nil for nothing.
  private static func sentence(
    onCountOf report: ModelReport, by model: RegisteredModel
  ) -> String? {
    guard let recorded = model.recorded, let isSame = model.hasRecordedCount(report) else {
      return nil
    }
    if isSame { return "✓ as many states as written down" }
    return "✗ as many states as written down: there were \(recorded.distinct) distinct,"
      + " \(recorded.generated) generated, depth \(recorded.depth); the kernel, a planner or the"
      + " cloud does other things than it did. If that is meant, write the new counts into"
      + " Models/Kernel/RecordedCount.swift"
  }

  private static func sentence(onPlanted report: ModelReport) -> String {
    guard let violation = report.violation else {
      return "This model has a mistake planted, and the search did NOT find it."
    }
    return "As expected: this model has a mistake planted, and the search found it, by "
      + "\"\(violation.property)\"."
  }
}
