import AWSWire
import Canon

/// IAM Identity Center: the token that `aws sso login` left in its cache, exchanged for a role's
/// credentials. Both forms: `[sso-session]`, whose token is renewed, and the older one without.
/// Source: AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider".
extension CredentialChain {
  func fromSSO(
    _ name: String, _ settings: [String: String]
  ) async throws(CredentialFailure) -> ResolvedCredentials {
    var all = settings
    let session = settings["sso_session"]
    if let session {
      guard let shared = configuration.session(session) else {
        throw .configuration(
          "the profile '\(name)' names the sso-session '\(session)', which is not there.")
      }
      for (key, value) in shared.sorted(by: { $0.key < $1.key }) {
        if let own = settings[key], own != value {
          throw .configuration(
            "\(key) is '\(own)' in the profile '\(name)' and '\(value)' in the sso-session "
              + "'\(session)'.")
        }
        all[key] = value
      }
    }
    let needed = ["sso_account_id", "sso_role_name", "sso_start_url", "sso_region"]
    let missing = needed.filter { all[$0] == nil }
    guard missing.isEmpty, let account = all["sso_account_id"], let role = all["sso_role_name"],
      let startURL = all["sso_start_url"], let region = all["sso_region"]
    else {
      throw .configuration(
        "the profile '\(name)' uses SSO, but lacks \(missing.joined(separator: ", ")).")
    }
    let token = try await ssoToken(
      key: session ?? startURL, isRenewable: session != nil, region: region, profile: name)
    return try await roleCredentials(
      account: account, role: role, region: region, token: token, profile: name)
  }

  /// The token in the cache; its file is named by a digest of the session or the address.
  private func ssoToken(
    key: String, isRenewable: Bool, region: String, profile: String
  ) async throws(CredentialFailure) -> String {
    let path = "\(surroundings.homeFolder)/.aws/sso/cache/\(sha1Hex(of: Array(key.utf8))).json"
    let login =
      isRenewable ? "aws sso login --sso-session \(key)" : "aws sso login --profile \(profile)"
    guard let bytes = surroundings.readFile(path) else {
      throw .configuration("nobody is logged in for the profile '\(profile)'. Run `\(login)`.")
    }
    let cached: JSON
    do throws(JSONError) { cached = try JSON(parsing: bytes) } catch {
      throw .configuration("the cached token \(path) is no JSON. Run `\(login)`.")
    }
    guard let token = cached["accessToken"]?.text,
      let end = cached["expiresAt"]?.text.flatMap({ SigningMoment(iso: $0) })
    else {
      throw .configuration("the cached token \(path) is of no known form. Run `\(login)`.")
    }
    let now = surroundings.now()
    let isOver = end <= now
    if isRenewable, end <= now.adding(seconds: 900) {
      if let fresh = try await renewed(cached, path: path, region: region) { return fresh }
    }
    if isOver {
      throw .configuration("the SSO token of the profile '\(profile)' is over. Run `\(login)`.")
    }
    return token
  }

  /// Renews a token with its refresh token and writes it back; nil where that cannot be done.
  private func renewed(
    _ cached: JSON, path: String, region: String
  ) async throws(CredentialFailure) -> String? {
    guard let id = cached["clientId"]?.text, let secret = cached["clientSecret"]?.text,
      let refresh = cached["refreshToken"]?.text,
      let end = cached["registrationExpiresAt"]?.text.flatMap({ SigningMoment(iso: $0) }),
      end > surroundings.now()
    else { return nil }
    let body = JSON.object([
      JSON.Member("clientId", .string(id)), JSON.Member("clientSecret", .string(secret)),
      JSON.Member("grantType", .string("refresh_token")),
      JSON.Member("refreshToken", .string(refresh)),
    ])
    let request = WireRequest(
      method: "POST", path: "/token", headers: [WireField("Content-Type", "application/json")],
      body: Array(body.text().utf8))
    let response = try await fetch(
      request, from: try endpoint("SSO_OIDC", "oidc", region), source: "SSO's token service")
    guard response.status == 200, let answer = try? JSON(parsing: response.body),
      let token = answer["accessToken"]?.text, let lifetime = answer["expiresIn"]?.integer,
      (0...10_000_000).contains(lifetime)
    else { return nil }
    let stamp = surroundings.now().adding(seconds: lifetime).iso
    let changed = [
      "accessToken": JSON.string(token), "expiresAt": .string(stamp),
      "refreshToken": answer["refreshToken"] ?? .string(refresh),
    ]
    let members = (cached.members ?? []).map { member in
      JSON.Member(member.name, changed[member.name] ?? member.value)
    }
    // Not written means that the next program renews it once more; no reason to fail.
    _ = surroundings.writeFile(path, Array(JSON.object(members).text().utf8))
    return token
  }

  private func roleCredentials(
    account: String, role: String, region: String, token: String, profile: String
  ) async throws(CredentialFailure) -> ResolvedCredentials {
    let request = WireRequest(
      method: "GET", path: "/federation/credentials",
      query: [WireField("role_name", role), WireField("account_id", account)],
      headers: [WireField("x-amz-sso_bearer_token", token)])
    let source = "SSO's role \(role) of the account \(account)"
    let response = try await fetch(
      request, from: try endpoint("SSO", "portal.sso", region), source: source)
    if response.status == 401 {
      throw .configuration(
        "SSO does not take the token of the profile '\(profile)' any more. Log in again with "
          + "`aws sso login --profile \(profile)`.")
    }
    guard response.status == 200, let answer = try? JSON(parsing: response.body),
      let found = answer["roleCredentials"], let key = found["accessKeyId"]?.text,
      let secret = found["secretAccessKey"]?.text, let session = found["sessionToken"]?.text
    else { throw .source("\(source): HTTP \(response.status) without credentials.") }
    let expiry = found["expiration"]?.integer.map {
      SigningMoment(secondsSince1970: $0 / 1_000)
    }
    return ResolvedCredentials(
      credentials: AWSCredentials(
        accessKeyID: key, secretAccessKey: secret, sessionToken: session),
      expiry: expiry, source: source)
  }

  private func endpoint(
    _ variable: String, _ prefix: String, _ region: String
  ) throws(CredentialFailure) -> Origin {
    let url =
      surroundings.variable("AWS_ENDPOINT_URL_\(variable)")
      ?? "https://\(prefix).\(region).amazonaws.com"
    guard let origin = Origin(url: url) else {
      throw .configuration("'\(url)' is no address of a service.")
    }
    return origin
  }
}

extension SigningMoment {
  /// `2026-01-31T23:59:59Z`.
  package var iso: String {
    let digits = Array(stamp)
    func part(_ from: Int, _ to: Int) -> String { String(digits[from..<to]) }
    return "\(part(0, 4))-\(part(4, 6))-\(part(6, 8))T\(part(9, 11)):\(part(11, 13)):"
      + "\(part(13, 15))Z"
  }
}
