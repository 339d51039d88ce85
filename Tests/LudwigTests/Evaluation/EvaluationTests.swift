import Canon
import CloudModel
import Diagnostics
import Ludwig
import Testing

/// Values: lazily, each at most once, without a stack that could overflow.
@Suite struct EvaluationTests {
  private func value(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Value {
    let found = Workshop.it(text)
    return try #require(
      found.value, "\(Workshop.report(found.diagnostics, found.sources))",
      sourceLocation: sourceLocation)
  }

  private static let expressions: [(String, Value)] = [
    ("it: 1 + 2 * 3", .int(7)),
    ("it: 7 / 2 - -1", .int(4)),
    ("it: \"a\" ++ \"b\"", .string("ab")),
    (
      "it: [x * y for x in [1, 2] for y in [3, 4] if x + y != 5]",
      .list([.int(3), .int(8)])
    ),
    ("it: if 1 < 2 && !(2 < 1) then \"yes\" else \"no\"", .string("yes")),
    ("it: [1, 2] ++ [3]", .list([.int(1), .int(2), .int(3)])),
    ("it: (1, \"a\", True)", .list([.int(1), .string("a"), .bool(true)])),
    ("it: None ?| 4", .int(4)),
    ("it: {a: {c: [2]}}", .record(["a": .record(["c": .list([.int(2)])])])),
    ("it: {a: {b: 1}} with a.b: 3", .record(["a": .record(["b": .int(3)])])),
    ("it: case (1, [2, 3]) of | (1, [x, y]) -> x + y | _ -> 0", .int(5)),
    ("type T:\n  | A\n  | B { n: Int }\nit: A", .record(["$": .string("A")])),
    (
      "type T:\n  | A\n  | B { n: Int }\nit: B { n: 2 }",
      .record(["$": .string("B"), "n": .int(2)])
    ),
    ("it: List.foldl(fun(x, y): x + y, 0, List.range(0, 100))", .int(4950)),
    ("it: List.sortBy(fun(x): 0 - x, [3, 1, 2])", .list([.int(3), .int(2), .int(1)])),
    ("it: String.join(\",\", String.split(\"--\", \"a--b--\"))", .string("a,b,")),
    ("it: Dictionary.lookup(\"k\", {\"k\": 5})", .int(5)),
    (
      """
      fun even(n): if n == 0 then True else odd(n - 1)
      fun odd(n): if n == 0 then False else even(n - 1)
      it: even(11)
      """, .bool(false)
    ),
  ]

  @Test(arguments: expressions)
  func `expressions have their values`(text: String, expected: Value) throws {
    #expect(try value(text) == expected)
  }

  @Test func `what nobody needs is not computed`() throws {
    #expect(try value("it:\n  let xs: [error(\"no\"), 2]\n  List.length(xs)") == 2)
    #expect(try value("fun const(x, y): x\nit: const(1, error(\"no\"))") == 1)
    #expect(try value("it: True || error(\"no\")") == true)
    #expect(try value("it:\n  let ones: [1] ++ ones\n  3") == 3)
  }

  @Test func `a value that is used often is computed once`() throws {
    // Without sharing this takes two to the power of sixty steps.
    let lines = (1...60).map { "x\($0): x\($0 - 1) + x\($0 - 1)" }.joined(separator: "\n")
    #expect(try value("x0: 1\n\(lines)\nit: x60") == .int(1 << 60))
  }

  @Test func `deep recursion needs no stack`() throws {
    let text = "fun count(n: Int) -> Int: if n == 0 then 0 else 1 + count(n - 1)\nit: "
    #expect(try value(text + "count(20000)") == 20000)
  }

  @Test func `a value that needs itself is reported with its circle`() {
    let found = Workshop.it("a: b + 1\nb: c\nc: a\nit: 1")
    #expect(found.diagnostics.map(\.code.text) == ["FG0301"])
    #expect(found.diagnostics.first?.labels.isEmpty == false)
  }

  @Test func `an endless function is stopped`() {
    let found = Workshop.it("fun f(n): f(n + 1)\nit: f(0)", stepLimit: 50_000)
    #expect(found.diagnostics.map(\.code.text) == ["FG0302"])
  }

  @Test func `an endless list is stopped`() {
    let found = Workshop.it(
      "type T:\n  | End\n  | More T\nfun nest(n: Int) -> T: More(nest(n + 1))\nit: nest(0)",
      stepLimit: 200_000)
    #expect(found.diagnostics.map(\.code.text) == ["FG0302"])
  }

  @Test(arguments: [
    ("it: 1 / 0", "FG0306"), ("it: 9223372036854775807 + 1", "FG0306"),
    ("it: error(\"because\")", "FG0303"),
    ("type T:\n  | A { n: Int }\n  | B { m: Int }\nt: B { m: 1 }\nit: t.A.n", "FG0304"),
    ("it: List.range(0, 100000000)", "FG0302"),
  ])
  func `what has no value is a diagnostic`(text: String, code: String) {
    let found = Workshop.it(text)
    #expect(found.value == nil)
    #expect(found.diagnostics.map(\.code.text) == [code])
  }

  @Test(arguments: [
    "fun grow(n, s): if n == 0 then s else grow(n - 1, s ++ s)\nit: grow(60, \"ab\")",
    "fun grow(n, s): if n == 0 then s else grow(n - 1, s ++ s)\nit: grow(60, [1, 2])",
    "it: List.foldl(fun(s, x): String.replace(\"a\", s, \"aaaaaaaaaa\"), \"a\", List.range(0, 40))",
  ])
  func `what grows without bound is stopped`(text: String) {
    let found = Workshop.it(text)
    #expect(found.diagnostics.map(\.code.text) == ["FG0302"])
  }

  @Test func `an error is reported once, however many need it`() {
    let found = Workshop.it("bad: error(\"because\")\na: bad + 1\nb: bad + 2\nit: a + b")
    #expect(found.diagnostics.map(\.headline) == ["because"])
  }
}
