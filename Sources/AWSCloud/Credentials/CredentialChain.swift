import AWSWire
import Canon
import CloudModel

/// Where credentials come from, in the order that all of AWS's tools share: the environment, the
/// profile (an assumed role, a web identity, SSO, keys, a program), the container, the instance.
/// The first source that is configured counts, also when it fails.
///
/// Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers"; botocore's
/// order of them, where the guide leaves it open.
package struct CredentialChain: Sendable {
  /// The world.
  let surroundings: Surroundings
  /// The shared files.
  let configuration: SharedConfiguration
  /// The profile in use.
  package let profile: String
  /// Whether somebody chose the profile for this very call, which rules the environment out.
  let isProfileChosen: Bool
  /// The region for STS, and where a profile names none.
  let region: String

  /// Makes a chain.
  ///
  /// - Parameter profile: What the user chose for this run; nil for `AWS_PROFILE` or `default`.
  package init(
    _ surroundings: Surroundings, configuration: SharedConfiguration, profile: String?,
    region: String
  ) {
    self.surroundings = surroundings
    self.configuration = configuration
    self.profile =
      profile ?? surroundings.variable("AWS_PROFILE")
      ?? surroundings.variable("AWS_DEFAULT_PROFILE") ?? "default"
    self.isProfileChosen = profile != nil
    self.region = region
  }

  /// Finds credentials.
  package func resolve() async throws(CredentialFailure) -> ResolvedCredentials {
    try checkProfile()
    if !isProfileChosen, let found = try fromEnvironment() { return found }
    if let found = try await fromProfile(profile, visited: []) { return found }
    if !isProfileChosen, let found = try await fromWebIdentityEnvironment() { return found }
    if let found = try await fromContainer() { return found }
    if let found = try await fromInstance() { return found }
    throw .notFound(tried: [
      isProfileChosen ? "(not the environment, since a profile was named)" : "the environment",
      "the profile '\(profile)'", "the container", "the instance's metadata",
    ])
  }

  private func checkProfile() throws(CredentialFailure) {
    let isNamed = isProfileChosen || profile != "default"
    guard isNamed, configuration.profile(profile) == nil else { return }
    let names = configuration.profileNames
    throw .configuration(
      "there is no profile '\(profile)'"
        + (names.isEmpty
          ? " in AWS's shared files, nor any other."
          : ". There are: \(names.joined(separator: ", "))."))
  }

  /// Keys in the environment. Source: AWS SDKs and Tools Reference Guide, "AWS access keys".
  func fromEnvironment() throws(CredentialFailure) -> ResolvedCredentials? {
    guard let key = surroundings.variable("AWS_ACCESS_KEY_ID") else { return nil }
    guard let secret = surroundings.variable("AWS_SECRET_ACCESS_KEY") else {
      throw .configuration("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not.")
    }
    let token =
      surroundings.variable("AWS_SESSION_TOKEN") ?? surroundings.variable("AWS_SECURITY_TOKEN")
    var expiry: SigningMoment?
    if let text = surroundings.variable("AWS_CREDENTIAL_EXPIRATION") {
      expiry = SigningMoment(iso: text)
      if let expiry, expiry <= surroundings.now() {
        throw .configuration("the credentials in the environment ended at \(text).")
      }
    }
    return ResolvedCredentials(
      credentials: AWSCredentials(
        accessKeyID: key, secretAccessKey: secret, sessionToken: token),
      expiry: expiry, source: "the environment")
  }

  /// Credentials in the form that metadata, containers and programs share.
  ///
  /// - Parameter token: The name of the session token's member.
  func read(
    _ bytes: [UInt8], token: String, source: String
  ) throws(CredentialFailure) -> ResolvedCredentials {
    let document: JSON
    do throws(JSONError) { document = try JSON(parsing: bytes) } catch {
      throw .source("\(source) gave no JSON: \(error.message) (byte \(error.offset)).")
    }
    if let code = document["Code"]?.text, code != "Success" {
      throw .source("\(source) refused: \(code) \(document["Message"]?.text ?? "")")
    }
    guard let key = document["AccessKeyId"]?.text, let secret = document["SecretAccessKey"]?.text
    else {
      throw .source("\(source) gave no AccessKeyId and SecretAccessKey.")
    }
    let end = document["Expiration"]?.text
    let expiry = end.flatMap { SigningMoment(iso: $0) }
    if let end, expiry == nil { throw .source("\(source) gave '\(end)' for an expiration.") }
    return ResolvedCredentials(
      credentials: AWSCredentials(
        accessKeyID: key, secretAccessKey: secret, sessionToken: document[token]?.text),
      expiry: expiry, source: source)
  }
}
