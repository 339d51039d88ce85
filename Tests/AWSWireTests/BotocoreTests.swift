import AWSWire
import Foundation
import Testing

/// The wire held against botocore; `scripts/check-wire` does it with 10,000 values a protocol.
@Suite struct BotocoreTests {
  @Test(arguments: WireProtocol.allCases)
  func `requests and answers are what botocore writes and reads`(speaks: WireProtocol) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let own = root.appending(path: ".build/peers/bin/python").path()
    let python = FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    guard try run([python, "-c", "import botocore"], in: root).status == 0 else {
      print("botocore is not installed for \(python): the wire was not held against it")
      return
    }
    let peer = Bundle.main.bundleURL.appending(path: "wire-peer").path()
    let program = FileManager.default.isExecutableFile(atPath: peer) ? peer : sibling
    let found = try run(
      [
        python, "Tests/Wire/check.py", program, "--protocol", speaks.rawValue, "--count", "1000",
        "--seed", "11",
      ], in: root)
    #expect(found.status == 0, "\(found.output.prefix(4000))")
  }

  /// The program beside the one that runs these tests.
  private var sibling: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "wire-peer").path()
  }

  private func run(_ words: [String], in folder: URL) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
