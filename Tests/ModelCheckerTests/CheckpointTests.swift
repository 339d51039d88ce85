import ModelChecker
import Models
import Testing

@Suite struct CheckpointTests {
  private let system = TwoPhase(managers: 5, claimsEnds: false)

  /// The checkpoints of a search that is stopped at a number of states.
  private func checkpoints(stoppingAt states: Int) -> [[UInt8]] {
    var out: [[UInt8]] = []
    _ = explore(
      system, limits: SearchLimits(states: states),
      checkpoints: Checkpoints(every: 500) { out.append($0) })
    return out
  }

  @Test func `a search that goes on at a checkpoint finds what one without a stop finds`() {
    let whole = explore(system)
    let kept = checkpoints(stoppingAt: 5_000)
    #expect(kept.count > 2)
    for bytes in kept {
      #expect(explore(system, checkpoints: Checkpoints(every: .max, resume: bytes)) == whole)
    }
  }

  @Test func `with symmetry, too`() {
    let folded = UpToSymmetry(system)
    var last: [UInt8]?
    _ = explore(
      folded, limits: SearchLimits(states: 150),
      checkpoints: Checkpoints(every: 40) { last = $0 })
    #expect(last != nil)
    let report = explore(folded, checkpoints: Checkpoints(every: .max, resume: last))
    #expect(report.distinct == 314)
    #expect(report == explore(folded))
  }

  @Test func `what is no checkpoint of the system is refused`() throws {
    let bytes = try #require(checkpoints(stoppingAt: 3_000).last)
    let others = [
      Array(bytes.dropLast()), Array(bytes.dropLast(8)), bytes + bytes, [], [1, 2, 3],
    ]
    for other in others {
      let report = explore(system, checkpoints: Checkpoints(every: .max, resume: other))
      #expect(report.refusal != nil)
      #expect(report.distinct == 0)
    }
    let five = explore(
      TwoPhase(managers: 6, claimsEnds: false), checkpoints: Checkpoints(every: .max, resume: bytes)
    )
    #expect(five.refusal != nil)
  }

  @Test func `claims on ends are refused with checkpoints`() {
    let report = explore(TwoPhase(managers: 3), checkpoints: Checkpoints(every: 10))
    #expect(report.refusal != nil)
  }
}
