internal import Crypto
internal import FoundationEssentials

/// Where a signature counts: one day, region and service.
package struct SigningScope: Hashable, Sendable, CustomStringConvertible {
  /// The day, `20150830`.
  package let date: String
  /// The region, `us-east-1`.
  package let region: String
  /// The service's name in signatures, `iam`.
  package let service: String

  /// Makes a scope.
  package init(date: String, region: String, service: String) {
    self.date = date
    self.region = region
    self.service = service
  }

  /// `20150830/us-east-1/iam/aws4_request`.
  package var description: String { "\(date)/\(region)/\(service)/aws4_request" }
}

/// The key of one scope: four HMACs away from the secret, so it is kept for a day's requests.
/// Source: AWS, "Create a signed AWS API request", step 3.
package struct SigningKey: Sendable {
  /// Where it counts.
  package let scope: SigningScope
  private let key: SymmetricKey

  /// Derives the key.
  package init(secretAccessKey: String, scope: SigningScope) {
    var key = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
    for part in [scope.date, scope.region, scope.service, "aws4_request"] {
      key = SymmetricKey(
        data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
    }
    self.scope = scope
    self.key = key
  }

  /// The signature of a string to sign: 64 lower-case hexadecimal digits, as bytes.
  func signature(of stringToSign: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(64)
    out.appendHex(HMAC<SHA256>.authenticationCode(for: stringToSign, using: key))
    return out
  }

}

extension [UInt8] {
  /// Adds lower-case hexadecimal digits of bytes.
  mutating func appendHex(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      append(Self.hexDigit(byte >> 4))
      append(Self.hexDigit(byte & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Adds the SHA-256 of bytes, in hexadecimal digits.
  mutating func appendDigest(of bytes: [UInt8]) {
    appendHex(SHA256.hash(data: bytes))
  }
}
