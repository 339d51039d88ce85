package import Canon

/// An IPv4 address.
package struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The address as a number, the first octet most significant.
  package let bits: UInt32

  /// Makes an address from its number.
  package init(bits: UInt32) { self.bits = bits }

  /// Reads `a.b.c.d`, each part 0–255 without leading zeros; nil for anything else.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
        part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let octet = UInt8(String(decoding: part, as: UTF8.self))
      else { return nil }
      bits = bits << 8 | UInt32(octet)
    }
    self.bits = bits
  }

  package var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  package static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }
}

/// A block of IPv4 addresses.
package struct CIDR: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The first address; bits past the prefix are zero.
  package let network: IPv4Address
  /// How many leading bits are fixed, 0–32.
  package let length: Int

  /// The block of an address; bits past the prefix are cleared.
  package init(_ address: IPv4Address, length: Int) {
    precondition((0...32).contains(length), "a prefix has 0 to 32 bits")
    self.length = length
    self.network = IPv4Address(bits: address.bits & CIDR.mask(length))
  }

  /// Reads `a.b.c.d/n`; nil for anything else. Host bits are cleared.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPv4Address(String(parts[0])),
      let length = Int(parts[1]), (0...32).contains(length), parts[1].utf8.count <= 2,
      parts[1].utf8.first != UInt8(ascii: "+")
    else { return nil }
    self.init(address, length: length)
  }

  /// Every address.
  package static let all = CIDR(IPv4Address(bits: 0), length: 0)

  /// The first address as a number.
  package var lower: UInt32 { network.bits }

  /// The last address as a number.
  package var upper: UInt32 { network.bits | ~CIDR.mask(length) }

  /// Whether an address lies in it.
  package func contains(_ address: IPv4Address) -> Bool {
    address.bits & CIDR.mask(length) == network.bits
  }

  /// Whether another block lies in it.
  package func contains(_ other: CIDR) -> Bool {
    other.length >= length && contains(other.network)
  }

  /// Whether the two share an address.
  package func overlaps(_ other: CIDR) -> Bool { contains(other) || other.contains(self) }

  package var description: String { "\(network)/\(length)" }

  package static func < (a: Self, b: Self) -> Bool {
    (a.network, a.length) < (b.network, b.length)
  }

  private static func mask(_ length: Int) -> UInt32 {
    length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length)
  }
}

extension CIDR: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(unsigned: UInt64(network.bits))
    encoder.write(length)
  }
}

extension IPv4Address: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = IPv4Address(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "this is no IPv4 address")
    }
    self = value
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension CIDR: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = CIDR(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "this is no IPv4 block")
    }
    self = value
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
