import ModelChecker
import Models
import Synchronization
import Testing

/// A folder of files in memory, which counts what is in them.
final class MemoryFolder: SpillFolder {
  final class File: SpillFile {
    private let folder: MemoryFolder
    private var bytes: [UInt8] = []

    init(_ folder: MemoryFolder) { self.folder = folder }

    var byteCount: Int { bytes.count }

    func append(_ bytes: [UInt8]) throws(SpillFailure) {
      folder.written += bytes.count
      if folder.written > folder.room { throw SpillFailure("there is no room") }
      self.bytes += bytes
    }

    func read(at offset: Int, count: Int) throws(SpillFailure) -> [UInt8] {
      Array(bytes[offset..<min(offset + count, bytes.count)])
    }

    func remove() {
      bytes = []
      folder.open -= 1
    }
  }

  var open = 0
  var written = 0
  let room: Int

  init(room: Int = .max) { self.room = room }

  func newFile() throws(SpillFailure) -> any SpillFile {
    open += 1
    return File(self)
  }
}

@Suite struct SpillTests {
  /// A search in a tiny budget of memory, which must leave no file behind.
  private func spilled(
    _ system: some TransitionSystem & Sendable, memory: Int,
    limits: SearchLimits = SearchLimits()
  ) -> ModelReport {
    let folder = MemoryFolder()
    let report = explore(system, limits: limits, spill: Spill(memory: memory, folder: folder))
    #expect(folder.open == 0)
    return report
  }

  @Test(arguments: [1 << 16, 1 << 18, 1 << 26])
  func `a search on disk counts what a search in memory counts`(_ memory: Int) {
    let system = TwoPhase(managers: 5, claimsEnds: false)
    let whole = explore(system)
    let report = spilled(system, memory: memory)
    #expect(report.distinct == 8832)
    #expect(report.generated == 58_146)
    #expect(report.depth == 17)
    #expect(report.terminal == whole.terminal)
    #expect(report.verdicts == whole.verdicts)
    #expect(report.coverage == whole.coverage)
    #expect(report.isExhausted)
    #expect((report.bytesOnDisk > 0) == (memory <= 1 << 18))
  }

  @Test func `with symmetry it counts the same, too`() {
    let system = UpToSymmetry(TwoPhase(managers: 5, claimsEnds: false))
    #expect(spilled(system, memory: 1).distinct == 314)
  }

  @Test func `a system with long ways is searched the same`() {
    let system = SingleCopyRegister(clients: 3)
    let (whole, report) = (explore(system), spilled(system, memory: 1 << 16))
    #expect(whole.distinct == 4_243)
    #expect(report.bytesOnDisk > 0)
    #expect(
      [report.distinct, report.generated, report.depth]
        == [whole.distinct, whole.generated, whole.depth])
    #expect(report.verdicts == whole.verdicts)
  }

  @Test func `a trace is as short as that of a search in memory, and replays`() throws {
    let system = TwoPhase(managers: 3, isHasty: true, claimsEnds: false)
    let (whole, report) = (explore(system), spilled(system, memory: 1))
    guard case .violated(let expected, let why)? = whole.violation?.verdict,
      case .violated(let found, let reason)? = report.violation?.verdict
    else {
      Issue.record("both must find the mistake")
      return
    }
    #expect(found.steps.count == expected.steps.count)
    #expect(why == reason)
    #expect(Trace(code: found.code, in: system) == found)
  }

  @Test func `a limit of states ends it early`() {
    let report = spilled(
      TwoPhase(managers: 5, claimsEnds: false), memory: 1, limits: SearchLimits(states: 1_000))
    #expect(!report.isExhausted)
    #expect(report.distinct >= 1_000)
    #expect(report.verdicts.allSatisfy { $0.verdict == .unknown || $0.verdict == .holds })
  }

  @Test func `a full disk ends it, and nothing is claimed`() {
    let folder = MemoryFolder(room: 20_000)
    let report = explore(
      TwoPhase(managers: 5, claimsEnds: false), spill: Spill(memory: 1, folder: folder))
    #expect(report.refusal == "the disk failed: there is no room")
    #expect(!report.holds && !report.isExhausted)
    #expect(folder.open == 0)
  }

  @Test func `what needs every step is refused`() {
    let spill = Spill(memory: 1, folder: MemoryFolder())
    #expect(explore(TwoPhase(managers: 3), spill: spill).refusal != nil)
    #expect(explore(HygienicPhilosophers(count: 3), spill: spill).refusal != nil)
    #expect(
      explore(
        TwoPhase(managers: 3, claimsEnds: false), checkpoints: Checkpoints(every: 1), spill: spill
      ).refusal != nil)
    #expect(explore(UpToOrder(TokenWorkers(workers: 2, steps: 2)), spill: spill).refusal != nil)
  }
}
