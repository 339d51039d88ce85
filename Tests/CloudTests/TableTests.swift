import Canon
import CloudModel
import Determinism
import Testing

/// A table does what a sorted map does, and finds rows by their marks.
@Suite struct TableTests {
  @Test(arguments: 0..<6)
  func `after any changes a table is what a sorted map is`(seed: UInt64) throws {
    var random = RandomSource(Seed(seed).split("table"))
    var table: Table<SecurityGroup> = [:]
    var map = SortedMap<String, SecurityGroup>()
    for step in 0..<4000 {
      let key = "sg-\(random.below(seed.isMultiple(of: 2) ? 40 : 3000))"
      if random.below(3) == 0 {
        table[key] = nil
        map[key] = nil
      } else {
        let group = drawn(key, &random)
        table[key] = group
        map[key] = group
      }
      if step % 500 == 0 { try same(table, map) }
    }
    try same(table, map)
    for name in (0..<9).map({ "name-\($0)" }) + (0..<50).map({ "address-\($0)" }) {
      let wanted = map.values.filter { $0.name == name || $0.tags["fugue:address"] == name }
      #expect(table.rows(marked: name) == wanted)
    }
  }

  @Test func `equal rows make equal tables, whatever came before`() {
    var random = RandomSource(Seed(1).split("table"))
    var (a, b): (Table<SecurityGroup>, Table<SecurityGroup>) = ([:], [:])
    let groups = (0..<2000).map { drawn("sg-\($0)", &random) }
    for group in groups { a[group.id] = group }
    for group in groups.reversed() { b[group.id] = group }
    b["sg-extra"] = groups[0]
    #expect(a != b)
    b["sg-extra"] = nil
    #expect(a == b)
    #expect(a.hashValue == b.hashValue)
  }

  private func drawn(_ id: String, _ random: inout RandomSource) -> SecurityGroup {
    SecurityGroup(
      id: id, vpc: "vpc-1", name: "name-\(random.below(9))", description: "drawn",
      tags: random.below(2) == 0 ? [:] : ["fugue:address": "address-\(random.below(50))"])
  }

  private func same(
    _ table: Table<SecurityGroup>, _ map: SortedMap<String, SecurityGroup>
  ) throws {
    #expect(table.count == map.count)
    #expect(table.keys == map.keys)
    #expect(Array(table.values) == map.values)
    #expect(table.map(\.key) == map.keys)
    for key in ["sg-0", "sg-7", "sg-39", "sg-2999", ""] { #expect(table[key] == map[key]) }
  }
}
