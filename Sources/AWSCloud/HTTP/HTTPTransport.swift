package import AWSWire

/// Something that carries requests over HTTP and brings responses back, once each: it follows no
/// redirect and repeats nothing.
package protocol HTTPTransport: Sendable {
  /// Carries one request.
  ///
  /// - Throws: `HTTPFailure`, where no whole response came.
  func exchange(_ message: HTTPMessage) async throws(HTTPFailure) -> WireResponse
}

/// A request with where it goes.
package struct HTTPMessage: Hashable, Sendable {
  /// Where it goes: scheme, host and port.
  package var origin: Origin
  /// What goes there. Its `hostPrefix` has become part of the origin.
  package var request: WireRequest
  /// How long to wait for the connection, in milliseconds.
  package var connectMilliseconds: Int64
  /// How long to wait for the whole response, in milliseconds.
  package var totalMilliseconds: Int64
  /// How many bytes the response's body may have.
  package var bodyLimit: Int

  /// Makes a message.
  package init(
    origin: Origin, request: WireRequest, connectMilliseconds: Int64 = 10_000,
    totalMilliseconds: Int64 = 60_000, bodyLimit: Int = 1 << 28
  ) {
    self.origin = origin
    self.request = request
    self.connectMilliseconds = connectMilliseconds
    self.totalMilliseconds = totalMilliseconds
    self.bodyLimit = bodyLimit
  }
}

/// Why no response came, and what that says of the request.
package enum HTTPFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing of the request went out: whatever it asked for was not done.
  case notSent(String)
  /// The request went out, wholly or in part, and no whole response came back: what it asked for
  /// may have been done.
  case outcomeUnknown(String)

  /// The reason, a phrase.
  package var reason: String {
    switch self {
    case .notSent(let reason), .outcomeUnknown(let reason): reason
    }
  }

  package var description: String {
    switch self {
    case .notSent(let reason): "not sent: \(reason)"
    case .outcomeUnknown(let reason): "sent, outcome unknown: \(reason)"
    }
  }
}
