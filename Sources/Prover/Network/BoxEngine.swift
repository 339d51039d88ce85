import CertificateChecker
import Certificates
import CloudModel
import PlanEffects

/// Sends beams of packets along the stations of a flow, at all moments at once.
///
/// In the coarse form every allowance counts from the start and for ever and every cut that may be
/// missing is missing: the union over all moments, without guards. In the exact form beams carry
/// the steps that have to be in force and those that must not be.
struct BoxEngine {
  let index: FactIndex
  let moments: Moments
  /// Beams at one station beyond which the engine gives up.
  private let limit = 4000

  /// What is behind each station, up to the first with nothing behind it; nil when there are too
  /// many beams.
  func run(_ flow: Flow, isExact: Bool) -> [[Beam]]? {
    run(flow.start, through: index.stages(of: flow), isExact: isExact)
  }

  /// The same for any packets and any stations.
  func run(_ start: [Region], through stages: [Stage], isExact: Bool) -> [[Beam]]? {
    var here = start.filter { moments.arePossible($0.moments) }.map {
      Beam(moments: isExact ? $0.moments : .always, box: $0.box)
    }
    var behind: [[Beam]] = []
    for stage in stages {
      here = simplified(here.flatMap { through(stage, $0, isExact) })
      if here.isEmpty { return behind }
      if here.count > limit { return nil }
      behind.append(here)
    }
    return behind
  }

  private func through(_ stage: Stage, _ beam: Beam, _ isExact: Bool) -> [Beam] {
    switch stage {
    case .leaving(let from, let to): groups(from, to, isEgress: true, beam, isExact)
    case .arriving(let to, let from): groups(to, from, isEgress: false, beam, isExact)
    case .leavingSubnet(let subnet): acl(subnet, isEgress: true, beam, isExact)
    case .enteringSubnet(let subnet): acl(subnet, isEgress: false, beam, isExact)
    case .routedLocally(let subnet): route(subnet, beam, isExact) { $0 == .local }
    case .routedOut(let subnet, let from): routeOut(subnet, from, beam, isExact)
    case .comingIn(let to): comeIn(to, beam, isExact)
    }
  }

  /// A beam at moments that are in a guard as well; none where there are no such moments.
  private func limited(
    _ beam: Beam, _ box: PacketBox, _ guardian: Guard, _ isExact: Bool
  ) -> [Beam] {
    let out = beam.narrowed(to: box, isExact ? guardian : .always)
    return moments.arePossible(out.moments) ? [out] : []
  }

  private func groups(
    _ own: FactIndex.Interface, _ other: FactIndex.Interface?, isEgress: Bool, _ beam: Beam,
    _ isExact: Bool
  ) -> [Beam] {
    var out: [Beam] = []
    for member in index.groups[own.id] ?? [] {
      for rule in (isEgress ? index.egress : index.ingress)[member.content] ?? [] {
        let when = member.occurrence.presence.and(rule.occurrence.presence)
        for (side, and) in sides(rule.content.peer, other) {
          let it = rule.content
          let box =
            isEgress
            ? headers(it.transport, it.ports, it.icmp, destinations: side)
            : headers(it.transport, it.ports, it.icmp, sources: side)
          guard let both = box.intersection(beam.box) else { continue }
          out += limited(beam, both, when.and(and), isExact)
        }
      }
    }
    return out
  }

  /// The addresses that a rule's peer means, and when.
  private func sides(
    _ peer: SecurityGroupRule.Peer, _ other: FactIndex.Interface?
  ) -> [(ClosedRange<UInt32>, Guard)] {
    switch peer {
    case .cidr(let block): return [(block.lower...block.upper, .always)]
    case .cidr6: return []
    case .group(let group):
      guard let other else { return [] }
      let range = other.addresses.lower...other.addresses.upper
      return (index.groups[other.id] ?? []).filter { $0.content == group }
        .map { (range, $0.occurrence.presence) }
    }
  }

  private func acl(
    _ subnet: String, isEgress: Bool, _ beam: Beam, _ isExact: Bool
  ) -> [Beam] {
    (index.acls[subnet] ?? []).flatMap { list in
      limited(beam, beam.box, list.occurrence.presence, isExact).flatMap {
        firstMatch(index.decisions(acl: list.content, isEgress: isEgress), $0, isExact)
      }
    }
  }

  private func route(
    _ subnet: String, _ beam: Beam, _ isExact: Bool, to isWanted: (Route.Target) -> Bool
  ) -> [Beam] {
    index.tables(used: subnet).flatMap { table, when in
      limited(beam, beam.box, when, isExact).flatMap {
        firstMatch(index.decisions(table: table, to: isWanted), $0, isExact)
      }
    }
  }

  private func routeOut(
    _ subnet: String, _ from: FactIndex.Interface, _ beam: Beam, _ isExact: Bool
  ) -> [Beam] {
    var out: [Beam] = []
    guard let vpc = index.subnets[subnet]?.vpc else { return out }
    for gateway in index.gateways[vpc] ?? [] {
      let routed = route(subnet, beam, isExact) { $0 == .internetGateway(gateway.content) }
      for address in index.publicAddresses[from.id] ?? [] {
        let when = gateway.occurrence.presence.and(address.occurrence.presence)
        for beam in routed.flatMap({ limited($0, $0.box, when, isExact) }) {
          var seen = beam
          seen.sentSource = beam.box.source
          seen.box.source = address.content.lower...address.content.upper
          out.append(seen)
        }
      }
    }
    return out
  }

  private func comeIn(
    _ to: FactIndex.Interface, _ beam: Beam, _ isExact: Bool
  ) -> [Beam] {
    var out: [Beam] = []
    guard let vpc = index.subnets[to.subnet]?.vpc else { return out }
    for gateway in index.gateways[vpc] ?? [] {
      for address in index.publicAddresses[to.id] ?? [] {
        let range = address.content.lower...address.content.upper
        let mapped = headers(.any, 0...(.max), nil, destinations: range)
        guard let box = mapped.intersection(beam.box) else { continue }
        let when = gateway.occurrence.presence.and(address.occurrence.presence)
        for beam in limited(beam, box, when, isExact) {
          var seen = beam
          seen.sentDestination = box.destination
          seen.box.destination = to.addresses.lower...to.addresses.upper
          out.append(seen)
        }
      }
    }
    return out
  }

  /// Walks a list of which the first that matches decides. An entry that may be missing lets the
  /// walk go on at the moments at which it is missing.
  private func firstMatch(_ list: [Decision], _ beam: Beam, _ isExact: Bool) -> [Beam] {
    var out: [Beam] = []
    var rest = [beam]
    for entry in list where !rest.isEmpty {
      var next: [Beam] = []
      for beam in rest {
        guard let inside = beam.box.intersection(entry.box) else {
          next.append(beam)
          continue
        }
        next += beam.box.minus(entry.box).map { beam.narrowed(to: $0, .always) }
        if entry.isAllow { out += limited(beam, inside, entry.occurrence.presence, isExact) }
        if entry.occurrence.isPermanent { continue }
        let absences = isExact ? entry.occurrence.absence : [.always]
        next += absences.flatMap { limited(beam, inside, $0, isExact) }
      }
      rest = simplified(next)
      if rest.count > limit { return out + rest }
    }
    return out
  }

  /// Beams without those that others include.
  private func simplified(_ beams: [Beam]) -> [Beam] {
    if beams.count < 2 || beams.count > limit { return beams }
    var out: [Beam] = []
    for beam in beams where !out.contains(where: { $0.includes(beam) }) {
      out.removeAll { beam.includes($0) }
      out.append(beam)
    }
    return out
  }
}
