package import AWSWire
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Requests over async-http-client: HTTP/1.1 with kept connections, no redirects, no repetition.
package final class AsyncHTTPTransport: HTTPTransport {
  private let client: HTTPClient

  /// Makes a transport.
  package init() {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)))
    configuration.httpVersion = .http1Only
    // A refused connection is told at once; whether to try again is not the transport's to say.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  deinit {
    // Whoever did not close it leaves that to the connections' own threads.
    let client = client
    client.shutdown().whenComplete { _ in withExtendedLifetime(client) {} }
  }

  /// Ends all connections.
  package func close() async {
    do { try await client.shutdown() } catch { return }
  }

  /// Carries one request; see `HTTPTransport`.
  package func exchange(_ message: HTTPMessage) async throws(HTTPFailure) -> WireResponse {
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
