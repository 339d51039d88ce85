import Canon
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Foundation
import Journal
import Planners
import Plans
import Runtime
import Simulator
import Store
import Testing

struct EmbeddedWorldTests {
  private func folder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("fugue-\(UUID().uuidString)")
      .path
  }

  /// Runs `fugue apply` up to so many events, then ends without a word; whether it came to rest.
  private func apply(_ blueprint: Blueprint?, in path: String, events: Int) throws -> Bool {
    let folder = try StateFolder(path: path)
    let account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    let fresh = SimulatedCloud(account: account, seed: Seed(1), faults: .real)
    var world = try EmbeddedWorld(
      folder: folder, fresh: fresh, vault: Vault(), crashAt: nil, onReport: { _ in })
    try world.start()
    if let blueprint { try world.send(.apply(alias: "dev", blueprint, .none)) }
    var seen = 0
    return try world.run {
      seen += 1
      return seen > events
    }
  }

  private func account(in path: String) throws -> AccountState {
    let fresh = SimulatedCloud(
      account: AccountState(accountID: "", region: ""), seed: Seed(1))
    return try EmbeddedAccount(path: path + "/cloud.sqlite", fresh: fresh).cloud.account
  }

  @Test(arguments: [0, 1, 5, 15, 22, 30, 45, 60, 90])
  func `what was left in the middle goes on where it was`(_ events: Int) throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let first = try apply(Compositions.three, in: path, events: events)
    for round in 1...60 where !first {
      if try apply(nil, in: path, events: events + 20 * round) { break }
    }
    let account = try account(in: path)
    #expect(account.owners(process: "dev") == ["app", "net", "web"])
    let records = try JournalStore(path: path + "/state.sqlite").records()
    #expect(JournalAudit(records, window: KernelSettings().settleWindow).faults == [])
    let process = try #require(Ledger(records).processes.first)
    guard case .steady = process.standing else {
      Issue.record("it stands at \(process.standing)")
      return
    }
  }

  @Test func `a second apply writes nothing to the cloud`() throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try apply(Compositions.two, in: path, events: .max))
    let before = try account(in: path)
    #expect(try apply(Compositions.two, in: path, events: .max))
    #expect(try account(in: path) == before)
  }

  @Test func `a damaged journal is an answer, not a crash`() throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try apply(Compositions.two, in: path, events: 30) == false)
    let file = path + "/state.sqlite"
    try Data(repeating: 0x2A, count: 9000).write(to: URL(fileURLWithPath: file))
    for leftover in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: file + leftover)
    }
    #expect(throws: StoreFailure.self) { try JournalStore(path: file).records() }
  }

  @Test func `a folder has one worker at a time`() throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let held = try StateFolder(path: path)
    #expect(throws: StoreFailure.busy(path: path)) { try StateFolder(path: path) }
    #expect(held.path == path)
  }
}
