extension JSON {
  /// The tree of any encodable value, as its `Codable` conformance lays it out. Members stand in
  /// the order in which the value writes them, so equal values give equal trees.
  ///
  /// - Throws: `EncodingError` for a binary fraction, and what the value's own conformance throws;
  ///   synthesised ones throw nothing.
  package init(encoding value: some Encodable) throws {
    let slot = JSONSlot()
    try value.encode(to: JSONTreeEncoder(slot: slot, codingPath: []))
    self = slot.tree
  }
}

extension JSON {
  /// A value's JSON as text; empty for one without a JSON form, as a binary fraction has none. For
  /// what is known to have one.
  package static func text(of value: some Encodable) -> String {
    do { return try JSON(encoding: value).text() } catch { return "" }
  }
}

extension Digest {
  /// Digests a large value by its JSON, for what has no canonical bytes of its own.
  package init(ofJSON value: some Encodable) {
    self.init(of: Array(JSON.text(of: value).utf8))
  }
}

/// A place in the tree that is being built. A class, since `Encoder`'s containers are references
/// into one whole by design; no instance outlives an encoding.
private final class JSONSlot {
  enum Content {
    case leaf(JSON)
    case array([JSONSlot])
    case object([(String, JSONSlot)])
  }

  var content: Content = .leaf(.null)

  var tree: JSON {
    switch content {
    case .leaf(let value): value
    case .array(let slots): .array(slots.map(\.tree))
    case .object(let members): .object(members.map { JSON.Member($0.0, $0.1.tree) })
    }
  }

  func member(_ name: String) -> JSONSlot {
    let slot = JSONSlot()
    if case .object(var members) = content {
      content = .leaf(.null)
      members.append((name, slot))
      content = .object(members)
    } else {
      content = .object([(name, slot)])
    }
    return slot
  }

  func element() -> JSONSlot {
    let slot = JSONSlot()
    if case .array(var slots) = content {
      content = .leaf(.null)
      slots.append(slot)
      content = .array(slots)
    } else {
      content = .array([slot])
    }
    return slot
  }

  func put(_ value: some Encodable, path: [any CodingKey]) throws {
    switch value {
    case let value as String: content = .leaf(.string(value))
    case let value as Bool: content = .leaf(.bool(value))
    case let value as any BinaryInteger: content = .leaf(.number(value.description))
    case is any BinaryFloatingPoint:
      throw EncodingError.invalidValue(
        value,
        EncodingError.Context(
          codingPath: path, debugDescription: "binary fractions have no canonical form"))
    default: try value.encode(to: JSONTreeEncoder(slot: self, codingPath: path))
    }
  }
}

private struct JSONTreeEncoder: Encoder {
  let slot: JSONSlot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = slot.content {} else { slot.content = .object([]) }
    return KeyedEncodingContainer(JSONKeyedEncoder<Key>(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array = slot.content {} else { slot.content = .array([]) }
    return JSONUnkeyedEncoder(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    JSONSingleEncoder(slot: slot, codingPath: codingPath)
  }
}

private struct JSONKeyedEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: JSONSlot
  let codingPath: [any CodingKey]

  mutating func encodeNil(forKey key: Key) throws {
    slot.member(key.stringValue).content = .leaf(.null)
  }

  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try slot.member(key.stringValue).put(value, path: codingPath + [key])
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    JSONTreeEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
      .container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    JSONTreeEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
      .unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    JSONTreeEncoder(slot: slot.member("super"), codingPath: codingPath)
  }

  mutating func superEncoder(forKey key: Key) -> any Encoder {
    JSONTreeEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct JSONUnkeyedEncoder: UnkeyedEncodingContainer {
  let slot: JSONSlot
  let codingPath: [any CodingKey]

  var count: Int { if case .array(let slots) = slot.content { slots.count } else { 0 } }

  mutating func encodeNil() throws { slot.element().content = .leaf(.null) }

  mutating func encode<T: Encodable>(_ value: T) throws {
    try slot.element().put(value, path: codingPath)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    JSONTreeEncoder(slot: slot.element(), codingPath: codingPath).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    JSONTreeEncoder(slot: slot.element(), codingPath: codingPath).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    JSONTreeEncoder(slot: slot.element(), codingPath: codingPath)
  }
}

private struct JSONSingleEncoder: SingleValueEncodingContainer {
  let slot: JSONSlot
  let codingPath: [any CodingKey]

  mutating func encodeNil() throws { slot.content = .leaf(.null) }

  mutating func encode<T: Encodable>(_ value: T) throws { try slot.put(value, path: codingPath) }
}
