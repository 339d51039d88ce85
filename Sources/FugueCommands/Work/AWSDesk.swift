import AWSCatalog
import AWSCloud
import AWSWire
import Canon
import CloudModel
import Diagnostics
import Foundation
import Synchronization

/// Calls to AWS for commands: mistakes are found before anything is sent, and failures become exit
/// codes.
struct AWSDesk {
  private let client: CloudClient
  private let transport: AsyncHTTPTransport
  private let allPages: Bool
  private static let catalog = Catalog()

  /// Opens the way to AWS.
  ///
  /// - Parameter services: The services that will be called, whose own endpoints are looked for.
  init(_ options: AWSOptions, services: [String]) throws(CommandFailure) {
    transport = AsyncHTTPTransport()
    allPages = options.paginate
    var observe: (@Sendable (CloudClient.Observation) -> Void)?
    if options.debug { observe = { Terminal.standard.complain(AWSTrace.text($0)) } }
    do throws(CredentialFailure) {
      client = try CloudClient.machine(
        catalog: Self.catalog, transport: transport, profile: options.profile,
        region: options.region, endpointURL: options.endpointURL, signs: !options.isUnsigned,
        services: Set(services).sorted().compactMap { Self.catalog.service($0)?.serviceID },
        observe: observe)
    } catch { throw CommandFailure(error.isMistake ? .usage : .outside, "Error: \(error)") }
  }

  /// Ends all connections.
  func close() { wait { await transport.close() } }

  /// Makes a call; its output as JSON.
  func output(of call: Call) throws(CommandFailure) -> JSON {
    let result: Result<CloudAnswer, CloudFailure> = wait {
      do throws(CloudFailure) {
        return .success(
          allPages ? try await client.callAllPages(call) : try await client.call(call))
      } catch { return .failure(error) }
    }
    switch result {
    case .success(let answer):
      return AWSRendering(service: Self.catalog.service(call.service))
        .json(answer.output, operation: call.operation)
    case .failure(let failure):
      throw CommandFailure(Self.exit(failure), "Error: \(failure)")
    }
  }

  private static func exit(_ failure: CloudFailure) -> Exit {
    switch failure {
    case .invalid, .configuration: .usage
    case .credentials(let failure): failure.isMistake ? .usage : .outside
    case .refused, .notSent, .outcomeUnknown: .outside
    }
  }

  /// Runs something asynchronous to its end; the command's own thread waits.
  private func wait<T: Sendable>(_ body: @escaping @Sendable () async -> T) -> T {
    let handoff = Handoff<T>()
    Task.detached { handoff.put(await body()) }
    return handoff.take()
  }
}

/// Hands one value from one thread to another that waits for it.
private final class Handoff<T: Sendable>: Sendable {
  private let box = Mutex<[T]>([])
  private let isThere = DispatchSemaphore(value: 0)

  func put(_ value: T) {
    box.withLock { $0 = [value] }
    isThere.signal()
  }

  func take() -> T {
    isThere.wait()
    let values = box.withLock { $0 }
    return values[0]
  }
}
