import Canon
package import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Text

/// Compositions that stand in files of the repository, compiled as `fugue` compiles them.
package enum Sheets {
  /// The repository's folder, with a slash at its end.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path()

  /// First light's composition.
  package static func firstLight() throws -> Blueprint {
    try blueprint("Scenarios/first-light/main.lw")
  }

  /// Compiles a composition.
  ///
  /// - Parameters:
  ///   - file: Its path from the repository's folder.
  ///   - libraryFolders: Folders in which sheets are looked for, too.
  ///   - change: A text of the file and what stands there instead.
  package static func blueprint(
    _ file: String, libraryFolders: [String] = [], change: (String, String)? = nil
  ) throws -> Blueprint {
    let inputs = CompilationInputs(
      readFile: { path in
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard let change, path.hasSuffix(file) else { return [UInt8](data) }
        let text = String(decoding: data, as: UTF8.self)
        return Array(text.replacing(change.0, with: change.1).utf8)
      }, environment: { $0 == "DB_PASSWORD" ? "correct horse battery" : nil },
      commit: { name, bytes in
        SecretCommitment(digest: keyedDigest(of: bytes, key: [1, 2, 3]), name: name)
      }, libraryFolders: libraryFolders, builtinFolder: root + "Library")
    let compilation = Ludwig.compile(path: root + file, inputs: inputs)
    guard let blueprint = compilation.blueprint, compilation.diagnostics.isEmpty else {
      let renderer = DiagnosticRenderer(sources: compilation.sources)
      throw SheetMistake(text: compilation.diagnostics.map { renderer.render($0) }.joined())
    }
    return blueprint
  }
}

/// A composition does not compile as it should; what the compiler says.
package struct SheetMistake: Error, CustomStringConvertible {
  let text: String

  package var description: String { text }
}
