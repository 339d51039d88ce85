/// An operation of a service.
package struct CatalogOperation: Hashable, Sendable {
  /// AWS's name, for instance `CreateVpc`.
  package let name: String
  /// HTTP's method.
  package let method: String
  /// The path with labels (`/{Bucket}/{Key+}`), and the query that is always there.
  package let uri: String
  /// The name of the structure that it takes; nil where it takes nothing.
  package let input: String?
  /// The name of the structure that it gives; nil where it gives nothing.
  package let output: String?
  /// The shapes of the errors that the model lists; EC2's model lists none. What they mean see
  /// `CatalogService.errors`.
  package let errorShapes: [String]
  /// How to go through its pages; nil where it has none.
  package let pagination: CatalogPagination?
  /// Further facts, by key; see the accessors.
  package let traits: CatalogTraits
}

extension CatalogOperation {
  /// HTTP's status of success.
  package var status: Int { traits.integer("status") ?? 200 }
  /// What stands before the endpoint's host, with labels (`{AccountId}.`); nil for nothing.
  package var hostPrefix: String? { traits["host"] }
  /// The element around a query protocol's output.
  package var resultWrapper: String? { traits["wrapper"] }
  /// The element around a REST-XML input.
  package var inputName: String? { traits["in.name"] }
  /// The namespace of that element.
  package var inputNamespace: String? { traits["in.xmlns"] }
  /// Whether it is called without a signature.
  package var isUnsigned: Bool {
    traits["authtype"] == "none" || traits.list("auth") == ["smithy.api#noAuth"]
  }
  /// The signing that the model asks for, where it is not the service's: `v4`, `v4-unsigned-body`,
  /// `none`, `bearer`, `v4-s3express` …
  package var authType: String? { traits["authtype"] }
  /// The ways of signing that it takes, first the preferred: `aws.auth#sigv4`, `aws.auth#sigv4a`,
  /// `smithy.api#noAuth`, `smithy.api#httpBearerAuth`; none where the service's hold.
  package var authSchemes: [String] { traits.list("auth") }
  /// Whether the body is not part of the signature.
  package var isPayloadUnsigned: Bool { traits.has("unsignedpayload") }
  /// Whether calling it twice is as calling it once.
  package var isIdempotent: Bool { traits.has("idempotent") }
  /// Whether it changes nothing, where the model says so.
  package var isReadOnly: Bool { traits.has("readonly") }
  /// Whether AWS advises against it.
  package var isDeprecated: Bool { traits.has("deprecated") }
  /// Whether a request needs a checksum of its body.
  package var isChecksumRequired: Bool {
    traits.has("checksum.required") || traits.has("httpchecksumrequired")
  }
  /// The member that chooses the checksum's algorithm.
  package var checksumMember: String? { traits["checksum.member"] }
  /// The member that asks for a checksum of the response.
  package var checksumModeMember: String? { traits["checksum.mode"] }
  /// The algorithms of which a response may carry a checksum.
  package var responseChecksums: [String] { traits.list("checksum.response") }
  /// The encodings in which the body may be sent.
  package var compressions: [String] { traits.list("compression") }
  /// Whether its endpoint is asked for by another call: `required` or `optional`.
  package var endpointDiscovery: String? { traits["discovery"] }
  /// Parameters of the endpoint rules that are fixed for this operation, as `Name:value`.
  package var endpointParameters: [String] { traits.list("context") }
  /// Parameters of the endpoint rules that an expression over the input gives, as
  /// `Name:expression`.
  package var endpointParameterPaths: [String] { traits.list("contextpath") }
}

/// How to go through the pages of an operation. Paths are of JMESPath's language, mostly one name.
package struct CatalogPagination: Hashable, Sendable {
  /// Members of the input that say where to go on.
  package let inputTokens: [String]
  /// Paths in the output to what goes there, in the same order.
  package let outputTokens: [String]
  /// Paths in the output to what is collected.
  package let results: [String]
  /// Paths in the output to what is the same on each page.
  package let kept: [String]
  /// The member of the input that limits a page.
  package let limit: String?
  /// The path to the truth value that says whether there are more; nil where tokens say it.
  package let more: String?
}

/// What to wait for, and how.
package struct CatalogWaiter: Hashable, Sendable {
  /// What is reached, for instance `InstanceRunning`.
  package let name: String
  /// The operation that is asked again and again.
  package let operation: String
  /// How long to wait between two calls, in seconds.
  package let delaySeconds: Int
  /// How often to ask at most.
  package let tries: Int
  /// What each answer means; the first that fits counts.
  package let acceptors: [CatalogAcceptor]
}

/// When a waiter is done.
package struct CatalogAcceptor: Hashable, Sendable {
  /// `success`, `failure` or `retry`.
  package let state: String
  /// `path`, `pathAll`, `pathAny`, `status` or `error`.
  package let matcher: String
  /// What must be found, as JSON.
  package let expected: String
  /// Where, in JMESPath's language; nil for `status` and `error`.
  package let argument: String?
}

/// An error that a model lists.
package struct CatalogError: Hashable, Sendable {
  /// Its shape.
  package let shape: String
  /// The code on the wire.
  package let code: String
  /// HTTP's status; nil where the model names none.
  package let status: Int?
  /// Whether it is the caller's fault, the service's (`false`), or unsaid.
  package let isSender: Bool?
  /// Whether trying again may help.
  package let isRetryable: Bool
  /// Whether it says that calls come too fast.
  package let isThrottling: Bool
}
