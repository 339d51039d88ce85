/// Patterns of IAM: `*` stands for any text, `?` for one character. Policy variables stand for any
/// text, since nobody knows here what they come to.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Action", "Resource", "Variables and tags".
package struct Wildcard: Hashable, Sendable {
  private let symbols: [Unicode.Scalar]
  /// Whether it holds policy variables.
  package let hasVariables: Bool

  /// Reads a pattern.
  package init(_ text: String) {
    var symbols: [Unicode.Scalar] = []
    var hasVariables = false
    var rest = Array(text.unicodeScalars)[...]
    while let first = rest.popFirst() {
      if first == "$", rest.first == "{", let end = rest.firstIndex(of: "}") {
        symbols.append("*")
        hasVariables = true
        rest = rest[(end + 1)...]
      } else {
        symbols.append(first)
      }
    }
    self.symbols = symbols
    self.hasVariables = hasVariables
  }

  /// Whether it is one text.
  package var isFixed: Bool { !symbols.contains("*") && !symbols.contains("?") }

  /// Whether some text fits both patterns; exact, but for variables, which count as any text.
  package func meets(_ other: Wildcard) -> Bool { walk(other, bothWays: true).last?.last == true }

  /// Whether every text that fits the other pattern fits this one; no in case of doubt.
  package func covers(_ other: Wildcard) -> Bool {
    !hasVariables && walk(other, bothWays: false).last?.last == true
  }

  /// Texts that fit both patterns: a short one and one with something in the place of every `*`;
  /// none where no text does.
  package func samples(with other: Wildcard) -> [String] {
    guard let common = common(with: other) else { return [] }
    let short = common.filter { $0 != "*" }.map { $0 == "?" ? "x" : $0 }
    var long: [Unicode.Scalar] = []
    for symbol in common {
      if symbol == "*" {
        long += Array("example".unicodeScalars)
      } else {
        long.append(symbol == "?" ? "x" : symbol)
      }
    }
    let texts = [long, short].map { String(String.UnicodeScalarView($0)) }
    return texts[0] == texts[1] ? [texts[0]] : texts
  }

  /// Which beginnings of both patterns go together: row by row over this one's symbols.
  private func walk(_ other: Wildcard, bothWays: Bool) -> [[Bool]] {
    let (mine, theirs) = (symbols, other.symbols)
    var rows: [[Bool]] = []
    for i in 0...mine.count {
      var row = Array(repeating: false, count: theirs.count + 1)
      for j in 0...theirs.count {
        row[j] = i == 0 && j == 0
        if i > 0, mine[i - 1] == "*" { row[j] = row[j] || rows[i - 1][j] || (j > 0 && row[j - 1]) }
        if bothWays, j > 0, theirs[j - 1] == "*" {
          row[j] = row[j] || row[j - 1] || (i > 0 && rows[i - 1][j])
        }
        if i > 0, j > 0, rows[i - 1][j - 1], agree(mine[i - 1], theirs[j - 1], bothWays) {
          row[j] = true
        }
      }
      rows.append(row)
    }
    return rows
  }

  /// Whether two symbols that each stand for one character may stand for the same one; with
  /// `bothWays` off, whether the first stands for all that the second does.
  private func agree(_ a: Unicode.Scalar, _ b: Unicode.Scalar, _ bothWays: Bool) -> Bool {
    if a == "*" || b == "*" { return false }
    return a == b || a == "?" || (bothWays && b == "?")
  }

  /// A pattern of which all texts fit both; nil where there is none.
  private func common(with other: Wildcard) -> [Unicode.Scalar]? {
    let (mine, theirs) = (symbols, other.symbols)
    let rows = walk(other, bothWays: true)
    var (i, j) = (mine.count, theirs.count)
    guard rows[i][j] else { return nil }
    var out: [Unicode.Scalar] = []
    while i > 0 || j > 0 {
      if i > 0, j > 0, rows[i - 1][j - 1], agree(mine[i - 1], theirs[j - 1], true) {
        out.append(mine[i - 1] == "?" ? theirs[j - 1] : mine[i - 1])
        (i, j) = (i - 1, j - 1)
      } else if i > 0, j > 0, mine[i - 1] == "*", theirs[j - 1] == "*", rows[i - 1][j] {
        if out.last != "*" { out.append("*") }
        i -= 1
      } else if i > 0, mine[i - 1] == "*", rows[i - 1][j] {
        i -= 1
      } else if j > 0, theirs[j - 1] == "*", rows[i][j - 1] {
        j -= 1
      } else if j > 0, i > 0, mine[i - 1] == "*" {
        out.append(theirs[j - 1])
        j -= 1
      } else {
        out.append(mine[i - 1])
        i -= 1
      }
    }
    return out.reversed()
  }
}
