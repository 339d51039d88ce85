internal import Canon
internal import CloudModel

/// Reads XML by shapes. Names count without their prefixes; elements that the model does not know
/// are passed over.
struct WireXMLReader {
  private let nodes: [WireNode]
  private var maker: RecordMaker
  var xml: XMLReader

  /// A reader of one document.
  init(_ bytes: [UInt8], _ nodes: [WireNode], _ limits: WireLimits) throws(WireError) {
    self.nodes = nodes
    maker = RecordMaker(count: nodes.count)
    xml = try XMLReader(bytes, limits)
  }

  /// Opens the root; false where there is none.
  ///
  /// - Throws: `malformed` for a page of HTML too, which some proxies answer with a status of 200.
  mutating func openRoot() throws(WireError) -> Bool {
    guard try xml.open() else { return false }
    let name = xml.bytes[xml.name]
    if name.count == 4, name.map({ $0 | 32 }) == Array("html".utf8) {
      throw xml.malformed("this is a page of HTML")
    }
    return true
  }

  /// What the open element holds, which is then closed.
  mutating func value(_ member: WireMember) throws(WireError) -> Value {
    let node = nodes[member.node]
    switch node.kind {
    case .structure: return try structure(member.node)
    case .list:
      var items: [Value] = []
      let member = node.members[0]
      while try xml.open() { items.append(try element(member, items.count)) }
      return .list(items)
    case .map:
      var entries = EntryMaker()
      while try xml.open() { try entry(node, &entries) }
      return entries.record
    case .document: throw WireError(.unsupported, "XML has no documents")
    case .string: return .string(try xml.text())
    case .integer, .float, .boolean, .blob, .timestamp:
      guard let range = try xml.plainText() else {
        return try WireScalar.value(try xml.mixedText(), node.kind)
      }
      if let value = WireText.scalar(xml.bytes, range, node.kind) { return value }
      return try WireScalar.value(try xml.string(range), node.kind)
    }
  }

  private mutating func element(_ member: WireMember, _ index: Int) throws(WireError) -> Value {
    do throws(WireError) { return try value(member) } catch { throw error.inside(index) }
  }

  private mutating func entry(
    _ node: WireNode, _ entries: inout EntryMaker
  ) throws(WireError) {
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
    entries.add(key, value)
  }

  /// Whether the element that was opened last has a name.
  func named(_ name: String) -> Bool { xml.bytes[xml.name].elementsEqual(name.utf8) }

  /// What a flattened list or map has so far, and where it goes.
  private struct Flattened {
    let place: Int
    let index: Int
    var items: [Value] = []
    var entries = EntryMaker()
  }

  /// The record of the open element's children, and closes it. `other` is given the children
  /// that are no members, opened, and returns whether it closed them.
  mutating func structure(
    _ shape: Int, other: (inout XMLReader) throws(WireError) -> Bool = { _ in false }
  ) throws(WireError) -> Value {
    let node = nodes[shape]
    let start = maker.begin()
    var values: [Value] = []
    values.reserveCapacity(maker.expected(shape))
    var flattened: [Flattened] = []
    if node.hasAttributes { attributes(of: node, since: start, into: &values) }
    while try xml.open() {
      guard let found = member(of: node, guess: maker.guess(shape, since: start)) else {
        if try !other(&xml) { try xml.skip() }
        continue
      }
      let member = node.members[found]
      do throws(WireError) {
        if member.isFlattened, try flatten(found, member, &flattened, &values) { continue }
        if maker.has(found, since: start) {
          try xml.skip()
        } else {
          values.append(try value(member))
          maker.add(found)
        }
      } catch { throw error.inside(member.name) }
    }
    for part in flattened {
      let isMap = nodes[node.members[part.place].node].kind == .map
      values[part.index] =
        isMap ? part.entries.record : .list(part.items)
    }
    return maker.end(shape, node, since: start, values)
  }

  /// Takes one element of a flattened list or map; false where the member is none.
  private mutating func flatten(
    _ place: Int, _ member: WireMember, _ flattened: inout [Flattened], _ values: inout [Value]
  ) throws(WireError) -> Bool {
    let node = nodes[member.node]
    guard node.kind == .list || node.kind == .map else { return false }
    var index = flattened.count - 1
    while index >= 0, flattened[index].place != place { index -= 1 }
    if index < 0 {
      maker.add(place)
      flattened.append(Flattened(place: place, index: values.count))
      values.append(.null)
      index = flattened.count - 1
    }
    if node.kind == .list {
      flattened[index].items.append(try value(node.members[0]))
    } else {
      try entry(node, &flattened[index].entries)
    }
    return true
  }

  private mutating func attributes(
    of node: WireNode, since start: Int, into values: inout [Value]
  ) {
    guard !xml.attributes.isEmpty else { return }
    for (place, member) in node.members.enumerated() where member.isXMLAttribute {
      let wanted = member.wireName.split(separator: ":").last ?? ""
      for attribute in xml.attributes
      where xml.bytes[xml.local(attribute.name)].elementsEqual(wanted.utf8) {
        values.append(.string(attribute.value))
        maker.add(place)
      }
    }
  }

  /// The place of the member that the element opened last stands for.
  private func member(of node: WireNode, guess: Int?) -> Int? {
    if let guess {
      let member = node.members[guess]
      if member.elementBytes == nil, WireText.equals(member.bytes, xml.name, in: xml.bytes),
        member.location == .body, !member.isXMLAttribute
      {
        return guess
      }
    }
    return node.elementNames.place(of: xml.name, in: xml.bytes)
  }
}
