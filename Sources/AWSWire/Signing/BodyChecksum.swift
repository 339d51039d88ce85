internal import Crypto
internal import FoundationEssentials

/// A checksum of a body, in base64 as headers have it.
/// Source: Amazon S3 User Guide, "Checking object integrity"; RFC 1864 for MD5; for the CRCs their
/// reversed polynomials, IEEE 802.3's and Castagnoli's (RFC 3720, appendix B.4).
package enum BodyChecksum: String, Hashable, Sendable, CaseIterable {
  case crc32
  case crc32c
  case sha1
  case sha256
  case md5

  /// The checksum of bytes.
  package func base64(of body: [UInt8]) -> String {
    let bytes: [UInt8] =
      switch self {
      case .crc32: Self.crc(body, polynomial: 0xEDB8_8320)
      case .crc32c: Self.crc(body, polynomial: 0x82F6_3B78)
      case .sha1: Array(Insecure.SHA1.hash(data: body))
      case .sha256: Array(SHA256.hash(data: body))
      case .md5: Array(Insecure.MD5.hash(data: body))
      }
    return String(decoding: Base64.encode(bytes), as: UTF8.self)
  }

  private static func crc(_ body: [UInt8], polynomial: UInt32) -> [UInt8] {
    let table = (0..<256).map { index in
      (0..<8).reduce(UInt32(index)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1
      }
    }
    let sum = ~body.reduce(UInt32.max) { sum, byte in
      table[Int((sum ^ UInt32(byte)) & 255)] ^ sum >> 8
    }
    return [24, 16, 8, 0].map { UInt8(sum >> $0 & 255) }
  }
}
