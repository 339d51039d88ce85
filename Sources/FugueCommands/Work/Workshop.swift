import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Store
import Synchronization

/// Compiles for commands: files, environment and vault in, a blueprint or printed mistakes out.
final class Workshop: Sendable {
  private let vaultBox: Mutex<Vault>
  private let terminal = Terminal.standard
  private let libraries: LibraryOptions

  /// Makes a workshop whose secrets are committed to with a vault's key.
  init(_ libraries: LibraryOptions, vault: Vault = Vault()) {
    self.libraries = libraries
    vaultBox = Mutex(vault)
  }

  /// The vault with the secrets that compiling met.
  var vault: Vault { vaultBox.withLock { $0 } }

  /// Compiles a composition; mistakes are printed and end the command.
  func blueprint(_ path: String) throws(CommandFailure) -> Blueprint {
    let compilation = compile(path: path, inputs: inputs)
    show(
      compilation.diagnostics,
      DiagnosticRenderer(sources: compilation.sources, isColored: isColored))
    guard let blueprint = compilation.blueprint else { throw CommandFailure(.usage) }
    return blueprint
  }

  /// Reads one value of a sheet; mistakes are printed and end the command.
  func value(_ path: String, binding: String) throws(CommandFailure) -> Value {
    let compilation = data(path: path, binding: binding, inputs: inputs)
    show(
      compilation.diagnostics,
      DiagnosticRenderer(sources: compilation.sources, isColored: isColored))
    guard let value = compilation.value else { throw CommandFailure(.usage) }
    return value
  }

  private var isColored: Bool { terminal.isColored && isatty(STDERR_FILENO) == 1 }

  private func show(_ diagnostics: [Diagnostic], _ renderer: DiagnosticRenderer) {
    for diagnostic in diagnostics { terminal.complain(renderer.render(diagnostic)) }
    let count = diagnostics.count { $0.severity == .error }
    if count > 0 { terminal.complain(count == 1 ? "1 mistake." : "\(count) mistakes.") }
  }

  private var inputs: CompilationInputs {
    let environment = ProcessInfo.processInfo.environment
    let searched = environment["LUDWIG_PATH"]?.split(separator: ":").map(String.init) ?? []
    return CompilationInputs(
      readFile: { path in FileManager.default.contents(atPath: path).map { Array($0) } },
      environment: { environment[$0] },
      commit: { name, bytes in
        self.vaultBox.withLock { $0.commit(name: name, value: bytes) }
      },
      libraryFolders: libraries.folders + searched, builtinFolder: libraries.builtin,
      trace: { [terminal] line in terminal.complain(line) },
      seed: Array((environment["FUGUE_SEED"] ?? "").utf8))
  }
}
