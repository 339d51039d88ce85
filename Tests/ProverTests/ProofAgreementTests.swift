import Canon
import CertificateChecker
import Certificates
import CloudModel
import CloudSemantics
import Determinism
import PlanEffects
import Plans
import Prover
import Testing

@Suite struct ProofAgreementTests {
  @Test(arguments: 0..<40)
  func `engine, Z3, checker and walker agree on random claims`(seed: Int) throws {
    var network = DrawnNetwork(UInt64(1000 + seed))
    let plan = network.plan(steps: seed % 6)
    let model = EffectModel(of: plan, on: network.account)
    if !model.doubts.isEmpty { return }
    for _ in 0..<4 {
      let invariant = claim(&network)
      let proof = Prover.prove(
        plan: plan, baseline: network.account, invariants: [invariant])
      switch proof.verdicts[0].verdict {
      case .proved:
        let certificate = try #require(proof.certificate)
        let verdict = CertificateChecker.check(
          certificate, plan: plan, invariants: [invariant], baseline: network.account)
        #expect(verdict == .accepted, "seed \(seed): \(invariant.title)")
      case .refuted(let found):
        #expect(proof.certificate == nil)
        try replay(found, invariant, plan, network.account, seed)
      case .unknown(let reason): Issue.record("seed \(seed): \(reason)")
      }
    }
  }

  @Test func `what is drawn has what the engines could see differently`() {
    var counts: SortedMap<String, Int> = [:]
    for seed in 0..<40 {
      let account = DrawnNetwork(UInt64(1000 + seed)).account
      let denials = account.networkACLs.values.flatMap(\.entries).filter { !$0.isAllow }
      let rules = account.securityGroups.values.flatMap { $0.ingress + $0.egress }
      let prefixes = account.routeTables.values.filter { table in
        Set(table.routes.map(\.destination.length)).count > 2
      }
      let isThere = [
        "a deny for what enters": denials.contains { !$0.isEgress },
        "a deny for what leaves": denials.contains(where: \.isEgress),
        "prefixes of three lengths": !prefixes.isEmpty,
        "a rule that names a group": rules.contains {
          if case .group = $0.peer { true } else { false }
        },
      ]
      for (what, isThere) in isThere where isThere { counts[what, default: 0] += 1 }
    }
    #expect(counts.count == 4)
    for (what, count) in counts { #expect(count >= 10, "\(what): \(count) of 40") }
  }

  private func claim(_ network: inout DrawnNetwork) -> Invariant {
    let ids = network.account.instances.keys
    let someone = Endpoint.resource(ResourceAddress(network.pick(ids)))
    let other = Endpoint.resource(ResourceAddress(network.pick(ids)))
    let traffic = network.pick([
      .any, Traffic(.tcp, 443...443), Traffic(.udp, 0...65535), Traffic(.icmp, 0...65535),
    ])
    let claim: Claim =
      switch network.random.below(4) {
      case 0: .never(from: [.internet], to: [someone], traffic)
      case 1: .never(from: [other], to: [someone, .internet], traffic)
      case 2: .only(from: [other], to: [someone], traffic)
      default: .always(from: [.internet], to: [someone], Traffic(.tcp, 443...443))
      }
    return Invariant(title: "\(claim)", claim: claim, origin: nowhere)
  }

  /// A counterexample whose moment can be made by calls is delivered (or, for `always`, not).
  private func replay(
    _ found: Counterexample, _ invariant: Invariant, _ plan: Plan, _ baseline: AccountState,
    _ seed: Int
  ) throws {
    var steps = StepSet(capacity: plan.steps.count)
    if let after = found.openAfter {
      steps = StepSet(first: after.index + 1, capacity: plan.steps.count)
    } else if case .always = invariant.claim {
      steps = StepSet(first: plan.steps.count, capacity: plan.steps.count)
      if !found.failsInTheEnd { return }
    } else {
      steps = Moments(plan).closure(of: found.inForce)
      let isClosed = plan.edges.allSatisfy { !steps.contains($0.to) || steps.contains($0.from) }
      if !isClosed { return }
    }
    guard let packet = found.packet else { return }
    var account = baseline
    for step in steps.steps {
      let done = CloudSemantics.perform(plan.steps[step.index].call, on: &account)
      for transition in done.begun {
        _ = CloudSemantics.advance(&account, transition, now: .zero)
      }
    }
    let party = { (id: String?) in id.map { Flow.Party.instance($0) } ?? .internet }
    let flow = Flow(
      sender: party(packet.sender), receiver: party(packet.receiver), way: .publicly, start: [])
    if case .always = invariant.claim {
      guard found.summary.hasPrefix("A packet") else { return }
      #expect(!delivers(packet, flow, account), "seed \(seed): \(found.summary)")
    } else {
      #expect(delivers(packet, flow, account), "seed \(seed): \(found.summary) \(found)")
    }
  }
}

let nowhere = Origin(file: "main.lw", line: 1, column: 1, length: 1, text: "")
