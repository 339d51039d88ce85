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
  private var finder: FieldFinder
  var xml = XMLWriter()

  /// A writer of one document.
  init(_ nodes: [WireNode], _ side: Side) {
    self.nodes = nodes
    self.side = side
    finder = FieldFinder(count: nodes.count, isComplete: side == .request)
  }

  /// Writes the members of a structure's body, without an element around them.
  mutating func members(of value: Value, _ shape: Int) throws(WireError) {
    let node = nodes[shape]
    let (fields, places) = try finder.places(value, shape, node)
    let values = fields.values
    var index = 0
    for place in places {
      let (member, field) = (node.members[place], values[index])
      index += 1
      guard try finder.counts(field, member), member.location == .body, !member.isXMLAttribute
      else { continue }
      let name = side == .response ? member.elementBytes ?? member.bytes : member.bytes
      do throws(WireError) { try self.value(field, member, named: name) } catch {
        throw error.inside(member.name)
      }
    }
  }

  /// The namespace that an element declares.
  static func namespace(_ uri: String?, prefix: String?) -> [(name: String, value: String)] {
    uri.map { [(prefix.map { "xmlns:" + $0 } ?? "xmlns", $0)] } ?? []
  }

  /// Writes what stands at a member's place, in an element of a name.
  mutating func value(
    _ value: Value, _ member: WireMember, named name: [UInt8]
  ) throws(WireError) {
    if case .null = value { return }
    let node = nodes[member.node]
    switch node.kind {
    case .structure:
      if member.xmlNamespace == nil, !node.hasAttributes {
        xml.open(name)
      } else {
        try xml.open(name, Self.namespace(member) + (try attributes(of: value, node)))
      }
      try members(of: value, member.node)
      xml.close(name)
    case .list: try list(value, member, named: name)
    case .map: try map(value, member, named: name)
    case .document: throw WireError(.unsupported, "XML has no documents")
    case .string:
      try open(name, member)
      try xml.text(try WireScalar.string(value))
      xml.close(name)
    case .integer:
      try open(name, member)
      xml.number(try WireScalar.integer(value))
      xml.close(name)
    case .float, .boolean, .blob, .timestamp:
      try open(name, member)
      try xml.text(try Self.text(value, node.kind, member.timeFormat))
      xml.close(name)
    }
  }

  private mutating func open(_ name: [UInt8], _ member: WireMember) throws(WireError) {
    if member.xmlNamespace == nil {
      xml.open(name)
    } else {
      try xml.open(name, Self.namespace(member))
    }
  }

  private static func namespace(_ member: WireMember) -> [(name: String, value: String)] {
    namespace(member.xmlNamespace, prefix: member.xmlNamespacePrefix)
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
    _ value: Value, _ member: WireMember, named name: [UInt8]
  ) throws(WireError) {
    guard case .list(let items) = value else { throw WireScalar.unfit(value, "a list") }
    let element = nodes[member.node].members[0]
    let inner =
      member.isFlattened ? name : element.explicitName == nil ? Self.memberName : element.bytes
    if !member.isFlattened { try open(name, member) }
    var index = 0
    for item in items {
      do throws(WireError) { try self.value(item, element, named: inner) } catch {
        throw error.inside(index)
      }
      index += 1
    }
    if !member.isFlattened { xml.close(name) }
  }

  private static let memberName = Array("member".utf8)
  private static let entryName = Array("entry".utf8)
  private static let keyName = Array("key".utf8)
  private static let valueName = Array("value".utf8)

  private mutating func map(
    _ value: Value, _ member: WireMember, named name: [UInt8]
  ) throws(WireError) {
    guard case .record(let entries) = value else { throw WireScalar.unfit(value, "a record") }
    let parts = nodes[member.node].members
    let inner = member.isFlattened ? name : Self.entryName
    let keyName = parts[0].explicitName == nil ? Self.keyName : parts[0].bytes
    let valueName = parts[1].explicitName == nil ? Self.valueName : parts[1].bytes
    if !member.isFlattened { try open(name, member) }
    for (key, entry) in entries {
      xml.open(inner)
      try self.value(.string(key), parts[0], named: keyName)
      do throws(WireError) { try self.value(entry, parts[1], named: valueName) } catch {
        throw error.inside(key)
      }
      xml.close(inner)
    }
    if !member.isFlattened { xml.close(name) }
  }
}
