/// How calls travel. Named as botocore names them.
package enum WireProtocol: String, Hashable, Sendable, CaseIterable {
  /// EC2's own form of queries.
  case ec2
  /// Forms in, XML out.
  case query
  /// JSON both ways, the operation in a header; versions 1.0 and 1.1.
  case json
  /// HTTP's methods, paths and headers, with JSON bodies.
  case restJSON = "rest-json"
  /// HTTP's methods, paths and headers, with XML bodies.
  case restXML = "rest-xml"
  /// CBOR both ways, the operation in the path.
  case cbor = "smithy-rpc-v2-cbor"

  /// Whether path, query and headers carry parts of a call.
  var isREST: Bool {
    switch self {
    case .restJSON, .restXML: true
    case .ec2, .query, .json, .cbor: false
    }
  }
}
