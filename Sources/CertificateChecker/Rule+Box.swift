import Certificates
import CloudModel

extension PacketBox {
  /// The headers whose other side is in a range: the destination of what leaves, the source of what
  /// arrives.
  func towards(_ range: ClosedRange<UInt32>, _ isEgress: Bool) -> PacketBox {
    var box = self
    if isEgress { box.destination = range } else { box.source = range }
    return box
  }

  /// Headers that a rule's protocol and ports match, between any addresses.
  fileprivate init(
    _ transport: Transport, _ ports: ClosedRange<UInt16>, _ icmp: ICMPTypeCode?
  ) {
    self = .all
    guard let number = transport.number else { return }
    self.transport = number...number
    switch transport {
    case .any, .other: break
    case .tcp, .udp: destinationPorts = ports
    case .icmp:
      guard let icmp, let type = UInt16(exactly: icmp.type), type < 256 else { return }
      let code = UInt16(exactly: icmp.code).flatMap { $0 < 256 ? $0 : nil }
      destinationPorts = (type << 8 | (code ?? 0))...(type << 8 | (code ?? 255))
    }
  }
}

extension SecurityGroupRule {
  /// Headers that its protocol and ports match.
  var box: PacketBox { PacketBox(transport, ports, icmp) }
}

extension NetworkACLEntry {
  /// Headers that it matches.
  var box: PacketBox { PacketBox(transport, ports, icmp).towards(cidr.range, isEgress) }
}
