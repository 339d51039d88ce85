/// One source file: its name as shown to people, its bytes, and where its lines begin.
///
/// Offsets everywhere are UTF-8 byte offsets, so that a range never depends on how a string is
/// segmented into characters.
package struct SourceText: Hashable, Sendable {
  /// The path as the user would type it, relative to the composition's folder where possible.
  package let name: String
  /// The content in UTF-8.
  package let bytes: [UInt8]
  /// Byte offset at which each line starts; the first is 0.
  package let lineStarts: [Int]

  /// Reads a source; any byte sequence is accepted, since reporting is the parser's work.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(index + 1)
    }
    lineStarts = starts
  }

  /// Reads a source from a string.
  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The line and column (both from 1, the column in Unicode scalars) of a byte offset.
  ///
  /// Offsets past the end are clamped to it.
  package func position(at offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    let line = line(holding: offset)
    let prefix = bytes[lineStarts[line]..<offset]
    let scalars = String(decoding: prefix, as: UTF8.self).unicodeScalars.count
    return Position(line: line + 1, column: scalars + 1)
  }

  /// The line, from 0, that holds a byte.
  private func line(holding offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of the line on which a range begins, its line break included.
  package func lineRange(of range: SourceRange) -> Range<Int> {
    let offset = min(max(Int(range.lower), 0), bytes.count)
    let number = line(holding: offset) + 1
    let end = number < lineStarts.count ? lineStarts[number] : bytes.count + 1
    return lineStarts[number - 1]..<end
  }

  /// The text of a line (from 1) without its line break; empty where there is none.
  package func line(_ number: Int) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    var content = bytes[lineStarts[number - 1]..<max(end, lineStarts[number - 1])]
    if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
    return String(decoding: content, as: UTF8.self)
  }
}

/// A place in a source as people count it: line and column from 1.
package struct Position: Hashable, Sendable, Comparable {
  /// The line, from 1.
  package let line: Int
  /// The column in Unicode scalars, from 1.
  package let column: Int

  /// Makes a position.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}
