import Certificates
import CloudModel
import PlanEffects

/// One entry of a list of which the first that matches decides.
struct Decision {
  /// Headers that it matches.
  var box: PacketBox
  /// Whether it lets them through.
  var isAllow: Bool
  /// When it is there.
  var occurrence: Occurrence
}

/// Headers that a rule's protocol, ports and ICMP type match, on one side a block of addresses.
func headers(
  _ transport: Transport, _ ports: ClosedRange<UInt16>, _ icmp: ICMPTypeCode?,
  sources: ClosedRange<UInt32> = 0...(.max), destinations: ClosedRange<UInt32> = 0...(.max)
) -> PacketBox {
  var transports: ClosedRange<UInt8> = 0...(.max)
  if let number = transport.number { transports = number...number }
  var matching: ClosedRange<UInt16> = 0...(.max)
  switch transport {
  case .tcp, .udp: matching = ports
  case .icmp:
    if let icmp, (0...255).contains(icmp.type) {
      let base = UInt16(icmp.type) * 256
      matching =
        (0...255).contains(icmp.code)
        ? (base + UInt16(icmp.code))...(base + UInt16(icmp.code)) : base...(base + 255)
    }
  case .any, .other: break
  }
  return PacketBox(
    source: sources, destination: destinations, transport: transports, sourcePorts: 0...(.max),
    destinationPorts: matching)
}

extension FactIndex {
  /// The entries of a network ACL in one direction, first things first.
  func decisions(acl: String, isEgress: Bool) -> [Decision] {
    (entries[acl] ?? []).filter { $0.content.isEgress == isEgress }.map { entry in
      let it = entry.content
      let side = it.cidr.lower...it.cidr.upper
      return Decision(
        box: isEgress
          ? headers(it.transport, it.ports, it.icmp, destinations: side)
          : headers(it.transport, it.ports, it.icmp, sources: side),
        isAllow: it.isAllow, occurrence: entry.occurrence)
    }
  }

  /// The routes of a table, the longest prefix first; those to a wanted target let through.
  func decisions(table: String, to isWanted: (Route.Target) -> Bool) -> [Decision] {
    let sorted = (routes[table] ?? []).sorted {
      $0.content.destination.length > $1.content.destination.length
    }
    return sorted.map { route in
      let to = route.content.destination
      return Decision(
        box: headers(.any, 0...(.max), nil, destinations: to.lower...to.upper),
        isAllow: isWanted(route.content.target), occurrence: route.occurrence)
    }
  }

  /// The tables a subnet may use, and when: at most one at each moment.
  func tables(used subnet: String) -> [(table: String, moments: Guard)] {
    var out: [(table: String, moments: Guard)] = []
    var none = [Guard.always]
    for table in tables[subnet] ?? [] {
      out.append((table.content, table.occurrence.presence))
      none = none.flatMap { without in table.occurrence.absence.map { without.and($0) } }
    }
    guard let vpc = subnets[subnet]?.vpc else { return out }
    for table in mainTables[vpc] ?? [] {
      for without in none { out.append((table.content, table.occurrence.presence.and(without))) }
    }
    return out
  }
}
