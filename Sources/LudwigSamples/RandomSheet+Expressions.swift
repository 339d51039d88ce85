import Determinism

extension RandomSheet {
  /// What stands behind a colon, with the blank or the line break before it.
  ///
  /// Blocks without braces stand outside of brackets alone: a comma behind them would be theirs.
  mutating func body(_ depth: Int, _ limit: Int) -> String {
    guard depth > 0 else { return " " + atom(0, limit) }
    let column = limit + 1 + random.below(4)
    switch random.below(9) {
    case 0: return "\n" + margin(column) + letBlock(depth - 1, column)
    case 1 where openBrackets == 0: return recordBlock(depth - 1, limit + 12 + random.below(3))
    case 2:
      return "\n" + margin(column) + closed(depth - 1, column) + ";\n" + margin(column)
        + closed(depth - 1, column)
    case 3: return "\n" + margin(column) + expression(depth - 1, limit)
    default: return gap(limit) + expression(depth - 1, limit)
    }
  }

  private mutating func letBlock(_ depth: Int, _ column: Int) -> String {
    let lines = several(2, atLeast: 1) { sheet in
      let local =
        sheet.chance(30)
        ? "fun \(sheet.name())" + sheet.signature(1, column) + ":" + sheet.body(depth, column)
        : sheet.binding(depth, column)
      return "let " + local + "\n" + sheet.margin(column)
    }
    return lines.joined() + closed(depth, column)
  }

  private mutating func recordBlock(_ depth: Int, _ column: Int) -> String {
    several(3, atLeast: 1) { sheet in
      let body = sheet.body(depth, column)
      let comma = sheet.chance(10) && !body.hasSuffix(",") ? "," : ""
      return "\n" + sheet.margin(column) + sheet.field() + ":" + body + comma
    }.joined()
  }

  /// An expression; lines in it begin right of `limit`.
  mutating func expression(_ depth: Int, _ limit: Int) -> String {
    guard depth > 0 else { return atom(0, limit) }
    switch random.below(14) {
    case 0:
      return "if " + closed(depth - 1, limit) + gap(limit) + "then " + closed(depth - 1, limit)
        + gap(limit) + elseBranches(depth - 1, limit)
    case 1: return "case " + closed(depth - 1, limit) + " of" + branches(depth - 1, limit)
    case 2: return "fun" + signature(1, limit) + ":" + body(depth - 1, limit)
    case 3: return atom(depth - 1, limit) + " with " + updates(depth - 1, limit)
    case 4, 5, 6: return operators(depth - 1, limit)
    case 7: return application(depth - 1, limit)
    default: return atom(depth, limit)
    }
  }

  /// An expression that something may follow on its line.
  mutating func closed(_ depth: Int, _ limit: Int) -> String {
    chance(30) ? operators(depth, limit) : atom(depth, limit)
  }

  private mutating func elseBranches(_ depth: Int, _ limit: Int) -> String {
    let middle = several(2) { sheet in
      "elif " + sheet.closed(depth, limit) + " then " + sheet.closed(depth, limit)
        + sheet.gap(limit)
    }
    return middle.joined() + "else" + body(depth, limit)
  }

  private mutating func branches(_ depth: Int, _ limit: Int) -> String {
    let column = limit + 1 + random.below(4)
    if chance(30) {
      return several(3, atLeast: 1) { sheet in
        " | " + sheet.pattern(2, limit) + " -> " + sheet.closed(depth, limit)
      }.joined()
    }
    return several(3, atLeast: 1) { sheet in
      "\n" + sheet.margin(column) + "| " + sheet.pattern(2, column) + " ->"
        + sheet.body(depth, column)
    }.joined()
  }

  private mutating func updates(_ depth: Int, _ limit: Int) -> String {
    let update = { (sheet: inout Self, limit: Int) in
      let path = sheet.several(2) { $0.chance(50) ? $0.name() + "." : $0.upper() + "." }.joined()
      return path + sheet.name() + ":" + sheet.body(depth, limit)
    }
    if chance(50) {
      openBrackets += 1
      defer { openBrackets -= 1 }
      return bracketed("{", "}", several(3, atLeast: 1) { update(&$0, limit) }, limit)
    }
    if openBrackets > 0 || chance(50) { return update(&self, limit) }
    let column = limit + 1 + random.below(4)
    return several(3, atLeast: 1) { "\n" + $0.margin(column) + update(&$0, column) }.joined()
  }

  private mutating func operators(_ depth: Int, _ limit: Int) -> String {
    var out = prefix() + atom(depth, limit)
    for _ in 0..<(1 + random.below(3)) {
      out += gap(limit) + symbol() + gap(limit) + prefix() + atom(depth, limit)
    }
    return out
  }

  private mutating func prefix() -> String { chance(12) ? pick(["-", "!", "- "]) : "" }

  private mutating func application(_ depth: Int, _ limit: Int) -> String {
    chance(50)
      ? name()
      : qualifier() + name()
        + several(3, atLeast: 1) { sheet in " " + sheet.atom(depth, limit) }.joined()
  }

  /// An expression that ends where its last bracket or word does.
  mutating func atom(_ depth: Int, _ limit: Int) -> String {
    guard depth > 0 else { return pick([name(), number(), string(), upper(), "[]", "()", "{}"]) }
    openBrackets += 1
    defer { openBrackets -= 1 }
    switch random.below(14) {
    case 0: return bracketed("[", "]", several(4) { $0.expression(depth - 1, limit) }, limit)
    case 1:
      return bracketed(
        "(", ")", several(3, atLeast: 2) { $0.expression(depth - 1, limit) }, limit)
    case 2, 3:
      return bracketed("{", "}", several(4) { $0.field() + ":" + $0.body(depth - 1, limit) }, limit)
    case 4:
      return bracketed(
        "{", "}", several(3, atLeast: 1) { $0.key() + ":" + $0.body(depth - 1, limit) }, limit)
    case 5: return "(" + softGap(limit) + expression(depth - 1, limit) + softGap(limit) + ")"
    case 6, 7: return call(depth - 1, limit)
    case 8: return "(\(pick(["+", "++", "==", "<>"])))"
    case 9: return comprehension(depth - 1, limit)
    case 10: return callee() + pick(["(EC2.Vpc).", "App.", ""]) + field()
    default: return atom(0, limit)
    }
  }

  private mutating func key() -> String { pick(["\"key\"", "'other'", "\"a b\""]) }

  private mutating func callee() -> String { qualifier() + name() + "." }

  private mutating func call(_ depth: Int, _ limit: Int) -> String {
    let arguments = several(3) { $0.expression(depth, limit) }
    let head = qualifier() + (chance(70) ? name() : upper())
    return head + bracketed("(", ")", arguments, limit)
      + (chance(15) ? "." + name() : "")
  }

  private mutating func comprehension(_ depth: Int, _ limit: Int) -> String {
    let clauses = several(2) { sheet in
      sheet.gap(limit)
        + (sheet.chance(50)
          ? "for \(sheet.pattern(1, limit)) in " + sheet.closed(depth, limit)
          : "if " + sheet.closed(depth, limit))
    }
    return "[" + closed(depth, limit) + gap(limit) + "for \(pattern(1, limit)) in "
      + closed(depth, limit) + clauses.joined() + softGap(limit) + "]"
  }
}
