internal import Canon
internal import CloudModel

/// Puts a map together from entries as they come; of a key's several the last counts. Entries that
/// come in order, as they mostly do, cost nothing more.
struct EntryMaker {
  private var keys: [String] = []
  private var values: [Value] = []
  private var isAscending = true

  /// An empty map.
  init() {}

  /// An entry comes.
  mutating func add(_ key: String, _ value: Value) {
    if keys.isEmpty {
      // Few maps are smaller; more is not set aside, since hostile bytes may have many.
      keys.reserveCapacity(4)
      values.reserveCapacity(4)
    }
    if isAscending, let last = keys.last, !(last < key) { isAscending = false }
    keys.append(key)
    values.append(value)
  }

  /// The map.
  var record: Value {
    if isAscending { return .record(SortedMap(ascending: keys, values)) }
    return .record(SortedMap(sorting: zip(keys, values).map { ($0, $1) }))
  }
}
