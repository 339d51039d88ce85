package import AWSCatalog
import AWSWire
import CloudModel

extension CloudClient {
  /// A client of the machine: its environment, its shared files, its clock.
  ///
  /// - Parameters:
  ///   - profile: The profile that was chosen for this run; nil for the environment's.
  ///   - region: The region that was chosen for this run.
  ///   - endpointURL: Where calls go in place of AWS.
  ///   - signs: Whether requests are signed.
  package static func machine(
    catalog: Catalog, transport: any HTTPTransport, profile: String? = nil, region: String? = nil,
    endpointURL: String? = nil, signs: Bool = true, services: [String] = [],
    observe: (@Sendable (Observation) -> Void)? = nil
  ) throws(CredentialFailure) -> CloudClient {
    let clock = ClientClock.machine
    let plain = Surroundings.machine(transport: transport) { _, _, _ in .null }
    let configuration = SharedConfiguration(plain)
    let settings = try CloudSettings.resolve(
      plain, configuration, profile: profile, region: region, endpointURL: endpointURL,
      services: Set(services + ["STS"]).sorted())
    // STS is called by a client of its own, whose credentials are those of the source.
    let surroundings = Surroundings.machine(transport: transport) {
      call, credentials, region async throws(CredentialFailure) in
      var own = settings
      own.region = region
      let keeper = credentials.map { fixed in
        CredentialKeeper(now: clock.now) {
          ResolvedCredentials(credentials: fixed, source: "the source of a role")
        }
      }
      let sts = CloudClient(
        catalog: catalog, settings: own, credentials: keeper, transport: transport, clock: clock)
      do throws(CloudFailure) { return try await sts.call(call).output } catch {
        throw .source("\(call.operation) failed: \(error)")
      }
    }
    let chain = CredentialChain(
      surroundings, configuration: configuration, profile: profile,
      region: settings.region ?? "us-east-1")
    let keeper = CredentialKeeper(now: clock.now) { () async throws(CredentialFailure) in
      try await chain.resolve()
    }
    return CloudClient(
      catalog: catalog, settings: settings, credentials: signs ? keeper : nil,
      transport: transport, clock: clock, observe: observe)
  }
}
