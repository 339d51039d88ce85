import AWSWire
import Canon
import CloudModel

extension CredentialChain {
  /// What a profile gives; nil where it has nothing to do with credentials.
  ///
  /// - Parameter visited: Profiles on the way here, so that a circle is noticed.
  func fromProfile(
    _ name: String, visited: [String]
  ) async throws(CredentialFailure) -> ResolvedCredentials? {
    guard let settings = configuration.profile(name) else { return nil }
    if settings["role_arn"] != nil, settings["web_identity_token_file"] == nil {
      return try await assumedRole(name, settings, visited: visited)
    }
    if let file = settings["web_identity_token_file"] {
      return try await fromWebIdentity(
        file: file, role: settings["role_arn"], session: settings["role_session_name"],
        region: settings["region"], source: "the profile '\(name)'")
    }
    if settings["sso_account_id"] != nil || settings["sso_role_name"] != nil {
      return try await fromSSO(name, settings)
    }
    if let found = try keys(name, settings) { return found }
    if let command = settings["credential_process"] {
      return try await fromProgram(command, profile: name)
    }
    return nil
  }

  func keys(
    _ name: String, _ settings: [String: String]
  ) throws(CredentialFailure) -> ResolvedCredentials? {
    guard let key = settings["aws_access_key_id"] else { return nil }
    guard let secret = settings["aws_secret_access_key"] else {
      throw .configuration(
        "the profile '\(name)' has an aws_access_key_id, but no aws_secret_access_key.")
    }
    return ResolvedCredentials(
      credentials: AWSCredentials(
        accessKeyID: key, secretAccessKey: secret,
        sessionToken: settings["aws_session_token"] ?? settings["aws_security_token"]),
      source: "the profile '\(name)'")
  }

  /// Assumes the role of a profile, with credentials of another profile or source.
  /// Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider".
  private func assumedRole(
    _ name: String, _ settings: [String: String], visited: [String]
  ) async throws(CredentialFailure) -> ResolvedCredentials {
    guard let role = settings["role_arn"] else {
      throw .configuration("the profile '\(name)' has no role_arn.")
    }
    if let serial = settings["mfa_serial"] {
      throw .configuration(
        "the profile '\(name)' asks for a code of the device \(serial), which is not supported "
          + "here. Get temporary credentials with `aws sts assume-role --serial-number … "
          + "--token-code …` and set them in the environment.")
    }
    let source = try await roleSource(name, settings, visited: visited)
    var parameters: [(String, Value)] = [
      ("RoleArn", .string(role)),
      (
        "RoleSessionName",
        .string(settings["role_session_name"] ?? "fugue-\(surroundings.now().secondsSince1970)")
      ),
    ]
    if let id = settings["external_id"] { parameters.append(("ExternalId", .string(id))) }
    if let text = settings["duration_seconds"] {
      guard let seconds = Int64(text), (900...43_200).contains(seconds) else {
        throw .configuration(
          "duration_seconds of the profile '\(name)' is '\(text)', and not a number from 900 to "
            + "43200.")
      }
      parameters.append(("DurationSeconds", .int(seconds)))
    }
    let reply = try await surroundings.call(
      Call(
        service: "sts", operation: "AssumeRole", parameters: .record(SortedMap(parameters))),
      source.credentials, settings["region"] ?? region)
    return try credentials(
      of: reply, source: "the role \(role) of the profile '\(name)', by \(source.source)")
  }

  private func roleSource(
    _ name: String, _ settings: [String: String], visited: [String]
  ) async throws(CredentialFailure) -> ResolvedCredentials {
    switch (settings["source_profile"], settings["credential_source"]) {
    case (.some, .some):
      throw .configuration(
        "the profile '\(name)' has both source_profile and credential_source; only one can count.")
    case (nil, nil):
      throw .configuration(
        "the profile '\(name)' has a role_arn, but neither source_profile nor credential_source.")
    case (nil, .some(let source)):
      return try await namedSource(source, profile: name)
    case (.some(let source), nil):
      guard let other = configuration.profile(source) else {
        throw .configuration(
          "the profile '\(name)' names the source_profile '\(source)', which is not there.")
      }
      // A profile may be its own source by keys that stand beside its role.
      if source == name {
        guard let found = try keys(name, settings) else {
          throw .configuration("the profile '\(name)' is its own source, but has no keys.")
        }
        return found
      }
      if visited.contains(source) {
        // A profile met again ends the way only where it has keys of its own.
        if let found = try keys(source, other) { return found }
        throw .configuration(
          "profiles are each other's source_profile: "
            + (visited + [name, source]).joined(separator: " → ") + ".")
      }
      guard let found = try await fromProfile(source, visited: visited + [name]) else {
        throw .configuration(
          "the source_profile '\(source)' of the profile '\(name)' has no credentials.")
      }
      return found
    }
  }

  private func namedSource(
    _ source: String, profile: String
  ) async throws(CredentialFailure) -> ResolvedCredentials {
    let found: ResolvedCredentials?
    switch source {
    case "Environment": found = try fromEnvironment()
    case "EcsContainer": found = try await fromContainer()
    case "Ec2InstanceMetadata": found = try await fromInstance()
    default:
      throw .configuration(
        "credential_source of the profile '\(profile)' is '\(source)'; there are Environment, "
          + "EcsContainer and Ec2InstanceMetadata.")
    }
    guard let found else {
      throw .configuration(
        "the profile '\(profile)' takes its credentials from \(source), which has none.")
    }
    return found
  }

  /// The credentials in a reply of STS.
  func credentials(
    of reply: Value, source: String
  ) throws(CredentialFailure) -> ResolvedCredentials {
    let found = reply["Credentials"]
    guard let key = found["AccessKeyId"].text, let secret = found["SecretAccessKey"].text,
      let token = found["SessionToken"].text
    else { throw .source("STS gave no credentials for \(source).") }
    return ResolvedCredentials(
      credentials: AWSCredentials(
        accessKeyID: key, secretAccessKey: secret, sessionToken: token),
      expiry: found["Expiration"].text.flatMap { SigningMoment(iso: $0) }, source: source)
  }
}
