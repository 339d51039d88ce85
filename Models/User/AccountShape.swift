import Canon
import CloudModel

/// What is there in an account, without what differs from run to run: identifiers of AWS's making,
/// addresses, tokens. Two accounts with equal shapes hold the same things, made by whatever way.
///
/// An identifier is written as the address that its thing bears as a tag, or else as its kind.
/// Things that are only listed still, such as terminated instances, do not count.
struct AccountShape: Hashable, Sendable {
  /// Each thing that counts, by table, as a text; in order.
  let rows: [String]
  /// How many there are in each table.
  let counts: SortedMap<String, Int>
  /// Addresses of which there is more than one thing in a table.
  let twice: [String]

  /// The shape of an account.
  init(_ account: AccountState) {
    let tables = AccountShape.tables(of: account)
    var names: [String: String] = [:]
    var marks: [String: Int] = [:]
    for (table, rows) in tables {
      for (id, row) in rows {
        guard let address = AccountShape.tag("fugue:address", of: row) else { continue }
        names[id] = "\(table)(\(address))"
        marks["\(table)(\(address))", default: 0] += 1
      }
    }
    var texts: [String] = []
    var counts = SortedMap<String, Int>()
    for (table, rows) in tables {
      counts[table] = rows.count
      for (id, row) in rows {
        let masked = AccountShape.text(of: row, field: "", names)
        texts.append("\(table) \(names[id] ?? AccountShape.masked(id, names)): \(masked)")
      }
    }
    rows = texts.sorted()
    self.counts = counts
    twice = marks.filter { $0.value > 1 }.keys.sorted()
  }

  /// Whether something is there twice, beside a shape in which nothing is.
  func exceeds(_ other: AccountShape) -> Bool {
    !twice.isEmpty || counts.contains { $0.value > other.counts[$0.key] ?? 0 }
  }

  /// The identifiers of what bears an address as a tag.
  static func identifiers(of address: ResourceAddress, in account: AccountState) -> [String] {
    tables(of: account).flatMap { _, rows in
      rows.filter { tag("fugue:address", of: $0.row) == address.text }.map(\.id)
    }
  }

  /// For people: the first thing that is here and not there, or there and not here.
  func difference(from other: AccountShape) -> String? {
    if let extra = rows.first(where: { !other.rows.contains($0) }) { return "there is \(extra)" }
    if let missing = other.rows.first(where: { !rows.contains($0) }) {
      return "there is no \(missing)"
    }
    return rows.count == other.rows.count ? nil : "something is there twice"
  }

  /// The things that somebody made, by identifier, those apart that AWS puts in by itself.
  static func things(in account: AccountState) -> [String] {
    tables(of: account).flatMap { table, rows in
      rows.filter { !isImplicit($0.row, in: table) }.map(\.id)
    }
  }
}

extension AccountShape {
  private typealias Rows = [(id: String, row: JSON)]

  private static func tables(of account: AccountState) -> [(String, Rows)] {
    let tree: JSON
    do { tree = try JSON(encoding: account.shown) } catch { return [] }
    let others = ["accountID", "region", "memories", "quotas", "serial"]
    return (tree.members ?? []).filter { !others.contains($0.name) }.map { table in
      (table.name, pairs(of: table.value).filter { isLive($0.row) })
    }
  }

  /// The rows of a table, or the entries of a map, which are written as keys beside values.
  private static func pairs(of map: JSON) -> Rows {
    let keys = (map["keys"]?.elements ?? []).map { $0.text ?? "" }
    return zip(keys, map["values"]?.elements ?? []).map { ($0, $1) }
  }

  private static func isMap(_ tree: JSON) -> Bool {
    guard let members = tree.members, members.map(\.name).sorted() == ["keys", "values"] else {
      return false
    }
    return tree["keys"]?.elements != nil && tree["values"]?.elements != nil
  }

  private static func isLive(_ row: JSON) -> Bool {
    if row["state"]?.text == "terminated" || row["state"]?.text == "shutting-down" { return false }
    switch row["deletedAt"] {
    case nil, .null?: return true
    case .bool?, .number?, .string?, .array?, .object?: return false
    }
  }

  private static func isImplicit(_ row: JSON, in table: String) -> Bool {
    row["isDefault"]?.truth == true || row["isMain"]?.truth == true
      || table == "securityGroups" && row["name"]?.text == "default"
  }

  private static func tag(_ key: String, of row: JSON) -> String? {
    row["tags"].flatMap { tags in pairs(of: tags).first { $0.id == key }?.row.text }
  }

  /// Fields that AWS fills in with something new each time.
  private static let arbitrary: Set<String> = [
    "arn", "versionID", "reservation", "privateAddress", "publicAddress", "clientToken", "serial",
  ]

  private static func text(of tree: JSON, field: String, _ names: [String: String]) -> String {
    if arbitrary.contains(field), tree != .null { return "…" }
    switch tree {
    case .null: return "null"
    case .bool(let truth): return truth ? "true" : "false"
    case .number(let number): return number
    case .string(let text):
      return field == "id" ? names[text] ?? "…" : masked(text, names)
    case .array(let items):
      // Order is left out: what AWS lists in no order comes in any.
      let texts = items.map { self.text(of: $0, field: "", names) }.sorted()
      return "[\(texts.joined(separator: ", "))]"
    case .object(let members):
      if isMap(tree) {
        let texts = pairs(of: tree).map { key, value in
          "\(masked(key, names))=\(self.text(of: value, field: "", names))"
        }
        return "{\(texts.sorted().joined(separator: ", "))}"
      }
      let texts = members.map { "\($0.name): \(self.text(of: $0.value, field: $0.name, names))" }
      return "{\(texts.joined(separator: ", "))}"
    }
  }

  /// A text with identifiers of AWS's making replaced: `vpc-0a1b2c3d4e5f60718`.
  private static func masked(_ text: String, _ names: [String: String]) -> String {
    if let name = names[text] { return name }
    guard let dash = text.lastIndex(of: "-") else { return text }
    let digits = text[text.index(after: dash)...]
    guard digits.count == 8 || digits.count == 17, digits.allSatisfy(\.isHexDigit) else {
      return text
    }
    return "some \(text[..<dash])"
  }
}
