import Canon

/// Why a text is no history.
package struct HistoryMistake: Error, Hashable, Sendable {
  /// The line from 1.
  package let line: Int
  /// What is wrong.
  package let message: String
}

/// The text of a history: JSON, one value a line, the start first.
extension History {
  /// The text.
  package var text: String {
    ([JSON.text(of: start)] + lines.map { JSON.text(of: $0) }).joined(separator: "\n") + "\n"
  }

  /// Reads a text.
  package init(text: String) throws(HistoryMistake) {
    var lines: [Line] = []
    var start: Start?
    for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !part.isEmpty {
      let tree: JSON
      do throws(JSONError) { tree = try JSON(parsing: String(part)) } catch {
        throw HistoryMistake(line: index + 1, message: error.message)
      }
      if start == nil {
        guard tree["format"]?.text == Start.format else {
          throw HistoryMistake(
            line: index + 1, message: "the first line names no format \(Start.format)")
        }
        start = try Self.read(Start.self, tree, index)
      } else {
        lines.append(try Self.read(Line.self, tree, index))
      }
    }
    guard let start else { throw HistoryMistake(line: 1, message: "there is nothing") }
    self.init(start: start, lines: lines)
  }

  private static func read<T: Decodable>(
    _ type: T.Type, _ tree: JSON, _ index: Int
  ) throws(HistoryMistake) -> T {
    do { return try tree.decode(type) } catch {
      throw HistoryMistake(line: index + 1, message: "it is no line of a history")
    }
  }
}
