import AWSWire
import Foundation
import Testing

/// The wire held against botocore; `scripts/check-wire` does it with 10,000 values a protocol.
@Suite struct BotocoreTests {
  @Test(arguments: WireProtocol.allCases)
  func `requests and answers are what botocore writes and reads`(speaks: WireProtocol) throws {
    guard try run([python, "-c", "import botocore"]).status == 0 else {
      print("botocore is not installed for \(python): the wire was not held against it")
      return
    }
    let found = try run([
      python, "Tests/Wire/check.py", program, "--protocol", speaks.rawValue, "--count", "1000",
      "--seed", "11",
    ])
    #expect(found.status == 0, "\(found.output.prefix(4000))")
  }

  @Test func `the AWS CLI takes what the server's side answers, and prints it`() throws {
    let check = "import awscli; assert awscli.__version__ == '1.45.11'"
    guard try run([python, "-c", check]).status == 0 else {
      print("awscli 1.45.11 is not installed for \(python): the CLI was not answered")
      return
    }
    let found = try run([python, "Tests/Wire/cli.py", program, "--count", "84", "--seed", "11"])
    #expect(found.status == 0, "\(found.output.prefix(4000))")
  }

  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private var python: String {
    let own = root.appending(path: ".build/peers/bin/python").path()
    return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
  }

  private var program: String {
    let peer = Bundle.main.bundleURL.appending(path: "wire-peer").path()
    return FileManager.default.isExecutableFile(atPath: peer) ? peer : sibling
  }

  /// The program beside the one that runs these tests.
  private var sibling: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "wire-peer").path()
  }

  private func run(_ words: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
