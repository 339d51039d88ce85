/// A small map kept in order of its keys: equal contents are equal, in whatever order they came.
///
/// `Dictionary` iterates in another order in each process and `OrderedDictionary` compares order,
/// so neither can be part of a state that is hashed or encoded. Look-up is by binary search;
/// insertion in the middle moves the tail, which is right for maps of up to some thousands.
package struct SortedMap<Key: Comparable & Hashable & Sendable, Value: Sendable>: Sendable {
  /// The keys in ascending order.
  package private(set) var keys: [Key] = []
  /// The values, in the order of their keys.
  package private(set) var values: [Value] = []

  /// An empty map.
  package init() {}

  /// A map of pairs; a later pair replaces an earlier one of the same key.
  package init(_ pairs: some Sequence<(Key, Value)>) {
    for (key, value) in pairs { self[key] = value }
  }

  /// A map of keys that ascend, each once, and their values in the same order.
  package init(ascending keys: [Key], _ values: [Value]) {
    precondition(keys.count == values.count, "as many values as keys are needed")
    self.keys = keys
    self.values = values
  }

  /// How many entries there are.
  package var count: Int { keys.count }

  /// Whether there are none.
  package var isEmpty: Bool { keys.isEmpty }

  /// The value of a key; setting nil removes the entry.
  package subscript(key: Key) -> Value? {
    get {
      let index = lowerBound(key)
      return index < keys.count && keys[index] == key ? values[index] : nil
    }
    set {
      let index = lowerBound(key)
      let isPresent = index < keys.count && keys[index] == key
      switch (newValue, isPresent) {
      case (let value?, true): values[index] = value
      case (let value?, false):
        keys.insert(key, at: index)
        values.insert(value, at: index)
      case (nil, true):
        keys.remove(at: index)
        values.remove(at: index)
      case (nil, false): break
      }
    }
  }

  /// The value of a key, changed in place; `fallback` stands in where there is none.
  package subscript(key: Key, default fallback: @autoclosure () -> Value) -> Value {
    get { self[key] ?? fallback() }
    set { self[key] = newValue }
    _modify {
      let index = lowerBound(key)
      if index >= keys.count || keys[index] != key {
        keys.insert(key, at: index)
        values.insert(fallback(), at: index)
      }
      yield &values[index]
    }
  }

  /// The map with each value replaced.
  package func mapValues<T: Sendable>(_ transform: (Value) -> T) -> SortedMap<Key, T> {
    var out = SortedMap<Key, T>()
    out.keys = keys
    out.values = values.map(transform)
    return out
  }

  /// The entries that satisfy a condition.
  package func filter(_ isIncluded: (Key, Value) -> Bool) -> SortedMap {
    var out = SortedMap()
    for (key, value) in self where isIncluded(key, value) {
      out.keys.append(key)
      out.values.append(value)
    }
    return out
  }

  /// The entries at some places in the order.
  package func slice(_ places: Range<Int>) -> SortedMap {
    var out = SortedMap()
    out.keys = Array(keys[places])
    out.values = Array(values[places])
    return out
  }

  private func lowerBound(_ key: Key) -> Int {
    var low = 0
    var high = keys.count
    if let last = keys.last, last < key { return high }
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension SortedMap: Equatable where Value: Equatable {}
extension SortedMap: Hashable where Value: Hashable {}

extension SortedMap: Sequence {
  /// Goes through entries in ascending order of their keys.
  package struct Iterator: IteratorProtocol {
    fileprivate let map: SortedMap
    fileprivate var index = 0

    /// The next entry; nil after the last.
    package mutating func next() -> (key: Key, value: Value)? {
      guard index < map.keys.count else { return nil }
      defer { index += 1 }
      return (key: map.keys[index], value: map.values[index])
    }
  }

  /// Entries in ascending order of their keys.
  package func makeIterator() -> Iterator { Iterator(map: self) }

  package var underestimatedCount: Int { keys.count }
}

extension SortedMap: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (Key, Value)...) {
    self.init(elements.map { ($0.0, $0.1) })
  }
}

extension SortedMap: CanonicalEncodable
where Key: CanonicalEncodable, Value: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(unsigned: UInt64(count))
    for (key, value) in self {
      encoder.write(key)
      encoder.write(value)
    }
  }
}

extension SortedMap: Codable where Key: Codable, Value: Codable {
  private enum CodingKeys: CodingKey { case keys, values }

  /// Reads a map; keys may stand in any order, and unequal counts are an error.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let keys = try container.decode([Key].self, forKey: .keys)
    let values = try container.decode([Value].self, forKey: .values)
    guard keys.count == values.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container, debugDescription: "as many values as keys are needed")
    }
    self.init(zip(keys, values).map { ($0, $1) })
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(keys, forKey: .keys)
    try container.encode(values, forKey: .values)
  }
}
