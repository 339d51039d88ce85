/// Programs that nobody should write: each construct nested as deep, or made as large, as a size
/// says.
package enum HostilePrograms {
  /// A program and what it is about.
  package struct Program: Sendable {
    /// Which construct.
    package let name: String
    /// The sheet; its value `it` is asked for.
    package let text: String
  }

  /// All kinds in one size, from 1.
  package static func all(size: Int) -> [Program] {
    nested(size) + types(size) + wide(size) + endless
  }

  private static func times(_ count: Int, _ part: String) -> String {
    String(repeating: part, count: count)
  }

  private static func join(_ count: Int, _ part: (Int) -> String) -> String {
    (0..<count).map(part).joined()
  }

  private static func nested(_ n: Int) -> [Program] {
    [
      Program(name: "parentheses", text: "it: " + times(n, "(") + "1" + times(n, ")") + "\n"),
      Program(name: "open parentheses", text: "it: " + times(n, "(") + "\n"),
      Program(name: "lists", text: "it: " + times(n, "[") + "1" + times(n, "]") + "\n"),
      Program(name: "open lists", text: "it: " + times(n, "[") + "\n"),
      Program(name: "records", text: "it: " + times(n, "{a: ") + "1" + times(n, "}") + "\n"),
      Program(name: "dictionaries", text: "it: " + times(n, "{\"a\": ") + "1" + times(n, "}")),
      Program(name: "tuples", text: "it: " + times(n, "(1, ") + "1" + times(n, ")") + "\n"),
      Program(name: "optionals", text: "it: " + times(n, "Optional (") + "1" + times(n, ")")),
      Program(name: "lambdas", text: "it: " + times(n, "fun(x): ") + "x\n"),
      Program(
        name: "choices",
        text: "it: " + times(n, "if True then ") + "1" + times(n, " else 2")),
      Program(name: "else chains", text: "it: " + times(n, "if False then 1 else ") + "2\n"),
      Program(
        name: "elif chains",
        text: "it: if False then 1 " + times(n, "elif False then 1 ") + "else 2"),
      Program(name: "cases", text: "it: " + times(n, "case 1 of | 1 -> ") + "1\n"),
      Program(name: "sums", text: "it: 1" + times(n, " + 1") + "\n"),
      Program(name: "powers", text: "it: " + times(n, "1 + (") + "1" + times(n, ")") + "\n"),
      Program(name: "negations", text: "it: " + times(n, "! ") + "True\n"),
      Program(name: "minuses", text: "it: " + times(n, "- ") + "1\n"),
      Program(name: "appends", text: "it: \"a\"" + times(n, " ++ \"a\"") + "\n"),
      Program(name: "comparisons", text: "it: 1" + times(n, " == 1") + "\n"),
      Program(name: "pipes", text: "fun f(x): x\nit: 1" + times(n, " |> f") + "\n"),
      Program(name: "sequences", text: "it: " + times(n, "1; ") + "1\n"),
      Program(name: "calls", text: "fun f(x): x\nit: " + times(n, "f(") + "1" + times(n, ")")),
      Program(name: "juxtapositions", text: "fun f(x): x\nit: " + times(n, "f ") + "[1]\n"),
      Program(name: "withs", text: "r: {a: 1}\nit: r" + times(n, " with {a: 1}") + "\n"),
      Program(
        name: "nested withs",
        text: "r: {a: 1}\nit: " + times(n, "r with {a: ") + "1" + times(n, "}")),
      Program(name: "ways", text: "r: {a: 1}\nit: r with " + times(n, "a.") + "a: 1\n"),
      Program(name: "fields", text: "r: {a: 1}\nit: r" + times(n, ".a") + "\n"),
      Program(name: "qualifiers", text: "it: " + times(n, "A.") + "b\n"),
      Program(
        name: "comprehensions",
        text: "it: " + times(n, "[") + "1" + times(n, " for x in [1]]")),
      Program(name: "clauses", text: "it: [1" + times(n, " for x in [1]") + "]\n"),
      Program(
        name: "patterns",
        text: "it: case 1 of | " + times(n, "(") + "x" + times(n, ")") + " -> 1\n"),
      Program(
        name: "optional patterns",
        text: "it: case None of | " + times(n, "Optional ") + "x -> 1\n"),
      Program(
        name: "list patterns",
        text: "it: case [] of | " + times(n, "[") + times(n, "]") + " -> 1\n"),
      Program(name: "blocks", text: "it:\n" + join(min(n, 2000)) { times($0 + 1, " ") + "a:\n" }),
      Program(name: "lets", text: "it:\n" + join(n) { "  let x\($0): \($0)\n" } + "  x0\n"),
    ]
  }

  private static func types(_ n: Int) -> [Program] {
    [
      Program(name: "list types", text: times(n, "List<") + "Int" + times(n, ">") + " it: []\n"),
      Program(
        name: "function types",
        text: "fun f(x: " + times(n, "fun(Int) -> ") + "Int) -> Int: 1\nit: 1\n"),
      Program(
        name: "record types",
        text: "fun f(x: " + times(n, "{a: ") + "Int" + times(n, "}") + "): 1\nit: 1\n"),
      Program(
        name: "tuple types",
        text: "fun f(x: " + times(n, "(Int, ") + "Int" + times(n, ")") + "): 1\nit: 1\n"),
      Program(
        name: "pairs",
        text: "x0: (1, 1)\n" + join(min(n, 300)) { "x\($0 + 1): (x\($0), x\($0))\n" }
          + "it: x\(min(n, 300))\n"),
      Program(
        name: "pairs of functions",
        text: "fun f0(x): (x, x)\n" + join(min(n, 60)) { "fun f\($0 + 1)(x): f0(f\($0)(x))\n" }
          + "it: f\(min(n, 60))(1)\n"),
      Program(
        name: "compared pairs",
        text: "x0: (1, 1)\n" + join(min(n, 60)) { "x\($0 + 1): (x\($0), x\($0))\n" }
          + "it: x\(min(n, 60)) == x\(min(n, 60))\n"),
      Program(
        name: "constructors",
        text: "type T:\n" + join(n) { "  | C\($0)\n" } + "it: case C0 of\n"
          + join(n) { "  | C\($0) -> \($0)\n" }),
      Program(
        name: "aliases",
        text: "type T0: Int\n" + join(n) { "type T\($0 + 1): T\($0)\n" } + "T\(n) it: 1\n"),
    ]
  }

  private static func wide(_ n: Int) -> [Program] {
    [
      Program(name: "bindings", text: join(n) { "x\($0): \($0)\n" } + "it: x0\n"),
      Program(
        name: "chain of bindings",
        text: "x0: 1\n" + join(n) { "x\($0 + 1): x\($0)\n" } + "it: x\(n)\n"),
      Program(
        name: "functions",
        text: join(n) { "fun f\($0)(x): f\(($0 + 1) % n)(x)\n" } + "it: 1\n"),
      Program(name: "elements", text: "it: [" + times(n, "1, ") + "]\n"),
      Program(name: "wide record", text: "it: {" + join(n) { "a\($0): 1, " } + "}\n"),
      Program(name: "wide dictionary", text: "it: {" + join(n) { "\"a\($0)\": 1, " } + "}\n"),
      Program(name: "parameters", text: "fun f(" + join(n) { "a\($0), " } + "z): 1\nit: 1\n"),
      Program(name: "long string", text: "it: \"" + times(n, "abcdefgh") + "\"\n"),
      Program(name: "long name", text: "it: " + times(n, "abcdefgh") + "\n"),
      Program(name: "long number", text: "it: " + times(n, "12345678") + "\n"),
      Program(name: "long comment", text: "#" + times(n, "abcdefgh") + "\nit: 1\n"),
      Program(name: "blanks", text: "it:" + times(n, "        ") + "1\n"),
      Program(name: "empty lines", text: times(n, "\n") + "it: 1\n"),
      Program(name: "mistakes", text: join(n) { "x\($0): y\($0)\n" } + "it: 1\n"),
      Program(name: "imports", text: join(n) { "import M\($0)\n" } + "it: 1\n"),
      Program(name: "equal names", text: times(n, "it: 1\n")),
      Program(name: "quotes", text: "it: " + times(n, "\"") + "\n"),
      Program(name: "colons", text: "it" + times(n, ":") + "\n"),
      Program(name: "bars", text: "it: " + times(n, "|") + "\n"),
      Program(name: "symbols", text: "it: 1 " + times(n, "<>") + " 1\n"),
    ]
  }

  /// Programs whose evaluation has no end, or needs more than there is; of one size.
  private static let endless: [Program] = [
    Program(name: "recursion", text: "fun f(x): 1 + f(x + 1)\nit: f(0)\n"),
    Program(name: "tail recursion", text: "fun f(x): f(x + 1)\nit: f(0)\n"),
    Program(name: "mutual recursion", text: "fun f(x): g([x])\nfun g(x): f(0)\nit: f(0)\n"),
    Program(name: "growing list", text: "fun f(xs): f(xs ++ xs)\nit: f([1])\n"),
    Program(
      name: "growing record",
      text: "fun f(n: Int) -> List<Int>: [n] ++ f(n + 1)\nit: f(0)\n"),
    Program(name: "self", text: "it: it\n"),
    Program(name: "self in a list", text: "it: [it.a]\n"),
    Program(name: "circle", text: "a: b + 1\nb: a + 1\nit: a\n"),
    Program(name: "range", text: "it: List.length(List.range(0, 1000000000000))\n"),
    Program(
      name: "ranges",
      text: "ns: List.range(0, 1000)\nit: [x * y * z for x in ns for y in ns for z in ns]\n"),
    Program(
      name: "doubled text",
      text: "fun f(n: Int, s: String) -> String: if n == 0 then s else f(n - 1, s ++ s)\n"
        + "it: String.length(f(60, \"ab\"))\n"),
    Program(
      name: "many doubled texts",
      text: "fun f(n: Int, s: String) -> String: if n == 0 then s else f(n - 1, s ++ s)\n"
        + "it: [String.length(f(21, String.fromInt(i))) for i in List.range(0, 100000)]\n"),
    Program(
      name: "replaced text",
      text: "fun f(n: Int, s: String) -> String: if n == 0 then s else "
        + "f(n - 1, String.replace(\"a\", \"aaaaaaaa\", s))\nit: f(60, \"a\")\n"),
    Program(
      name: "fibonacci",
      text: "fun f(n: Int) -> Int: if n < 2 then n else f(n - 1) + f(n - 2)\nit: f(60)\n"),
    Program(name: "division", text: "it: 1 / 0\n"),
    Program(name: "overflow", text: "it: 9223372036854775807 + 1\n"),
    Program(name: "least number divided", text: "it: (- 9223372036854775807 - 1) / (- 1)\n"),
    Program(name: "least number's remainder", text: "it: (- 9223372036854775807 - 1) % (- 1)\n"),
    Program(name: "infinite data", text: "xs: {v: 1, next: Optional xs}\nit: xs\n"),
    Program(name: "self application", text: "fun f(x): x(x)\nit: f(f)\n"),
    Program(name: "own import", text: "import Main as Main\nit: Main.it\n"),
    Program(
      name: "negative take",
      text: "it: List.take(- 5, [1, 2]) ++ List.drop(9223372036854775807, [1])\n"),
  ]
}
