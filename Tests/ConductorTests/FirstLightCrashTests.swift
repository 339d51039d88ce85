import CloudModel
import Conductor
import Determinism
import Journal
import Runtime
import Simulator
import TestSupport
import Testing

/// The kernel dies anywhere while first light is made.
struct FirstLightCrashTests {
  /// How many crash points lie between two that are tried.
  #if DEBUG
    static let stride = 40
  #else
    static let stride = 1
  #endif

  /// A world just before the event in which some crash points lie.
  private struct Fork: Sendable {
    let bench: Bench
    let points: [Int]
    /// Whether the event is the command, which the person repeats where it was not durable.
    var isCommand = false
  }

  @Test func `a crash before or after any write, call or commit of first light does no harm`()
    async throws
  {
    let blueprint = try Sheets.firstLight()
    let memory = ProofMemory()
    let forks = try forks(of: blueprint, memory)
    let points = forks.reduce(0) { $0 + $1.points.count }
    await withTaskGroup(of: [String].self) { group in
      for worker in 0..<2 {
        group.addTask {
          var faults: [String] = []
          for (place, fork) in forks.enumerated() where place % 2 == worker {
            for point in fork.points {
              faults += Self.faults(of: fork, crashingAt: point, blueprint)
            }
          }
          return faults
        }
      }
      for await faults in group { #expect(faults == []) }
    }
    print("first light: crashed at \(points) points; \(memory.count) different proofs")
    #expect(points * Self.stride > 1_000)
  }

  /// Carries first light out, and keeps the world as it was before each event with crash points.
  private func forks(of blueprint: Blueprint, _ memory: ProofMemory) throws -> [Fork] {
    var bench = Bench { memory.answer($0) }
    var forks: [Fork] = []
    func keep(_ before: Bench, _ after: Bench, isCommand: Bool = false) {
      let points = (before.world.crashPoints..<after.world.crashPoints).filter {
        $0 % Self.stride == 0
      }
      if !points.isEmpty { forks.append(Fork(bench: before, points: points, isCommand: isCommand)) }
    }
    let fresh = bench
    bench.apply(blueprint)
    keep(fresh, bench, isCommand: true)
    while !bench.world.conductor.isQuiescent {
      let before = bench
      guard bench.world.step() else { break }
      keep(before, bench)
    }
    #expect(bench.faultsOfEnd(blueprint) == [])
    return forks
  }

  /// What is wrong in the end after a crash at a point, in sentences that name it.
  private static func faults(
    of fork: Fork, crashingAt point: Int, _ blueprint: Blueprint
  ) -> [String] {
    var bench = fork.bench
    bench.world.crashPlan = SimulatedWorld.CrashPlan(points: [point])
    var faults: [String] = []
    if fork.isCommand { bench.apply(blueprint) }
    while bench.world.crashes == 0, bench.world.step() {}
    if fork.isCommand, bench.rest(), bench.world.conductor.ledger.processes.isEmpty {
      bench.apply(blueprint)
    }
    if !bench.rest() { faults.append("it does not come to rest") }
    if bench.world.crashes != 1 { faults.append("it crashed \(bench.world.crashes) times") }
    if bench.world.conductor.phase(of: bench.alias) != .enforcing { faults.append("not enforced") }
    faults += bench.faultsOfEnd(blueprint)
    return faults.map { "crash point \(point): \($0)" }
  }
}
