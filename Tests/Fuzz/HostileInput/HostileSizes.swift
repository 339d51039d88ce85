/// Sheets of any size made of one part over and over: what no limit of depth or count may let
/// crash, hang or fill the memory.
package enum HostileSizes {
  /// A kind of sheet.
  package struct Kind: Sendable {
    /// What it is made of, as a text without line breaks.
    package let name: String
    /// What stands before the parts.
    fileprivate let head: String
    /// The part with a number.
    fileprivate let part: @Sendable (Int) -> [UInt8]

    /// The sheet of at least so many bytes.
    package func sheet(bytes count: Int) -> [UInt8] {
      var out = Array(head.utf8)
      out.reserveCapacity(count + 1024)
      var number = 0
      while out.count < count {
        out += part(number)
        number += 1
      }
      return out
    }
  }

  /// All kinds.
  package static var all: [Kind] {
    tokens.map { repeated($0) } + tokens.map { repeated($0, head: "it: ") }
      + lines.map { repeated($0 + "\n") } + [0x00, 0x0B, 0x7F, 0xC3, 0xFF].map { bytes([$0]) }
      + [bytes([0x00, 0x20]), bytes([0xFF, 0x0A])] + numbered
  }

  /// Parts that stand side by side.
  private static let tokens = [
    "(", ")", "[", "]", "{", "}", ":", ",", "|", "\"", "'", "\\", "#", "\n", "\t", " ", "\r\n", ".",
    ";", "_", "=", "<", ">", "!", "+", "a", "A", "0", "é", "“", "“ ", "\u{FEFF}", "()", "[]", "{}",
    ")(", "][", "}{", "(]", "a ", "A ", "0 ", "1, ", "a, ", "a.", "A.", "a.b ", "\"\" ", "\"\\q\" ",
    "\"\\\n", "fun", "fun ", "fun(", "fun(x): ", "let ", "let x: ", "if ", "if a then ", "then ",
    "else ", "case ", "case x of", "case x of | ", "case x of | y -> ", "| y -> ", "-> ", "of ",
    "with ", "a with {", "a with {b: ", "for x in ", "[x for ", "- ", "! ", "+ ", "1 + ", "+ - ",
    "a ++ ", "f(", "f (", "f [", "(a, ", "{a: ", "[{a: ", "{\"a\": ", "x: ", "List<",
    "fun(Int) -> ",
    "type ", "import ", "export ", "operator ", "in ", "0x", "1.", "1.1.", "1e",
  ]

  /// Parts that are lines.
  private static let lines = [
    "(", ")", "[", "{", "}", "x: ", "x: (", "x: )", "x: [1 2", "x: [1, 2", "x: {a: 1", "x: y",
    "x: 1 +", "x: 1 1", "x: \"", "x: \"a' b", "a\\\"", "a\\'", "\\", "'", "\"a", "x: \"\\q\"",
    "x: 1.1.1", "  x: 1", " x", "x:\n  y:", "| a -> b", "fun f(", "fun f(x):", "fun f(x): x",
    "let x: 1", "type T", "type T:", "type T: | A", "  | A {a: Int}", "import A", "import A as .",
    "import", "export x", "export type T", "composition", "validate v", "operator + infixl 1: f",
    "operator", "List<Int> x: 1", "x: if a", "x: case a of", "  | 1 -> 2", "x: a with", "{a: x}: y",
    "(a, b): (1, 2)", "x: “a”", "x: 'a' and 'b'", "# a",
  ]

  /// Lines, and elements, that are all different.
  private static var numbered: [Kind] {
    [
      counted("bindings") { "x\($0): \($0)\n" },
      counted("unknown names") { "x\($0): y\($0)\n" },
      counted("a chain of bindings") { "x\($0): x\($0 + 1)\n" },
      counted("sums of texts") { "x\($0): 1 + \"a\"\n" },
      counted("fields that lack") { "x\($0): {a: 1}.b\($0)\n" },
      counted("functions") { "fun f\($0)(x, y): f\($0 + 1)(y, x)\n" },
      counted("functions that call back") { "fun f\($0)(x): f\($0 / 2)(x)\n" },
      counted("types") { "type T\($0): {a: Int}\n" },
      counted("other names for types") { "type T\($0): T\($0 + 1)\n" },
      counted("constructors", head: "type T:\n") { "  | C\($0)\n" },
      counted("imports") { "import M\($0)\n" },
      counted("imports without qualifier") { "import M\($0) as .\n" },
      counted("exports") { "export x\($0)\n" },
      counted("operators") { "operator o\($0) infixl 1: f\($0)\n" },
      counted("validations") { "validate v\($0)\n" },
      counted("fields of a record", head: "it: {") { "a\($0): 1, " },
      counted("entries of a dictionary", head: "it: {") { "\"a\($0)\": 1, " },
      counted("records of a list", head: "it: [") { "{a: \($0), b: \"\($0)\"},\n" },
      counted("records without commas", head: "it: [") { "{a: \($0)}\n" },
      counted("parameters", head: "fun f(") { "a\($0), " },
      counted("named parameters", head: "fun f{") { "a\($0): Int, " },
      counted("lines of a let", head: "it:\n") { "  let x\($0): \($0)\n" },
      counted("lines of a let that use the next", head: "it:\n") { "  let x\($0): x\($0 + 1)\n" },
      counted("unknown arguments", head: "it: f(") { "y\($0), " },
      counted("patterns", head: "it: case 1 of\n") { "  | \($0) -> \($0)\n" },
      counted("changes", head: "it: {a: 1} with {") { "a\($0): 1, " },
      counted("qualified names") { "x\($0): A\($0).B\($0).c\n" },
      counted("operators that are not", head: "it: 1") { " o\($0) 1" },
      counted("bindings that no bracket closes") { "x\($0): (\n" },
      counted("stray brackets") { "x\($0): 1)\n" },
    ]
  }

  private static func repeated(_ text: String, head: String = "") -> Kind {
    let bytes = Array(text.utf8)
    return Kind(name: (head + text).debugDescription, head: head) { _ in bytes }
  }

  private static func bytes(_ bytes: [UInt8]) -> Kind {
    Kind(name: "bytes \(bytes)", head: "") { _ in bytes }
  }

  private static func counted(
    _ name: String, head: String = "", _ part: @escaping @Sendable (Int) -> String
  ) -> Kind {
    Kind(name: name, head: head) { Array(part($0).utf8) }
  }
}
