import CertificateChecker
import Certificates
import CloudModel
import PlanEffects
import Plans

/// Tells the way of one packet at one moment, station by station, with what decided there.
struct PathTeller {
  let clerk: Clerk
  /// The steps that are in force.
  let moment: StepSet
  /// The step whose effect opens the way.
  let decisive: StepID?
  private var index: FactIndex { clerk.index }

  /// The hops of a packet; where it is dropped, the last one says so.
  func path(of packet: PacketHeader, _ flow: Flow) -> [Hop] {
    path(of: packet, through: index.stages(of: flow))
  }

  /// The same for any stations.
  func path(of packet: PacketHeader, through stages: [Stage]) -> [Hop] {
    var hops: [Hop] = []
    var box = packet.box
    for stage in stages {
      let told = tell(stage, &box)
      hops += told.hops
      if !told.passes { break }
    }
    let isMarked = hops.contains(where: \.isDecisive)
    if !isMarked, let last = hops.indices.last { hops[last].isDecisive = true }
    return hops
  }

  private func tell(_ stage: Stage, _ box: inout PacketBox) -> (hops: [Hop], passes: Bool) {
    switch stage {
    case .leaving(let own, let other): return groups(own, other, isEgress: true, box)
    case .arriving(let own, let other): return groups(own, other, isEgress: false, box)
    case .leavingSubnet(let subnet): return acl(subnet, isEgress: true, box)
    case .enteringSubnet(let subnet): return acl(subnet, isEgress: false, box)
    case .routedLocally(let subnet): return route(subnet, box) { $0 == .local }
    case .routedOut(let subnet, let from):
      let gateways = gateways(of: subnet)
      let routed = route(subnet, box) { target in
        gateways.contains { target == .internetGateway($0.content) }
      }
      guard routed.passes, let address = publicAddress(of: from.id) else {
        let none = "\(clerk.label(from.id)) has no public address"
        return (routed.hops + (routed.passes ? [hop(none, nil)] : []), false)
      }
      box.source = address.content.lower...address.content.lower
      return (routed.hops + gateways.prefix(1).map { gatewayHop($0) }, true)
    case .comingIn(let to):
      guard let gateway = gateways(of: to.subnet).first else {
        return ([hop("no internet gateway", nil)], false)
      }
      box.destination = to.addresses.lower...to.addresses.lower
      return ([gatewayHop(gateway)], true)
    }
  }

  private func isPresent(_ occurrence: Occurrence) -> Bool {
    occurrence.presence.holds(at: moment)
  }

  private func gateways(of subnet: String) -> [FactIndex.Entry<String>] {
    guard let vpc = index.subnets[subnet]?.vpc else { return [] }
    return (index.gateways[vpc] ?? []).filter { isPresent($0.occurrence) }
  }

  private func publicAddress(of id: String) -> FactIndex.Entry<AddressRange>? {
    (index.publicAddresses[id] ?? []).first { isPresent($0.occurrence) }
  }

  private func gatewayHop(_ gateway: FactIndex.Entry<String>) -> Hop {
    hop("internet gateway \(clerk.label(gateway.content))", gateway.occurrence)
  }

  private func groups(
    _ own: FactIndex.Interface, _ other: FactIndex.Interface?, isEgress: Bool, _ box: PacketBox
  ) -> (hops: [Hop], passes: Bool) {
    let side = isEgress ? "leaves" : "enters"
    for member in index.groups[own.id] ?? [] where isPresent(member.occurrence) {
      for rule in (isEgress ? index.egress : index.ingress)[member.content] ?? []
      where isPresent(rule.occurrence) && matches(rule.content, other, isEgress, box) {
        let text =
          "security group \(clerk.label(member.content)) allows what \(side) "
          + "\(clerk.label(own.id)): \(rule.content.text(clerk))"
        return ([hop(text, rule.occurrence)], true)
      }
    }
    let text = "no security group of \(clerk.label(own.id)) allows that it \(side)"
    return ([hop(text, nil)], false)
  }

