import CloudModel
package import Conductor
import Planners
import Prover

/// Answers to the kernel's questions, by pure functions: the same in every world.
package enum Deliberation {
  /// Makes the plan that was asked for.
  package static func answer(_ request: PlanRequest) -> PlanAnswer {
    let planning = Planner.plan(
      blueprint: request.blueprint, previous: request.previous, inventory: request.inventory,
      process: request.process)
    switch planning {
    case .plan(let plan): return .plan(plan)
    case .problems(let problems): return .refused(problems.map(\.message))
    }
  }

  /// Proves what was asked for.
  package static func answer(_ request: ProofRequest) -> ProofAnswer {
    let proof = Prover.prove(
      plan: request.plan, baseline: request.inventory.account, invariants: request.invariants)
    let lines = proof.verdicts.map { verdict in
      switch verdict.verdict {
      case .proved:
        ProofLine(title: verdict.invariant.title, verdict: .proved, reason: "")
      case .refuted(let counterexample):
        ProofLine(
          title: verdict.invariant.title, verdict: .refuted, reason: counterexample.summary)
      case .unknown(let reason):
        ProofLine(title: verdict.invariant.title, verdict: .unknown, reason: reason)
      }
    }
    return ProofAnswer(verdicts: lines, certificate: proof.certificate)
  }
}
