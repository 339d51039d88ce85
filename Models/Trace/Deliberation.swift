import CloudModel
import Conductor
import Planners
import Prover

/// Answers to the kernel's questions by the planner and the prover, as every world gives them.
enum Deliberation {
  /// The plan that was asked for, or why there is none.
  static func plan(_ request: PlanRequest) -> PlanAnswer {
    switch Planner.plan(
      blueprint: request.blueprint, previous: request.previous, inventory: request.inventory,
      process: request.process)
    {
    case .plan(let plan): .plan(plan)
    case .problems(let problems): .refused(problems.map(\.message))
    }
  }

  /// The proof that was asked for.
  static func proof(_ request: ProofRequest) -> ProofAnswer {
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
    return ProofAnswer(verdicts: lines, certificate: proof.certificate)
  }
}
