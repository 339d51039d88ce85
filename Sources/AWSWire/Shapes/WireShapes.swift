internal import AWSCatalog

/// The shapes that one message needs, resolved into an arena: a shape that contains itself is a
/// place that is named twice.
struct WireShapes: Sendable {
  /// The arena.
  private(set) var nodes: [WireNode] = []
  private var places: [CatalogTarget: Int] = [:]

  /// The place of a shape by its name; nil where the catalog has none of that name.
  mutating func place(of name: String, in service: CatalogService) -> Int? {
    guard service.definition(name) != nil else { return nil }
    return place(of: .named(name), in: service)
  }

  private mutating func place(of target: CatalogTarget, in service: CatalogService) -> Int {
    if let known = places[target] { return known }
    let place = nodes.count
    places[target] = place
    switch target {
    case .scalar(let scalar): nodes.append(Self.node(scalar, named: scalar.rawValue))
    case .named(let name):
      nodes.append(WireNode(kind: .string, name: name))
      if let definition = service.definition(name) {
        nodes[place] = node(definition, in: service)
      }
    }
    return place
  }

  private static func node(_ scalar: CatalogScalar, named name: String) -> WireNode {
    switch scalar {
    case .string: WireNode(kind: .string, name: name)
    case .integer, .long: WireNode(kind: .integer, name: name)
    case .float: WireNode(kind: .float, name: name, isSingle: true)
    case .double: WireNode(kind: .float, name: name)
    case .boolean: WireNode(kind: .boolean, name: name)
    case .blob: WireNode(kind: .blob, name: name)
    case .timestamp: WireNode(kind: .timestamp, name: name)
    }
  }

  private mutating func node(
    _ definition: CatalogDefinition, in service: CatalogService
  ) -> WireNode {
    switch definition.kind {
    case .scalar(let scalar): return Self.node(scalar, named: definition.name)
    case .list(let element):
      return WireNode(
        kind: .list, name: definition.name, members: [member(element, in: service)])
    case .map(let key, let value):
      return WireNode(
        kind: .map, name: definition.name,
        members: [member(key, in: service), member(value, in: service)])
    case .structure(let references):
      let members = references.map { member($0, in: service) }
      return WireNode(
        kind: definition.isDocument ? .document : .structure, name: definition.name,
        members: members,
        payload: definition.payload.flatMap { name in members.firstIndex { $0.name == name } },
        isEventStream: definition.isEventStream)
    }
  }

  /// A member with what its own line says laid over what its shape says.
  private mutating func member(
    _ reference: CatalogReference, in service: CatalogService
  ) -> WireMember {
    var shape: CatalogDefinition?
    if case .named(let name) = reference.target { shape = service.definition(name) }
    var traits = WireMember.Traits()
    traits.isRequired = reference.isRequired
    traits.isFlattened = reference.isFlattened || shape?.isFlattened == true
    traits.isXMLAttribute = reference.isXMLAttribute
    traits.isJSONValue = reference.isJSONValue
    traits.isHostLabel = reference.isHostLabel
    traits.timeFormat = (reference.timestampFormat ?? shape?.timestampFormat)
      .flatMap(WireTimeFormat.init)
    traits.xmlNamespace = reference.xmlNamespace ?? shape?.xmlNamespace
    traits.xmlNamespacePrefix =
      reference.xmlNamespace == nil ? shape?.xmlNamespacePrefix : reference.xmlNamespacePrefix
    var elementName: String?
    if traits.isFlattened, case .list(let element)? = shape?.kind { elementName = element.wireName }
    return WireMember(
      name: reference.name, node: place(of: reference.target, in: service),
      explicitName: reference.wireName ?? shape?.wireName, queryName: reference.queryName,
      elementName: elementName, location: reference.location.flatMap(WireLocation.init) ?? .body,
      traits)
  }
}
