/// What the model says of the service as a whole.
extension CatalogService {
  /// How calls may travel, the preferred way first: `ec2`, `query`, `json`, `rest-json`,
  /// `rest-xml` or `smithy-rpc-v2-cbor`.
  package var protocols: [String] { traits.list("protocols") }
  /// The preferred of `protocols`.
  package var wireProtocol: String { protocols.first ?? "" }
  /// AWS's id, for instance `Secrets Manager`.
  package var serviceID: String { traits["id"] ?? name }
  /// The first label of most of its endpoints, for instance `monitoring`.
  package var endpointPrefix: String { traits["prefix"] ?? name }
  /// The name under which requests are signed.
  package var signingName: String { traits["signing"] ?? endpointPrefix }
  /// `v4`, `s3`, `s3v4`, `bearer` …
  package var signatureVersion: String { traits["signature"] ?? "v4" }
  /// The ways of signing, the preferred first: `aws.auth#sigv4` …; none where the model lists none.
  package var authSchemes: [String] { traits.list("auth") }
  /// The version of the JSON protocol: `1.0` or `1.1`.
  package var jsonVersion: String? { traits["json"] }
  /// What stands before the operation's name in the header `X-Amz-Target`.
  package var targetPrefix: String? { traits["target"] }
  /// The namespace of its XML.
  package var xmlNamespace: String? { traits["xmlns"] }
  /// The host of a service that has but one.
  package var globalEndpoint: String? { traits["global"] }
  /// Whether it spoke the query protocol once, and still names that protocol's error codes.
  package var isQueryCompatible: Bool { traits.has("querycompatible") }
}
