import CloudModel
import Conductor
import Determinism
import Journal
import Runtime
import Simulator
import Testing

/// Kernels that share a store: one leads at a time.
struct LeaseTests {
  private func started(_ number: Int) -> JournalRecord {
    JournalRecord(
      at: .zero, fence: number, entry: .started(incarnation: number, window: .seconds(60)))
  }

  @Test func `a store takes nothing from a kernel that another has taken over from`() {
    var ledger = Ledger([started(0)])
    let late = JournalRecord(
      at: .zero, fence: 0, entry: .applied(process: "dev", Compositions.two, .none))
    #expect(ledger.accepts(late))
    ledger.apply(started(1))
    #expect(!ledger.accepts(late))
    #expect(!ledger.accepts(started(1)))
    let before = ledger
    ledger.apply(late)
    #expect(ledger == before)
  }

  @Test func `records of before there were tokens are read, and count`() throws {
    let record = JournalRecord(
      at: .zero, entry: .applied(process: "dev", Compositions.two, .none))
    var offset = 0
    let read = try JournalCoding.read(try JournalCoding.frame(record), at: &offset)
    #expect(read == record && read.fence == nil)
    #expect(Ledger([started(3)]).accepts(read))
  }

  @Test func `a kernel asks for the lease when it starts a step, and gets there by short ones`() {
    var settings = KernelSettings()
    settings.leaseTerm = .seconds(3)
    let account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    var world = SimulatedWorld(
      cloud: SimulatedCloud(account: account, seed: Seed(1)), settings: settings)
    world.send(.apply(alias: "dev", Compositions.two, .none))
    let rests = world.runUntilQuiescent(limit: .zero + .minutes(60))
    #expect(rests)
    #expect(world.conductor.phase(of: "dev") == .enforcing)
    #expect(world.conductor.leasedUntil > .zero)
  }

  @Test func `a kernel that hears that another leads does nothing any more`() {
    var kernel = Conductor()
    let started = kernel.handle(Event(at: .zero, .restarted))
    let deposed = kernel.handle(Event(at: .zero, .lease(.deposed)))
    let apply = Command.apply(alias: "dev", Compositions.two, .none)
    let applied = kernel.handle(Event(at: .zero, .command(apply)))
    #expect(!started.isEmpty && deposed.isEmpty && applied.isEmpty)
  }
}
