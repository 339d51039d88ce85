import CloudModel
import Conductor
import Determinism
import Journal
import Runtime
import Simulator
import Testing

struct CrashTests {
  #if DEBUG
    static let compositions = ["two", "three"]
  #else
    static let compositions = ["two", "three", "ten"]
  #endif

  @Test(arguments: compositions)
  func `a crash before or after any write or call does no harm`(_ name: String) throws {
    let blueprint = try #require(Compositions.named[name])
    var plain = Bench()
    plain.apply(blueprint)
    plain.mustRest()
    let points = plain.world.crashPoints
    #expect(points > 20)
    for point in 0..<points {
      var bench = Bench()
      bench.world.crashPlan = SimulatedWorld.CrashPlan(points: [point])
      bench.apply(blueprint)
      let rests = bench.rest()
      if bench.world.conductor.ledger.processes.isEmpty {
        bench.apply(blueprint)
        bench.mustRest()
      }
      #expect(rests && bench.faultsOfEnd(blueprint) == [], "crash point \(point)")
    }
  }

  @Test func `the fold of a journal that went through bytes is the living ledger`() throws {
    var bench = Bench(seed: 5, faults: .rough)
    bench.apply(Compositions.ten)
    bench.world.run(until: .zero + .minutes(4))
    var bytes: [UInt8] = []
    for record in bench.world.journal { bytes += try JournalCoding.frame(record) }
    let read = try JournalCoding.readAll(bytes)
    #expect(read.records == bench.world.journal)
    #expect(Ledger(read.records) == bench.world.conductor.ledger)
  }

  @Test func `a torn or damaged tail is cut, and damage before it is an error`() throws {
    var bench = Bench()
    bench.apply(Compositions.two)
    bench.mustRest()
    let records = Array(bench.world.journal.prefix(4))
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for record in records {
      bytes += try JournalCoding.frame(record)
      ends.append(bytes.count)
    }
    for length in stride(from: ends[2] + 1, to: bytes.count, by: 7) {
      let read = try JournalCoding.readAll(Array(bytes.prefix(length)))
      #expect(read.records == Array(records.prefix(3)))
      #expect(read.length == ends[2])
    }
    var tail = bytes
    tail[bytes.count - 20] ^= 1
    #expect(try JournalCoding.readAll(tail).records.count == 3)
    var middle = bytes
    middle[ends[0] + 20] ^= 1
    #expect(throws: JournalCoding.Failure.damaged) { try JournalCoding.readAll(middle) }
  }
}
