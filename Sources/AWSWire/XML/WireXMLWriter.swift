internal import Canon
internal import CloudModel

/// Writes values as XML by their shapes.
struct WireXMLWriter {
  /// Whose XML it is, which says how things are called.
  enum Side {
    /// A REST-XML request.
    case request
    /// An answer: flattened lists go by their elements' names.
    case response
  }

  private let nodes: [WireNode]
  private let side: Side
  var xml = XMLWriter()

  /// A writer of one document.
  init(_ nodes: [WireNode], _ side: Side) {
    self.nodes = nodes
    self.side = side
  }

  /// Writes the members of a structure's body, without an element around them.
  mutating func members(of value: Value, _ node: WireNode) throws(WireError) {
    var out = self
    xml = XMLWriter()  // so that there is one owner of the bytes, and nothing is copied
    try node.forEachField(of: value, isComplete: side == .request) {
      (member, field) throws(WireError) in
      guard member.location == .body, !member.isXMLAttribute else { return }
      try out.value(field, member, named: out.elementName(member))
    }
    swap(&self, &out)  // one owner of the bytes: the next append copies nothing
  }

  private func elementName(_ member: WireMember) -> String {
    if side == .response, let bytes = member.elementBytes {
      return String(decoding: bytes, as: UTF8.self)
    }
    return member.wireName
  }

  /// The namespace that an element declares.
  static func namespace(_ uri: String?, prefix: String?) -> [(name: String, value: String)] {
    uri.map { [(prefix.map { "xmlns:" + $0 } ?? "xmlns", $0)] } ?? []
  }

  /// Writes what stands at a member's place, in an element of a name.
  mutating func value(_ value: Value, _ member: WireMember, named name: String) throws(WireError) {
    if case .null = value { return }
    let node = nodes[member.node]
    let namespace = Self.namespace(member.xmlNamespace, prefix: member.xmlNamespacePrefix)
    switch node.kind {
    case .structure:
      try xml.open(name, namespace + (try attributes(of: value, node)))
      try members(of: value, node)
      xml.close(name)
    case .list: try list(value, member, named: name, namespace)
    case .map: try map(value, member, named: name, namespace)
    case .document: throw WireError(.unsupported, "XML has no documents")
    case .string, .integer, .float, .boolean, .blob, .timestamp:
      try xml.open(name, namespace)
      try xml.text(try Self.text(value, node.kind, member.timeFormat))
      xml.close(name)
    }
  }

  /// The text of a scalar.
  static func text(
    _ value: Value, _ kind: WireNode.Kind, _ format: WireTimeFormat?
  ) throws(WireError) -> String {
    switch kind {
    case .string: try WireScalar.string(value)
    case .integer: String(try WireScalar.integer(value))
    case .float: WireScalar.text(try WireScalar.float(value))
    case .boolean: try WireScalar.boolean(value) ? "true" : "false"
    case .blob: try WireScalar.blob(value)
    case .timestamp: try WireScalar.moment(value).text(format ?? .iso8601)
    case .structure, .list, .map, .document:
      throw WireError(.unsupported, "a scalar is needed here")
    }
  }

  private func attributes(
    of value: Value, _ node: WireNode
  ) throws(WireError) -> [(name: String, value: String)] {
    var out: [(name: String, value: String)] = []
    for member in node.members where member.isXMLAttribute {
      if case .string(let text) = value[member.name] { out.append((member.wireName, text)) }
    }
    return out
  }

  private mutating func list(
    _ value: Value, _ member: WireMember, named name: String,
    _ namespace: [(name: String, value: String)]
  ) throws(WireError) {
    guard case .list(let items) = value else { throw WireScalar.unfit(value, "a list") }
    let element = nodes[member.node].members[0]
    let inner = member.isFlattened ? name : element.explicitName ?? "member"
    if !member.isFlattened { try xml.open(name, namespace) }
    for (index, item) in items.enumerated() {
      do throws(WireError) { try self.value(item, element, named: inner) } catch {
        throw error.inside(index)
      }
    }
    if !member.isFlattened { xml.close(name) }
  }

  private mutating func map(
    _ value: Value, _ member: WireMember, named name: String,
    _ namespace: [(name: String, value: String)]
  ) throws(WireError) {
    guard case .record(let entries) = value else { throw WireScalar.unfit(value, "a record") }
    let parts = nodes[member.node].members
    let inner = member.isFlattened ? name : "entry"
    if !member.isFlattened { try xml.open(name, namespace) }
    for (key, entry) in entries {
      try xml.open(inner)
      try self.value(.string(key), parts[0], named: parts[0].explicitName ?? "key")
      do throws(WireError) {
        try self.value(entry, parts[1], named: parts[1].explicitName ?? "value")
      } catch { throw error.inside(key) }
      xml.close(inner)
    }
    if !member.isFlattened { xml.close(name) }
  }
}
