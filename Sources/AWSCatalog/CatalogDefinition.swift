/// A shape as the catalog has it: what it is made of, its constraints, and what the wire needs.
package struct CatalogDefinition: Hashable, Sendable {
  /// AWS's name.
  package let name: String
  /// What it is made of.
  package let kind: CatalogKind
  /// Further facts, by key; see the accessors.
  package let traits: CatalogTraits
}

/// What a shape is made of.
package enum CatalogKind: Hashable, Sendable {
  /// Members in AWS's order.
  case structure([CatalogReference])
  /// A sequence of one shape.
  case list(CatalogReference)
  /// Keys, which are texts, to values.
  case map(key: CatalogReference, value: CatalogReference)
  /// A scalar with constraints.
  case scalar(CatalogScalar)
}

/// A type of data without parts.
package enum CatalogScalar: String, Hashable, Sendable, CaseIterable {
  case string, integer, long, float, double, boolean, blob, timestamp
}

/// What a reference leads to.
package enum CatalogTarget: Hashable, Sendable {
  /// A scalar without constraints.
  case scalar(CatalogScalar)
  /// A shape by its name; see `CatalogService.definition`.
  case named(String)

  init(_ word: Substring) {
    self = CatalogScalar(rawValue: String(word)).map { .scalar($0) } ?? .named(String(word))
  }
}

/// A member of a structure, the element of a list, or the key or the value of a map.
package struct CatalogReference: Hashable, Sendable {
  /// AWS's name of a member; empty for elements, keys and values.
  package let name: String
  /// What it is.
  package let target: CatalogTarget
  /// Whether AWS refuses a request without it.
  package let isRequired: Bool
  /// Whether it is the client token that makes a repetition recognisable.
  package let isIdempotencyToken: Bool
  /// Its name on the wire where that is another; see also `queryName`.
  package let wireName: String?
  /// Further facts, by key; see the accessors.
  package let traits: CatalogTraits
}

extension CatalogReference {
  /// Where it travels: `header`, `headers` (all with a prefix), `uri`, `querystring`,
  /// `statusCode`; nil for the body.
  package var location: String? { traits["at"] }
  /// Its name in EC2's queries where it differs.
  package var queryName: String? { traits["query"] }
  /// The format of a moment: `iso8601`, `rfc822` or `unixTimestamp`; nil for the protocol's own.
  package var timestampFormat: String? { traits["time"] }
  /// Whether a list or a map stands without an element around it.
  package var isFlattened: Bool { traits.has("flattened") }
  /// Whether it is an attribute of its structure's element.
  package var isXMLAttribute: Bool { traits.has("xmlattribute") }
  /// The XML namespace.
  package var xmlNamespace: String? { traits["xmlns"] }
  /// The prefix that the XML namespace is given.
  package var xmlNamespacePrefix: String? { traits["xmlns.prefix"] }
  /// Whether the text holds JSON, in base64 where it is a header.
  package var isJSONValue: Bool { traits.has("jsonvalue") }
  /// Whether it is a part of the host's name.
  package var isHostLabel: Bool { traits.has("hostlabel") }
  /// Whether it is a stream of bytes.
  package var isStreaming: Bool { traits.has("streaming") }
  /// The parameter of the endpoint rules that it gives.
  package var endpointParameter: String? { traits["context"] }
}

extension CatalogDefinition {
  /// The least length, count or number, as text.
  package var minimum: String? { traits["min"] }
  /// The greatest length, count or number, as text.
  package var maximum: String? { traits["max"] }
  /// The regular expression that a text must match.
  package var pattern: String? { traits["pattern"] }
  /// The texts that it may be; none where it may be any.
  package var choices: [String] { traits.list("enum") }
  /// Whether the value must not be logged.
  package var isSensitive: Bool { traits.has("sensitive") }
  /// Whether exactly one member may be there.
  package var isUnion: Bool { traits.has("union") }
  /// Whether it is any JSON value.
  package var isDocument: Bool { traits.has("document") }
  /// Whether it is a stream of events.
  package var isEventStream: Bool { traits.has("eventstream") }
  /// Whether a list or a map stands without an element around it.
  package var isFlattened: Bool { traits.has("flattened") }
  /// Whether elements may be null.
  package var isSparse: Bool { traits.has("sparse") }
  /// The member that is the body.
  package var payload: String? { traits["payload"] }
  /// The format of a moment.
  package var timestampFormat: String? { traits["time"] }
  /// Whether it is a stream of bytes.
  package var isStreaming: Bool { traits.has("streaming") }
  /// The XML namespace.
  package var xmlNamespace: String? { traits["xmlns"] }
  /// The prefix that the XML namespace is given.
  package var xmlNamespacePrefix: String? { traits["xmlns.prefix"] }
  /// The name that it has on the wire wherever no member says otherwise.
  package var wireName: String? { traits["name"] }

  /// The members of a structure; none for other shapes.
  package var members: [CatalogReference] {
    if case .structure(let members) = kind { members } else { [] }
  }
}

extension CatalogReference {
  /// The member of a line below a structure's.
  init?(line: Substring) {
    let words = line.split(separator: " ")
    guard words.count >= 2 else { return nil }
    var name = words[0]
    var flags = (isRequired: false, isToken: false)
    if name.utf8.last == UInt8(ascii: "~") {
      flags.isToken = true
      name.removeLast()
    }
    if name.utf8.last == UInt8(ascii: "!") {
      flags.isRequired = true
      name.removeLast()
    }
    let traits = CatalogTraits(words[2...])
    self.init(
      name: String(name), target: CatalogTarget(words[1]), isRequired: flags.isRequired,
      isIdempotencyToken: flags.isToken, wireName: traits["name"], traits: traits)
  }

  fileprivate init(target: Substring, wireName: String?, traits: CatalogTraits) {
    self.init(
      name: "", target: CatalogTarget(target), isRequired: false, isIdempotencyToken: false,
      wireName: wireName, traits: traits)
  }
}

extension CatalogDefinition {
  /// The shape of a line and of those below it; nil where it is of none of the forms.
  init?(line: Substring, below: () -> [Substring]) {
    let words = line.split(separator: " ")
    guard words.count >= 2 else { return nil }
    let name = String(words[1])
    let none = CatalogTraits([])
    switch words[0] {
    case "structure":
      self.init(
        name: name, kind: .structure(below().compactMap(CatalogReference.init)),
        traits: CatalogTraits(words[2...]))
    case "list" where words.count >= 3:
      let traits = CatalogTraits(words[3...])
      let isJSON: ArraySlice<Substring> = traits.has("item.jsonvalue") ? ["jsonvalue"] : []
      self.init(
        name: name,
        kind: .list(
          CatalogReference(
            target: words[2], wireName: traits["item"], traits: CatalogTraits(isJSON))),
        traits: traits)
    case "map" where words.count >= 4:
      let traits = CatalogTraits(words[4...])
      self.init(
        name: name,
        kind: .map(
          key: CatalogReference(target: words[2], wireName: traits["key"], traits: none),
          value: CatalogReference(target: words[3], wireName: traits["value"], traits: none)),
        traits: traits)
    default:
      guard let scalar = CatalogScalar(rawValue: String(words[0])) else { return nil }
      self.init(name: name, kind: .scalar(scalar), traits: CatalogTraits(words[2...]))
    }
  }
}
