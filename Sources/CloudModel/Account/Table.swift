package import Canon

/// One table of an account: rows in order of their keys, and found by their marks.
///
/// Rows stand in runs of limited length, so that a row comes and goes at a cost that hardly grows
/// with the table; what is found by a mark costs nothing of it.
package struct Table<Row: AccountEntity>: Sendable {
  /// How many rows a run has at most.
  private static var runLength: Int { 256 }

  /// Rows in order; no run is empty.
  private var runs: [SortedMap<String, Row>] = []
  /// Keys of the rows that bear a mark, in no order.
  private var marked: [String: [String]] = [:]
  /// How many rows there are.
  package private(set) var count = 0

  /// An empty table.
  package init() {}

  /// Whether there is no row.
  package var isEmpty: Bool { count == 0 }

  /// The keys in ascending order.
  package var keys: [String] { runs.flatMap { $0.keys } }

  /// The rows in order of their keys.
  package var values: FlattenSequence<[[Row]]> { runs.map { $0.values }.joined() }

  /// The row of a key; setting nil removes it.
  package subscript(key: String) -> Row? {
    get { runs.isEmpty ? nil : runs[place(of: key)][key] }
    set {
      let place = place(of: key)
      let old = runs.isEmpty ? nil : runs[place][key]
      if old == nil, newValue == nil { return }
      remark(key, from: old?.marks ?? [], to: newValue?.marks ?? [])
      count += (newValue == nil ? 0 : 1) - (old == nil ? 0 : 1)
      if runs.isEmpty { runs.append([:]) }
      runs[place][key] = newValue
      if runs[place].isEmpty { runs.remove(at: place) } else { split(place) }
    }
  }

  /// The rows that bear a mark, in order of their keys.
  package func rows(marked mark: String) -> [Row] {
    (marked[mark] ?? []).sorted().compactMap { self[$0] }
  }

  /// The run that a key belongs to: the last that does not begin after it; 0 where none is there.
  private func place(of key: String) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].keys[0] <= key { low = middle } else { high = middle }
    }
    return low
  }

  private mutating func split(_ place: Int) {
    let run = runs[place]
    if run.count <= Self.runLength { return }
    // Rows that come in order fill whole runs.
    let isLast = place == runs.count - 1
    let half = isLast ? Self.runLength - 8 : run.count / 2
    runs.replaceSubrange(place...place, with: [run.slice(0..<half), run.slice(half..<run.count)])
  }

  private mutating func remark(_ key: String, from old: [String], to new: [String]) {
    if old == new { return }
    for mark in old {
      marked[mark]?.removeAll { $0 == key }
      if marked[mark]?.isEmpty == true { marked[mark] = nil }
    }
    for mark in new { marked[mark, default: []].append(key) }
  }
}

extension Table: Hashable {
  package static func == (a: Self, b: Self) -> Bool {
    if a.count != b.count { return false }
    // Rows that stand in the same runs are compared in place; tables that share them, at once.
    if a.runs == b.runs { return true }
    if a.runs.count == 1, b.runs.count == 1 { return false }
    return zip(a, b).allSatisfy { $0.key == $1.key && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for row in values { hasher.combine(row) }
  }
}

extension Table: Sequence {
  /// Rows with their keys, in ascending order.
  package func makeIterator() -> FlattenSequence<[SortedMap<String, Row>]>.Iterator {
    runs.joined().makeIterator()
  }
}

extension Table: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Row)...) {
    for (key, row) in elements { self[key] = row }
  }
}

extension Table: Codable {
  package init(from decoder: any Decoder) throws {
    for (key, row) in try SortedMap<String, Row>(from: decoder) { self[key] = row }
  }

  package func encode(to encoder: any Encoder) throws {
    try SortedMap(map { ($0.key, $0.value) }).encode(to: encoder)
  }
}
