import AWSWire
import Canon

/// Credentials that an agent beside the container gives: ECS's and EKS Pod Identity's.
/// Source: AWS SDKs and Tools Reference Guide, "Container credential provider".
extension CredentialChain {
  func fromContainer() async throws(CredentialFailure) -> ResolvedCredentials? {
    let address: String
    if let relative = surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      address = "http://169.254.170.2\(relative)"
    } else if let full = surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
      address = full
    } else {
      return nil
    }
    let (path, query) = Self.split(address)
    guard let origin = Origin(url: Self.authority(address)) else {
      throw .configuration("the container's credentials stand at '\(address)': no such address.")
    }
    guard origin.isSecure || Self.isTrusted(origin) else {
      throw .configuration(
        "the container's credentials stand at '\(address)', which is neither https nor an "
          + "address of this machine or of ECS's or EKS's agent.")
    }
    var request = WireRequest(
      method: "GET", path: path, query: query, headers: [WireField("Accept", "application/json")])
    if let token = try containerToken() {
      request.headers.append(WireField("Authorization", token))
    }
    let response = try await fetch(request, from: origin, source: "the container's agent")
    guard response.status == 200 else {
      throw .source("the container's agent at \(origin) answered HTTP \(response.status).")
    }
    return try read(response.body, token: "Token", source: "the container's agent")
  }

  private func containerToken() throws(CredentialFailure) -> String? {
    var token = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    if let file = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      guard let bytes = surroundings.readFile(file) else {
        throw .configuration("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE \(file) cannot be read.")
      }
      token = String(decoding: bytes, as: UTF8.self)
    }
    if let token, token.contains(where: \.isNewline) {
      throw .configuration("the container's authorization token has a line break in it.")
    }
    return token
  }

  /// Plain HTTP is for the machine itself and the two agents' addresses alone.
  private static func isTrusted(_ origin: Origin) -> Bool {
    origin.isLoopback
      || ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"].contains(origin.host)
  }

  private static func authority(_ address: String) -> String {
    guard let scheme = address.firstRange(of: "://") else { return address }
    return String(
      address[..<scheme.upperBound]
        + address[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" })
  }

  private static func split(_ address: String) -> (path: String, query: [WireField]) {
    let rest = address.dropFirst(authority(address).count)
    let path = rest.prefix { $0 != "?" }
    let query = rest.dropFirst(path.count + 1).split(separator: "&").map { pair in
      let name = pair.prefix { $0 != "=" }
      return WireField(
        String(name), name == pair ? nil : String(pair.dropFirst(name.count + 1)))
    }
    return (path.isEmpty ? "/" : String(path), query)
  }

  /// One plain request to a source of credentials, with three tries: such agents are close by, and
  /// busy when a machine starts.
  func fetch(
    _ request: WireRequest, from origin: Origin, source: String, milliseconds: Int64 = 5_000
  ) async throws(CredentialFailure) -> WireResponse {
    var plain = request
    plain.headers.append(WireField("Host", origin.hostHeader))
    let message = HTTPMessage(
      origin: origin, request: plain, connectMilliseconds: 1_000, totalMilliseconds: milliseconds,
      bodyLimit: 1 << 20)
    var reason = ""
    for _ in 0..<3 {
      do throws(HTTPFailure) {
        let response = try await surroundings.transport.exchange(message)
        if response.status < 500 { return response }
        reason = "HTTP \(response.status)"
      } catch { reason = error.reason }
    }
    throw .source("\(source) cannot be asked for credentials: \(reason).")
  }
}
