/// One of AWS's shared files: sections of settings.
///
/// Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files".
package struct ConfigurationFile: Sendable {
  /// A section: `default`, `profile dev`, `sso-session corp`, `services local`.
  package struct Section: Sendable {
    /// The words in brackets, blanks made single.
    package var name: String
    /// The settings by lower-case key; those of a nested block as `outer.inner`.
    package var settings: [String: String]
  }

  /// The sections in order; where a name comes twice, both, the later one's settings counting.
  package private(set) var sections: [Section] = []

  /// Reads a file. Lines that are of no form are left out, as AWS's own tools read on.
  package init(_ bytes: [UInt8]) {
    var parent: String?
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let isIndented = line.first?.isWhitespace == true
      let text = line.trimmed
      if text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { continue }
      if text.hasPrefix("["), !isIndented {
        let inside = text.dropFirst().prefix { $0 != "]" }
        sections.append(Section(name: Self.words(inside), settings: [:]))
        parent = nil
        continue
      }
      guard !sections.isEmpty, let equals = text.firstIndex(of: "=") else { continue }
      let key = text[..<equals].trimmed.lowercased()
      let value = Self.withoutComment(text[text.index(after: equals)...]).trimmed
      if isIndented, let parent {
        sections[sections.count - 1].settings["\(parent).\(key)"] = String(value)
      } else {
        sections[sections.count - 1].settings[key] = String(value)
        parent = value.isEmpty ? key : nil
      }
    }
  }

  /// All settings of a section, or nil where there is none of the name.
  package func settings(of name: String) -> [String: String]? {
    let found = sections.filter { $0.name == name }
    guard !found.isEmpty else { return nil }
    return found.reduce(into: [:]) { all, section in
      all.merge(section.settings) { $1 }
    }
  }

  /// `profile "two words"` is `profile two words`; blanks outside quotes are single.
  private static func words(_ text: Substring) -> String {
    var words: [Substring] = []
    var rest = text.trimmed
    while let first = rest.first {
      if first == "\"" || first == "'", let end = rest.dropFirst().firstIndex(of: first) {
        words.append(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...].trimmed
      } else {
        let word = rest.prefix { !$0.isWhitespace }
        words.append(word)
        rest = rest.dropFirst(word.count).trimmed
      }
    }
    return words.joined(separator: " ")
  }

  /// A comment inside a line begins with a blank and `#` or `;`.
  private static func withoutComment(_ text: Substring) -> Substring {
    var wasBlank = false
    for index in text.indices {
      if wasBlank, text[index] == "#" || text[index] == ";" { return text[..<index] }
      wasBlank = text[index].isWhitespace
    }
    return text
  }
}

extension Substring {
  var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...end]
  }
}
