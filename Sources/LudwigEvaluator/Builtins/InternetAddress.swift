/// An address of a host, IPv4 or IPv6, as the library's functions over addresses compute with it.
struct InternetAddress: Hashable {
  /// 4 or 6.
  let version: Int
  /// The address as a number, the first octet most significant; IPv4 in the low 32 bits.
  let bits: UInt128

  /// How many bits an address of this version has.
  var width: Int { version == 4 ? 32 : 128 }

  /// The greatest number of this version.
  var limit: UInt128 { version == 4 ? UInt128(UInt32.max) : UInt128.max }

  /// An address from its number.
  init(version: Int, bits: UInt128) {
    self.version = version
    self.bits = bits
  }

  /// Reads dotted decimal without leading zeros, or the forms of RFC 4291 section 2.2; nil for
  /// anything else, zones included.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 45 else { return nil }
    if bytes.contains(UInt8(ascii: ":")) {
      guard let bits = Self.groups(bytes[...]) else { return nil }
      self.init(version: 6, bits: bits)
    } else {
      guard let bits = Self.octets(bytes[...]) else { return nil }
      self.init(version: 4, bits: bits)
    }
  }

  /// The address with all bits past a prefix cleared.
  func masked(to length: Int) -> InternetAddress {
    InternetAddress(version: version, bits: bits & mask(length))
  }

  /// The last address of the block of this address.
  func last(of length: Int) -> InternetAddress {
    InternetAddress(version: version, bits: bits & mask(length) | (limit & ~mask(length)))
  }

  /// So many leading bits set.
  func mask(_ length: Int) -> UInt128 {
    length <= 0 ? 0 : (limit << UInt128(width - length)) & limit
  }

  /// The address so many places further on; nil past the ends.
  func moved(by count: Int64) -> InternetAddress? {
    let distance = UInt128(count.magnitude)
    let (result, overflow) =
      count < 0
      ? bits.subtractingReportingOverflow(distance) : bits.addingReportingOverflow(distance)
    guard !overflow, result <= limit else { return nil }
    return InternetAddress(version: version, bits: result)
  }

  private static func octets(_ bytes: ArraySlice<UInt8>) -> UInt128? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt128 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
        let octet = number(part, radix: 10), octet <= 255
      else { return nil }
      bits = bits << 8 | octet
    }
    return bits
  }

  private static func groups(_ bytes: ArraySlice<UInt8>) -> UInt128? {
    var halves: [[UInt128]] = [[]]
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        // '::' within the text, or at an end, where it makes two empty parts.
        if index == 0 {
          guard parts.count > 2, parts[1].isEmpty else { return nil }
          continue
        }
        if index == parts.count - 1 {
          guard parts[index - 1].isEmpty else { return nil }
          continue
        }
        guard halves.count == 1 else { return nil }
        halves.append([])
      } else if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard let embedded = octets(part) else { return nil }
        halves[halves.count - 1] += [embedded >> 16, embedded & 0xFFFF]
      } else {
        guard part.count <= 4, let group = number(part, radix: 16) else { return nil }
        halves[halves.count - 1].append(group)
      }
    }
    let count = halves.reduce(0) { $0 + $1.count }
    guard halves.count == 1 ? count == 8 : count < 8 else { return nil }
    let zeros = Array(repeating: UInt128(0), count: 8 - count)
    let all = halves.count == 1 ? halves[0] : halves[0] + zeros + halves[1]
    return all.reduce(0) { $0 << 16 | $1 }
  }

  private static func number(_ bytes: ArraySlice<UInt8>, radix: Int) -> UInt128? {
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
    else { return nil }
    return UInt128(String(decoding: bytes, as: UTF8.self), radix: radix)
  }
}

extension InternetAddress: CustomStringConvertible {
  /// Dotted decimal, or the form of RFC 5952: lower case, the longest run of zero groups as `::`.
  var description: String {
    guard version == 6 else {
      return [24, 16, 8, 0].map { String(bits >> UInt128($0) & 255) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start + 1)
    }
    let text = { (part: Range<Int>) in
      groups[part].map { String($0, radix: 16) }.joined(separator: ":")
    }
    if best.isEmpty { return text(0..<8) }
    return text(0..<best.lowerBound) + "::" + text(best.upperBound..<8)
  }
}
