/// What a line of the catalog says beyond its first words: flags, and values by key.
///
/// Which keys there are say the accessors of `CatalogReference`, `CatalogDefinition`,
/// `CatalogOperation` and `CatalogService`.
package struct CatalogTraits: Hashable, Sendable {
  private let words: [Substring]

  /// The traits of a line's last words.
  init(_ words: ArraySlice<Substring>) { self.words = Array(words) }

  /// Whether there is neither flag nor value.
  package var isEmpty: Bool { words.isEmpty }

  /// Whether a flag stands there, or a value under this key.
  package func has(_ key: String) -> Bool { word(key) != nil }

  /// The value of a key; nil where there is none.
  package subscript(key: String) -> String? {
    word(key).map { CatalogText.unescaped($0.dropFirst(key.utf8.count + 1)) }
  }

  /// The whole number of a key.
  package func integer(_ key: String) -> Int? { self[key].flatMap(Int.init) }

  /// The values of a key that has several; none where it is missing.
  package func list(_ key: String) -> [String] {
    guard let word = word(key) else { return [] }
    return word.dropFirst(key.utf8.count + 1).split(
      separator: ",", omittingEmptySubsequences: false
    )
    .map { CatalogText.unescaped($0) }
  }

  private func word(_ key: String) -> Substring? {
    words.first { word in
      word.utf8.starts(with: key.utf8)
        && (word.utf8.count == key.utf8.count
          || word.utf8.dropFirst(key.utf8.count).first == UInt8(ascii: "="))
    }
  }
}
