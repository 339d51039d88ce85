package import CloudModel

/// One IPv4 packet, as far as a network looks at it.
package struct Packet: Hashable, Sendable {
  /// What it carries: the protocol, and what filters see of it.
  package enum Payload: Hashable, Sendable {
    /// TCP, with its ports.
    case tcp(source: UInt16, destination: UInt16)
    /// UDP, with its ports.
    case udp(source: UInt16, destination: UInt16)
    /// ICMP, with type and code.
    case icmp(type: UInt8, code: UInt8)
    /// Another protocol, by number (not 1, 6 or 17); filters see no ports of it.
    case other(UInt8)
  }

  /// The sender's address, as it stands in the packet at this point of its way.
  package var source: IPv4Address
  /// The receiver's address, as it stands in the packet at this point of its way.
  package var destination: IPv4Address
  /// The protocol and what belongs to it.
  package var payload: Payload

  /// Makes a packet.
  package init(source: IPv4Address, destination: IPv4Address, payload: Payload) {
    self.source = source
    self.destination = destination
    self.payload = payload
  }

  /// The protocol's number. Source: IANA, "Protocol Numbers".
  package var number: UInt8 {
    switch payload {
    case .tcp: 6
    case .udp: 17
    case .icmp: 1
    case .other(let number): number
    }
  }

  /// The packet that answers it: addresses and ports swapped, a request of ICMP turned into its
  /// reply; nil for ICMP messages that nobody answers. Source: RFC 792.
  package var answer: Packet? {
    let payload: Payload
    switch self.payload {
    case .tcp(let from, let to): payload = .tcp(source: to, destination: from)
    case .udp(let from, let to): payload = .udp(source: to, destination: from)
    case .icmp(8, let code): payload = .icmp(type: 0, code: code)
    case .icmp(13, let code): payload = .icmp(type: 14, code: code)
    case .icmp: return nil
    case .other: payload = self.payload
    }
    return Packet(source: destination, destination: source, payload: payload)
  }
}

extension Packet: CustomStringConvertible {
  /// For people: `203.0.113.7:40001 → 10.0.20.14:5432 tcp`.
  package var description: String {
    switch payload {
    case .tcp(let from, let to): "\(source):\(from) → \(destination):\(to) tcp"
    case .udp(let from, let to): "\(source):\(from) → \(destination):\(to) udp"
    case .icmp(let type, let code): "\(source) → \(destination) icmp type \(type) code \(code)"
    case .other(let number): "\(source) → \(destination) protocol \(number)"
    }
  }
}
