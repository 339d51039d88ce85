import Determinism

extension RandomSheet {
  mutating func statement() -> String {
    switch random.below(10) {
    case 0: return imports()
    case 1: return exports()
    case 2: return typeDeclaration()
    case 3:
      let fixity = pick(["infixl", "infixr", "infix", "prefix"])
      let name = chance(60) ? symbol() : name()
      return "operator \(name) \(fixity) \(random.below(10)):" + body(3, 0)
    case 4: return "validate \(qualifier())\(name())"
    case 5, 6: return "fun \(name())" + signature(2, 0) + ":" + body(4, 0)
    default: return binding(4, 0)
    }
  }

  private mutating func imports() -> String {
    guard chance(50) else { return "import " + importItem(2) }
    return "import\n"
      + several(3, atLeast: 1) { "  " + $0.importItem(2) }.joined(separator: "\n")
  }

  private mutating func importItem(_ depth: Int) -> String {
    let module = qualifier() + upper()
    switch random.below(depth > 0 ? 4 : 3) {
    case 0: return module
    case 1: return module + " as " + upper()
    case 2: return module + " as ."
    default:
      return module + " "
        + bracketed("{", "}", several(3, atLeast: 1) { $0.importItem(depth - 1) }, 1)
    }
  }

  private mutating func exports() -> String {
    let items = several(4, atLeast: 1) { sheet in
      switch sheet.random.below(5) {
      case 0: "type " + sheet.upper()
      case 1: "type opaque " + sheet.upper()
      case 2: "operator " + sheet.symbol()
      case 3: "module \(sheet.qualifier())\(sheet.upper())" + (sheet.chance(50) ? " as Net" : "")
      default: sheet.name()
      }
    }
    if items.count == 1, chance(50) { return "export " + items[0] }
    return "export\n" + items.map { "  " + $0 }.joined(separator: "\n")
  }

  private mutating func typeDeclaration() -> String {
    let head = "type \(upper())" + pick(["", "<a>", "<a, b>"])
    switch random.below(5) {
    case 0: return head
    case 1: return head + ": " + type(3, 0)
    case 2: return head + ":" + typeBlock(2, 0)
    case 3:
      return head + ": "
        + several(3, atLeast: 1) { "| \($0.constructor(0))" }.joined(separator: " ")
    default:
      return head + ":\n"
        + several(3, atLeast: 1) { "  | " + $0.constructor(2) }.joined(separator: "\n")
    }
  }

  private mutating func constructor(_ column: Int) -> String {
    let name = upper()
    switch random.below(4) {
    case 0: return name
    case 1 where column > 0: return name + typeBlock(1, column)
    case 2:
      return name + " "
        + bracketed("{", "}", several(3) { "\($0.name()): \($0.type(2, 0))" }, column)
    default: return name + " " + type(2, column)
    }
  }

  private mutating func typeBlock(_ depth: Int, _ limit: Int) -> String {
    let column = limit + 2 + random.below(3)
    return several(3, atLeast: 1) { sheet in
      let rest =
        depth > 0 && sheet.chance(20)
        ? sheet.typeBlock(depth - 1, column) : " " + sheet.type(2, column)
      return "\n" + sheet.margin(column) + sheet.field() + ":" + rest
    }.joined()
  }

  mutating func type(_ depth: Int, _ limit: Int) -> String {
    guard depth > 0 else { return chance(50) ? "a" : upper() }
    switch random.below(8) {
    case 0: return bracketed("(", ")", several(3, atLeast: 2) { $0.type(depth - 1, limit) }, limit)
    case 1:
      return bracketed(
        "{", "}", several(3, atLeast: 1) { "\($0.field()): \($0.type(depth - 1, limit))" }, limit)
    case 2:
      return "fun" + bracketed("(", ")", several(2) { $0.type(depth - 1, limit) }, limit)
        + " -> " + type(depth - 1, limit)
    case 3: return "(" + type(depth - 1, limit) + ")"
    case 4, 5:
      return qualifier() + upper() + "<"
        + several(2, atLeast: 1) { $0.type(depth - 1, limit) }.joined(separator: ", ") + ">"
    default: return chance(30) ? "a" : qualifier() + upper()
    }
  }

  // MARK: Bindings

  mutating func binding(_ depth: Int, _ limit: Int) -> String {
    var left = name()
    if chance(20) { left = qualifier() + upper() + " " + left }
    if chance(10) { left = bracketed("(", ")", several(3, atLeast: 2) { $0.name() }, limit) }
    return left + ":" + body(depth, limit)
  }

  /// Parameters and perhaps a result.
  mutating func signature(_ depth: Int, _ limit: Int) -> String {
    let result = chance(40) ? " -> " + type(depth, limit) : ""
    if chance(30) {
      return " "
        + bracketed(
          "{", "}",
          several(3, atLeast: 1) { $0.name() + ($0.chance(60) ? ": " + $0.type(2, limit) : "") },
          limit) + result
    }
    return bracketed(
      "(", ")",
      several(3) { $0.pattern(1, limit) + ($0.chance(50) ? ": " + $0.type(2, limit) : "") }, limit)
      + result
  }

  mutating func pattern(_ depth: Int, _ limit: Int) -> String {
    guard depth > 0 else { return pick(["_", "x", "None", "1", "-1", "'s'"]) }
    switch random.below(8) {
    case 0:
      return bracketed("(", ")", several(3, atLeast: 2) { $0.pattern(depth - 1, limit) }, limit)
    case 1: return bracketed("[", "]", several(2) { $0.pattern(depth - 1, limit) }, limit)
    case 2:
      return bracketed(
        "{", "}",
        several(3, atLeast: 1) {
          $0.name() + ($0.chance(50) ? ": " + $0.pattern(depth - 1, limit) : "")
        }, limit)
    case 3: return upper() + " " + pattern(depth - 1, limit).replacing("-1", with: "1")
    case 4: return qualifier() + upper() + bracketed("(", ")", [pattern(depth - 1, limit)], limit)
    default: return pattern(0, limit)
    }
  }
}
