import Canon
import CloudModel
import CloudSemantics
import Determinism
import Foundation
import Simulator
import Store
import Testing

@Suite struct EmbeddedAccountTests {
  private let path =
    FileManager.default.temporaryDirectory.appendingPathComponent("fugue-\(UUID())").path
    + "/deep/cloud.sqlite"

  private func open(_ seed: UInt64 = 3, faults: FaultProfile = .none) throws -> EmbeddedAccount {
    try EmbeddedAccount(path: path, fresh: World(seed: seed, faults: faults).cloud)
  }

  private static let createVpc = Call(
    service: "ec2", operation: "CreateVpc", parameters: ["CidrBlock": "10.0.0.0/16"])

  @Test func `a call in flight survives its caller, and is answered to the next one`() throws {
    var first = try open()
    try first.submit(Self.createVpc, id: CallID("a"))
    var second = try open()
    #expect(second.cloud.account.vpcs.isEmpty)
    var events: [CloudEvent] = []
    while let time = second.nextEventTime { events += try second.advance(to: time) }
    #expect(events.map(\.id) == [CallID("a")])
    #expect(try open().cloud.account.vpcs.count == 1)
  }

  @Test func `the file goes on exactly as memory would have`() throws {
    var memory = World(seed: 5, faults: .rough).cloud
    try #expect(open(5, faults: .rough).cloud.history == memory.history)
    for index in 0..<60 {
      // The file is opened anew for each operation, as if the process had been killed.
      var stored = try open()
      let id = CallID("\(index)")
      let call =
        index % 7 == 0
        ? Self.createVpc
        : Call(
          service: "ec2", operation: "CreateSecurityGroup",
          parameters: [
            "GroupName": .string("g\(index)"), "Description": "d",
            "VpcId": .string(memory.account.vpcs.keys.first ?? "vpc-0"),
          ])
      try stored.submit(call, id: id)
      memory.submit(call, id: id, at: memory.now)
      if let time = memory.nextEventTime {
        let expected = memory.advance(to: time)
        #expect(try stored.advance(to: time) == expected)
      }
      #expect(stored.cloud.history == memory.history, "after \(index) operations")
    }
    let reopened = try open().cloud
    #expect(reopened.account == memory.account)
    #expect(reopened.pending == memory.pending)
    #expect(reopened.fired == memory.fired)
  }

  @Test func `two processes on one file see each other's changes`() throws {
    var first = try open()
    var second = try open()
    _ = try first.edit(Self.createVpc)
    _ = try second.edit(Self.createVpc)
    #expect(second.cloud.account.vpcs.count == 2)
    _ = try first.edit(Self.createVpc)
    #expect(first.cloud.account.vpcs.count == 3)
  }

  @Test func `no file holds the text of a secret`() throws {
    var account = try open()
    try account.submit(
      Call(
        service: "secretsmanager", operation: "CreateSecret",
        parameters: ["Name": "db", "SecretString": "correct horse battery"]),
      id: CallID("a"))
    while let time = account.nextEventTime { _ = try account.advance(to: time) }
    #expect(account.cloud.account.secrets["db"]?.valueDigest != nil)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try Data(contentsOf: file)
      #expect(bytes.range(of: Data("correct horse".utf8)) == nil)
    }
  }

  @Test func `a file that is no account is refused with a reason`() throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("this is no database, only some text that is long enough".utf8)
      .write(to: URL(fileURLWithPath: path))
    #expect(throws: EmbeddedAccountError.self) { try open() }
  }
}
