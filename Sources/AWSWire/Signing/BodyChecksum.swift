internal import Crypto
internal import FoundationEssentials

/// What a body is protected by on its way, where an operation asks for it.
/// Source: Amazon S3 User Guide, "Checking object integrity"; RFC 1864 for `Content-MD5`.
package enum BodyChecksum {
  /// The SHA-256 in base64, as `x-amz-checksum-sha256` has it.
  package static func sha256(_ body: [UInt8]) -> String {
    base64(Array(SHA256.hash(data: body)))
  }

  /// The MD5 in base64, as `Content-MD5` has it.
  package static func md5(_ body: [UInt8]) -> String {
    base64(Array(Insecure.MD5.hash(data: body)))
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func base64(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let word = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
      for place in 0..<4 {
        let digit = alphabet[Int(word >> UInt32(18 - 6 * place) & 63)]
        out.append(place <= part.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
