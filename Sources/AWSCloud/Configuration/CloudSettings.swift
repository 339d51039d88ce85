/// What a client goes by, from the command line, the environment and the shared files.
package struct CloudSettings: Sendable {
  /// The region; nil where nothing names one.
  package var region: String?
  /// The profile whose settings count.
  package var profile: String
  /// Where calls go in place of AWS, whatever the service.
  package var endpoint: Origin?
  /// Where calls of one service go, by AWS's id of it in the form of `serviceKey`.
  package var endpoints: [String: Origin]
  /// How to try again.
  package var retries: RetryPolicy
  /// Whether FIPS endpoints are asked for.
  package var usesFIPS: Bool
  /// Whether endpoints for IPv6 and IPv4 are asked for.
  package var usesDualStack: Bool
  /// How long to wait for a connection, in milliseconds.
  package var connectMilliseconds: Int64
  /// How long to wait for a whole response, in milliseconds.
  package var totalMilliseconds: Int64
  /// How many bytes a response may have.
  package var bodyLimit: Int

  /// Makes settings with defaults.
  package init(
    region: String?, profile: String = "default", endpoint: Origin? = nil,
    retries: RetryPolicy = RetryPolicy()
  ) {
    self.region = region
    self.profile = profile
    self.endpoint = endpoint
    self.retries = retries
    endpoints = [:]
    usesFIPS = false
    usesDualStack = false
    connectMilliseconds = 10_000
    totalMilliseconds = 60_000
    bodyLimit = 1 << 28
  }

  /// Where calls of a service go in place of AWS; nil for AWS itself.
  ///
  /// - Parameter serviceID: AWS's id, for instance `Secrets Manager`.
  package func override(serviceID: String) -> Origin? {
    endpoints[Self.serviceKey(serviceID)] ?? endpoint
  }

  /// The form in which settings name a service: `secrets_manager`.
  package static func serviceKey(_ serviceID: String) -> String {
    String(serviceID.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

extension CloudSettings {
  /// Resolves the settings: what was chosen for this run, then the environment, then the profile.
  ///
  /// Source: AWS SDKs and Tools Reference Guide, "AWS Region", "Service-specific endpoints",
  /// "Retry behavior", "Dual-stack and FIPS endpoints".
  ///
  /// - Parameters:
  ///   - services: AWS's ids of services, whose own endpoints may be named.
  package static func resolve(
    _ surroundings: Surroundings, _ configuration: SharedConfiguration, profile: String? = nil,
    region: String? = nil, endpointURL: String? = nil, services: [String]
  ) throws(CredentialFailure) -> CloudSettings {
    let name =
      profile ?? surroundings.variable("AWS_PROFILE")
      ?? surroundings.variable("AWS_DEFAULT_PROFILE") ?? "default"
    let shared = configuration.profile(name) ?? [:]
    func setting(_ variable: String, _ key: String) -> String? {
      surroundings.variable(variable) ?? shared[key]
    }
    var settings = CloudSettings(
      region: region ?? surroundings.variable("AWS_REGION")
        ?? surroundings.variable("AWS_DEFAULT_REGION") ?? shared["region"],
      profile: name)
    if let region = settings.region, !isRegion(region) {
      throw .configuration("'\(region)' cannot be a region.")
    }
    settings.retries = try retries(setting)
    settings.usesFIPS = setting("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") == "true"
    settings.usesDualStack =
      setting("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint") == "true"
    if let endpointURL {
      settings.endpoint = try origin(endpointURL, "--endpoint-url")
      return settings
    }
    let ignores = setting(
      "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
    guard ignores?.lowercased() != "true" else { return settings }
    try settings.readEndpoints(surroundings, configuration, shared, services)
    return settings
  }

  /// The order is: a service's variable, the variable for all, the profile's for the service, the
  /// profile's for all.
  private mutating func readEndpoints(
    _ surroundings: Surroundings, _ configuration: SharedConfiguration,
    _ shared: [String: String], _ services: [String]
  ) throws(CredentialFailure) {
    let named = shared["services"].flatMap { configuration.services($0) } ?? [:]
    let all = surroundings.variable("AWS_ENDPOINT_URL")
    if let all { endpoint = try Self.origin(all, "AWS_ENDPOINT_URL") }
    for service in services {
      let key = Self.serviceKey(service)
      let variable = "AWS_ENDPOINT_URL_\(key.uppercased())"
      if let url = surroundings.variable(variable) {
        endpoints[key] = try Self.origin(url, variable)
      } else if all == nil, let url = named["\(key).endpoint_url"] {
        endpoints[key] = try Self.origin(url, "endpoint_url of \(key)")
      }
    }
    if all == nil, let url = shared["endpoint_url"] {
      endpoint = try Self.origin(url, "endpoint_url of the profile '\(profile)'")
    }
  }

  private static func retries(
    _ setting: (String, String) -> String?
  ) throws(CredentialFailure) -> RetryPolicy {
    var policy = RetryPolicy()
    switch setting("AWS_RETRY_MODE", "retry_mode") {
    // The oldest mode is the CLI's alone; what it does differently nobody relies on here.
    case nil, "standard", "legacy": break
    case "adaptive": policy.mode = .adaptive
    case .some(let word):
      throw .configuration("the retry mode is '\(word)'; there are standard and adaptive.")
    }
    if let text = setting("AWS_MAX_ATTEMPTS", "max_attempts") {
      guard let number = Int(text), (1...100).contains(number) else {
        throw .configuration("'\(text)' for the attempts is not a number from 1 to 100.")
      }
      policy.attempts = number
    }
    return policy
  }

  private static func origin(_ url: String, _ place: String) throws(CredentialFailure) -> Origin {
    guard let origin = Origin(url: url) else {
      throw .configuration(
        "\(place) is '\(url)', and not of the form http://host:port or https://host.")
    }
    return origin
  }

  /// A region becomes part of a host's name, so it may be nothing else.
  private static func isRegion(_ text: String) -> Bool {
    (1...63).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
