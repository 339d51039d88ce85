internal import Canon
internal import CloudModel

/// Reads values from a form's fields by their shapes.
struct WireFormReader {
  /// A place of a form: what stands below it by name, and its own value.
  private struct Place {
    var value: String?
    var below: [String: Int] = [:]
  }

  private let nodes: [WireNode]
  private let limits: WireLimits
  private let isEC2: Bool
  private var places = [Place()]

  /// A reader of one form, whose names are taken apart at their dots.
  init(
    _ form: WireForm, _ nodes: [WireNode], isEC2: Bool, _ limits: WireLimits
  ) throws(WireError) {
    self.nodes = nodes
    self.isEC2 = isEC2
    self.limits = limits
    for field in form.fields {
      var place = 0
      var depth = 0
      for part in field.name.split(separator: ".") {
        depth += 1
        guard depth <= limits.depth, places.count < limits.values else {
          throw WireError(.limit, "names are at most \(limits.depth) deep")
        }
        let name = String(part)
        if let known = places[place].below[name] {
          place = known
        } else {
          places.append(Place())
          places[place].below[name] = places.count - 1
          place = places.count - 1
        }
      }
      places[place].value = field.value ?? ""
    }
  }

  /// The record of a structure.
  func message(_ node: Int) throws(WireError) -> Value {
    try structure(nodes[node], at: 0, depth: 0)
  }

  private func structure(
    _ node: WireNode, at place: Int, depth: Int
  ) throws(WireError) -> Value {
    guard depth < limits.depth else {
      throw WireError(.limit, "values are nested at most \(limits.depth) deep")
    }
    var slots = [Value?](repeating: nil, count: node.members.count)
    for (index, member) in node.members.enumerated() {
      guard let found = find(member, below: place) else { continue }
      do throws(WireError) {
        slots[index] = try value(member, at: found, depth: depth + 1)
      } catch { throw error.inside(member.name) }
    }
    return node.record(slots)
  }

  /// Where a member stands. The elements of a flattened list stand beside the members, under
  /// their own name where they have one.
  private func find(_ member: WireMember, below place: Int) -> Int? {
    let below = places[place].below
    let name = WireQueryName.request(member, isEC2: isEC2)
    if !isEC2, member.isFlattened, nodes[member.node].kind == .list,
      let element = nodes[member.node].members[0].explicitName
    {
      return below[element] ?? below[name]
    }
    return below[name]
  }

  private func value(
    _ member: WireMember, at place: Int, depth: Int
  ) throws(WireError) -> Value? {
    let node = nodes[member.node]
    switch node.kind {
    case .structure: return try structure(node, at: place, depth: depth)
    case .list: return try list(member, node, at: place, depth: depth)
    case .map: return try map(member, node, at: place, depth: depth)
    case .document: throw WireError(.unsupported, "forms have no documents")
    case .string, .integer, .float, .boolean, .blob, .timestamp:
      guard let text = places[place].value else {
        throw WireError(.malformed, "a value is needed, not fields below it")
      }
      return try WireScalar.value(text, node.kind)
    }
  }

  private func list(
    _ member: WireMember, _ node: WireNode, at place: Int, depth: Int
  ) throws(WireError) -> Value? {
    let element = node.members[0]
    var start = place
    if !isEC2, !member.isFlattened {
      guard let inner = places[place].below[element.explicitName ?? "member"] else {
        return places[place].below.isEmpty ? .list([]) : nil
      }
      start = inner
    }
    var items: [Value] = []
    for (index, found) in numbered(below: start) {
      do throws(WireError) {
        if let item = try value(element, at: found, depth: depth + 1) { items.append(item) }
      } catch { throw error.inside(index - 1) }
    }
    return .list(items)
  }

  /// The numbered places below a place, in order of their numbers.
  private func numbered(below place: Int) -> [(Int, Int)] {
    places[place].below.compactMap { name, found in Int(name).map { ($0, found) } }
      .sorted { $0 < $1 }
  }

  private func map(
    _ member: WireMember, _ node: WireNode, at place: Int, depth: Int
  ) throws(WireError) -> Value? {
    guard let start = member.isFlattened ? place : places[place].below["entry"] else { return nil }
    var entries: [(String, Value)] = []
    for (_, found) in numbered(below: start) {
      let below = places[found].below
      guard let key = below[WireQueryName.part(node.members[0], "key", isEC2: isEC2)],
        let text = places[key].value
      else { throw WireError(.malformed, "an entry has a key and a value") }
      let name = WireQueryName.part(node.members[1], "value", isEC2: isEC2)
      guard
        let value = try below[name].flatMap({ (found) throws(WireError) in
          try self.value(node.members[1], at: found, depth: depth + 1)
        })
      else { continue }
      entries.append((text, value))
    }
    return .record(SortedMap(sorting: entries))
  }
}
