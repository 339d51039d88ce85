/// Which addresses can be on the internet at all: a fact of AWS and of the address plan, shared by
/// all that reason about packets.
extension CIDR {
  /// Blocks whose addresses are never on the internet, in order: private and shared ones, which an
  /// internet gateway drops, and what no host can have (this network, loopback, link-local,
  /// multicast, future use). Blocks for documentation count as public, since examples use them.
  ///
  /// Source: RFC 1918, RFC 6598, RFC 6890; Amazon VPC User Guide, "Internet gateways".
  package static let neverOnTheInternet: [CIDR] = [
    CIDR(IPv4Address(bits: 0x0000_0000), length: 8),
    CIDR(IPv4Address(bits: 0x0A00_0000), length: 8),
    CIDR(IPv4Address(bits: 0x6440_0000), length: 10),
    CIDR(IPv4Address(bits: 0x7F00_0000), length: 8),
    CIDR(IPv4Address(bits: 0xA9FE_0000), length: 16),
    CIDR(IPv4Address(bits: 0xAC10_0000), length: 12),
    CIDR(IPv4Address(bits: 0xC0A8_0000), length: 16),
    CIDR(IPv4Address(bits: 0xE000_0000), length: 3),
  ]
}

extension IPv4Address {
  /// Whether a host on the internet may have it.
  package var isPublic: Bool { !CIDR.neverOnTheInternet.contains { $0.contains(self) } }
}
