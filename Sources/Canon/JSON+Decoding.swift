extension JSON {
  /// Reads a value that `JSON(encoding:)` wrote.
  ///
  /// - Throws: `DecodingError` where the tree is not of that form; never anything worse, whatever
  ///   the tree.
  package func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try JSONTreeDecoder(tree: self, codingPath: []).read(type)
  }
}

private struct JSONTreeDecoder: Decoder {
  let tree: JSON
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func read<T: Decodable>(_ type: T.Type) throws -> T {
    if type == String.self, let value = tree.text as? T { return value }
    if type == Bool.self, let value = tree.truth as? T { return value }
    if let integer = type as? any (FixedWidthInteger & Decodable).Type {
      if let value = try number(integer) as? T { return value }
    }
    return try type.init(from: self)
  }

  func number<N: FixedWidthInteger>(_ type: N.Type) throws -> N {
    guard case .number(let text) = tree, let value = N(text) else {
      throw mismatch(type, "a whole number of this width is needed")
    }
    return value
  }

  func mismatch(_ type: Any.Type, _ text: String) -> DecodingError {
    .typeMismatch(type, DecodingError.Context(codingPath: codingPath, debugDescription: text))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = tree else { throw mismatch(JSON.self, "an object is needed") }
    return KeyedDecodingContainer(
      JSONKeyedDecoder<Key>(members: members, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let items) = tree else { throw mismatch(JSON.self, "an array is needed") }
    return JSONUnkeyedDecoder(items: items, decoder: self)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    JSONSingleDecoder(decoder: self)
  }
}

private struct JSONKeyedDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [JSON.Member]
  let decoder: JSONTreeDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { members.contains { $0.name == key.stringValue } }

  private func inner(_ key: any CodingKey) throws -> JSONTreeDecoder {
    guard let member = members.last(where: { $0.name == key.stringValue }) else {
      throw DecodingError.keyNotFound(
        key, DecodingError.Context(codingPath: codingPath, debugDescription: "it is missing"))
    }
    return JSONTreeDecoder(tree: member.value, codingPath: codingPath + [key])
  }

  func decodeNil(forKey key: Key) throws -> Bool { try inner(key).tree == .null }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try inner(key).read(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try inner(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try inner(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }

  func superDecoder(forKey key: Key) throws -> any Decoder { try inner(key) }
}

private struct JSONUnkeyedDecoder: UnkeyedDecodingContainer {
  let items: [JSON]
  let decoder: JSONTreeDecoder
  var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  init(items: [JSON], decoder: JSONTreeDecoder) {
    self.items = items
    self.decoder = decoder
  }

  private mutating func next() throws -> JSONTreeDecoder {
    guard currentIndex < items.count else {
      throw decoder.mismatch(JSON.self, "the array is too short")
    }
    defer { currentIndex += 1 }
    return JSONTreeDecoder(tree: items[currentIndex], codingPath: codingPath)
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().read(type) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct JSONSingleDecoder: SingleValueDecodingContainer {
  let decoder: JSONTreeDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.tree == .null }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if type == String.self, decoder.tree.text == nil {
      throw decoder.mismatch(type, "a text is needed")
    }
    if type == Bool.self, decoder.tree.truth == nil {
      throw decoder.mismatch(type, "a truth value is needed")
    }
    if type is any BinaryFloatingPoint.Type {
      throw decoder.mismatch(type, "binary fractions have no canonical form")
    }
    return try decoder.read(type)
  }
}
