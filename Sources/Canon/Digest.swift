internal import Crypto
internal import FoundationEssentials

/// A SHA-256 digest: what names a plan, a certificate, a composition or a history.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// Digests bytes. Source: FIPS 180-4.
  package init(of bytes: [UInt8]) {
    self.bytes = Array(SHA256.hash(data: bytes))
  }

  /// Digests a value's canonical bytes.
  package init(of value: some CanonicalEncodable) {
    self.init(of: value.canonicalBytes)
  }

  /// Reads 64 hexadecimal digits; nil for anything else.
  package init?(hex: String) {
    guard let bytes = bytesFromHex(hex), bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String { hexFromBytes(bytes) }

  /// The first 12 digits, for people.
  package var short: String { String(hex.prefix(12)) }

  package var description: String { hex }

  package static func < (a: Self, b: Self) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}

/// HMAC-SHA-256 of bytes under a key; the commitment that stands for a secret. Source: RFC 2104.
package func keyedDigest(of bytes: [UInt8], key: [UInt8]) -> Digest {
  let code = HMAC<SHA256>.authenticationCode(
    for: bytes, using: SymmetricKey(data: key))
  guard let digest = Digest(hex: hexFromBytes(Array(code))) else {
    preconditionFailure("HMAC-SHA-256 has 32 bytes")
  }
  return digest
}

/// Lower-case hexadecimal digits of bytes.
package func hexFromBytes(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var out: [UInt8] = []
  out.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    out.append(digits[Int(byte >> 4)])
    out.append(digits[Int(byte & 15)])
  }
  return String(decoding: out, as: UTF8.self)
}

/// The bytes of hexadecimal digits; nil for an odd number or another character.
package func bytesFromHex(_ text: String) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count.isMultiple(of: 2) else { return nil }
  var out: [UInt8] = []
  for index in stride(from: 0, to: digits.count, by: 2) {
    guard let high = hexValue(digits[index]), let low = hexValue(digits[index + 1]) else {
      return nil
    }
    out.append(high << 4 | low)
  }
  return out
}

private func hexValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
  default: nil
  }
}

extension Digest: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = Digest(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "this is no digest")
    }
    self = value
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
