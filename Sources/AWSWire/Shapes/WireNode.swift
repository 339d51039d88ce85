/// What stands at one place of a message, ready for reading and writing.
struct WireNode: Sendable {
  /// What it is made of.
  enum Kind: Sendable {
    case structure, list, map, string, integer, float, boolean, blob, timestamp, document
  }

  /// What it is made of.
  var kind: Kind
  /// AWS's name of the shape; that of the type for a bare scalar.
  var name: String
  /// A structure's members; a list's element; a map's key and value.
  var members: [WireMember] = []
  /// The places of a structure's members in order of their names, as `Value` has them.
  var order: [Int] = []
  /// The place of the member that is the body.
  var payload: Int?
  /// Whether it is a stream of events, which nothing here reads or writes.
  var isEventStream = false
  /// A 32-bit fraction, which CBOR writes shorter.
  var isSingle = false
}

/// A member of a structure, the element of a list, or a map's key or value.
struct WireMember: Sendable {
  /// AWS's name; empty for elements, keys and values.
  var name: String
  /// Its place in the arena.
  var node: Int
  /// The name that the model gives it on the wire; nil where it gives none.
  var explicitName: String?
  /// Its name in EC2's queries, where that is given.
  var queryName: String?
  /// The bytes of its name on the wire.
  var bytes: [UInt8]
  /// The bytes of the name that the elements of a flattened list have in answers.
  var elementBytes: [UInt8]?
  var location: WireLocation
  var isRequired = false
  var isFlattened = false
  var isXMLAttribute = false
  var isJSONValue = false
  var isHostLabel = false
  var timeFormat: WireTimeFormat?
  var xmlNamespace: String?
  var xmlNamespacePrefix: String?

  /// Its name on the wire.
  var wireName: String { explicitName ?? name }
}

/// Where a member travels.
enum WireLocation: String, Sendable {
  case body
  case header
  case headers
  case uri
  case querystring
  case statusCode
}

/// The forms of moments.
enum WireTimeFormat: String, Sendable {
  case iso8601
  case rfc822
  case unixTimestamp
}
