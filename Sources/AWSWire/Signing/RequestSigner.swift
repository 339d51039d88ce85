internal import Crypto
internal import FoundationEssentials

/// Signs requests to one service in one region with Signature Version 4; keeps the key of the day.
/// Source: AWS, "AWS Signature Version 4 for API requests".
package struct RequestSigner: Sendable {
  /// What is signed with.
  package let credentials: AWSCredentials
  /// The region in the scope.
  package let region: String
  /// The service's name in the scope.
  package let service: String
  /// How requests become canonical.
  package let rules: SigningRules
  private var key: SigningKey?

  /// Makes a signer.
  ///
  /// - Parameter rules: nil for those that the service's name asks for.
  package init(
    credentials: AWSCredentials, region: String, service: String, rules: SigningRules? = nil
  ) {
    self.credentials = credentials
    self.region = region
    self.service = service
    self.rules = rules ?? SigningRules(signingName: service)
  }

  /// Signs with headers: `Host`, `X-Amz-Date`, for temporary credentials `X-Amz-Security-Token`,
  /// for S3 `X-Amz-Content-Sha256`, and `Authorization`. Such headers that are there are replaced.
  ///
  /// - Parameters:
  ///   - host: The host as it is sent, with its port where that is not the scheme's own.
  ///   - moment: Now.
  package mutating func sign(
    _ request: inout WireRequest, host: String, at moment: SigningMoment,
    payload: SignedPayload = .digest
  ) {
    let digest = Self.text(of: payload, body: request.body)
    request.headers.removeAll { Self.isReplaced($0.name) }
    let stamp = moment.stamp
    request.headers.append(WireField("Host", host))
    request.headers.append(WireField("X-Amz-Date", stamp))
    if let token = credentials.sessionToken {
      request.headers.append(WireField("X-Amz-Security-Token", token))
    }
    if rules.namesContent || payload == .unsigned {
      request.headers.append(
        WireField("X-Amz-Content-Sha256", String(decoding: digest, as: UTF8.self)))
    }
    let canonical = CanonicalRequest(
      method: request.method, path: request.path, query: request.query,
      headers: Self.signedHeaders(request.headers), payload: digest, rules: rules)
    let key = key(for: stamp)
    var value = Array("AWS4-HMAC-SHA256 Credential=".utf8)
    value.reserveCapacity(320)
    value.append(contentsOf: credentials.accessKeyID.utf8)
    value.append(UInt8(ascii: "/"))
    value.append(contentsOf: key.scope.description.utf8)
    value.append(contentsOf: ", SignedHeaders=".utf8)
    value.append(contentsOf: canonical.signedHeaders)
    value.append(contentsOf: ", Signature=".utf8)
    value.append(
      contentsOf: key.signature(of: canonical.stringToSign(stamp: stamp, scope: key.scope)))
    request.headers.append(WireField("Authorization", String(decoding: value, as: UTF8.self)))
  }

  /// Signs with the query alone, so that the address by itself is enough for as long as it counts.
  /// Only `Host` and the headers that the request has are signed; whoever uses it must send them.
  ///
  /// - Parameter lifetime: Seconds, 1 to 604,800 (a week).
  package mutating func presign(
    _ request: inout WireRequest, host: String, at moment: SigningMoment, lifetime: Int
  ) {
    request.headers.removeAll { Self.isReplaced($0.name) }
    request.headers.append(WireField("Host", host))
    let headers = Self.signedHeaders(request.headers)
    let stamp = moment.stamp
    let key = key(for: stamp)
    let names = Set(headers.map { String(decoding: $0.name, as: UTF8.self) }).sorted()
    request.query.removeAll { PresignedField(rawValue: $0.name) != nil }
    request.query += [
      WireField(PresignedField.algorithm.rawValue, "AWS4-HMAC-SHA256"),
      WireField(PresignedField.credential.rawValue, "\(credentials.accessKeyID)/\(key.scope)"),
      WireField(PresignedField.date.rawValue, stamp),
      WireField(PresignedField.expires.rawValue, String(lifetime)),
      WireField(PresignedField.signedHeaders.rawValue, names.joined(separator: ";")),
    ]
    if let token = credentials.sessionToken {
      request.query.append(WireField(PresignedField.securityToken.rawValue, token))
    }
    let payload: SignedPayload = rules.namesContent ? .unsigned : .digest
    let canonical = CanonicalRequest(
      method: request.method, path: request.path, query: request.query, headers: headers,
      payload: Self.text(of: payload, body: request.body), rules: rules)
    let signature = key.signature(of: canonical.stringToSign(stamp: stamp, scope: key.scope))
    request.query.append(
      WireField(
        PresignedField.signature.rawValue, String(decoding: signature, as: UTF8.self)))
  }

  private mutating func key(for stamp: String) -> SigningKey {
    let date = String(stamp.prefix(8))
    if let key, key.scope.date == date { return key }
    let fresh = SigningKey(
      secretAccessKey: credentials.secretAccessKey,
      scope: SigningScope(date: date, region: region, service: service))
    key = fresh
    return fresh
  }

  private static func text(of payload: SignedPayload, body: [UInt8]) -> [UInt8] {
    switch payload {
    case .unsigned: return Array("UNSIGNED-PAYLOAD".utf8)
    case .digest:
      if body.isEmpty { return emptyDigest }
      var out: [UInt8] = []
      out.reserveCapacity(64)
      out.appendDigest(of: body)
      return out
    }
  }

  private static let emptyDigest = Array(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".utf8)

  private static func isReplaced(_ name: String) -> Bool {
    switch name.lowercased() {
    case "authorization", "host", "x-amz-date", "date", "x-amz-security-token",
      "x-amz-content-sha256":
      true
    default: false
    }
  }

  /// Headers that something on the way may change are not signed.
  private static func signedHeaders(_ headers: [WireField]) -> [CanonicalHeader] {
    headers.enumerated().compactMap { index, field in
      let name = field.name.lowercased()
      return unsignedHeaders.contains(name)
        ? nil : CanonicalHeader(name, field.value ?? "", index: index)
    }
  }

  private static let unsignedHeaders: Set = [
    "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
    "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
  ]
}

/// The query parameters of a presigned request.
enum PresignedField: String {
  case algorithm = "X-Amz-Algorithm"
  case credential = "X-Amz-Credential"
  case date = "X-Amz-Date"
  case expires = "X-Amz-Expires"
  case signedHeaders = "X-Amz-SignedHeaders"
  case securityToken = "X-Amz-Security-Token"
  case signature = "X-Amz-Signature"
}
