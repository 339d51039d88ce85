internal import Canon

/// What the rules of endpoints reckon with.
package indirect enum EndpointValue: Hashable, Sendable {
  /// A text.
  case text(String)
  /// A truth value.
  case truth(Bool)
  /// A whole number.
  case number(Int)
  /// A sequence.
  case list([EndpointValue])
  /// A record.
  case record([String: EndpointValue])

  /// The text, where it is one.
  package var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The truth value, where it is one.
  package var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }

  /// The value of a JSON tree; nil for null and for fractions.
  init?(json: JSON) {
    switch json {
    case .null: return nil
    case .bool(let truth): self = .truth(truth)
    case .string(let text): self = .text(text)
    case .number(let text):
      guard let number = Int(text) else { return nil }
      self = .number(number)
    case .array(let items): self = .list(items.compactMap(EndpointValue.init(json:)))
    case .object(let members):
      self = .record(
        Dictionary(
          members.compactMap { member in
            EndpointValue(json: member.value).map { (member.name, $0) }
          }, uniquingKeysWith: { $1 }))
    }
  }
}

/// Where a call goes, and how it is signed.
package struct CatalogEndpoint: Hashable, Sendable {
  /// The address, without a slash at its end: `https://sqs.eu-west-1.amazonaws.com`.
  package let url: String
  /// Headers that a request must carry, in order of name.
  package let headers: [String: [String]]
  /// The ways of signing, the preferred first; none where the service's hold.
  package let authSchemes: [EndpointAuthScheme]
}

/// A way of signing that an endpoint asks for.
package struct EndpointAuthScheme: Hashable, Sendable {
  /// `sigv4`, `sigv4a`, `sigv4-s3express` …
  package let name: String
  /// The service in the signature's scope; nil for the service's own.
  package let signingName: String?
  /// The region in the signature's scope; nil for the call's own.
  package let signingRegion: String?
  /// The regions of a signature that holds in several.
  package let signingRegionSet: [String]
  /// Whether the path is encoded once only in the signature, as for S3.
  package let disablesDoubleEncoding: Bool
}

/// Why there is no endpoint.
package struct EndpointError: Error, Hashable, Sendable {
  /// A sentence, mostly AWS's own.
  package let message: String
}

/// What is known when an endpoint is looked for.
package struct EndpointQuestion: Hashable, Sendable {
  /// The region, for instance `eu-west-1`; nil for services without regions.
  package var region: String?
  /// Whether only endpoints with validated cryptography will do.
  package var usesFIPS = false
  /// Whether only endpoints that speak IPv6, too, will do.
  package var usesDualStack = false
  /// An address to use in any case.
  package var override: String?
  /// Whether S3's buckets stand in the path, not in the host's name.
  package var forcesPathStyle = false
  /// The account that calls; some services have endpoints by account.
  package var accountID: String?
  /// Further parameters of the rules by their names; they win over all others.
  package var parameters: [String: EndpointValue] = [:]

  /// A question for a region.
  package init(region: String?) { self.region = region }

  /// The value of a parameter that clients know by themselves.
  ///
  /// Source: Smithy, "AWS endpoint rule set built-ins".
  func builtIn(_ name: String) -> EndpointValue? {
    switch name {
    case "AWS::Region": region.map { .text($0) }
    case "AWS::UseFIPS": .truth(usesFIPS)
    case "AWS::UseDualStack": .truth(usesDualStack)
    case "SDK::Endpoint": override.map { .text($0) }
    case "AWS::S3::ForcePathStyle": .truth(forcesPathStyle)
    case "AWS::Auth::AccountId": accountID.map { .text($0) }
    case "AWS::Auth::AccountIdEndpointMode": .text("preferred")
    case "AWS::S3::UseArnRegion": .truth(true)
    case "AWS::S3::Accelerate", "AWS::S3::UseGlobalEndpoint", "AWS::STS::UseGlobalEndpoint",
      "AWS::S3::DisableMultiRegionAccessPoints", "AWS::S3Control::UseArnRegion":
      .truth(false)
    default: nil
    }
  }
}
