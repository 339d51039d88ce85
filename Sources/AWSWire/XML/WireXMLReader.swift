internal import Canon
internal import CloudModel

/// Reads XML by shapes. Names count without their prefixes; elements that the model does not know
/// are passed over.
struct WireXMLReader {
  private let nodes: [WireNode]
  var xml: XMLReader

  /// A reader of one document.
  init(_ bytes: [UInt8], _ nodes: [WireNode], _ limits: WireLimits) throws(WireError) {
    self.nodes = nodes
    xml = try XMLReader(bytes, limits)
  }

  /// What the open element holds, which is then closed.
  mutating func value(_ member: WireMember) throws(WireError) -> Value {
    let node = nodes[member.node]
    switch node.kind {
    case .structure: return try structure(member.node)
    case .list:
      var items: [Value] = []
      while try xml.open() { items.append(try element(node.members[0], items.count)) }
      return .list(items)
    case .map:
      var entries: [(String, Value)] = []
      while try xml.open() { entries.append(try entry(node)) }
      return .record(SortedMap(sorting: entries))
    case .document: throw WireError(.unsupported, "XML has no documents")
    case .string: return .string(try xml.text())
    case .integer, .float, .boolean, .blob, .timestamp:
      return try WireScalar.value(try xml.text(), node.kind)
    }
  }

  private mutating func element(_ member: WireMember, _ index: Int) throws(WireError) -> Value {
    do throws(WireError) { return try value(member) } catch { throw error.inside(index) }
  }

  private mutating func entry(_ node: WireNode) throws(WireError) -> (String, Value) {
    var key: String?
    var value: Value?
    while try xml.open() {
      if named(node.members[0].explicitName ?? "key") {
        key = try xml.text()
      } else if named(node.members[1].explicitName ?? "value") {
        value = try self.value(node.members[1])
      } else {
        throw xml.malformed("an entry has a key and a value")
      }
    }
    guard let key, let value else { throw xml.malformed("an entry has a key and a value") }
    return (key, value)
  }

  /// Whether the element that was opened last has a name.
  func named(_ name: String) -> Bool { xml.bytes[xml.name].elementsEqual(name.utf8) }

  /// The record of the open element's children, and closes it. `ignoring` is given the children
  /// that are no members, opened, and returns whether it closed them.
  mutating func structure(
    _ place: Int, other: (inout XMLReader) throws(WireError) -> Bool = { _ in false }
  ) throws(WireError) -> Value {
    let node = nodes[place]
    var slots = [Value?](repeating: nil, count: node.members.count)
    var lists: [Int: [Value]] = [:]
    var maps: [Int: [(String, Value)]] = [:]
    attributes(of: node, into: &slots)
    var next = 0
    while try xml.open() {
      guard let found = member(of: node, from: next) else {
        if try !other(&xml) { try xml.skip() }
        continue
      }
      next = found
      let member = node.members[found]
      do throws(WireError) {
        switch nodes[member.node].kind {
        case .list where member.isFlattened:
          lists[found, default: []].append(try value(nodes[member.node].members[0]))
        case .map where member.isFlattened:
          maps[found, default: []].append(try entry(nodes[member.node]))
        case .structure, .list, .map, .document, .string, .integer, .float, .boolean, .blob,
          .timestamp:
          if slots[found] == nil { slots[found] = try value(member) } else { try xml.skip() }
        }
      } catch { throw error.inside(member.name) }
    }
    for found in node.members.indices {
      if let items = lists[found] { slots[found] = .list(items) }
      if let entries = maps[found] { slots[found] = .record(SortedMap(sorting: entries)) }
    }
    return node.record(slots)
  }

  private func attributes(of node: WireNode, into slots: inout [Value?]) {
    guard !xml.attributes.isEmpty else { return }
    for (place, member) in node.members.enumerated() where member.isXMLAttribute {
      let wanted = member.wireName.split(separator: ":").last ?? ""
      for attribute in xml.attributes
      where xml.bytes[xml.local(attribute.name)].elementsEqual(wanted.utf8) {
        slots[place] = .string(attribute.value)
      }
    }
  }

  /// The place of the member that the element opened last stands for.
  private func member(of node: WireNode, from start: Int) -> Int? {
    let name = xml.bytes[xml.name]
    let count = node.members.count
    var place = start < count ? start : 0
    for _ in 0..<count {
      let member = node.members[place]
      if member.location == .body, !member.isXMLAttribute {
        if let bytes = member.elementBytes {
          if bytes.elementsEqual(name) || member.bytes.elementsEqual(name) { return place }
        } else if member.bytes.count == name.count, member.bytes.elementsEqual(name) {
          return place
        }
      }
      place = place + 1 == count ? 0 : place + 1
    }
    return nil
  }
}
