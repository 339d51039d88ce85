/// Patterns of IAM: `*` stands for any text, `?` for one character.
struct Wildcard: Hashable {
  private let symbols: [Unicode.Scalar]
  /// Whether it holds policy variables, which here stand for any text.
  private let hasVariables: Bool

  /// Reads a pattern.
  init(_ text: String) {
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

  /// Whether some text fits both patterns.
  func meets(_ other: Wildcard) -> Bool { canWalk(other, bothStars: true) }

  /// Whether every text that fits the other pattern fits this one; no in case of doubt.
  func covers(_ other: Wildcard) -> Bool { !hasVariables && canWalk(other, bothStars: false) }

  /// Walks both patterns from left to right; row by row over what of the other has been walked.
  private func canWalk(_ other: Wildcard, bothStars: Bool) -> Bool {
    let (mine, theirs) = (symbols, other.symbols)
    var row = Array(repeating: false, count: theirs.count + 1)
    for i in 0...mine.count {
      var next = Array(repeating: false, count: theirs.count + 1)
      for j in 0...theirs.count {
        if i == 0, j == 0 { next[0] = true }
        if i > 0, mine[i - 1] == "*" {
          next[j] = next[j] || row[j] || (j > 0 && next[j - 1])
        }
        if bothStars, j > 0, theirs[j - 1] == "*" {
          next[j] = next[j] || next[j - 1] || (i > 0 && row[j])
        }
        if i > 0, j > 0, row[j - 1] {
          let (a, b) = (mine[i - 1], theirs[j - 1])
          let isStar = a == "*" || b == "*"
          if !isStar, a == b || a == "?" || (bothStars && b == "?") { next[j] = true }
        }
      }
      row = next
    }
    return row[theirs.count]
  }
}
