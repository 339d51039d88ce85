package import AWSCatalog
package import AWSWire
import Canon
package import CloudModel
import Synchronization

/// Makes calls to AWS, or to what speaks like it: encodes, signs, sends, tries again, understands.
package final class CloudClient: Sendable {
  /// What it goes by.
  package let settings: CloudSettings
  private let catalog: Catalog
  private let credentials: CredentialKeeper?
  private let transport: any HTTPTransport
  private let clock: ClientClock
  private let observe: (@Sendable (Observation) -> Void)?
  private let state: Mutex<State>

  private struct State {
    var wires: [String: ServiceWire] = [:]
    var endpoints: [String: EndpointResolver] = [:]
    var families: [APIFamily: FamilyState] = [:]
    var signers: [SigningPlace: RequestSigner] = [:]
  }

  private struct SigningPlace: Hashable {
    let region: String
    let name: String
  }

  /// What is seen of a call on its way, for people who look for a mistake.
  package enum Observation: Sendable {
    /// A request goes out, signed.
    case sending(HTTPMessage, attempt: Int)
    /// A response came.
    case received(WireResponse)
    /// None came.
    case broken(HTTPFailure)
    /// It will be tried again after so many seconds.
    case waiting(seconds: Double)
  }

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - credentials: Where to get credentials; nil to sign nothing.
  ///   - observe: Told what happens on the way, on any thread.
  package init(
    catalog: Catalog, settings: CloudSettings, credentials: CredentialKeeper?,
    transport: any HTTPTransport, clock: ClientClock,
    observe: (@Sendable (Observation) -> Void)? = nil
  ) {
    self.catalog = catalog
    self.settings = settings
    self.credentials = credentials
    self.transport = transport
    self.clock = clock
    self.observe = observe
    state = Mutex(State())
  }

  /// Makes a call. Client tokens that the operation takes and the call lacks are filled in once, so
  /// that each attempt carries the same.
  package func call(_ call: Call) async throws(CloudFailure) -> CloudAnswer {
    let wire = try wire(call.service)
    let job = try CallJob(
      call, wire: wire, endpoints: endpoints(of: wire.service), canSign: credentials != nil,
      token: clock.token)
    var count = RetryCount()
    var mayBeDone = false
    while true {
      let wait = admit(job.family)
      if wait > 0 { await clock.sleep(wait) }
      let attempt = try await attempt(job, number: count.attempts + 1)
      switch settle(attempt, job, &count) {
      case .retry(let seconds):
        mayBeDone = mayBeDone || attempt.mayBeDone
        observe?(.waiting(seconds: seconds))
        await clock.sleep(seconds)
      case .end(let end):
        let trace = CallTrace(
          service: call.service, operation: call.operation, endpoint: "\(job.endpoint.origin)",
          attempts: count.attempts, end: end, mayBeDoneBefore: mayBeDone,
          requestID: attempt.requestID)
        return try answer(attempt, job, trace)
      }
    }
  }

  /// The wire of a service, opened once.
  package func wire(_ service: String) throws(CloudFailure) -> ServiceWire {
    if let known = state.withLock({ $0.wires[service] }) { return known }
    guard let found = catalog.service(service) else {
      throw .invalid(WireError(.unknownOperation, "there is no service '\(service)'"))
    }
    let wire = ServiceWire(found, speaking: Self.preferred(found))
    state.withLock { $0.wires[service] = wire }
    return wire
  }

  /// The protocol to speak: the preferred one but CBOR, which what is like AWS seldom knows.
  private static func preferred(_ service: CatalogService) -> WireProtocol? {
    let known = service.protocols.compactMap(WireProtocol.init)
    return known.first { $0 != .cbor } ?? known.first
  }

  private func endpoints(of service: CatalogService) -> EndpointResolver {
    if let known = state.withLock({ $0.endpoints[service.name] }) { return known }
    let resolver = EndpointResolver(service, settings: settings)
    state.withLock { $0.endpoints[service.name] = resolver }
    return resolver
  }

  /// Waits so many seconds.
  func rest(_ seconds: Double) async { await clock.sleep(seconds) }

  // MARK: - One attempt

  private func attempt(_ job: CallJob, number: Int) async throws(CloudFailure) -> Attempt {
    var message = job.message(settings)
    let host = message.origin.hostHeader
    var used: AWSCredentials?
    if job.isSigned, let credentials {
      do throws(CredentialFailure) { used = try await credentials.current().credentials } catch {
        throw .credentials(error)
      }
    }
    if let used {
      sign(&message.request, job, host: host, used)
    } else {
      message.request.headers.append(WireField("Host", host))
    }
    observe?(.sending(message, attempt: number))
    let response: WireResponse
    do throws(HTTPFailure) {
      response = job.habits.normal(try await transport.exchange(message))
    } catch {
      observe?(.broken(error))
      return Attempt(error)
    }
    observe?(.received(response))
    let attempt = Attempt(response, job)
    if attempt.endedCredentials, let used { await credentials?.forget(used) }
    return attempt
  }

  private func sign(
    _ request: inout WireRequest, _ job: CallJob, host: String, _ credentials: AWSCredentials
  ) {
    let place = SigningPlace(
      region: job.endpoint.signingRegion, name: job.endpoint.signingName)
    let known = state.withLock { $0.signers[place] }
    var signer =
      known.flatMap { $0.credentials == credentials ? $0 : nil }
      ?? RequestSigner(credentials: credentials, region: place.region, service: place.name)
    signer.sign(&request, host: host, at: clock.now(), payload: job.payload)
    state.withLock { $0.signers[place] = signer }
  }

  private func answer(
    _ attempt: Attempt, _ job: CallJob, _ trace: CallTrace
  ) throws(CloudFailure) -> CloudAnswer {
    switch attempt.result {
    case .output(let output):
      return CloudAnswer(
        output: job.habits.finished(output.value, for: job.call.parameters),
        requestID: output.requestID, attempts: trace.attempts)
    case .failure(let failure): throw .refused(failure, trace)
    case .broken(.notSent(let reason)): throw .notSent(reason, trace)
    case .broken(.outcomeUnknown(let reason)): throw .outcomeUnknown(reason, trace)
    case .garbled(let error, let head):
      throw .outcomeUnknown(
        "the answer (\(head)) cannot be understood: \(error)", trace)
    }
  }

  // MARK: - The families' state

  private func admit(_ family: APIFamily) -> Double {
    let now = clock.seconds()
    return state.withLock { state in
      var known = state.families[family] ?? FamilyState(settings.retries)
      defer { state.families[family] = known }
      return known.admit(at: now)
    }
  }

  private func settle(
    _ attempt: Attempt, _ job: CallJob, _ count: inout RetryCount
  ) -> RetryVerdict {
    let (now, random, before) = (clock.seconds(), clock.random(), count)
    let (outcome, serverWait) = (attempt.outcome, attempt.serverWait)
    let (verdict, after) = state.withLock { state in
      var (known, count) = (state.families[job.family] ?? FamilyState(settings.retries), before)
      let verdict = known.settle(
        outcome, call: &count, policy: settings.retries, isRepeatable: job.isRepeatable,
        serverWait: serverWait, at: now, random: random)
      state.families[job.family] = known
      return (verdict, count)
    }
    count = after
    return verdict
  }
}
