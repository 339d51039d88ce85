import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Testing
import Text

/// Compositions that stand in files.
enum Sheets {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let root = tests.deletingLastPathComponent().deletingLastPathComponent()

  /// First light's composition.
  static func firstLight() throws -> Blueprint {
    try blueprint(at: root.appending(path: "Scenarios/first-light/main.lw"))
  }

  /// A queue, of a type that stands beside it with its planner.
  static func queue() throws -> Blueprint {
    try blueprint(at: tests.appending(path: "Sheets/main.lw"))
  }

  private static func blueprint(at url: URL) throws -> Blueprint {
    let inputs = CompilationInputs(
      readFile: { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } },
      environment: { $0 == "DB_PASSWORD" ? "correct horse battery" : nil },
      commit: { name, bytes in
        SecretCommitment(digest: keyedDigest(of: bytes, key: [1, 2, 3]), name: name)
      }, builtinFolder: root.appending(path: "Library").path())
    let compilation = Ludwig.compile(path: url.path(), inputs: inputs)
    for diagnostic in compilation.diagnostics {
      Issue.record(
        "\(DiagnosticRenderer(sources: compilation.sources).render(diagnostic))")
    }
    return try #require(compilation.blueprint)
  }
}
