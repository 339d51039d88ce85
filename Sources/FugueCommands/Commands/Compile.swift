import ArgumentParser
import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Text

/// `fugue compile`: the graph of a composition or library as JSON.
struct Compile: ParsableCommand {
  /// How deep to look.
  enum Level: String, ExpressibleByArgument, CaseIterable {
    case source, aws
  }

  static let configuration = CommandConfiguration(
    abstract: "Compile a Ludwig file to a graph in JSON.",
    discussion: """
      With --level source: the resources that are declared, with their fields and references, and \
      all other values. With --level aws: the API calls that would make them in an empty account. \
      The form is described in docs/graph.md. Equal sources give equal bytes.

      Ends with 0, or with 2 when the file has mistakes. With --watch it goes on until it is \
      interrupted.
      """)

  @OptionGroup var composition: CompositionOptions
  @Option(help: "What to show: source or aws.") var level = Level.source
  @Option(name: .shortAndLong, help: "Write the graph to a file instead of standard output.")
  var output: String?
  @Flag(help: "Compile again whenever a file changes that was read.") var watch = false
  @Flag(help: "Print mistakes as JSON (fugue.diagnostics/1), on standard error.") var json = false

  func run() throws {
    _ = try SheetFiles.read(composition.path)
    guard watch else { return try once(workshop) }
    while true {
      let workshop = workshop
      do throws(CommandFailure) {
        try once(workshop)
        Terminal.standard.complain("\(composition.path) compiles. Waiting for changes.")
      } catch {
        if error.exit == .outside { throw error }
        if !error.message.isEmpty { Terminal.standard.complain(error.message) }
        Terminal.standard.complain("Waiting for changes.")
      }
      FileWatcher.waitForChange(since: workshop.asked)
    }
  }

  private var workshop: Workshop {
    Workshop(composition.libraries, namesSecretsOnly: true)
  }

  private func once(_ workshop: Workshop) throws(CommandFailure) {
    let graph =
      switch level {
      case .source: try source(workshop)
      case .aws: try lowered(workshop)
      }
    let text = graph.text(isPretty: true)
    guard let output else { return Terminal.standard.say(text) }
    try SheetFiles.write(Array((text + "\n").utf8), to: output)
  }

  private func source(_ workshop: Workshop) throws(CommandFailure) -> JSON {
    try workshop.graph(composition.path, asJSON: json).json(composition.path)
  }

  private func lowered(_ workshop: Workshop) throws(CommandFailure) -> JSON {
    try Draft(try workshop.blueprint(composition.path, asJSON: json)).graph(composition.path)
  }
}
