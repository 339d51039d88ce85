import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Testing
import Text

/// What the tests of evaluation share.
enum Workshop {
  /// The repository's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

  /// Compiles a file of the repository.
  static func compile(
    file: String, environment: [String: String] = [:], libraryFolders: [String] = [],
    builtinFolder: String? = nil
  ) -> Compilation {
    Ludwig.compile(
      path: root + file,
      inputs: inputs(
        files: [:], environment: environment, libraryFolders: libraryFolders,
        builtinFolder: builtinFolder ?? root + "Library"))
  }

  /// Inputs over given files, and the repository's.
  static func inputs(
    files: [String: String], environment: [String: String] = [:], libraryFolders: [String] = [],
    builtinFolder: String? = nil
  ) -> CompilationInputs {
    CompilationInputs(
      readFile: { path in
        if let text = files[path] { return Array(text.utf8) }
        return FileManager.default.contents(atPath: path).map { [UInt8]($0) }
      }, environment: { environment[$0] },
      commit: { name, bytes in
        SecretCommitment(digest: keyedDigest(of: bytes, key: [1, 2, 3]), name: name)
      }, libraryFolders: libraryFolders, builtinFolder: builtinFolder)
  }

  /// Diagnostics as people read them.
  static func report(_ compilation: Compilation) -> String {
    compilation.diagnostics.map {
      DiagnosticRenderer(sources: compilation.sources).render($0)
    }.joined()
  }
}

@Test func `first light comes to twenty resources and nine invariants`() {
  let compilation = Workshop.compile(
    file: "Scenarios/first-light/main.lw", environment: ["DB_PASSWORD": "hunter2hunter2"])
  #expect(Workshop.report(compilation) == "")
  #expect(compilation.blueprint?.resources.count == 20)
  #expect(compilation.blueprint?.invariants.count == 9)
}

@Test func `three resources make a blueprint`() {
  let compilation = Workshop.compile(file: "Scenarios/first-light/three.lw")
  #expect(Workshop.report(compilation) == "")
  #expect(compilation.blueprint?.resources.map(\.address.text) == ["group", "subnet", "vpc"])
}
