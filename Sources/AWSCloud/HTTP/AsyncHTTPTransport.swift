package import AWSWire
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Requests over async-http-client: HTTP/1.1 with kept connections, no redirects, no repetition.
package final class AsyncHTTPTransport: HTTPTransport {
  /// A client for each time that is waited for a connection, since a client has but one; none any
  /// more where the transport is closed.
  private let clients = Mutex<[Int64: HTTPClient]?>([:])

  /// Makes a transport.
  package init() {}

  private func client(connectMilliseconds: Int64) throws(HTTPFailure) -> HTTPClient {
    let found = clients.withLock { clients -> HTTPClient? in
      if clients == nil { return nil }
      if let known = clients?[connectMilliseconds] { return known }
      let made = Self.client(connectMilliseconds: connectMilliseconds)
      clients?[connectMilliseconds] = made
      return made
    }
    guard let found else { throw .notSent("the transport is closed") }
    return found
  }

  private static func client(connectMilliseconds: Int64) -> HTTPClient {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .milliseconds(connectMilliseconds)))
    configuration.httpVersion = .http1Only
    // A refused connection is told at once; whether to try again is not the transport's to say.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  private func removeClients() -> [HTTPClient] {
    clients.withLock { clients in
      defer { clients = nil }
      return (clients ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    }
  }

  deinit {
    // Whoever did not close it leaves that to the connections' own threads.
    for client in removeClients() {
      client.shutdown().whenComplete { _ in withExtendedLifetime(client) {} }
    }
  }

  /// Ends all connections; whatever is asked of it then is not sent.
  package func close() async {
    for client in removeClients() {
      do { try await client.shutdown() } catch { continue }
    }
  }

  /// Carries one request; see `HTTPTransport`.
  package func exchange(_ message: HTTPMessage) async throws(HTTPFailure) -> WireResponse {
    let client = try client(connectMilliseconds: max(1, message.connectMilliseconds))
    var request = HTTPClientRequest(
      url: "\(message.origin)\(message.request.target)")
    request.method = HTTPMethod(rawValue: message.request.method)
    for field in message.request.headers {
      request.headers.add(name: field.name, value: field.value ?? "")
    }
    if !message.request.body.isEmpty {
      request.body = .bytes(ByteBuffer(bytes: message.request.body))
    }
    do {
      let response = try await client.execute(
        request, timeout: .milliseconds(message.totalMilliseconds))
      return try await Self.whole(response, limit: message.bodyLimit)
    } catch let failure as HTTPFailure {
      throw failure
    } catch {
      throw Self.failure(error, message)
    }
  }

  private static func whole(
    _ response: HTTPClientResponse, limit: Int
  ) async throws -> WireResponse {
    let tooLong = HTTPFailure.outcomeUnknown(
      "the response (HTTP \(response.status.code)) is longer than \(limit) bytes")
    if let length = response.headers.first(name: "Content-Length").flatMap({ Int($0) }),
      length > limit
    {
      throw tooLong
    }
    var body: [UInt8] = []
    for try await part in response.body {
      guard body.count + part.readableBytes <= limit else { throw tooLong }
      body.append(contentsOf: part.readableBytesView)
    }
    return WireResponse(
      status: Int(response.status.code),
      headers: response.headers.map { WireField($0.name, $0.value) }, body: body)
  }

  /// What a failure says of the request. Only what certainly happened before the first byte went
  /// out counts as not sent.
  private static func failure(_ error: any Error, _ message: HTTPMessage) -> HTTPFailure {
    let place = message.origin.hostHeader
    switch error {
    case let error as HTTPClientError:
      return failure(error, place, message)
    case let error as NIOConnectionError:
      if error.connectionErrors.isEmpty { return .notSent("the host \(place) is not known") }
      return .notSent("\(place) refuses the connection, or cannot be reached")
    case let error as IOError:
      return error.errnoCode == 111
        ? .notSent("\(place) refuses the connection")
        : .outcomeUnknown("the connection to \(place) broke (\(error))")
    case ChannelError.connectTimeout: return .notSent("\(place) could not be reached in time")
    case is CancellationError: return .outcomeUnknown("the call was given up")
    default:
      // TLS handshakes come before any byte of the request.
      let kind = String(reflecting: type(of: error))
      if kind.hasPrefix("NIOSSL.") {
        return kind.contains("NIOSSLExtraError") || "\(error)".contains("handshake")
          ? .notSent("no TLS connection with \(place): \(error)")
          : .outcomeUnknown("the TLS connection to \(place) broke (\(error))")
      }
      return .outcomeUnknown("\(place) answers what is no HTTP, or breaks off (\(error))")
    }
  }

  private static func failure(
    _ error: HTTPClientError, _ place: String, _ message: HTTPMessage
  ) -> HTTPFailure {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout:
      .notSent("\(place) could not be reached in time")
    case .tlsHandshakeTimeout: .notSent("no TLS connection with \(place) in time")
    case .invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody, .alreadyShutdown:
      .notSent("\(error.shortDescription): \(message.origin)")
    case .deadlineExceeded, .readTimeout, .writeTimeout:
      .outcomeUnknown(
        "no whole response from \(place) within \(message.totalMilliseconds) ms")
    case .remoteConnectionClosed:
      .outcomeUnknown("\(place) closed the connection before its response was whole")
    default:
      "\(error)".contains("invalidHeaderField")
        ? .notSent("a header cannot be sent: \(error)")
        : .outcomeUnknown("\(place): \(error.shortDescription)")
    }
  }
}
