/// Something whose bytes never vary: equal values, equal bytes, on any machine and in any process.
@usableFromInline package protocol CanonicalEncodable {
  /// Appends the value's bytes.
  func encode(into encoder: inout CanonicalEncoder)
}

extension CanonicalEncodable {
  /// The value's bytes alone.
  @inlinable package var canonicalBytes: [UInt8] {
    var encoder = CanonicalEncoder()
    encode(into: &encoder)
    return encoder.bytes
  }
}

/// Writes prefix-free canonical bytes: integers as zig-zag LEB128, texts and sequences with their
/// count first, cases of a sum by a tag byte.
@usableFromInline package struct CanonicalEncoder: Sendable {
  /// What has been written. Writing is inlinable, since a model's every state is written.
  @usableFromInline var written: [UInt8] = []

  /// What has been written.
  @inlinable package var bytes: [UInt8] { written }

  /// An empty encoder.
  @inlinable package init() {}

  /// Forgets what has been written and keeps the room for more.
  @inlinable package mutating func clear() { written.removeAll(keepingCapacity: true) }

  /// Writes a tag that tells cases of a sum apart.
  @inlinable package mutating func tag(_ tag: UInt8) { written.append(tag) }

  /// Writes a truth value.
  @inlinable package mutating func write(_ value: Bool) { written.append(value ? 1 : 0) }

  /// Writes an unsigned number as LEB128.
  @inlinable package mutating func write(unsigned value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      written.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    written.append(UInt8(rest))
  }

  /// Writes a signed number.
  @inlinable package mutating func write(_ value: Int64) {
    write(unsigned: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Writes a signed number.
  @inlinable package mutating func write(_ value: Int) { write(Int64(value)) }

  /// Writes a text as its UTF-8 bytes, the count first.
  @usableFromInline package mutating func write(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      write(unsigned: UInt64(utf8.count))
      unsafe written.append(contentsOf: utf8)
    }
  }

  /// Writes raw bytes, the count first.
  @inlinable package mutating func write(bytes value: [UInt8]) {
    write(unsigned: UInt64(value.count))
    written.append(contentsOf: value)
  }

  /// Writes a value's own bytes.
  @inlinable package mutating func write(_ value: some CanonicalEncodable) {
    value.encode(into: &self)
  }

  /// Writes a sequence, the count first.
  @inlinable package mutating func write<E>(
    _ values: [E], _ body: (E, inout CanonicalEncoder) -> Void
  ) {
    write(unsigned: UInt64(values.count))
    for value in values { body(value, &self) }
  }

  /// Writes a sequence of encodable values, the count first.
  @inlinable package mutating func write(_ values: [some CanonicalEncodable]) {
    write(unsigned: UInt64(values.count))
    for value in values { value.encode(into: &self) }
  }

  /// Writes an optional value: a truth value, then the value.
  @inlinable package mutating func write(_ value: (some CanonicalEncodable)?) {
    write(value != nil)
    if let value { value.encode(into: &self) }
  }
}

extension String: CanonicalEncodable {
  @inlinable package func encode(into encoder: inout CanonicalEncoder) { encoder.write(self) }
}

extension Int: CanonicalEncodable {
  @inlinable package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(Int64(self))
  }
}

extension Digest: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(bytes: bytes) }
}
