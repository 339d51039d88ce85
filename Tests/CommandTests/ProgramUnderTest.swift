import Foundation
import Testing

/// The built `fugue` program, run as a user would, in a folder of its own.
struct ProgramUnderTest {
  /// What a run came to.
  struct Run {
    /// The exit code; of a run that a signal ended, the signal's number.
    let status: Int32
    /// Whether a signal ended it.
    let wasKilled: Bool
    /// Standard output.
    let output: String
    /// Standard error.
    let errors: String

    /// Both outputs, for tests that search them.
    var everything: String { output + errors }
  }

  /// A folder that is this test's own; the program's state is kept in it.
  let folder: URL

  /// Makes a fresh folder.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "fugue-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder.
  func clean() { try? FileManager.default.removeItem(at: folder) }

  /// Removes a file of the folder, where it is there.
  func remove(_ name: String) {
    try? FileManager.default.removeItem(at: folder.appending(path: name))
  }

  /// The repository's root, from this file's place.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the repository, by its path from the root.
  static func file(_ path: String) -> String { root.appending(path: path).path() }

  /// The program, which stands beside the test bundle.
  static var executable: URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "fugue")
  }

  /// Writes a file into the folder.
  func write(_ name: String, _ text: String) throws {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Runs the program and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - environment: Variables besides those that every run gets.
  ///   - input: What it reads from standard input.
  func run(
    _ arguments: [String], environment: [String: String] = [:], input: String = ""
  ) throws -> Run {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    variables["DB_PASSWORD"] = Self.password
    variables.merge(environment) { $1 }
    process.environment = variables
    let streams = try (0..<2).map { index in
      let url = folder.appending(path: ".stream-\(index)-\(UUID().uuidString)")
      try Data().write(to: url)
      return url
    }
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    let pipe = Pipe()
    process.standardInput = pipe
    try process.run()
    pipe.fileHandleForWriting.write(Data(input.utf8))
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    let texts = try streams.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    for url in streams { try FileManager.default.removeItem(at: url) }
    return Run(
      status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal, output: texts[0],
      errors: texts[1])
  }

  /// The database password that every run has; it must never come out anywhere.
  static let password = "hunter2-\u{A7}-correct-horse"
}
