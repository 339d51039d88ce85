import Foundation
import Testing

/// Python programs beside these tests that ask botocore.
enum Peer {
  /// Runs a program with something to read.
  ///
  /// - Parameter script: Its path below this folder's parent.
  /// - Returns: The lines that it printed; nil, after a word, where botocore is not to be had.
  static func python(_ script: String, input: String) throws -> [String]? {
    guard let program = try program() else {
      print("botocore 1.43.11 is not installed for python3: nothing was compared with it")
      return nil
    }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let given = FileManager.default.temporaryDirectory.appending(path: "given-\(UUID())")
    let got = FileManager.default.temporaryDirectory.appending(path: "got-\(UUID())")
    try Data(input.utf8).write(to: given)
    try Data().write(to: got)
    defer {
      try? FileManager.default.removeItem(at: given)
      try? FileManager.default.removeItem(at: got)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program, folder.appending(path: script).path()]
    process.standardInput = try FileHandle(forReadingFrom: given)
    process.standardOutput = try FileHandle(forWritingTo: got)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(script) failed")
    return String(decoding: try Data(contentsOf: got), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// The Python that has botocore: the set-up's own, or the machine's; nil for none.
  private static func program() throws -> String? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try [root.appending(path: ".build/peers/bin/python").path(), "python3"].first { name in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        name, "-c", "import botocore; assert botocore.__version__ == '1.43.11'",
      ]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }
}
