/// A header or a query parameter: a name and what stands for it.
package struct WireField: Hashable, Sendable {
  /// The name; of a query parameter decoded, of a header as it was written.
  package var name: String
  /// The value, of a query parameter decoded; nil for a query parameter without `=`.
  package var value: String?

  /// Makes a field.
  package init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }
}

extension [WireField] {
  /// The value of the first field of a name, whatever the case of its letters; nil where there is
  /// none.
  package func value(ofHeader name: String) -> String? {
    first { $0.name.utf8.elementsEqual(name.utf8, by: areSameLetters) }?.value
  }

  /// The value of the first field of exactly this name; nil where there is none, the empty text
  /// where it stands without `=`.
  package func value(ofParameter name: String) -> String? {
    first { $0.name == name }.map { $0.value ?? "" }
  }
}

/// Whether two bytes of ASCII differ in case at most.
private func areSameLetters(_ a: UInt8, _ b: UInt8) -> Bool {
  func small(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
  return small(a) == small(b)
}
