import Canon
import Certificates
import CloudModel
import Conductor
import PlanEffects
import Plans
import Runtime
import Synchronization

/// The real prover, asked once for each plan, baseline and list of invariants: worlds that went the
/// same way up to a crash ask the same.
final class ProofMemory: Sendable {
  private struct Key: Hashable {
    let plan: Digest
    let baseline: Digest
    let invariants: Digest
  }

  private let answers = Mutex<[Key: ProofAnswer]>([:])

  /// How many different proofs were asked for.
  var count: Int { answers.withLock { $0.count } }

  /// The prover's answer.
  func answer(_ request: ProofRequest) -> ProofAnswer {
    let key = Key(
      plan: request.plan.digest, baseline: request.inventory.account.proofDigest,
      invariants: Certificate.digest(of: request.invariants))
    if let known = answers.withLock({ $0[key] }) { return known }
    let answer = Deliberation.answer(request)
    answers.withLock { $0[key] = answer }
    return answer
  }
}
