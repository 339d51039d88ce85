/// A small map kept in order of its keys: equal contents are equal, in whatever order they came.
///
/// `Dictionary` iterates in another order in each process and `OrderedDictionary` compares order,
/// so neither can be part of a state that is hashed or encoded. Look-up is by binary search;
/// insertion in the middle moves the tail, which is right for maps of up to some thousands.
///
/// This is the one type that is `public`: the compiler specialises generic code of other modules
/// only where it is public and inlinable, and unspecialised this map took a third of all time.
public struct SortedMap<Key: Comparable & Hashable & Sendable, Value: Sendable>: Sendable {
  /// The keys.
  @usableFromInline var sortedKeys: [Key] = []
  /// Their values.
  @usableFromInline var sortedValues: [Value] = []

  /// The keys in ascending order.
  @inlinable public var keys: [Key] { sortedKeys }

  /// The values, in the order of their keys.
  @inlinable public var values: [Value] { sortedValues }

  /// An empty map.
  @inlinable public init() {}

  /// A map of pairs; a later pair replaces an earlier one of the same key.
  @inlinable public init(_ pairs: some Sequence<(Key, Value)>) {
    for (key, value) in pairs { self[key] = value }
  }

  /// A map of keys that ascend, each once, and their values in the same order.
  @inlinable public init(ascending keys: [Key], _ values: [Value]) {
    precondition(keys.count == values.count, "as many values as keys are needed")
    sortedKeys = keys
    sortedValues = values
  }

  /// How many entries there are.
  @inlinable public var count: Int { sortedKeys.count }

  /// Whether there are none.
  @inlinable public var isEmpty: Bool { sortedKeys.isEmpty }

  /// Makes room for so many entries.
  @inlinable public mutating func reserveCapacity(_ count: Int) {
    sortedKeys.reserveCapacity(count)
    sortedValues.reserveCapacity(count)
  }

  /// The value of a key; setting nil removes the entry.
  @inlinable public subscript(key: Key) -> Value? {
    get {
      let index = lowerBound(key)
      return index < sortedKeys.count && sortedKeys[index] == key ? sortedValues[index] : nil
    }
    set {
      let index = lowerBound(key)
      let isPresent = index < sortedKeys.count && sortedKeys[index] == key
      switch (newValue, isPresent) {
      case (let value?, true): sortedValues[index] = value
      case (let value?, false): insert(key, value, at: index)
      case (nil, true):
        sortedKeys.remove(at: index)
        sortedValues.remove(at: index)
      case (nil, false): break
      }
    }
  }

  /// The value of a key, changed in place; `fallback` stands in where there is none.
  @inlinable public subscript(key: Key, default fallback: @autoclosure () -> Value) -> Value {
    get { self[key] ?? fallback() }
    set { self[key] = newValue }
    _modify {
      let index = lowerBound(key)
      if index >= sortedKeys.count || sortedKeys[index] != key {
        insert(key, fallback(), at: index)
      }
      yield &sortedValues[index]
    }
  }

  /// The map with each value replaced.
  @inlinable public func mapValues<T: Sendable>(
    _ transform: (Value) -> T
  ) -> SortedMap<Key, T> {
    SortedMap<Key, T>(ascending: sortedKeys, sortedValues.map(transform))
  }

  /// The entries that satisfy a condition.
  @inlinable public func filter(_ isIncluded: (Key, Value) -> Bool) -> SortedMap {
    var out = SortedMap()
    for (key, value) in self where isIncluded(key, value) {
      out.sortedKeys.append(key)
      out.sortedValues.append(value)
    }
    return out
  }

  /// The entries at some places in the order.
  @inlinable public func slice(_ places: Range<Int>) -> SortedMap {
    var out = SortedMap()
    out.sortedKeys = Array(sortedKeys[places])
    out.sortedValues = Array(sortedValues[places])
    return out
  }

  /// Puts an entry where its key belongs.
  @inlinable mutating func insert(_ key: Key, _ value: Value, at index: Int) {
    if index == sortedKeys.count {
      sortedKeys.append(key)
      sortedValues.append(value)
    } else {
      sortedKeys.insert(key, at: index)
      sortedValues.insert(value, at: index)
    }
  }

  /// The first index whose key is not below a key.
  @inlinable func lowerBound(_ key: Key) -> Int {
    var low = 0
    var high = sortedKeys.count
    if high > 0, sortedKeys[high - 1] < key { return high }
    while low < high {
      let middle = (low + high) / 2
      if sortedKeys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension SortedMap: Equatable where Value: Equatable {
  /// Whether keys and values are equal.
  @inlinable public static func == (a: SortedMap, b: SortedMap) -> Bool {
    a.sortedKeys == b.sortedKeys && a.sortedValues == b.sortedValues
  }
}

extension SortedMap: Hashable where Value: Hashable {
  /// Feeds keys and values.
  @inlinable public func hash(into hasher: inout Hasher) {
    hasher.combine(sortedKeys)
    hasher.combine(sortedValues)
  }
}

extension SortedMap: Sequence {
  /// Goes through the entries.
  @frozen public struct Iterator: IteratorProtocol {
    /// The map.
    @usableFromInline let map: SortedMap
    /// The next entry.
    @usableFromInline var index = 0

    /// Starts at the first entry.
    @inlinable init(_ map: SortedMap) { self.map = map }

    /// The next entry; nil at the end.
    @inlinable public mutating func next() -> (key: Key, value: Value)? {
      guard index < map.sortedKeys.count else { return nil }
      defer { index += 1 }
      return (key: map.sortedKeys[index], value: map.sortedValues[index])
    }
  }

  /// How many entries there are.
  @inlinable public var underestimatedCount: Int { sortedKeys.count }

  /// Entries in ascending order of their keys.
  @inlinable public func makeIterator() -> Iterator { Iterator(self) }
}

extension SortedMap: ExpressibleByDictionaryLiteral {
  /// A map of pairs; a later pair replaces an earlier one of the same key.
  @inlinable public init(dictionaryLiteral elements: (Key, Value)...) {
    for (key, value) in elements { self[key] = value }
  }
}

extension SortedMap: CanonicalEncodable
where Key: CanonicalEncodable, Value: CanonicalEncodable {
  @usableFromInline package func encode(into encoder: inout CanonicalEncoder) {
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
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let keys = try container.decode([Key].self, forKey: .keys)
    let values = try container.decode([Value].self, forKey: .values)
    guard keys.count == values.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container, debugDescription: "as many values as keys are needed")
    }
    self.init(zip(keys, values).map { ($0, $1) })
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(keys, forKey: .keys)
    try container.encode(values, forKey: .values)
  }
}
