import CloudModel

/// What a filter's rule says of protocol and ports; groups and network ACLs share it.
func matches(
  _ packet: Packet, _ transport: Transport, _ ports: ClosedRange<UInt16>, _ icmp: ICMPTypeCode?
) -> Bool {
  guard let number = transport.number else { return true }
  guard number == packet.number else { return false }
  switch packet.payload {
  case .tcp(_, let port), .udp(_, let port): return ports.contains(port)
  case .icmp(let type, let code):
    guard let icmp else { return true }
    return (icmp.type == -1 || icmp.type == Int(type))
      && (icmp.code == -1 || icmp.code == Int(code))
  case .other: return true
  }
}

extension NetworkACL {
  /// The entry that decides: of those of the direction that match, the one with the least number;
  /// nil where the implicit last deny decides.
  func decision(_ direction: Direction, _ packet: Packet) -> NetworkACLEntry? {
    let otherSide = direction == .egress ? packet.destination : packet.source
    var best: NetworkACLEntry?
    for entry in entries where entry.isEgress == (direction == .egress) {
      guard matches(packet, entry.transport, entry.ports, entry.icmp),
        entry.cidr.contains(otherSide), best.map({ entry.number < $0.number }) ?? true
      else { continue }
      best = entry
    }
    return best
  }
}

extension RouteTable {
  /// The route with the longest prefix that serves an address; the VPC's local route is there even
  /// where the table does not list it. Of equally long ones, the first.
  func route(for address: IPv4Address, local: CIDR) -> Route? {
    var best: Route?
    for route in routes + [Route(destination: local, target: .local)]
    where route.destination.contains(address) {
      if let best, best.destination.length >= route.destination.length { continue }
      best = route
    }
    return best
  }
}
