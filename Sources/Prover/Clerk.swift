import CertificateChecker
import Certificates
import CloudModel
import PlanEffects
import Plans

/// Writes counterexamples: the packet, its way, the steps that matter, the way out.
struct Clerk {
  let model: EffectModel
  let index: FactIndex
  let plan: Plan
  let resources: [DeclaredResource]
  var moments: Moments { model.moments }

  /// The counterexample for flows that are open and must not be.
  func opening(_ open: [(flow: Flow, beams: [Beam])]) -> Counterexample {
    let all = open.flatMap { found in found.beams.map { (flow: found.flow, beam: $0) } }
    guard let first = all.min(by: { rank($0.beam) < rank($1.beam) }) else {
      preconditionFailure("an open flow has a beam")
    }
    let same = all.filter { rank($0.beam) == rank(first.beam) && $0.flow == first.flow }
    let packets = same.map { (packet: leastPacket($0.beam.sent, $0.flow), beam: $0.beam) }
    let chosen =
      packets.min { $0.packet.order.lexicographicallyPrecedes($1.packet.order) }
      ?? (leastPacket(first.beam.sent, first.flow), first.beam)
    let after = prefix(chosen.beam.moments)
    let inForce = chosen.beam.moments.inForce
    let decisive = after ?? inForce.last
    let moment =
      after.map { StepSet(first: $0.index + 1, capacity: moments.stepCount) }
      ?? moments.closure(of: inForce)
    let teller = PathTeller(clerk: self, moment: moment, decisive: decisive)
    let failsInTheEnd = all.contains { $0.beam.moments.holds(at: moments.end) }
    return Counterexample(
      summary: summary(chosen.packet, after, inForce), packet: chosen.packet,
      path: teller.path(of: chosen.packet, first.flow), inForce: inForce, openAfter: after,
      failsInTheEnd: failsInTheEnd, closedBy: chosen.beam.moments.notInForce,
      wayOut: failsInTheEnd ? [] : wayOut(all.map(\.beam.moments)))
  }

  private func summary(
    _ packet: PacketHeader, _ after: StepID?, _ inForce: [StepID]
  ) -> String {
    let from = packet.sender.map { "\(label($0)) (\(packet.source))" } ?? "\(packet.source)"
    let to =
      packet.receiver.map { "\(label($0)) (\(packet.destination))" } ?? "\(packet.destination)"
    let when: String
    if let after {
      when = ", after step \(after.index + 1) of the plan"
    } else if inForce.isEmpty {
      when = ", before the plan already"
    } else {
      let steps = inForce.map { String($0.index + 1) }.joined(separator: ", ")
      when = ", when steps \(steps) are in force and others are not yet"
    }
    return "A packet from \(from) reaches \(to) on \(packet.service)\(when)."
  }

  /// How early and by how few steps a beam comes about; the earliest prefix first.
  private func rank(_ beam: Beam) -> Rank {
    let after = prefix(beam.moments)
    return Rank(
      prefix: beam.moments.inForce.isEmpty ? -1 : after?.index ?? .max,
      size: moments.closure(of: beam.moments.inForce).steps.count, steps: beam.moments.inForce)
  }

  private struct Rank: Comparable {
    var prefix: Int
    var size: Int
    var steps: [StepID]

    static func < (a: Self, b: Self) -> Bool {
      if (a.prefix, a.size) != (b.prefix, b.size) { return (a.prefix, a.size) < (b.prefix, b.size) }
      return a.steps.lexicographicallyPrecedes(b.steps)
    }
  }

  /// The step after which a guard holds when the plan is carried out in list order.
  func prefix(_ guardian: Guard) -> StepID? {
    guard let last = guardian.inForce.last else { return nil }
    let least = moments.closure(of: guardian.inForce).steps.last ?? last
    return guardian.notInForce.allSatisfy { $0 > least } ? least : nil
  }

  /// Edges after which none of the guards holds at any moment; none where there are no such edges.
  func wayOut(_ bad: [Guard]) -> [PlanEdge] {
    var added: [PlanEdge] = []
    for guardian in bad {
      let now = Moments(stepCount: moments.stepCount, edges: plan.edges + added)
      if !now.arePossible(guardian) { continue }
      guard let edge = barring(guardian, now) else { return [] }
      added.append(edge)
    }
    return added.sorted()
  }

  /// An edge that keeps a guard from holding: a step that closes before one that opens.
  private func barring(_ guardian: Guard, _ now: Moments) -> PlanEdge? {
    for opening in guardian.inForce.reversed() {
      for closing in guardian.notInForce
      where opening != closing && !now.isOrdered(opening, closing) {
        return PlanEdge(from: closing, to: opening, kind: .afterSettled)
      }
    }
    return nil
  }

  /// The address of the resource that an identifier belongs to, or the identifier.
  func label(_ id: String) -> String {
    for occurrence in model.occurrences {
      if case .named(let address, plan.process, id) = occurrence.fact { return address.text }
    }
    return id
  }
}
