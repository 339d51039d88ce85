/// A line of a catalog text while it is written: words, then traits, each a word or `key=value`.
package struct CatalogLine: Sendable {
  /// The words so far.
  package var words: [String]

  /// A line that begins with some words; an empty first one makes a line below another.
  package init(_ words: String...) { self.words = words }

  /// The line, its words separated by blanks.
  package var text: String { words.joined(separator: " ") }

  /// Adds a word.
  package mutating func word(_ word: String) { words.append(word) }

  /// Adds a trait where there is a value.
  package mutating func add(_ key: String, _ value: String?) {
    if let value { words.append("\(key)=\(CatalogText.escaped(value))") }
  }

  /// Adds a trait with several values where there are some.
  package mutating func add(_ key: String, _ values: [String]) {
    guard !values.isEmpty else { return }
    let texts = values.map { CatalogText.escaped($0, also: UInt8(ascii: ",")) }
    words.append("\(key)=\(texts.joined(separator: ","))")
  }

  /// Adds a trait without a value where a condition holds.
  package mutating func flag(_ key: String, _ isSet: Bool) {
    if isSet { words.append(key) }
  }
}
