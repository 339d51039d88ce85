import CertificateChecker
import Certificates
import CloudModel
import PlanEffects
import Plans
import SMT

/// Decides the claims about one plan.
struct Court {
  let model: EffectModel
  let plan: Plan
  let engine: BoxEngine
  private let witness: Witness
  private let claims: ClaimFlows
  private let account: String
  private let region: String
  private let clerk: Clerk
  private let home = SolverContext()

  init(
    _ model: EffectModel, plan: Plan, baseline: AccountState, resources: [DeclaredResource]
  ) {
    self.model = model
    self.plan = plan
    account = baseline.accountID
    region = baseline.region
    let index = FactIndex(model)
    engine = BoxEngine(index: index, moments: model.moments)
    witness = Witness(index: index, moments: model.moments, home: home)
    claims = ClaimFlows(index, process: plan.process)
    clerk = Clerk(model: model, index: index, plan: plan, resources: resources)
  }

  /// The verdict on a claim, and the argument where it is proved.
  func decide(_ claim: Claim) -> (Verdict, Argument?) {
    switch claim {
    case .never, .only: return networkDoubt.map { (.unknown($0), nil) } ?? forbid(claim)
    case .always: return networkDoubt.map { (.unknown($0), nil) } ?? demand(claim)
    case .forall(let type, let results): return decide(type, results)
    case .nobodyOutside(let action, let resource, let path):
      return decide(action, resource, path)
    }
  }

  /// Why nothing can be said of the network; nil where something can.
  private var networkDoubt: String? {
    if let doubt = model.doubts.first(where: { $0.subject == .network }) {
      guard let edge = doubt.edge else { return doubt.reason }
      return doubt.reason
        + "; let step \(edge.to.index + 1) start after step \(edge.from.index + 1) has settled"
    }
    let index = engine.index
    if let id = index.forwarders.first { return "\(id) forwards packets that are not its own" }
    let bare = index.instances.map(\.content.subnet).first { index.acls[$0] == nil }
    return bare.map { "the network ACL of \($0) is not known" }
  }

  private func forbid(_ claim: Claim) -> (Verdict, Argument?) {
    guard let flows = claims.forbidden(by: claim) else { return (.unknown(namesNothing), nil) }
    var separators: [Separator] = []
    var alerts: [String] = []
    var open: [(flow: Flow, beams: [Beam])] = []
    let found = flows.map { (flow: $0, verdict: engine.decide($0)) }
    let closed = found.filter(\.verdict.needsWitness).map(\.flow)
    let areClosed = witness.areClosed(closed) == true
    for (flow, verdict) in found {
      let isSettled = areClosed && verdict.needsWitness
      if !isSettled, let reason = disagreement(on: flow, verdict) {
        return (.unknown(reason), nil)
      }
      switch verdict {
      case .closed(let separator):
        if !separator.behind.isEmpty { separators.append(separator) }
      case .closing(let separator, _):
        separators.append(separator)
        alerts.append("\(flow.name) was open before; the plan closes it")
      case .open(let beams): open.append((flow, beams))
      case .unknown(let reason): return (.unknown(reason), nil)
      }
    }
    if open.isEmpty { return (.proved(alerts), .separators(separators)) }
    return (.refuted(clerk.opening(open)), nil)
  }

  /// What speaks against the box engine's verdict on a flow; nil where Z3 comes to the same.
  private func disagreement(on flow: Flow, _ verdict: FlowVerdict) -> String? {
    let isSafe: Bool
    switch verdict {
    case .closed(let separator) where separator.behind.isEmpty: return nil
    case .closed, .closing: isSafe = true
    case .open: isSafe = false
    case .unknown: return nil
    }
    guard let answer = witness.isSafe(flow) else { return "Z3 gives up on \(flow.name)" }
    return answer == isSafe ? nil : "box engine and Z3 disagree on \(flow.name)"
  }

  private let namesNothing = "it names something that neither the account nor the plan has"

  private func demand(_ claim: Claim) -> (Verdict, Argument?) {
    let moments = model.moments
    let end = at(moments.end)
    guard let ever = claims.demanded(by: claim) else { return (.unknown(namesNothing), nil) }
    guard let inTheEnd = end.claims.demanded(by: claim), !inTheEnd.isEmpty else {
      return (ever.isEmpty ? .unknown(namesNothing) : .refuted(clerk.absence()), nil)
    }
    for flow in end.areCarried(inTheEnd) ? [] : inTheEnd {
      switch end.carriage(of: flow) {
      case .carried: continue
      case .unknown(let reason): return (.unknown(reason), nil)
      case .lost(let loss):
        return (.refuted(clerk.loss(loss, of: flow, at: moments.end, isInTheEnd: true)), nil)
      }
    }
    let start = at(moments.start)
    let before = start.claims.demanded(by: claim) ?? []
    let held = Set(before.filter { start.engine.loss(of: $0) == nil }.map(\.name))
    let throughout = Hearing(claims: claims, engine: engine, witness: witness)
    let lasting = ever.filter { held.contains($0.name) }
    for flow in throughout.areCarried(lasting) ? [] : lasting {
      switch throughout.carriage(of: flow) {
      case .carried: continue
      case .unknown(let reason): return (.unknown(reason), nil)
      case .lost(let loss):
        let moment = moments.closure(of: loss.lost.first?.moments.inForce ?? [])
        return (.refuted(clerk.loss(loss, of: flow, at: moment, isInTheEnd: false)), nil)
      }
    }
    return (.proved([]), .evaluated)
  }

  /// The same for one moment alone.
  private func at(_ moment: StepSet) -> Hearing {
    let still = model.at(moment)
    let index = FactIndex(still)
    return Hearing(
      claims: ClaimFlows(index, process: plan.process),
      engine: BoxEngine(index: index, moments: still.moments),
      witness: Witness(index: index, moments: still.moments, home: home))
  }

  private func decide(_ type: String, _ results: [PredicateResult]) -> (Verdict, Argument?) {
    if let bad = results.first(where: { $0.holds == false }) {
      let hop = Hop(
        text: "\(bad.address) is declared here", origin: bad.origin, step: nil, isDecisive: true)
      return (
        .refuted(
          Counterexample(
            summary: "It does not hold of \(bad.address).", packet: nil, path: [hop], inForce: [],
            openAfter: nil, failsInTheEnd: true, closedBy: [], wayOut: [])), nil
      )
    }
    if let open = results.first(where: { $0.holds == nil }) {
      return (.unknown("of \(open.address) it depends on what is known only later"), nil)
    }
    return (.proved([]), .evaluated)
  }

  private func decide(
    _ action: String, _ resource: ResourceAddress, _ path: String
  ) -> (Verdict, Argument?) {
    let access = OutsideAccess(model, account: account, region: region, process: plan.process)
    let findings = access.findings(action: action, resource: resource, path: path)
    guard let first = findings.first else { return (.proved([]), .evaluated) }
    if let counterexample = clerk.access(findings, resource: resource) {
      return (.refuted(counterexample), nil)
    }
    return (.unknown(first.sentence), nil)
  }
}
