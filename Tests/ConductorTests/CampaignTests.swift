import CloudModel
import Conductor
import Determinism
import Simulator
import Testing

/// A thousand seeds with everything going wrong. Each failure names its seed.
struct CampaignTests {
  static let chunks = 10
  #if DEBUG
    static let seedsPerChunk = 5
  #else
    static let seedsPerChunk = 100
  #endif

  @Test func `whatever goes wrong, the end is right`() async {
    var fired: [String: Int] = [:]
    await withTaskGroup(of: [(UInt64, Trial.Outcome)].self) { group in
      for chunk in 0..<Self.chunks {
        group.addTask {
          (0..<Self.seedsPerChunk).map { offset in
            let seed = UInt64(chunk * Self.seedsPerChunk + offset + 1)
            return (seed, Trial(seed: seed, blueprint: Compositions.of(seed)).run())
          }
        }
      }
      for await outcomes in group {
        for (seed, outcome) in outcomes {
          for (kind, count) in outcome.fired where count > 0 { fired[kind, default: 0] += 1 }
          #expect(outcome.faultsOfEnd == [], "seed \(seed)")
        }
      }
    }
    let seeds = Self.chunks * Self.seedsPerChunk
    for kind in FaultKind.allCases.map(\.rawValue) + ["crash", "drift"] {
      print("\(kind): fired in \(fired[kind] ?? 0) of \(seeds) seeds")
      #expect((fired[kind] ?? 0) * 10 >= seeds, "\(kind) fires in a tenth of the seeds")
    }
  }
}
