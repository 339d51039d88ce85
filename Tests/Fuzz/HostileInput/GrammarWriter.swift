internal import Determinism

/// Writes sheets by the language's grammar, mostly well-typed: each expression is written for a
/// type, with a wrong one now and then.
struct GrammarWriter {
  /// Where choices come from.
  var random: RandomSource
  private var depth = 0
  private var locals: [(name: String, type: Kind)] = []
  private var count = 0

  /// The types that are written.
  private enum Kind: Int, CaseIterable {
    case int, bool, text, list, record, optional, tuple, function, tree
  }

  /// A writer over a stream of choices.
  init(random: RandomSource) { self.random = random }

  /// A sheet whose value is `it`.
  mutating func sheet() -> String {
    var out = """
      type Tree<a>:
        | Leaf
        | Node {left: Tree<a>, value: a, right: Optional<Tree<a>>}

      operator <+> infixl 6: plus
      fun plus(a: Int, b: Int) -> Int: a + b


      """
    for index in 0..<(1 + random.below(6)) {
      let kind = self.kind()
      if random.below(2) == 0 {
        out += "fun g\(index)(p\(index): \(name(of: kind))) -> Int: "
        locals.append(("p\(index)", kind))
        out += expression(.int) + "\n"
        locals.removeLast()
      } else {
        out += "v\(index): \(expression(kind))\n"
        locals.append(("v\(index)", kind))
      }
    }
    return out + "it: \(expression(kind()))\n"
  }

  private mutating func kind() -> Kind { Kind.allCases[random.below(Kind.allCases.count)] }

  private func name(of kind: Kind) -> String {
    switch kind {
    case .int: "Int"
    case .bool: "Bool"
    case .text: "String"
    case .list: "List<Int>"
    case .record: "{a: Int, b: String}"
    case .optional: "Optional<Int>"
    case .tuple: "(Int, String)"
    case .function: "fun(Int) -> Int"
    case .tree: "Tree<Int>"
    }
  }

  private mutating func expression(_ wanted: Kind) -> String {
    let kind = random.below(60) == 0 ? self.kind() : wanted
    depth += 1
    defer { depth -= 1 }
    if depth > 7 || random.below(5) == 0 { return leaf(kind) }
    switch random.below(7) {
    case 0:
      return "(if \(expression(.bool)) then \(expression(kind)) else \(expression(kind)))"
    case 1: return matched(kind)
    case 2: return local(kind)
    default: return compound(kind)
    }
  }

  private mutating func local(_ kind: Kind) -> String {
    count += 1
    let (name, value) = ("x\(count)", self.kind())
    let bound = expression(value)
    locals.append((name, value))
    defer { locals.removeLast() }
    return "(case (\(bound), 0) of | (\(name), _) -> \(expression(kind)))"
  }

  private mutating func matched(_ kind: Kind) -> String {
    switch random.below(3) {
    case 0:
      return "(case \(expression(.optional)) of | None -> \(expression(kind)) "
        + "| Optional _ -> \(expression(kind)))"
    case 1:
      return "(case \(expression(.tree)) of | Leaf -> \(expression(kind)) "
        + "| Node {value: _} -> \(expression(kind)))"
    default:
      return "(case \(expression(.int)) of | \(random.below(4)) -> \(expression(kind)) "
        + "| _ -> \(expression(kind)))"
    }
  }

  private mutating func leaf(_ kind: Kind) -> String {
    let known = locals.filter { $0.type == kind }
    if !known.isEmpty, random.below(3) > 0 { return known[random.below(known.count)].name }
    switch kind {
    case .int: return String(random.below(1000))
    case .bool: return random.below(2) == 0 ? "True" : "False"
    case .text: return "\"t\(random.below(9))\""
    case .list: return "[\(random.below(9)), 2]"
    case .record: return "{a: 1, b: \"b\"}"
    case .optional: return random.below(2) == 0 ? "None" : "(Optional 3)"
    case .tuple: return "(1, \"t\")"
    case .function: return "(fun(n: Int): n + 1)"
    case .tree: return "Leaf"
    }
  }

  private mutating func compound(_ kind: Kind) -> String {
    switch kind {
    case .int: return number()
    case .bool:
      let words = ["<", "==", ">=", "!="]
      return random.below(3) == 0
        ? "(\(expression(.bool)) && \(expression(.bool)) || (! \(expression(.bool))))"
        : "(\(expression(.int)) \(words[random.below(4)]) \(expression(.int)))"
    case .text:
      return random.below(2) == 0
        ? "(\(expression(.text)) ++ \(expression(.text)))"
        : "String.fromInt(\(expression(.int)))"
    case .list:
      count += 1
      locals.append(("e\(count)", .int))
      defer { locals.removeLast() }
      return random.below(3) == 0
        ? "(\(expression(.list)) ++ \(expression(.list)))"
        : "[\(expression(.int)) for e\(count) in \(expression(.list))]"
    case .record:
      return random.below(2) == 0
        ? "{a: \(expression(.int)), b: \(expression(.text))}"
        : "(\(expression(.record)) with {a: \(expression(.int))})"
    case .optional: return "(Optional (\(expression(.int))))"
    case .tuple: return "(\(expression(.int)), \(expression(.text)))"
    case .function:
      count += 1
      locals.append(("n\(count)", .int))
      defer { locals.removeLast() }
      return "(fun(n\(count): Int): \(expression(.int)))"
    case .tree:
      return "(Node {left: \(expression(.tree)), value: \(expression(.int)), "
        + "right: Optional (\(expression(.tree)))})"
    }
  }

  private mutating func number() -> String {
    let words = ["+", "-", "*", "/", "%", "<+>"]
    switch random.below(6) {
    case 0: return "(\(expression(.record))).a"
    case 1: return "List.length(\(expression(.list)))"
    case 2: return "(\(expression(.function)))(\(expression(.int)))"
    case 3: return "(\(expression(.optional)) ?| \(expression(.int)))"
    default: return "(\(expression(.int)) \(words[random.below(6)]) \(expression(.int)))"
    }
  }
}
