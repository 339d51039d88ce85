import AWSWire
import Canon
import CloudModel

/// A role for a token that somebody else issued, as pods of EKS have it.
/// Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider".
extension CredentialChain {
  /// What `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN` say.
  func fromWebIdentityEnvironment() async throws(CredentialFailure) -> ResolvedCredentials? {
    guard let file = surroundings.variable("AWS_WEB_IDENTITY_TOKEN_FILE") else { return nil }
    return try await fromWebIdentity(
      file: file, role: surroundings.variable("AWS_ROLE_ARN"),
      session: surroundings.variable("AWS_ROLE_SESSION_NAME"), region: nil,
      source: "AWS_WEB_IDENTITY_TOKEN_FILE")
  }

  func fromWebIdentity(
    file: String, role: String?, session: String?, region: String?, source: String
  ) async throws(CredentialFailure) -> ResolvedCredentials {
    guard let role else {
      throw .configuration(
        "\(source) names a web identity's token file, but no role (AWS_ROLE_ARN or role_arn).")
    }
    guard let bytes = surroundings.readFile(surroundings.expanded(file)) else {
      throw .configuration("\(source): the web identity's token file \(file) cannot be read.")
    }
    let token = String(decoding: bytes, as: UTF8.self)[...].trimmed
    let name = session ?? "fugue-\(surroundings.now().secondsSince1970)"
    let reply = try await surroundings.call(
      Call(
        service: "sts", operation: "AssumeRoleWithWebIdentity",
        parameters: [
          "RoleArn": .string(role), "RoleSessionName": .string(name),
          "WebIdentityToken": .string(String(token)),
        ]), nil, region ?? self.region)
    return try credentials(of: reply, source: "the role \(role) by a web identity (\(source))")
  }
}
