import Canon
import Certificates
import CloudModel
import Conductor
import Determinism
import Journal
import Runtime
import Simulator
import Testing

/// Each planted bug of the kernel is noticed by the same trials that the kernel itself passes.
struct MutationTests {
  @Test(arguments: [
    "callBeforeJournal", "retryUnknownWithoutLooking", "forgetLateReply", "ignoreSettledEdges",
    "deleteBeforeDependents", "resetAttemptsOnRestart", "forgetInFlightOnRestart",
    "trustStaleReads",
  ])
  func `a planted bug is noticed within fifty seeds`(_ name: String) throws {
    let mutation = try #require(KernelMutations.all.first { $0.name == name }?.mutation)
    var noticed: String?
    for seed in 1...50 where noticed == nil {
      let trial = Trial(
        seed: UInt64(seed), blueprint: Compositions.of(UInt64(seed)), mutations: mutation)
      noticed = trial.run().faultsOfEnd.first.map { "seed \(seed): \($0)" }
    }
    print("\(name): \(noticed ?? "not noticed")")
    #expect(noticed != nil)
  }

  private func calls(
    _ mutations: KernelMutations, _ prove: @escaping @Sendable (ProofRequest) -> ProofAnswer
  ) -> Int {
    var settings = KernelSettings()
    settings.mutations = mutations
    settings.rounds = 2
    let account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    var world = SimulatedWorld(
      cloud: SimulatedCloud(account: account, seed: Seed(1)), settings: settings, prove: prove)
    world.send(.apply(alias: "dev", Compositions.two, .none))
    _ = world.runUntilQuiescent(limit: .zero + .minutes(60))
    return world.journal.filter { if case .intent = $0.entry { true } else { false } }.count
  }

  @Test func `no step starts without a certificate for this very plan and account`() {
    let none: @Sendable (ProofRequest) -> ProofAnswer = { _ in
      ProofAnswer(verdicts: [], certificate: nil)
    }
    let ofAnotherPlan: @Sendable (ProofRequest) -> ProofAnswer = { request in
      var answer = Deliberation.answer(request)
      answer.certificate?.plan = Digest(of: "another plan")
      return answer
    }
    let ofAnotherAccount: @Sendable (ProofRequest) -> ProofAnswer = { request in
      var answer = Deliberation.answer(request)
      answer.certificate?.baseline = Digest(of: "another account")
      return answer
    }
    for prove in [none, ofAnotherPlan, ofAnotherAccount] {
      #expect(calls([], prove) == 0)
      #expect(calls(.skipCertificateCheck, prove) > 0)
    }
  }
}
