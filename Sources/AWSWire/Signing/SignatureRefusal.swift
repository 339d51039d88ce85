/// Why a signature does not count; each service family says it in its own words.
package enum SignatureRefusal: Error, Hashable, Sendable {
  /// There is no signature.
  case missingAuthentication
  /// Something is missing in it, or not of its form.
  case incomplete(String)
  /// Something is missing in a presigned address, or not of its form.
  case badQuery(String)
  /// Nobody has this access key, or the token is none of its.
  case unknownKey(String)
  /// The temporary credentials are over.
  case expiredToken
  /// The scope is of another day, region, service or form.
  case wrongScope(String)
  /// The clocks differ too much, or the signature is too old. Both in seconds since 1970.
  case skewed(signed: SigningMoment, now: SigningMoment, limit: Int64)
  /// The lifetime of the presigned address is over.
  case expired(at: SigningMoment, now: SigningMoment)
  /// Headers that must be signed are not.
  case unsignedHeaders([String])
  /// S3's header of the body's digest is missing.
  case missingContentDigest
  /// The body is not what its digest says.
  case contentMismatch
  /// A way of signing bodies that is not spoken here, for instance in chunks.
  case unsupportedPayload(String)
  /// The signature is another.
  case mismatch

  /// The error that a service answers.
  ///
  /// Source: Amazon S3 API reference, "Error responses"; Amazon EC2 API reference, "Error codes";
  /// AWS IAM API reference, "Common errors"; for the JSON protocols the names in the common errors
  /// of, for instance, DynamoDB.
  ///
  /// - Parameters:
  ///   - service: The service as botocore names it.
  ///   - wireProtocol: Its protocol, as in `CatalogService.wireProtocol`.
  package func failure(service: String, wireProtocol: String) -> WireFailure {
    let family = Family(service: service, wireProtocol: wireProtocol)
    let (code, status) = codeAndStatus(family)
    return WireFailure(code: code, message: message(family), status: status, fault: .sender)
  }

  private enum Family {
    case s3
    case ec2
    case query
    case json

    init(service: String, wireProtocol: String) {
      switch (service, wireProtocol) {
      case ("s3", _), ("s3control", _): self = .s3
      case (_, "ec2"): self = .ec2
      case (_, "json"), (_, "rest-json"): self = .json
      default: self = .query
      }
    }
  }

  private func codeAndStatus(_ family: Family) -> (String, Int) {
    switch (self, family) {
    case (.missingAuthentication, .s3): ("AccessDenied", 403)
    case (.missingAuthentication, .json): ("MissingAuthenticationTokenException", 403)
    case (.missingAuthentication, _): ("MissingAuthenticationToken", 403)
    case (.incomplete, .s3): ("AuthorizationHeaderMalformed", 400)
    case (.badQuery, .s3): ("AuthorizationQueryParametersError", 400)
    case (.incomplete, .json), (.badQuery, .json): ("IncompleteSignatureException", 403)
    case (.incomplete, _), (.badQuery, _): ("IncompleteSignature", 403)
    case (.unknownKey, .s3): ("InvalidAccessKeyId", 403)
    case (.unknownKey, .ec2): ("AuthFailure", 401)
    case (.unknownKey, .json): ("UnrecognizedClientException", 403)
    case (.unknownKey, .query): ("InvalidClientTokenId", 403)
    case (.expiredToken, .s3): ("ExpiredToken", 400)
    case (.expiredToken, .json): ("ExpiredTokenException", 403)
    case (.expiredToken, .ec2): ("RequestExpired", 400)
    case (.expiredToken, .query): ("ExpiredToken", 403)
    case (.wrongScope, .s3): ("AuthorizationHeaderMalformed", 400)
    case (.skewed, .s3): ("RequestTimeTooSkewed", 403)
    case (.skewed, .ec2), (.expired, .ec2): ("RequestExpired", 400)
    case (.expired, .s3), (.unsignedHeaders, .s3): ("AccessDenied", 403)
    case (.missingContentDigest, _): ("InvalidRequest", 400)
    case (.contentMismatch, .s3): ("XAmzContentSHA256Mismatch", 400)
    case (.unsupportedPayload, _): ("NotImplemented", 501)
    case (.mismatch, .ec2): ("AuthFailure", 401)
    case (_, .json): ("InvalidSignatureException", 403)
    case (_, _): ("SignatureDoesNotMatch", 403)
    }
  }

  private func message(_ family: Family) -> String {
    switch (self, family) {
    case (.missingAuthentication, .s3): "Access Denied"
    case (.missingAuthentication, _): "Request is missing Authentication Token"
    case (.incomplete(let text), _), (.badQuery(let text), _), (.wrongScope(let text), _): text
    case (.unknownKey, .s3): "The AWS Access Key Id you provided does not exist in our records."
    case (.unknownKey, .ec2), (.mismatch, .ec2):
      "AWS was not able to validate the provided access credentials"
    case (.unknownKey, _): "The security token included in the request is invalid."
    case (.expiredToken, .s3): "The provided token has expired."
    case (.expiredToken, _): "The security token included in the request is expired"
    case (.skewed, .s3):
      "The difference between the request time and the current time is too large."
    case (.skewed(let signed, let now, let limit), _):
      Self.skewText(signed: signed, now: now, limit: limit)
    case (.expired, .s3): "Request has expired"
    case (.expired(let end, let now), _):
      "Signature expired: \(end.stamp) is now earlier than \(now.stamp)"
    case (.unsignedHeaders, .s3): "There were headers present in the request which were not signed"
    case (.unsignedHeaders(let names), _):
      names.map { name in
        name == "host"
          ? "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
          : "'\(name)' must be a 'SignedHeader' in the AWS Authorization."
      }.joined(separator: " ")
    case (.missingContentDigest, _):
      "Missing required header for this request: x-amz-content-sha256"
    case (.contentMismatch, _):
      "The provided 'x-amz-content-sha256' header does not match what was computed."
    case (.unsupportedPayload(let word), _): "A body signed as \(word) is not supported."
    case (.mismatch, _):
      "The request signature we calculated does not match the signature you provided. "
        + "Check your AWS Secret Access Key and signing method. "
        + "Consult the service documentation for details."
    }
  }

  private static func skewText(
    signed: SigningMoment, now: SigningMoment, limit: Int64
  ) -> String {
    if signed < now {
      let oldest = now.adding(seconds: -limit)
      return "Signature expired: \(signed.stamp) is now earlier than \(oldest.stamp) "
        + "(\(now.stamp) - \(limit / 60) min.)"
    }
    let latest = now.adding(seconds: limit)
    return "Signature not yet current: \(signed.stamp) is still later than \(latest.stamp) "
      + "(\(now.stamp) + \(limit / 60) min.)"
  }
}
