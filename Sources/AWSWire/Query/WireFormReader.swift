internal import Canon
internal import CloudModel

/// Reads values from a form's fields by their shapes.
struct WireFormReader {
  private let tree: WireFormTree
  private let nodes: [WireNode]
  private let limits: WireLimits
  private let isEC2: Bool
  private var maker: RecordMaker

  /// A reader of one form, whose names are taken apart at their dots.
  init(
    _ form: WireForm, _ nodes: [WireNode], isEC2: Bool, _ limits: WireLimits
  ) throws(WireError) {
    self.nodes = nodes
    self.isEC2 = isEC2
    self.limits = limits
    tree = try WireFormTree(form, limits)
    maker = RecordMaker(count: nodes.count)
  }

  /// The record of a structure.
  mutating func message(_ shape: Int) throws(WireError) -> Value {
    try structure(shape, at: 0, depth: 0)
  }

  private mutating func structure(
    _ shape: Int, at place: Int, depth: Int
  ) throws(WireError) -> Value {
    guard depth < limits.depth else {
      throw WireError(.limit, "values are nested at most \(limits.depth) deep")
    }
    let node = nodes[shape]
    let names = isEC2 ? node.ec2FormNames : node.formNames
    let start = maker.begin()
    var values: [Value] = []
    values.reserveCapacity(maker.expected(shape))
    var next = tree.first(below: place)
    while let here = next {
      next = tree.next(after: here)
      guard let found = names.place(of: tree.name(here), in: tree.bytes),
        !maker.has(found, since: start)
      else { continue }
      let member = node.members[found]
      do throws(WireError) {
        guard let value = try value(member, at: here, depth: depth + 1) else { continue }
        values.append(value)
        maker.add(found)
      } catch { throw error.inside(member.name) }
    }
    return maker.end(shape, node, since: start, values)
  }

  private mutating func value(
    _ member: WireMember, at place: Int, depth: Int
  ) throws(WireError) -> Value? {
    let node = nodes[member.node]
    switch node.kind {
    case .structure: return try structure(member.node, at: place, depth: depth)
    case .list: return try list(member, node, at: place, depth: depth)
    case .map: return try map(member, node, at: place, depth: depth)
    case .document: throw WireError(.unsupported, "forms have no documents")
    case .string, .integer, .float, .boolean, .blob, .timestamp:
      guard let range = tree.value(place) else {
        throw WireError(.malformed, "a value is needed, not fields below it")
      }
      if let value = WireText.scalar(tree.bytes, range, node.kind) { return value }
      return try WireScalar.value(try text(range), node.kind)
    }
  }

  private func text(_ range: Range<Int>) throws(WireError) -> String {
    guard let text = WireText.string(tree.bytes, range) else {
      throw WireError(.malformed, "a form is not UTF-8")
    }
    return text
  }

  private static let memberName = Array("member".utf8)
  private static let entryName = Array("entry".utf8)

  private mutating func list(
    _ member: WireMember, _ node: WireNode, at place: Int, depth: Int
  ) throws(WireError) -> Value? {
    let element = node.members[0]
    var start = place
    if !isEC2, !member.isFlattened {
      let name = element.explicitName == nil ? Self.memberName : element.bytes
      guard let inner = tree.find(name, below: place) else {
        return tree.first(below: place) == nil ? .list([]) : nil
      }
      start = inner
    }
    let elements = tree.numbered(below: start)
    var items: [Value] = []
    items.reserveCapacity(elements.count)
    for (index, found) in elements {
      do throws(WireError) {
        if let item = try value(element, at: found, depth: depth + 1) { items.append(item) }
      } catch { throw error.inside(Int(index) - 1) }
    }
    return .list(items)
  }

  private mutating func map(
    _ member: WireMember, _ node: WireNode, at place: Int, depth: Int
  ) throws(WireError) -> Value? {
    guard let start = member.isFlattened ? place : tree.find(Self.entryName, below: place) else {
      return nil
    }
    let keyName = Array(WireQueryName.part(node.members[0], "key", isEC2: isEC2).utf8)
    let valueName = Array(WireQueryName.part(node.members[1], "value", isEC2: isEC2).utf8)
    var entries = EntryMaker()
    for (_, found) in tree.numbered(below: start) {
      guard let key = tree.find(keyName, below: found), let text = tree.value(key) else {
        throw WireError(.malformed, "an entry has a key and a value")
      }
      guard let inner = tree.find(valueName, below: found),
        let value = try value(node.members[1], at: inner, depth: depth + 1)
      else { continue }
      entries.add(try self.text(text), value)
    }
    return entries.record
  }
}