  private func matches(
    _ rule: SecurityGroupRule, _ other: FactIndex.Interface?, _ isEgress: Bool, _ box: PacketBox
  ) -> Bool {
    guard headers(rule.transport, rule.ports, rule.icmp).intersection(box) != nil else {
      return false
    }
    switch rule.peer {
    case .cidr(let block):
      return (isEgress ? box.destination : box.source).overlaps(block.lower...block.upper)
    case .cidr6: return false
    case .group(let group):
      guard let other else { return false }
      return (index.groups[other.id] ?? []).contains {
        $0.content == group && isPresent($0.occurrence)
      }
    }
  }

  private func acl(
    _ subnet: String, isEgress: Bool, _ box: PacketBox
  ) -> (hops: [Hop], passes: Bool) {
    for list in index.acls[subnet] ?? [] where isPresent(list.occurrence) {
      let side = isEgress ? "leaves" : "enters"
      let name = "network ACL \(clerk.label(list.content))"
      let place = "what \(side) \(clerk.label(subnet))"
      let entries = (index.entries[list.content] ?? []).filter { $0.content.isEgress == isEgress }
      for entry in entries where isPresent(entry.occurrence) {
        let it = entry.content
        let range = it.cidr.lower...it.cidr.upper
        let overlaps = (isEgress ? box.destination : box.source).overlaps(range)
        guard overlaps, headers(it.transport, it.ports, it.icmp).intersection(box) != nil else {
          continue
        }
        let words = it.isAllow ? "allows" : "denies"
        let text = "\(name), rule \(it.number) \(words) \(place)"
        return ([hop(text, entry.occurrence)], it.isAllow)
      }
      return ([hop("\(name) has no rule for \(place)", list.occurrence)], false)
    }
    return ([hop("\(clerk.label(subnet)) has no network ACL", nil)], false)
  }

  private func route(
    _ subnet: String, _ box: PacketBox, _ isWanted: (Route.Target) -> Bool
  ) -> (hops: [Hop], passes: Bool) {
    for (table, moments) in index.tables(used: subnet) where moments.holds(at: moment) {
      let routes = (index.routes[table] ?? []).filter {
        isPresent($0.occurrence)
          && box.destination.overlaps($0.content.destination.lower...$0.content.destination.upper)
      }
      let best = routes.max { $0.content.destination.length < $1.content.destination.length }
      guard let best else {
        return ([hop("table \(clerk.label(table)) has no route for it", nil)], false)
      }
      let target =
        switch best.content.target {
        case .local: "local"
        case .internetGateway(let id), .instance(let id): "to \(clerk.label(id))"
        }
      let text = "route \(best.content.destination) \(target) in table \(clerk.label(table))"
      return ([hop(text, best.occurrence)], isWanted(best.content.target))
    }
    return ([hop("\(clerk.label(subnet)) has no route table", nil)], false)
  }

  private func hop(_ text: String, _ occurrence: Occurrence?) -> Hop {
    Hop(
      text: text, origin: occurrence.flatMap(clerk.origin), step: occurrence?.addedBy,
      isDecisive: decisive != nil && occurrence?.addedBy == decisive)
  }
}

extension SecurityGroupRule {
  /// For people: `tcp 5432 from 0.0.0.0/0`.
  fileprivate func text(_ clerk: Clerk) -> String {
    let what =
      switch transport {
      case .any: "everything"
      case .tcp, .udp:
        "\(transport.aws) "
          + (ports.lowerBound == ports.upperBound
            ? "\(ports.lowerBound)" : "\(ports.lowerBound)–\(ports.upperBound)")
      case .icmp, .other: "\(transport.aws)"
      }
    switch peer {
    case .cidr(let block): return "\(what), \(block)"
    case .cidr6(let block): return "\(what), \(block)"
    case .group(let id): return "\(what), group \(clerk.label(id))"
    }
  }
}
