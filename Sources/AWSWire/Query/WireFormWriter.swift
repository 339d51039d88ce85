internal import Canon
internal import CloudModel

/// Writes values as fields of a form by their shapes, as the query protocol and EC2's do, straight
/// to the form's bytes.
struct WireFormWriter {
  private let nodes: [WireNode]
  private let isEC2: Bool
  private var finder: FieldFinder
  private(set) var bytes: [UInt8] = []
  /// The encoded name of the place that is written to.
  private var prefix: [UInt8] = []

  /// A writer of one form.
  init(_ nodes: [WireNode], isEC2: Bool) {
    self.nodes = nodes
    self.isEC2 = isEC2
    finder = FieldFinder(count: nodes.count, isComplete: true)
  }

  /// Writes a field of its own.
  mutating func field(_ name: String, _ value: String) {
    let outer = prefix
    prefix = Array(name.utf8)
    put(value)
    prefix = outer
  }

  private mutating func begin() {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
    bytes.append(contentsOf: prefix)
    bytes.append(UInt8(ascii: "="))
  }

  private mutating func put(_ text: String) {
    begin()
    PercentText.append(text, to: &bytes)
  }

  /// Writes the members of a structure.
  mutating func structure(_ value: Value, _ shape: Int) throws(WireError) {
    let node = nodes[shape]
    let (fields, places) = try finder.places(value, shape, node)
    let values = fields.values
    let length = prefix.count
    var index = 0
    for place in places {
      let (member, field) = (node.members[place], values[index])
      index += 1
      guard try finder.counts(field, member) else { continue }
      if length > 0 { prefix.append(UInt8(ascii: ".")) }
      prefix.append(contentsOf: isEC2 ? member.ec2FormBytes : member.formBytes)
      do throws(WireError) { try self.value(field, member) } catch {
        throw error.inside(member.name)
      }
      prefix.removeLast(prefix.count - length)
    }
  }

  /// Does something below a name.
  private mutating func inside(
    _ name: String, _ body: (inout WireFormWriter) throws(WireError) -> Void
  ) throws(WireError) {
    let length = prefix.count
    if length > 0 { prefix.append(UInt8(ascii: ".")) }
    PercentText.append(name, to: &prefix)
    try body(&self)
    prefix.removeLast(prefix.count - length)
  }

  /// Does something below a number.
  private mutating func inside(
    _ number: Int, _ body: (inout WireFormWriter) throws(WireError) -> Void
  ) throws(WireError) {
    let length = prefix.count
    if length > 0 { prefix.append(UInt8(ascii: ".")) }
    WireText.append(Int64(number), to: &prefix)
    try body(&self)
    prefix.removeLast(prefix.count - length)
  }

  private mutating func value(_ value: Value, _ member: WireMember) throws(WireError) {
    if case .null = value { return }
    let node = nodes[member.node]
    switch node.kind {
    case .structure: try structure(value, member.node)
    case .list: try list(value, member, node)
    case .map: try map(value, member, node)
    case .document: throw WireError(.unsupported, "forms have no documents")
    case .integer:
      begin()
      WireText.append(try WireScalar.integer(value), to: &bytes)
    case .string, .float, .boolean, .blob, .timestamp:
      put(try WireXMLWriter.text(value, node.kind, member.timeFormat))
    }
  }

  private mutating func list(
    _ value: Value, _ member: WireMember, _ node: WireNode
  ) throws(WireError) {
    guard case .list(let items) = value else { throw WireScalar.unfit(value, "a list") }
    let element = node.members[0]
    if items.isEmpty {
      if !isEC2 { put("") }
      return
    }
    let length = prefix.count
    let outer = prefix
    if !isEC2 {
      if !member.isFlattened {
        prefix += ("." + (element.explicitName ?? "member")).utf8
      } else if let name = element.explicitName {
        let start = prefix.lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? 0
        prefix = Array(prefix[..<start]) + name.utf8
      }
    }
    for (index, item) in items.enumerated() {
      try inside(index + 1) { (writer) throws(WireError) in
        do throws(WireError) { try writer.value(item, element) } catch {
          throw error.inside(index)
        }
      }
    }
    prefix = outer
    assert(prefix.count == length)
  }

  private mutating func map(
    _ value: Value, _ member: WireMember, _ node: WireNode
  ) throws(WireError) {
    guard case .record(let entries) = value else { throw WireScalar.unfit(value, "a record") }
    let length = prefix.count
    if !member.isFlattened { prefix += ".entry".utf8 }
    var index = 0
    for (key, entry) in entries {
      index += 1
      try inside(index) { (writer) throws(WireError) in
        try writer.inside(WireQueryName.part(node.members[0], "key", isEC2: writer.isEC2)) {
          (writer) throws(WireError) in writer.put(key)
        }
        try writer.inside(WireQueryName.part(node.members[1], "value", isEC2: writer.isEC2)) {
          (writer) throws(WireError) in
          do throws(WireError) { try writer.value(entry, node.members[1]) } catch {
            throw error.inside(key)
          }
        }
      }
    }
    prefix.removeLast(prefix.count - length)
  }
}

/// What members are called in forms.
enum WireQueryName {
  /// The name of a structure's member. EC2 has names of its own, and capitals.
  static func request(_ member: WireMember, isEC2: Bool) -> String {
    guard isEC2 else { return member.wireName }
    return member.queryName ?? member.explicitName.map(capitalised) ?? member.name
  }

  /// The name of a map's key or value.
  static func part(_ member: WireMember, _ fallback: String, isEC2: Bool) -> String {
    guard let name = member.explicitName else { return fallback }
    return isEC2 ? capitalised(name) : name
  }

  /// A name with a capital.
  static func capitalised(_ name: String) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
  }
}
