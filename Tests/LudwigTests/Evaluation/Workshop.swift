import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Text

/// What the tests of evaluation share.
enum Workshop {
  /// The repository's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

  /// Inputs over given files, and the repository's; library sheets come from `Library/`.
  static func inputs(
    files: [String: String] = [:], environment: [String: String] = [:],
    isHidden: @escaping @Sendable (String) -> Bool = { _ in false }, stepLimit: Int = 1_000_000
  ) -> CompilationInputs {
    CompilationInputs(
      readFile: { path in
        if let text = files[path] { return Array(text.utf8) }
        if isHidden(path) { return nil }
        return FileManager.default.contents(atPath: path).map { [UInt8]($0) }
      }, environment: { environment[$0] },
      commit: { name, bytes in
        SecretCommitment(digest: keyedDigest(of: bytes, key: [1, 2, 3]), name: name)
      }, builtinFolder: root + "Library", stepLimit: stepLimit)
  }

  /// Compiles a file of the repository.
  static func compile(file: String, environment: [String: String] = [:]) -> Compilation {
    Ludwig.compile(path: root + file, inputs: inputs(environment: environment))
  }

  /// Compiles a text.
  static func compile(
    _ text: String, environment: [String: String] = [:],
    isHidden: @escaping @Sendable (String) -> Bool = { _ in false }, stepLimit: Int = 1_000_000
  ) -> Compilation {
    Ludwig.compile(
      path: "here/Main.lw",
      inputs: inputs(
        files: ["here/Main.lw": text], environment: environment, isHidden: isHidden,
        stepLimit: stepLimit))
  }

  /// The value of the binding `it` of a text.
  static func it(_ text: String, stepLimit: Int = 1_000_000) -> DataCompilation {
    Ludwig.data(
      path: "here/Main.lw", binding: "it",
      inputs: inputs(files: ["here/Main.lw": text], stepLimit: stepLimit))
  }

  /// Diagnostics as people read them.
  static func report(_ diagnostics: [Diagnostic], _ sources: SourceSet) -> String {
    diagnostics.map { DiagnosticRenderer(sources: sources).render($0) }.joined()
  }

  /// The codes of a compilation's diagnostics.
  static func codes(_ compilation: Compilation) -> [String] {
    compilation.diagnostics.map(\.code.text)
  }
}
