import AWSCloud
import AWSWire
import Synchronization
import Testing

@Suite struct CredentialKeeperTests {
  private final class Source: Sendable {
    let state = Mutex((now: Int64(0), asked: 0, lifetime: Int64(3_600), fails: false))

    func keeper() -> CredentialKeeper {
      CredentialKeeper(
        now: { SigningMoment(secondsSince1970: self.state.withLock { $0.now }) },
        resolve: { () async throws(CredentialFailure) in
          let (now, asked, lifetime, fails) = self.state.withLock { state in
            state.asked += 1
            return state
          }
          await Task.yield()
          if fails { throw .source("down") }
          return ResolvedCredentials(
            credentials: AWSCredentials(accessKeyID: "K\(asked)", secretAccessKey: "s"),
            expiry: SigningMoment(secondsSince1970: now + lifetime), source: "test")
        })
    }

    func at(_ seconds: Int64) { state.withLock { $0.now = seconds } }
    var asked: Int { state.withLock { $0.asked } }
  }

  @Test func `credentials are kept, and got anew a quarter of an hour before they end`()
    async throws
  {
    let source = Source()
    let keeper = source.keeper()
    for moment: Int64 in [0, 10, 2_699] {
      source.at(moment)
      #expect(try await keeper.current().credentials.accessKeyID == "K1")
    }
    source.at(2_701)
    #expect(try await keeper.current().credentials.accessKeyID == "K2")
  }

  @Test func `while new ones cannot be had the old ones do, until they end`() async throws {
    let source = Source()
    let keeper = source.keeper()
    _ = try await keeper.current()
    source.state.withLock { $0.fails = true }
    source.at(3_000)
    #expect(try await keeper.current().credentials.accessKeyID == "K1")
    // It is not asked again at once.
    source.at(3_030)
    #expect(try await keeper.current().credentials.accessKeyID == "K1")
    #expect(source.asked == 2)
    source.at(3_541)
    await #expect(throws: CredentialFailure.self) { try await keeper.current() }
  }

  @Test func `many callers wait for one answer`() async throws {
    let source = Source()
    let keeper = source.keeper()
    let keys = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 {
        group.addTask { try await keeper.current().credentials.accessKeyID }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(keys == ["K1"] && source.asked == 1)
  }
}
