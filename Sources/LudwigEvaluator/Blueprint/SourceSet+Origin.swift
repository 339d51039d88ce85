package import CloudModel
package import Text

/// Places as data, each made once.
struct Origins: Sendable {
  private var known: [SourceRange: Origin] = [:]

  /// A range as data.
  subscript(range: SourceRange, in sources: SourceSet) -> Origin {
    mutating get {
      if let origin = known[range] { return origin }
      let origin = sources.origin(of: range)
      known[range] = origin
      return origin
    }
  }
}

extension SourceSet {
  /// A range as data that plans and verdicts can show.
  package func origin(of range: SourceRange) -> Origin {
    let source = self[range.source]
    let start = source.position(at: Int(range.lower))
    let end = source.position(at: Int(range.upper))
    let line = source.line(start.line)
    let rest = max(1, line.unicodeScalars.count - start.column + 1)
    let length = end.line == start.line ? max(1, end.column - start.column) : rest
    return Origin(
      file: source.name, line: start.line, column: start.column, length: min(length, rest),
      text: line)
  }

  /// A range's text on one line, blanks and line breaks made one blank.
  package func flatText(of range: SourceRange) -> String {
    let bytes = self[range.source].bytes
    let upper = min(Int(range.upper), bytes.count)
    let slice = bytes[min(Int(range.lower), upper)..<upper]
    let words = slice.split { $0 == 32 || $0 == 10 || $0 == 13 || $0 == 9 }
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }
}
