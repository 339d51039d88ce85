import CertificateChecker
import Certificates
import PlanEffects

/// What is needed to decide a demanded flow: both methods, over the same moments.
struct Hearing {
  let claims: ClaimFlows
  let engine: BoxEngine
  let witness: Witness

  /// What becomes of a demanded flow.
  enum Carriage {
    /// All packets get through and are answered.
    case carried
    /// Some are lost.
    case lost(Loss)
    /// The methods disagree, or one gives up.
    case unknown(String)
  }

  /// What becomes of a flow at every moment, by both methods.
  func carriage(of flow: Flow) -> Carriage {
    let loss = engine.loss(of: flow)
    if flow.start.isEmpty { return loss.map(Carriage.lost) ?? .carried }
    let replies = flow.start.flatMap { engine.answers(to: $0, flow) }
    let there = witness.loses(flow.start, engine.index.stages(of: flow))
    let back = witness.loses(replies, engine.stagesBack(of: flow))
    guard let there, let back else { return .unknown("Z3 gives up on \(flow.name)") }
    if (there || back) != (loss != nil) {
      return .unknown("box engine and Z3 disagree on \(flow.name)")
    }
    return loss.map(Carriage.lost) ?? .carried
  }

  /// Whether both methods find that all of some flows are carried, at every moment.
  func areCarried(_ flows: [Flow]) -> Bool {
    var ways: [(start: [Region], stages: [Stage])] = []
    for flow in flows {
      guard engine.loss(of: flow) == nil else { return false }
      if flow.start.isEmpty { continue }
      ways.append((flow.start, engine.index.stages(of: flow)))
      ways.append(
        (flow.start.flatMap { engine.answers(to: $0, flow) }, engine.stagesBack(of: flow)))
    }
    return witness.losesNone(ways) ?? false
  }
}
