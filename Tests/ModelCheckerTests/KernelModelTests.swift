import ModelChecker
import Models
import Testing

/// The kernel in its small world. A run in a release build of `fugue model-check` covers the larger
/// scopes.
@Suite struct KernelModelTests {
  @Test func `without faults the kernel gets there by one way alone`() {
    var scope = KernelScope(crashes: 0, lostReplies: 0, edits: 0)
    scope.looksAtOnce = true
    let report = explore(KernelSystem(scope))
    #expect(report.holds, "\(report)")
    #expect(report.isExhausted)
    #expect(report.distinct == report.depth)
  }

  @Test func `with one crash, one lost reply and one edit anywhere, every claim holds`() {
    let report = explore(KernelSystem(.wholeLooks))
    #expect(report.holds, "\(report)")
    #expect(report.isExhausted)
    #expect(report.distinct > 10_000)
    #expect(
      report.neverTaken == [
        "stale read", "prover gives up", "carry out twice", "the cloud by itself",
        "crash tearing a record", "sleep", "awake", "echo", "old proof", "lease", "late proof",
        "throttling", "answer to a former question", "denial", "breakdown", "read refused",
      ])
  }

  @Test(arguments: [
    "kernel-undone", "kernel-guarded", "kernel-lease", "kernel-window", "kernel-beyond-window",
    "kernel-dropped", "kernel-again", "kernel-machine-replaced", "kernel-machine-ended",
    "kernel-named", "kernel-whole", "kernel-replace", "kernel-elsewhere", "kernel-emptied",
    "kernel-emptied-approved", "kernel-guarded-moved", "kernel-protected", "kernel-approved",
    "kernel-undone-approved", "kernel-stubborn", "kernel-periodic", "kernel-failing",
    "kernel-killed-stale", "kernel-late", "kernel-risen", "kernel-denied-named", "kernel-alone",
    "kernel-adopted", "kernel-inline-undone", "kernel-reopened", "kernel-replace-killed",
  ])
  func `a small model comes to what is expected of it`(_ name: String) throws {
    let model = try #require(ModelRegistry.find(name))
    let report = model.run(SearchLimits())
    #expect(model.isAsExpected(report), "\(report)")
    #expect(model.mustFail || report.isExhausted)
  }

  @Test(arguments: ["kernel-undone-crash", "kernel-torn", "kernel-lease", "kernel-old-proof"])
  func `kernels that differ have different canonical bytes`(_ name: String) throws {
    let scopes: [String: KernelScope] = [
      "kernel-undone-crash": .undoingCrash, "kernel-torn": .torn, "kernel-lease": .lease,
      "kernel-old-proof": .oldProof,
    ]
    let system = KernelSystem(try #require(scopes[name]))
    _ = explore(system)
    let bytes = system.kernelBytes
    #expect(bytes.count > 900)
    #expect(Set(bytes).count == bytes.count)
  }

  @Test func `with reads step by step and one crash, every claim holds`() {
    let report = explore(KernelSystem(KernelScope(crashes: 1, lostReplies: 0, edits: 0)))
    #expect(report.holds, "\(report)")
    #expect(report.isExhausted)
  }

  @Test func `with stale reads, repetitions and a prover that gives up, every claim holds`() {
    var scope = KernelScope.staleAndTwice
    scope.lostReplies = 0
    let report = explore(KernelSystem(scope))
    #expect(report.holds, "\(report)")
    #expect(report.isExhausted)
  }

  @Test func `what is killed is gone`() {
    var scope = KernelScope.killing
    scope.lostReplies = 0
    let report = explore(KernelSystem(scope))
    #expect(report.holds, "\(report)")
    #expect(report.isExhausted)
  }

  @Test(arguments: KernelScope.planted.map(\.name))
  func `a planted bug changes the verdict, and the right kernel passes the same scope`(
    name: String
  ) throws {
    let planted = try #require(KernelScope.planted.first { $0.name == name })
    let broken = explore(KernelSystem(planted.scope))
    let violation = try #require(broken.violation, "\(planted.what) is not found:\n\(broken)")
    guard case .violated(let trace, _) = violation.verdict else { return }
    #expect(!trace.steps.isEmpty)
    var right = planted.scope
    right.mutations = []
    let report = explore(KernelSystem(right))
    #expect(report.holds, "\(report)")
    #expect(report.isExhausted)
  }

  @Test func `the same search finds the same`() {
    let scope = KernelScope(crashes: 1, lostReplies: 0, edits: 1)
    let limits = SearchLimits(states: 1500)
    #expect(
      explore(KernelSystem(scope), limits: limits)
        == explore(KernelSystem(scope), limits: limits))
  }
}
