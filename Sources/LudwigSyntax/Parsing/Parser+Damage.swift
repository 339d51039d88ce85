import Diagnostics
import Text

extension Parser {
  /// Notes, once the sheet is parsed, what mistakes of syntax have left out: lines on which a
  /// string is never closed tell nothing else, and names that stand where something could not be
  /// understood may have been bound there.
  mutating func concludeDamage() {
    guard !diagnostics.isEmpty else { return }
    concludeStrings()
    mergeDamagedLines()
    tree.hasDamagedImport = tree.statements.contains { statement in
      if case .imports = statement.kind { statement.isDamaged } else { false }
    }
    // Of a sheet that is cut short nothing more is said.
    if tree.isCutShort { return }
    let sound = tree.statements.filter { !$0.isDamaged }.map(\.range)
    let damaged = tree.damagedLines
    var (next, line) = (0, 0)
    for place in tokens.indices.dropLast() {
      let lower = tokens[place].lower
      while next < sound.count, sound[next].upper <= lower { next += 1 }
      while line < damaged.count, damaged[line].upper <= lower { line += 1 }
      let isSound = next < sound.count && sound[next].lower <= lower
      let isOnDamagedLine = line < damaged.count && damaged[line].lower <= lower
      if !isSound || isOnDamagedLine, mayBind(place, isOnDamagedLine) {
        tree.lostNames.insert(text(tokens[place]))
      }
    }
  }

  /// Damaged lines in order, each once.
  private mutating func mergeDamagedLines() {
    var last: Int32 = -1
    tree.damagedLines.sort { $0.lower < $1.lower }
    tree.damagedLines.removeAll { line in
      defer { last = line.lower }
      return line.lower == last
    }
  }

  /// An unclosed string takes the rest of its line with it: other mistakes there are none.
  private mutating func concludeStrings() {
    let lines = diagnostics.filter { $0.code == "FG0102" }.compactMap(\.labels.first).map {
      wholeLine(of: $0.range)
    }
    guard !lines.isEmpty else { return }
    tree.damagedLines += lines
    let starts = Set(lines.map(\.lower))
    diagnostics = diagnostics.filter { diagnostic in
      guard diagnostic.code != "FG0102", let place = diagnostic.labels.first?.range else {
        return true
      }
      if starts.contains(wholeLine(of: place).lower) { return false }
      // What is left of a block may lack its result.
      return diagnostic.code != "FG0121"
        || !starts.contains { place.lower < $0 && $0 < place.upper }
    }
    let ordered = lines.sorted { $0.lower < $1.lower }
    var next = 0
    for index in tree.statements.indices {
      let range = tree.statements[index].range
      while next < ordered.count, ordered[next].upper <= range.lower { next += 1 }
      if next < ordered.count, ordered[next].lower < range.upper {
        tree.statements[index].isDamaged = true
      }
    }
  }

  /// Whether a token may be meant as the name of something new.
  private func mayBind(_ place: Int, _ isOnDamagedLine: Bool) -> Bool {
    guard tokens[place].kind == .name || tokens[place].kind == .typeName else { return false }
    if isOnDamagedLine || tokens[place + 1].kind == .colon { return true }
    guard place > 0 else { return false }
    switch tokens[place - 1].kind {
    case .keyword(.fun), .keyword(.let), .keyword(.type), .keyword(.for), .keyword(.as), .bar:
      return true
    case .name, .typeName, .keyword, .integer, .float, .string, .symbol, .malformed,
      .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace,
      .comma, .semicolon, .colon, .dot, .arrow, .equals, .underscore, .end:
      return false
    }
  }
}
