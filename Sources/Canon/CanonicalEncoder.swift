/// Something whose bytes never vary: equal values, equal bytes, on any machine and in any process.
package protocol CanonicalEncodable {
  /// Appends the value's bytes.
  func encode(into encoder: inout CanonicalEncoder)
}

extension CanonicalEncodable {
  /// The value's bytes alone.
  package var canonicalBytes: [UInt8] {
    var encoder = CanonicalEncoder()
    encode(into: &encoder)
    return encoder.bytes
  }
}

/// Writes prefix-free canonical bytes: integers as zig-zag LEB128, texts and sequences with their
/// count first, cases of a sum by a tag byte.
package struct CanonicalEncoder: Sendable {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []

  /// An empty encoder.
  package init() {}

  /// Writes a tag that tells cases of a sum apart.
  package mutating func tag(_ tag: UInt8) { bytes.append(tag) }

  /// Writes a truth value.
  package mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// Writes an unsigned number as LEB128.
  package mutating func write(unsigned value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Writes a signed number.
  package mutating func write(_ value: Int64) {
    write(unsigned: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Writes a signed number.
  package mutating func write(_ value: Int) { write(Int64(value)) }

  /// Writes a text as its UTF-8 bytes, the count first.
  package mutating func write(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      write(unsigned: UInt64(utf8.count))
      unsafe bytes.append(contentsOf: utf8)
    }
  }

  /// Writes raw bytes, the count first.
  package mutating func write(bytes value: [UInt8]) {
    write(unsigned: UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// Writes a value's own bytes.
  package mutating func write(_ value: some CanonicalEncodable) { value.encode(into: &self) }

  /// Writes a sequence, the count first.
  package mutating func write<E>(_ values: [E], _ body: (E, inout CanonicalEncoder) -> Void) {
    write(unsigned: UInt64(values.count))
    for value in values { body(value, &self) }
  }

  /// Writes a sequence of encodable values, the count first.
  package mutating func write(_ values: [some CanonicalEncodable]) {
    write(unsigned: UInt64(values.count))
    for value in values { value.encode(into: &self) }
  }

  /// Writes an optional value: a truth value, then the value.
  package mutating func write(_ value: (some CanonicalEncodable)?) {
    write(value != nil)
    if let value { value.encode(into: &self) }
  }
}

extension String: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(self) }
}

extension Int: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(Int64(self)) }
}

extension Digest: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(bytes: bytes) }
}
