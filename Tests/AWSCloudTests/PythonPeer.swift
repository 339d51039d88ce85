import Foundation

/// Python programs beside these tests that ask boto3.
enum PythonPeer {
  /// The Python that has what a check asks for: the set-up's own, or the machine's; nil for none.
  static func program(_ check: String) throws -> String? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try [root.appending(path: ".build/peers/bin/python").path(), "python3"].first {
      let process = process($0, ["-c", check])
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }

  /// A process that says nothing.
  static func process(_ program: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    return process
  }
}
