import ArgumentParser
import Foundation

/// Which composition, and where its libraries are.
struct CompositionOptions: ParsableArguments {
  @Argument(help: "The composition, a .lw file.", completion: .file(extensions: ["lw"]))
  var path: String

  @OptionGroup var libraries: LibraryOptions
}

/// Where Ludwig's libraries are.
struct LibraryOptions: ParsableArguments {
  @Option(
    name: .customShort("i"),
    help: "A folder of further libraries; may be given several times. LUDWIG_PATH adds more.")
  var folders: [String] = []

  @Option(help: "How many steps the evaluation may take; 30,000,000 unless said.")
  var steps: Int?

  @Option(name: .customLong("library"), help: "A folder in place of the built-in library.")
  var builtin: String?

  @Option(
    name: .customLong("validation-modules"),
    help: "Modules whose validations must hold too; names with commas between.")
  var validations = ""

  /// The modules whose validations must hold, imported or not.
  var validationModules: [String] {
    validations.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps is a number from 1 on.") }
  }
}

/// Where embedded mode keeps its state.
struct StateOptions: ParsableArguments {
  @Option(name: .customLong("state"), help: "The folder of journal, account and vault.")
  var folder = ".fugue"
}
