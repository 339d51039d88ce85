/// What differs between services in how a request is made canonical.
package struct SigningRules: Hashable, Sendable {
  /// Whether dot segments and empty segments are taken out of the path and it is encoded once more
  /// than on the wire. S3 takes it as it is, since a key may hold anything.
  package let normalizesPath: Bool
  /// Whether the digest of the body stands in the header `X-Amz-Content-Sha256`.
  package let namesContent: Bool

  /// The rules of all services but S3.
  package static let ordinary = SigningRules(normalizesPath: true, namesContent: false)

  /// S3's rules. Source: Amazon S3 API reference, "Authenticating Requests: Using the
  /// Authorization Header".
  package static let s3 = SigningRules(normalizesPath: false, namesContent: true)

  /// The rules of a service by its name in signatures.
  package init(signingName: String) {
    switch signingName {
    case "s3", "s3-object-lambda", "s3-outposts", "s3express": self = .s3
    default: self = .ordinary
    }
  }

  private init(normalizesPath: Bool, namesContent: Bool) {
    self.normalizesPath = normalizesPath
    self.namesContent = namesContent
  }
}

/// How a body enters the signature.
package enum SignedPayload: Hashable, Sendable {
  /// By its SHA-256.
  case digest
  /// Not at all: `UNSIGNED-PAYLOAD`, for which S3 wants TLS.
  case unsigned
}
