/// A parsed Mustache template. Source: the Mustache manual, mustache(5); partials and lambdas are
/// left out.
struct Mustache {
  /// A part of a template.
  enum Part: Equatable {
    /// Text as it is.
    case text(String)
    /// A variable by its path; escaped unless it stands in three braces.
    case variable([String], isEscaped: Bool)
    /// What stands between a section's tags; inverted for nothing, False and the empty list.
    case section([String], isInverted: Bool, end: Int)
    /// The end of a section.
    case end
  }

  /// What is wrong with a template.
  struct Problem: Error {
    /// What it is, in words.
    let message: String
    /// The line, from 1.
    let line: Int
  }

  /// The parts; a section knows the index of its end.
  private(set) var parts: [Part] = []

  private let bytes: [UInt8]
  private var place = 0
  private var textStart = 0
  private var (open, close) = (Array("{{".utf8), Array("}}".utf8))
  private var sections: [(name: [String], index: Int)] = []

  /// Parses a template.
  init(_ text: String) throws(Problem) {
    bytes = Array(text.utf8)
    while place < bytes.count {
      if starts(with: open, at: place) { try tag() } else { place += 1 }
    }
    flush(upTo: bytes.count)
    if let section = sections.last {
      throw problem("The section '\(joined(section.name))' has no end")
    }
  }

  private mutating func tag() throws(Problem) {
    let start = place
    var content = start + open.count
    guard content < bytes.count else { throw problem("This tag has no end") }
    let kind = bytes[content]
    let isTriple = kind == UInt8(ascii: "{") && open == Array("{{".utf8)
    let closing: [UInt8] =
      switch kind {
      case UInt8(ascii: "{") where isTriple: Array("}}}".utf8)
      case UInt8(ascii: "="): [kind] + close
      default: close
      }
    let isMarked = "#^/!&={>".utf8.contains(kind) && (kind != UInt8(ascii: "{") || isTriple)
    if isMarked { content += 1 }
    guard let end = (content..<bytes.count).first(where: { starts(with: closing, at: $0) }) else {
      throw problem("This tag has no end")
    }
    let word = Self.trimmed(bytes[content..<end])
    var next = end + closing.count
    var textEnd = start
    // A tag that prints nothing and stands alone on its line takes the line with it.
    if isMarked, "#^/!=".utf8.contains(kind), let line = lone(start, next) {
      textEnd = line.lowerBound
      next = line.upperBound
    }
    flush(upTo: textEnd)
    if isMarked {
      try mark(kind, word)
    } else {
      parts.append(.variable(try name(word), isEscaped: true))
    }
    place = next
    textStart = next
  }

  private mutating func mark(_ kind: UInt8, _ word: String) throws(Problem) {
    switch kind {
    case UInt8(ascii: "{"), UInt8(ascii: "&"):
      parts.append(.variable(try name(word), isEscaped: false))
    case UInt8(ascii: "#"), UInt8(ascii: "^"):
      sections.append((name: try name(word), index: parts.count))
      parts.append(.section(try name(word), isInverted: kind == UInt8(ascii: "^"), end: 0))
    case UInt8(ascii: "/"):
      let name = try name(word)
      guard let section = sections.popLast(), section.name == name,
        case .section(_, let isInverted, _) = parts[section.index]
      else { throw problem("The section '\(joined(name))' ends here and has not begun") }
      parts[section.index] = .section(name, isInverted: isInverted, end: parts.count)
      parts.append(.end)
    case UInt8(ascii: "="):
      let marks = word.utf8.split(separator: UInt8(ascii: " "))
      guard marks.count == 2 else { throw problem("Delimiters are two words") }
      (open, close) = (Array(marks[0]), Array(marks[1]))
    case UInt8(ascii: ">"): throw problem("Templates within templates are not known here")
    default: break
    }
  }

  private func name(_ word: String) throws(Problem) -> [String] {
    if word == "." { return [] }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !word.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
      throw problem("'\(word)' is no name")
    }
    return parts
  }

  /// The line of a tag from its first byte past its end; nil where something else stands on it.
  private func lone(_ start: Int, _ end: Int) -> Range<Int>? {
    var (first, last) = (start, end)
    while first > textStart, Self.isBlank(bytes[first - 1]) { first -= 1 }
    while last < bytes.count, Self.isBlank(bytes[last]) { last += 1 }
    guard first == 0 || bytes[first - 1] == UInt8(ascii: "\n") else { return nil }
    if last == bytes.count { return first..<last }
    if bytes[last] == UInt8(ascii: "\r"), last + 1 < bytes.count { last += 1 }
    return bytes[last] == UInt8(ascii: "\n") ? first..<last + 1 : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let isOther: (UInt8) -> Bool = { !isBlank($0) && $0 != UInt8(ascii: "\n") }
    guard let first = bytes.firstIndex(where: isOther), let last = bytes.lastIndex(where: isOther)
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  private func starts(with mark: [UInt8], at place: Int) -> Bool {
    place + mark.count <= bytes.count && bytes[place..<(place + mark.count)].elementsEqual(mark)
  }

  private mutating func flush(upTo end: Int) {
    if textStart < end {
      parts.append(.text(String(decoding: bytes[textStart..<end], as: UTF8.self)))
    }
    textStart = end
  }

  private func joined(_ name: [String]) -> String {
    name.isEmpty ? "." : name.joined(separator: ".")
  }

  private func problem(_ message: String) -> Problem {
    let line = bytes[..<min(place, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
    return Problem(message: message, line: line)
  }
}
