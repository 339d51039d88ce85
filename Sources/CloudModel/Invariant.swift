/// Something that must hold, stated in Ludwig.
package struct Invariant: Hashable, Codable, Sendable {
  /// As the user would write it: `never (internet reaches db)`. Unique within a blueprint.
  package var title: String
  /// What it says.
  package var claim: Claim
  /// Where it is stated.
  package var origin: Origin

  /// Makes an invariant.
  package init(title: String, claim: Claim, origin: Origin) {
    self.title = title
    self.claim = claim
    self.origin = origin
  }
}

/// What an invariant says.
package enum Claim: Hashable, Codable, Sendable {
  /// No packet of the traffic gets from a source to a target, at any moment.
  case never(from: [Endpoint], to: [Endpoint], Traffic)
  /// Every source reaches every target and the answer returns, in the end; meanwhile if it held
  /// before. For the internet as source: every public address; as target: likewise.
  case always(from: [Endpoint], to: [Endpoint], Traffic)
  /// Nothing but the sources gets to the targets, at any moment.
  case only(from: [Endpoint], to: [Endpoint], Traffic)
  /// A predicate of Ludwig, evaluated for each declared resource of a type.
  case forall(type: String, [PredicateResult])
  /// No principal outside the account may do an action on a resource, at any moment.
  case nobodyOutside(action: String, resource: ResourceAddress, path: String)
}

/// One side of a flow.
package enum Endpoint: Hashable, Codable, Sendable {
  /// Every address that is not private or reserved, outside the account.
  case internet
  /// The addresses of a block.
  case cidr(CIDR)
  /// An instance, a security group (its members), a subnet or a VPC (the instances in it).
  case resource(ResourceAddress)
}

/// Which packets a claim is about.
package struct Traffic: Hashable, Codable, Sendable {
  /// A protocol, or any.
  package var transport: Transport
  /// Destination ports, both included; all for protocols without ports.
  package var ports: ClosedRange<UInt16>

  /// Makes a class of packets.
  package init(_ transport: Transport, _ ports: ClosedRange<UInt16>) {
    self.transport = transport
    self.ports = ports
  }

  /// Every packet.
  package static let any = Traffic(.any, 0...65535)
}

/// An IP protocol as rules name it.
package enum Transport: Hashable, Codable, Sendable {
  /// All protocols: `-1` in AWS.
  case any
  /// TCP, protocol 6.
  case tcp
  /// UDP, protocol 17.
  case udp
  /// ICMP, protocol 1.
  case icmp
  /// Another protocol by number; it has no ports.
  case other(UInt8)

  /// AWS's text: `-1`, `tcp`, `udp`, `icmp`, or a number. Reads `6`, `17`, `1` as well; nil for
  /// anything else.
  package init?(aws text: String) {
    switch text {
    case "-1", "all": self = .any
    case "tcp", "6": self = .tcp
    case "udp", "17": self = .udp
    case "icmp", "1": self = .icmp
    default:
      guard let number = UInt8(text) else { return nil }
      self = .other(number)
    }
  }

  /// AWS's text.
  package var aws: String {
    switch self {
    case .any: "-1"
    case .tcp: "tcp"
    case .udp: "udp"
    case .icmp: "icmp"
    case .other(let number): String(number)
    }
  }

  /// The protocol's number; nil for `any`.
  package var number: UInt8? {
    switch self {
    case .any: nil
    case .tcp: 6
    case .udp: 17
    case .icmp: 1
    case .other(let number): number
    }
  }
}

/// What a predicate gives for one resource.
package struct PredicateResult: Hashable, Codable, Sendable {
  /// The resource.
  package var address: ResourceAddress
  /// Whether it holds; nil where it depends on what is known only later.
  package var holds: Bool?
  /// Where the resource was written.
  package var origin: Origin

  /// Makes a result.
  package init(address: ResourceAddress, holds: Bool?, origin: Origin) {
    self.address = address
    self.holds = holds
    self.origin = origin
  }
}
