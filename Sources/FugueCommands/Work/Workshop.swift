import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import LudwigEvaluator
import Store
import Synchronization
import Text

/// Compiles for commands: files, environment and vault in, a blueprint or printed mistakes out.
final class Workshop: Sendable {
  private let vaultBox: Mutex<Vault>
  private let terminal = Terminal.standard
  private let libraries: LibraryOptions
  private let namesSecretsOnly: Bool
  private let askedBox = Mutex<[String: String]>([:])

  /// Makes a workshop whose secrets are committed to with a vault's key.
  ///
  /// - Parameters:
  ///   - namesSecretsOnly: Whether what stands for a secret depends on its name alone: always the
  ///     same, and of no use for finding the value. Nothing that is compiled so can be applied.
  init(
    _ libraries: LibraryOptions, vault: Vault = Vault(), namesSecretsOnly: Bool = false
  ) {
    self.libraries = libraries
    self.namesSecretsOnly = namesSecretsOnly
    vaultBox = Mutex(vault)
  }

  /// The vault with the secrets that compiling met.
  var vault: Vault { vaultBox.withLock { $0 } }

  /// The files that were asked for so far, whether they are there or not, with their stamps from
  /// before they were read.
  var asked: [String: String] { askedBox.withLock { $0 } }

  /// Compiles a composition; mistakes are printed, as text or as JSON, and end the command.
  func blueprint(_ path: String, asJSON: Bool = false) throws(CommandFailure) -> Blueprint {
    let compilation = compile(path: path, inputs: inputs)
    show(compilation.diagnostics, compilation.sources, asJSON: asJSON)
    guard let blueprint = compilation.blueprint else { throw CommandFailure(.usage) }
    return blueprint
  }

  /// Compiles a composition as if its file had other bytes; nil, without a word, where there are
  /// mistakes.
  func blueprint(_ path: String, reading bytes: [UInt8]) -> Blueprint? {
    var inputs = inputs
    let read = inputs.readFile
    inputs.readFile = { $0 == path ? bytes : read($0) }
    inputs.trace = { _ in }
    return compile(path: path, inputs: inputs).blueprint
  }

  /// Reads one value of a sheet; mistakes are printed and end the command.
  func value(_ path: String, binding: String) throws(CommandFailure) -> Value {
    let compilation = data(path: path, binding: binding, inputs: inputs)
    show(compilation.diagnostics, compilation.sources)
    guard let value = compilation.value else { throw CommandFailure(.usage) }
    return value
  }

  /// Compiles a sheet to what its source declares; mistakes are printed and end the command.
  func graph(_ path: String, asJSON: Bool) throws(CommandFailure) -> SourceGraph {
    let compilation = Ludwig.graph(path: path, inputs: inputs)
    show(compilation.diagnostics, compilation.sources, asJSON: asJSON)
    guard let graph = compilation.graph else { throw CommandFailure(.usage) }
    return graph
  }

  /// Runs a sheet's tests; nil, after mistakes are printed, where it does not compile.
  func tests(_ path: String, where isWanted: (String) -> Bool) -> [SheetTest]? {
    let run = runTests(path: path, inputs: inputs, where: isWanted)
    show(run.diagnostics, run.sources)
    return run.diagnostics.contains { $0.severity == .error } ? nil : run.tests
  }

  private var isColored: Bool { terminal.isColored && isatty(STDERR_FILENO) == 1 }

  private func show(_ diagnostics: [Diagnostic], _ sources: SourceSet, asJSON: Bool = false) {
    guard !asJSON else {
      guard !diagnostics.isEmpty else { return }
      let all = JSON.object([
        JSON.Member("format", .string("fugue.diagnostics/1")),
        JSON.Member("diagnostics", .array(diagnostics.map { $0.json(sources) })),
      ])
      return terminal.complain(all.text(isPretty: true))
    }
    let renderer = DiagnosticRenderer(sources: sources, isColored: isColored)
    for diagnostic in diagnostics { terminal.complain(renderer.render(diagnostic)) }
    let count = diagnostics.count { $0.severity == .error }
    if count > 0 { terminal.complain(count == 1 ? "1 mistake." : "\(count) mistakes.") }
  }

  private var inputs: CompilationInputs {
    let environment = ProcessInfo.processInfo.environment
    // Each folder once, since each is looked through for every module.
    var seen: Set<String> = []
    let searched = (environment["LUDWIG_PATH"] ?? "").split(separator: ":").map(String.init)
      .filter { seen.insert($0).inserted && SheetFiles.isFolder($0) }
    var inputs = CompilationInputs(
      readFile: { path in
        let stamp = FileWatcher.stamp(path)
        self.askedBox.withLock { $0[path] = $0[path] ?? stamp }
        return SheetFiles.contents(path)
      },
      environment: { environment[$0] },
      commit: { name, bytes in
        if self.namesSecretsOnly {
          return SecretCommitment(digest: Digest(of: Array(name.utf8)), name: name)
        }
        return self.vaultBox.withLock { $0.commit(name: name, value: bytes) }
      },
      libraryFolders: libraries.folders + searched, builtinFolder: libraries.builtin,
      trace: { [terminal] line in terminal.complain(line) },
      seed: Array((environment["FUGUE_SEED"] ?? "").utf8))
    inputs.validationModules = libraries.validationModules
    if let steps = libraries.steps { inputs.stepLimit = steps }
    return inputs
  }
}
