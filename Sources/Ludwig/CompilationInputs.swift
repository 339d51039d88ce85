package import CloudModel

/// What a compilation asks of the outside. Equal answers, equal results.
package struct CompilationInputs: Sendable {
  /// The bytes of a file; nil where it cannot be read. Paths are the composition's own, made
  /// longer, and those of `libraryFolders`.
  package var readFile: @Sendable (_ path: String) -> [UInt8]?
  /// The value of an environment variable; nil where it is not set.
  package var environment: @Sendable (_ name: String) -> String?
  /// Keeps a secret's bytes under a name and gives what stands for it.
  package var commit: @Sendable (_ name: String, _ bytes: [UInt8]) -> SecretCommitment
  /// Folders of further libraries, searched in order after the composition's folder.
  package var libraryFolders: [String]
  /// A folder to take the built-in library from, in place of the embedded one.
  package var builtinFolder: String?
  /// Modules that are not imported and whose validations must hold, too.
  package var validationModules: [String] = []
  /// How many resources of a type get their planner applied before others may share with them:
  /// the result is the same, whatever the number.
  package var plannedFirst = 2
  /// How many steps the evaluation may take before it counts as endless.
  package var stepLimit: Int
  /// Shows a line to the person who compiles: what `Debug.trace` prints.
  package var trace: @Sendable (_ line: String) -> Void
  /// What random values are a function of; one store has one seed.
  package var seed: [UInt8]

  /// Makes inputs.
  package init(
    readFile: @escaping @Sendable (_ path: String) -> [UInt8]?,
    environment: @escaping @Sendable (_ name: String) -> String?,
    commit: @escaping @Sendable (_ name: String, _ bytes: [UInt8]) -> SecretCommitment,
    libraryFolders: [String] = [], builtinFolder: String? = nil,
    stepLimit: Int = 30_000_000, trace: @escaping @Sendable (_ line: String) -> Void = { _ in },
    seed: [UInt8] = []
  ) {
    self.trace = trace
    self.seed = seed
    self.stepLimit = stepLimit
    self.readFile = readFile
    self.environment = environment
    self.commit = commit
    self.libraryFolders = libraryFolders
    self.builtinFolder = builtinFolder
  }
}
