/// Holds a request's signature against what its sender's secret gives, as AWS does before it looks
/// at anything else.
package struct SignatureVerifier: Sendable {
  /// The region that scopes must name.
  package let region: String
  /// The service that scopes must name, by its name in signatures.
  package let service: String
  /// How requests become canonical.
  package let rules: SigningRules
  /// How far the sender's clock may be off, in seconds. Source: Amazon S3 API reference,
  /// `RequestTimeTooSkewed`, and the errors of IAM and STS, which name 15 minutes.
  package let tolerance: Int64

  /// Makes a verifier.
  ///
  /// - Parameter rules: nil for those that the service's name asks for.
  package init(
    region: String, service: String, rules: SigningRules? = nil, tolerance: Int64 = 900
  ) {
    self.region = region
    self.service = service
    self.rules = rules ?? SigningRules(signingName: service)
    self.tolerance = tolerance
  }

  /// Who an access key belongs to.
  package enum KnownKey: Sendable {
    /// Nobody's.
    case unknown
    /// It counts.
    case valid(AWSCredentials)
    /// It was temporary, and is over.
    case expired(AWSCredentials)
  }

  /// Verifies a request as it came in: its path as it stood on the line, its query decoded.
  ///
  /// - Parameters:
  ///   - moment: Now.
  ///   - key: Looks an access key up.
  /// - Returns: The credentials that it was signed with.
  package func verify(
    _ request: WireRequest, at moment: SigningMoment, key: (_ accessKeyID: String) -> KnownKey
  ) -> Result<AWSCredentials, SignatureRefusal> {
    let claim: SignatureClaim
    switch SignatureClaim.read(request) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let found): claim = found
    }
    if let refusal = scopeRefusal(claim) ?? timeRefusal(claim, moment)
      ?? headersRefusal(claim, request)
    {
      return .failure(refusal)
    }
    let (credentials, isOver): (AWSCredentials, Bool)
    switch key(claim.accessKeyID) {
    case .unknown: return .failure(.unknownKey(claim.accessKeyID))
    case .valid(let found): (credentials, isOver) = (found, false)
    case .expired(let found): (credentials, isOver) = (found, true)
    }
    let payload: [UInt8]
    switch payloadText(claim, request) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let text): payload = text
    }
    let expected = signature(claim, request, credentials, payload)
    guard Self.areEqual(expected, Array(claim.signature.utf8)) else {
      return .failure(.mismatch)
    }
    guard
      Self.areEqual(
        Array((credentials.sessionToken ?? "").utf8), Array((claim.sessionToken ?? "").utf8))
    else { return .failure(.unknownKey(claim.accessKeyID)) }
    return isOver ? .failure(.expiredToken) : .success(credentials)
  }

  private func scopeRefusal(_ claim: SignatureClaim) -> SignatureRefusal? {
    if claim.scope.region != region {
      return .wrongScope(
        "Credential should be scoped to a valid region, not '\(claim.scope.region)'. ")
    }
    if claim.scope.service != service {
      return .wrongScope("Credential should be scoped to correct service: '\(service)'. ")
    }
    if claim.terminator != "aws4_request" {
      return .wrongScope(
        "Credential should be scoped with a valid terminator: 'aws4_request', "
          + "not '\(claim.terminator)'. ")
    }
    if claim.scope.date != claim.moment.date {
      return .wrongScope(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
          + "HTTP: '\(claim.scope.date)' != '\(claim.moment.date)', from '\(claim.stamp)'.")
    }
    return nil
  }

  private func timeRefusal(
    _ claim: SignatureClaim, _ now: SigningMoment
  ) -> SignatureRefusal? {
    let isEarly = claim.moment > now.adding(seconds: tolerance)
    guard let lifetime = claim.lifetime else {
      return isEarly || claim.moment < now.adding(seconds: -tolerance)
        ? .skewed(signed: claim.moment, now: now, limit: tolerance) : nil
    }
    if isEarly { return .skewed(signed: claim.moment, now: now, limit: tolerance) }
    let end = claim.moment.adding(seconds: Int64(lifetime))
    return end < now ? .expired(at: end, now: now) : nil
  }

  /// `Host` and all `X-Amz-…` that are there must be signed; what is signed must be there.
  /// Source: AWS, "Create a signed AWS API request", canonical headers.
  private func headersRefusal(
    _ claim: SignatureClaim, _ request: WireRequest
  ) -> SignatureRefusal? {
    let isPresigned = claim.lifetime != nil
    let present = request.headers.map { $0.name.lowercased() }
    let missing = Set(
      ["host"]
        + present.filter { name in
          name.hasPrefix("x-amz-") && !(isPresigned && name == "x-amz-content-sha256")
        }
    ).subtracting(claim.signedHeaders)
    if !missing.isEmpty { return .unsignedHeaders(missing.sorted()) }
    return Set(claim.signedHeaders).isSubset(of: present) ? nil : .mismatch
  }

  private func payloadText(
    _ claim: SignatureClaim, _ request: WireRequest
  ) -> Result<[UInt8], SignatureRefusal> {
    var digest: [UInt8] = []
    let named = request.headers.value(ofHeader: "X-Amz-Content-Sha256")
    if claim.lifetime != nil, rules.namesContent, named == nil {
      return .success(Array("UNSIGNED-PAYLOAD".utf8))
    }
    guard let named else {
      if rules.namesContent { return .failure(.missingContentDigest) }
      digest.appendDigest(of: request.body)
      return .success(digest)
    }
    if named == "UNSIGNED-PAYLOAD" { return .success(Array(named.utf8)) }
    if named.hasPrefix("STREAMING-") { return .failure(.unsupportedPayload(named)) }
    digest.appendDigest(of: request.body)
    return digest.elementsEqual(named.utf8) ? .success(digest) : .failure(.contentMismatch)
  }

  private func signature(
    _ claim: SignatureClaim, _ request: WireRequest, _ credentials: AWSCredentials,
    _ payload: [UInt8]
  ) -> [UInt8] {
    let signed = Set(claim.signedHeaders)
    let headers = request.headers.enumerated().compactMap { index, field in
      let name = field.name.lowercased()
      return signed.contains(name)
        ? CanonicalHeader(name, field.value ?? "", index: index) : nil
    }
    let canonical = CanonicalRequest(
      method: request.method, path: request.path,
      query: claim.lifetime == nil
        ? request.query
        : request.query.filter { $0.name != PresignedField.signature.rawValue },
      headers: headers, payload: payload, rules: rules)
    let key = SigningKey(secretAccessKey: credentials.secretAccessKey, scope: claim.scope)
    return key.signature(of: canonical.stringToSign(stamp: claim.stamp, scope: claim.scope))
  }

  /// Compares in a time that depends on the lengths alone.
  private static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
