/// A request as it stands before it is signed and sent, or as it came in: all of HTTP that AWS's
/// protocols use, and no host, scheme or signature.
package struct WireRequest: Hashable, Sendable {
  /// `GET`, `POST` …
  package var method: String
  /// The path, percent-encoded, beginning with `/`, without the query.
  package var path: String
  /// The query, decoded, in order.
  package var query: [WireField]
  /// Headers that the protocol asks for, in order; `Host`, `Content-Length` and what signing adds
  /// are the transport's.
  package var headers: [WireField]
  /// The body.
  package var body: [UInt8]
  /// What stands before the endpoint's host name, with its dot (`data-`, `123456789012.`); empty
  /// for most operations.
  package var hostPrefix: String

  /// Makes a request.
  package init(
    method: String = "POST", path: String = "/", query: [WireField] = [],
    headers: [WireField] = [], body: [UInt8] = [], hostPrefix: String = ""
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.hostPrefix = hostPrefix
  }
}

/// An answer as it came in, or as it is to be sent.
package struct WireResponse: Hashable, Sendable {
  /// HTTP's status, for instance 200.
  package var status: Int
  /// Headers, in order.
  package var headers: [WireField]
  /// The body.
  package var body: [UInt8]

  /// Makes a response.
  package init(status: Int, headers: [WireField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// AWS's id of the request, as the headers name it; nil where they name none.
  package var requestID: String? { FailureReader.requestID(headers) }
}
