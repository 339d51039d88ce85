import CloudModel
import Conductor
import Determinism
import Planners
import Plans
import Prover

/// Plans and proofs, made by the real planner and prover, each once.
extension KernelSystem {
  /// The answer to a request.
  func answer(to number: Int32, at now: Instant) -> Event {
    if let known = answers[number] { return Event(at: now, known) }
    let answer: Event.Kind =
      switch requests[number] {
      case .plan(let request): .planned(request.id, plan(request))
      case .proof(let request): .proved(request.id, prove(request))
      }
    answers[number] = answer
    return Event(at: now, answer)
  }

  /// The certificate in the prover's answer to a request, by number; -1 for none.
  func certificate(for number: Int32) -> Int32 {
    switch answer(to: number, at: .zero).kind {
    case .proved(_, let answer): answer.certificate.map { certificates.number(of: $0) } ?? -1
    case .restarted, .command, .replied, .planned, .lease, .woke: -1
    }
  }

  /// The answer of a prover that could not tell.
  func refusal(of number: Int32, at now: Instant) -> Event {
    switch requests[number] {
    case .plan: return answer(to: number, at: now)
    case .proof(let request):
      let line = ProofLine(title: "", verdict: .unknown, reason: "the prover gave up")
      return Event(at: now, .proved(request.id, ProofAnswer(verdicts: [line], certificate: nil)))
    }
  }

  private func plan(_ request: PlanRequest) -> PlanAnswer {
    var key = request
    key.id = RequestID(process: request.process, serial: 0)
    key.inventory.observedAt = .zero
    if let known = plans[key] { return known }
    let answer: PlanAnswer
    switch Planner.plan(
      blueprint: request.blueprint, previous: request.previous, inventory: request.inventory,
      process: request.process)
    {
    case .plan(let plan): answer = .plan(plan)
    case .problems(let problems): answer = .refused(problems.map(\.message))
    }
    plans[key] = answer
    return answer
  }

  private func prove(_ request: ProofRequest) -> ProofAnswer {
    var key = request
    key.id = RequestID(process: request.plan.process, serial: 0)
    key.inventory.observedAt = .zero
    if let known = proofs[key] { return known }
    let proof = Prover.prove(
      plan: request.plan, baseline: request.inventory.account, invariants: request.invariants)
    let lines = proof.verdicts.map { verdict in
      switch verdict.verdict {
      case .proved: ProofLine(title: verdict.invariant.title, verdict: .proved, reason: "")
      case .refuted(let example):
        ProofLine(title: verdict.invariant.title, verdict: .refuted, reason: example.summary)
      case .unknown(let reason):
        ProofLine(title: verdict.invariant.title, verdict: .unknown, reason: reason)
      }
    }
    let answer = ProofAnswer(verdicts: lines, certificate: proof.certificate)
    proofs[key] = answer
    return answer
  }
}
