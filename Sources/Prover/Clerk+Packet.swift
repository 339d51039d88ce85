import CertificateChecker
import Certificates
import CloudModel
import PlanEffects

extension Clerk {
  /// The least packet of a box that the sender can send: least in order of source, destination,
  /// protocol and ports, but TCP rather than another protocol and client ports rather than low
  /// ones.
  func leastPacket(_ box: PacketBox, _ flow: Flow) -> PacketHeader {
    let transport: UInt8 = box.transport.contains(6) ? 6 : box.transport.lowerBound
    let hasPorts = transport == 6 || transport == 17
    let low = box.sourcePorts
    return PacketHeader(
      source: IPv4Address(bits: leastAddress(box.source, flow.sender)),
      destination: IPv4Address(bits: leastAddress(box.destination, flow.receiver)),
      transport: transport,
      sourcePort: hasPorts ? min(max(low.lowerBound, 1024), low.upperBound) : 0,
      destinationPort: hasPorts || transport == 1 ? box.destinationPorts.lowerBound : 0,
      sender: flow.sender.id, receiver: flow.receiver.id)
  }

  /// The least address of a range; for the internet one that no instance of the account has, for
  /// an instance whose public address nobody knows yet one that can be public.
  private func leastAddress(_ range: ClosedRange<UInt32>, _ party: Flow.Party) -> UInt32 {
    if range == 0...(.max) { return 0xCB00_7107 }
    guard party == .internet else { return range.lowerBound }
    let taken = Set(
      index.publicAddresses.values.joined().filter { $0.content.isKnown }.map(\.content.lower))
    var address = range.lowerBound
    while taken.contains(address), address < range.upperBound { address += 1 }
    return address
  }
}

extension Flow.Party {
  /// The instance's identifier; nil for the internet.
  var id: String? {
    switch self {
    case .internet: nil
    case .instance(let id): id
    }
  }
}

extension PacketHeader {
  /// What packets are compared by.
  var order: [UInt32] {
    [
      source.bits, destination.bits, UInt32(transport), UInt32(sourcePort),
      UInt32(destinationPort),
    ]
  }

  /// Protocol and destination port for people: `tcp 5432`.
  var service: String {
    switch transport {
    case 6: "tcp \(destinationPort)"
    case 17: "udp \(destinationPort)"
    case 1: "icmp type \(destinationPort >> 8) code \(destinationPort & 255)"
    default: "protocol \(transport)"
    }
  }

  /// It alone, as a box.
  var box: PacketBox {
    PacketBox(
      source: source.bits...source.bits, destination: destination.bits...destination.bits,
      transport: transport...transport, sourcePorts: sourcePort...sourcePort,
      destinationPorts: destinationPort...destinationPort)
  }
}
