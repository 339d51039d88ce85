/// What a request says of its own signature, read but not believed.
struct SignatureClaim {
  let accessKeyID: String
  let scope: SigningScope
  /// The last part of the credential; `aws4_request` where it is right.
  let terminator: String
  let signedHeaders: [String]
  let signature: String
  let moment: SigningMoment
  /// As it was written.
  let stamp: String
  /// Seconds for which a presigned request counts; nil for one that is signed by a header.
  let lifetime: Int?
  let sessionToken: String?

  /// Reads the claim of a request.
  static func read(_ request: WireRequest) -> Result<SignatureClaim, SignatureRefusal> {
    if let header = request.headers.value(ofHeader: "Authorization") {
      return read(header, request)
    }
    let isPresigned = request.query.contains { $0.name == PresignedField.algorithm.rawValue }
    return isPresigned ? readQuery(request) : .failure(.missingAuthentication)
  }

  private static func read(
    _ header: String, _ request: WireRequest
  ) -> Result<SignatureClaim, SignatureRefusal> {
    let words = header.split(separator: " ", maxSplits: 1)
    guard let algorithm = words.first, algorithm == "AWS4-HMAC-SHA256" else {
      return .failure(.incomplete("Unsupported AWS 'algorithm': '\(words.first ?? "")'."))
    }
    var parts: [String: String] = [:]
    for part in (words.count == 2 ? words[1] : "").split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        return .failure(
          .incomplete("'\(part)' not a valid key=value pair (missing equal-sign)"))
      }
      parts[String(pair[0].drop { $0 == " " })] = String(pair[1])
    }
    var missing = ["Credential", "Signature", "SignedHeaders"].filter { parts[$0] == nil }.map {
      "Authorization header requires '\($0)' parameter."
    }
    guard let date = dateText(request.headers) else {
      missing.append(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
      return .failure(.incomplete(missing.joined(separator: " ")))
    }
    guard missing.isEmpty else {
      return .failure(.incomplete(missing.joined(separator: " ")))
    }
    guard let moment = SigningMoment(stamp: date) ?? SigningMoment(httpDate: date) else {
      return .failure(
        .incomplete("Date must be in ISO-8601 'basic format'. Got '\(date)'."))
    }
    return make(
      credential: parts["Credential"] ?? "", headers: parts["SignedHeaders"] ?? "",
      signature: parts["Signature"] ?? "", moment: moment, lifetime: nil,
      token: request.headers.value(ofHeader: "X-Amz-Security-Token"))
  }

  private static func readQuery(
    _ request: WireRequest
  ) -> Result<SignatureClaim, SignatureRefusal> {
    func value(_ field: PresignedField) -> String? {
      request.query.contains { $0.name == field.rawValue }
        ? request.query.value(ofParameter: field.rawValue) : nil
    }
    guard value(.algorithm) == "AWS4-HMAC-SHA256" else {
      return .failure(
        .badQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\""))
    }
    guard let credential = value(.credential), let signature = value(.signature),
      let date = value(.date), let headers = value(.signedHeaders),
      let expires = value(.expires)
    else {
      return .failure(
        .badQuery(
          "Query-string authentication version 4 requires the X-Amz-Algorithm, "
            + "X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and "
            + "X-Amz-Expires parameters."))
    }
    guard let lifetime = Int(expires) else {
      return .failure(.badQuery("X-Amz-Expires should be a number"))
    }
    guard lifetime >= 0 else {
      return .failure(.badQuery("X-Amz-Expires must be non-negative"))
    }
    guard lifetime <= 604_800 else {
      return .failure(
        .badQuery(
          "X-Amz-Expires must be less than a week (in seconds); "
            + "that is, the given X-Amz-Expires must be less than 604800 seconds"))
    }
    guard let moment = SigningMoment(stamp: date) else {
      return .failure(
        .badQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""))
    }
    return make(
      credential: credential, headers: headers, signature: signature, moment: moment,
      lifetime: lifetime, token: value(.securityToken))
  }

  private static func make(
    credential: String, headers: String, signature: String, moment: SigningMoment,
    lifetime: Int?, token: String?
  ) -> Result<SignatureClaim, SignatureRefusal> {
    let parts = credential.split(separator: "/", omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 5 else {
      return .failure(
        .incomplete(
          "Credential must have exactly 5 slash-delimited elements, "
            + "e.g. keyid/date/region/service/term, got '\(credential)'"))
    }
    return .success(
      SignatureClaim(
        accessKeyID: parts[0],
        scope: SigningScope(date: parts[1], region: parts[2], service: parts[3]),
        terminator: parts[4],
        signedHeaders: headers.split(separator: ";").map { $0.lowercased() },
        signature: signature, moment: moment, stamp: moment.stamp, lifetime: lifetime,
        sessionToken: token))
  }

  private static func dateText(_ headers: [WireField]) -> String? {
    headers.value(ofHeader: "X-Amz-Date") ?? headers.value(ofHeader: "Date")
  }
}
