import Canon

/// 128 bits that stand for a state: of n states, two share one with a probability of about
/// n² / 2¹²⁹, less than one in 10²⁴ for ten million.
///
/// Two independent 64-bit lanes over the canonical bytes, eight bytes at a time, each step a
/// multiplication to 128 bits folded by exclusive or. It guards against accidents, not against an
/// adversary, since a model's states are our own.
@usableFromInline package struct Fingerprint: Hashable, Sendable {
  /// The first lane.
  @usableFromInline package let high: UInt64
  /// The second lane.
  @usableFromInline package let low: UInt64

  /// A fingerprint from its lanes.
  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The fingerprint of some bytes.
  @usableFromInline package init(of bytes: [UInt8]) {
    let span = unsafe bytes.span.bytes
    var high: UInt64 = 0x243F_6A88_85A3_08D3
    var low: UInt64 = 0x1319_8A2E_0370_7344
    var offset = 0
    while offset &+ 8 <= span.byteCount {
      let word = unsafe span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      high = fold(high ^ UInt64(littleEndian: word), 0xA409_3822_299F_31D1)
      low = fold(low &+ UInt64(littleEndian: word), 0x082E_FA98_EC4E_6C89)
      offset &+= 8
    }
    // The last word carries its length and the whole count, so that no padding is ambiguous.
    var word: UInt64 = 0
    while offset < span.byteCount {
      let byte = unsafe span.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      word = word << 8 | UInt64(byte)
      offset &+= 1
    }
    word ^= UInt64(bytes.count) << 56 ^ UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    high = fold(high ^ word, 0x4528_21E6_38D0_1377)
    low = fold(low &+ word, 0xBE54_66CF_34E9_0C6C)
    self.high = fold(high ^ low, 0xC0AC_29B7_C97C_50DD)
    self.low = fold(low ^ (high &+ 0x3F84_D5B5_B547_0917), 0x9216_D5D9_8979_FB1B)
  }

  /// The fingerprint of a value's canonical bytes.
  init(of value: some CanonicalEncodable) { self.init(of: value.canonicalBytes) }
}

private func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
  // An operand of zero would swallow the other lane's history; the addition keeps it.
  let product = (a ^ 0x2FFD_72DB_D01A_DFB7).multipliedFullWidth(by: b)
  return product.high ^ product.low &+ a
}

extension Fingerprint: Comparable {
  @usableFromInline package static func < (a: Self, b: Self) -> Bool {
    a.high < b.high || a.high == b.high && a.low < b.low
  }

  /// How many bytes one takes in a file.
  static let byteCount = 16

  /// Fingerprints as bytes.
  static func bytes(of prints: ArraySlice<Fingerprint>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(prints.count * byteCount)
    for print in prints {
      for word in [print.high, print.low] {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
          out.append(UInt8(truncatingIfNeeded: word >> shift))
        }
      }
    }
    return out
  }

  /// The fingerprints of bytes; what is left over at the end is none.
  static func all(in bytes: [UInt8]) -> [Fingerprint] {
    let span = unsafe bytes.span.bytes
    return (0..<bytes.count / byteCount).map { index in
      let high = unsafe span.unsafeLoadUnaligned(
        fromByteOffset: index * byteCount, as: UInt64.self)
      let low = unsafe span.unsafeLoadUnaligned(
        fromByteOffset: index * byteCount + 8, as: UInt64.self)
      return Fingerprint(high: UInt64(littleEndian: high), low: UInt64(littleEndian: low))
    }
  }
}
