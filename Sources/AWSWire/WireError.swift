/// Why bytes cannot be made of a value, or a value of bytes.
package struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  package enum Kind: String, Hashable, Sendable {
    /// The service has no such operation, or a request names none that can be recognised.
    case unknownOperation
    /// A parameter is missing, unknown, or of another type than the model says.
    case parameter
    /// Bytes that are not of the protocol, or not of the shape that the model says.
    case malformed
    /// More depth, bytes or elements than `WireLimits` allows.
    case limit
    /// A form that is not spoken here, for instance an event stream.
    case unsupported
  }

  /// What kind of trouble it is.
  package let kind: Kind
  /// Where in the value, for instance `Filters[0].Name`; empty for the whole.
  package let path: String
  /// A sentence.
  package let message: String

  /// Makes an error.
  package init(_ kind: Kind, at path: String = "", _ message: String) {
    self.kind = kind
    self.path = path
    self.message = message
  }

  package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

/// What a decoder takes at most; hostile bytes end there, with an error.
package struct WireLimits: Hashable, Sendable {
  /// How deep values, elements and objects may be nested.
  package var depth: Int
  /// How many bytes a body may have.
  package var bodyBytes: Int
  /// How many values a message may have.
  package var values: Int

  /// Makes limits. AWS's own are lower: a request of 1 MB to most services, 5 GB to S3.
  package init(depth: Int = 128, bodyBytes: Int = 1 << 30, values: Int = 50_000_000) {
    self.depth = depth
    self.bodyBytes = bodyBytes
    self.values = values
  }
}
