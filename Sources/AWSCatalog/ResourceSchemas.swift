/// AWS's resource types as CloudFormation knows them, over one text:
///
/// ```
/// resource AWS::EC2::Subnet id=SubnetId create=CidrBlock,VpcId conditional=Ipv6CidrBlock read=…
///  CidrBlock string format=ipv4-network
///  Tags [#Tag] unique
///  :Tag object required=Key,Value
///  Key string
/// ```
/// Paths are names with slashes between them, `*` for any element. A line with a colon begins a
/// definition, whose properties follow it. Types are `string`, `integer`, `number`, `boolean`,
/// `object`, `any`, `[T]`, `{T}` and `#Definition`. `needs-create=ec2:CreateSubnet,…` and the like
/// name the IAM actions that CloudFormation's handler of that name needs.
package struct ResourceSchemas: Sendable {
  private let index: CatalogIndex

  /// The types that the program carries.
  package init() { self.init(text: EmbeddedCatalog.text(named: "facts/resources") ?? "") }

  /// The types of a text.
  package init(text: String) { index = CatalogIndex(Array(text.utf8), from: .shapes) }

  /// The names of all types, in order.
  package var types: [String] { (0..<index.count(.shapes)).map { index.name(.shapes, $0) } }

  /// A type by its name, for instance `AWS::EC2::Subnet`; nil where there is none.
  package func schema(_ type: String) -> ResourceSchema? {
    guard let place = index.place(of: type, in: .shapes) else { return nil }
    let words = index.line(.shapes, place).split(separator: " ")
    var definitions: [ResourceDefinition] = []
    var properties: [ResourceProperty] = []
    for line in index.lines(below: place, of: .shapes) {
      let words = line.split(separator: " ")
      guard words.count >= 2 else { continue }
      let traits = CatalogTraits(words[2...])
      if words[0].hasPrefix(":") {
        definitions.append(
          ResourceDefinition(
            name: CatalogText.unescaped(words[0].dropFirst()), type: String(words[1]),
            required: traits.list("required"), properties: []))
        continue
      }
      let property = ResourceProperty(
        name: CatalogText.unescaped(words[0]), type: String(words[1]), traits: traits)
      if definitions.isEmpty {
        properties.append(property)
      } else {
        definitions[definitions.count - 1].properties.append(property)
      }
    }
    return ResourceSchema(
      type: type, properties: properties, definitions: definitions,
      traits: CatalogTraits(words[2...]))
  }
}

/// A resource type.
package struct ResourceSchema: Hashable, Sendable {
  /// Its name.
  package let type: String
  /// Its properties, in AWS's order.
  package let properties: [ResourceProperty]
  /// The definitions that properties name.
  package let definitions: [ResourceDefinition]
  fileprivate let traits: CatalogTraits
}

extension ResourceSchema {
  /// Paths to the properties that together identify a resource.
  package var primaryIdentifier: [String] { traits.list("id") }
  /// Further identifiers, each one or more paths.
  package var furtherIdentifiers: [[String]] {
    traits.list("also").map { $0.split(separator: "+").map(String.init) }
  }
  /// Properties that must be given.
  package var required: [String] { traits.list("required") }
  /// Paths to what can be given at creation alone: another value means another resource.
  package var createOnly: [String] { traits.list("create") }
  /// Paths to what some changes of mean another resource.
  package var conditionallyCreateOnly: [String] { traits.list("conditional") }
  /// Paths to what AWS sets.
  package var readOnly: [String] { traits.list("read") }
  /// Paths to what AWS never shows.
  package var writeOnly: [String] { traits.list("write") }
  /// Paths to what AWS advises against.
  package var deprecated: [String] { traits.list("deprecated") }
  /// The IAM actions that CloudFormation needs to do something with a resource of this type, in
  /// order, wildcards among them; nil where the schema says nothing of it.
  package func permissions(_ handler: ResourceHandler) -> [String]? {
    let key = "needs-\(handler.rawValue)"
    let actions = traits.list(key)
    return actions.isEmpty && !traits.has(key) ? nil : actions
  }
  /// The path to the tags; nil where there are none.
  package var tags: String? { traits["tags"] }

  /// A property by its name; nil where there is none.
  package func property(_ name: String) -> ResourceProperty? {
    properties.first { $0.name == name }
  }

  /// A definition by its name; nil where there is none.
  package func definition(_ name: String) -> ResourceDefinition? {
    definitions.first { $0.name == name }
  }

  /// Whether another value of a property means another resource.
  package func forcesReplacement(_ property: String) -> Bool { createOnly.contains(property) }

  /// All properties that name other resources, with what they name.
  package var references: [(property: String, target: String)] {
    (properties + definitions.flatMap(\.properties)).flatMap { property in
      property.references.map { (property.name, $0) }
    }
  }
}

/// What CloudFormation does with resources.
package enum ResourceHandler: String, Hashable, Sendable, CaseIterable {
  /// Makes one.
  case create
  /// Reads one.
  case read
  /// Changes one in place.
  case update
  /// Deletes one.
  case delete
  /// Lists all.
  case list
}

/// A part of a resource type that properties name.
package struct ResourceDefinition: Hashable, Sendable {
  /// Its name.
  package let name: String
  /// Its type.
  package let type: String
  /// Properties that must be given.
  package let required: [String]
  /// Its properties, in AWS's order; none for scalars.
  package fileprivate(set) var properties: [ResourceProperty]
}

/// A property of a resource type or of a definition.
package struct ResourceProperty: Hashable, Sendable {
  /// AWS's name.
  package let name: String
  /// Its type, in the words of `ResourceSchemas`.
  package let type: String
  fileprivate let traits: CatalogTraits
}

extension ResourceProperty {
  /// What it names: a type and an attribute, for instance `AWS::EC2::VPC.Id`.
  package var references: [String] { traits.list("refers") }
  /// The form of its text: `json`, `date-time`, `ipv4-network` …
  package var format: String? { traits["format"] }
  /// The texts that it, or an element of it, may be; none where it may be any.
  package var choices: [String] { traits.list("enum") }
  /// The regular expression that it, or an element of it, must match.
  package var pattern: String? { traits["pattern"] }
  /// The least length, count or number, as text.
  package var minimum: String? { traits["min"] }
  /// The greatest length, count or number, as text.
  package var maximum: String? { traits["max"] }
  /// Whether the order of its elements says nothing.
  package var isUnordered: Bool { traits.has("unordered") }
}

/// The actions that IAM knows, by the prefix of their service. In small letters, as IAM compares.
package struct ServiceActions: Sendable {
  private let index: CatalogIndex

  /// The actions that the program carries.
  package init() {
    let text = EmbeddedCatalog.text(named: "facts/actions") ?? ""
    index = CatalogIndex(Array(text.utf8), from: .shapes)
  }

  /// The prefixes, in order.
  package var services: [String] { (0..<index.count(.shapes)).map { index.name(.shapes, $0) } }

  /// The actions of a service; nil where IAM knows no such prefix.
  package func actions(of service: String) -> [String]? {
    index.place(of: service, in: .shapes).map { place in
      index.line(.shapes, place).split(separator: " ").dropFirst(2).map(String.init)
    }
  }
}
