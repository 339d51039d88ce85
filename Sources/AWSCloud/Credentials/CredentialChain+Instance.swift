import AWSWire
import Canon

/// The instance's own role, by version 2 of its metadata: a token first, then what it opens.
/// Source: Amazon EC2 User Guide, "Use the Instance Metadata Service to access instance metadata";
/// AWS SDKs and Tools Reference Guide, "IMDS credential provider".
extension CredentialChain {
  func fromInstance() async throws(CredentialFailure) -> ResolvedCredentials? {
    if surroundings.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" { return nil }
    let origin = try instanceOrigin()
    let source = "the instance's metadata"
    guard let token = try await metadataToken(origin) else { return nil }
    let folder = "/latest/meta-data/iam/security-credentials/"
    let names = try await metadata(folder, token, origin)
    // Without a role there is nothing; that is no mistake.
    guard names.status == 200 else { return nil }
    let name = String(decoding: names.body, as: UTF8.self).prefix { !$0.isNewline }
    guard !name.isEmpty, name.utf8.allSatisfy({ Self.isName($0) }) else {
      throw .source("\(source) names a role that cannot be one.")
    }
    let found = try await metadata(folder + name, token, origin)
    guard found.status == 200 else {
      throw .source("\(source) answered HTTP \(found.status) for the role \(name).")
    }
    return try read(found.body, token: "Token", source: "\(source), role \(name)")
  }

  private func instanceOrigin() throws(CredentialFailure) -> Origin {
    let setting = configuration.profile(profile)
    if let url = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT")
      ?? setting?["ec2_metadata_service_endpoint"]
    {
      guard let origin = Origin(url: url) else {
        throw .configuration("AWS_EC2_METADATA_SERVICE_ENDPOINT is '\(url)': no such address.")
      }
      return origin
    }
    let mode =
      surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")
      ?? setting?["ec2_metadata_service_endpoint_mode"] ?? "IPv4"
    switch mode.lowercased() {
    case "ipv4": return Origin(isSecure: false, host: "169.254.169.254")
    case "ipv6": return Origin(isSecure: false, host: "[fd00:ec2::254]")
    default:
      throw .configuration(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is '\(mode)'; there are IPv4 and IPv6.")
    }
  }

  /// A token for six hours; the empty text where the instance knows version 1 alone and that was
  /// allowed; nil where nobody answers, which is so everywhere but on instances.
  private func metadataToken(_ origin: Origin) async throws(CredentialFailure) -> String? {
    let request = WireRequest(
      method: "PUT", path: "/latest/api/token",
      headers: [
        WireField("X-aws-ec2-metadata-token-ttl-seconds", "21600"),
        WireField("Host", origin.hostHeader),
      ])
    let response: WireResponse
    do throws(HTTPFailure) {
      response = try await surroundings.transport.exchange(
        HTTPMessage(
          origin: origin, request: request, connectMilliseconds: 1_000, totalMilliseconds: 1_000,
          bodyLimit: 1 << 16))
    } catch {
      // One hop is the default limit of the answer: a container on a bridge does not get it.
      return allowsVersion1 ? "" : nil
    }
    switch response.status {
    case 200: return String(decoding: response.body, as: UTF8.self)
    case 400: throw .source("the instance's metadata refused to give a token (HTTP 400).")
    default: return allowsVersion1 ? "" : nil
    }
  }

  /// Version 1 needs no token, and so gives a server that can be talked into a request away; it is
  /// used where `AWS_EC2_METADATA_V1_DISABLED` or the profile says `false` in so many words.
  private var allowsVersion1: Bool {
    let word =
      surroundings.variable("AWS_EC2_METADATA_V1_DISABLED")
      ?? configuration.profile(profile)?["ec2_metadata_v1_disabled"]
    return word?.lowercased() == "false"
  }

  private func metadata(
    _ path: String, _ token: String, _ origin: Origin
  ) async throws(CredentialFailure) -> WireResponse {
    let headers = token.isEmpty ? [] : [WireField("X-aws-ec2-metadata-token", token)]
    return try await fetch(
      WireRequest(method: "GET", path: path, headers: headers), from: origin,
      source: "the instance's metadata", milliseconds: 2_000)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "+=,.@_-".utf8.contains(byte)
    }
  }
}
