import CloudModel
import Diagnostics
import Ludwig
import Testing

/// Library functions on long lists: none overflows a stack, none takes steps without measure.
@Suite struct LibraryScaleTests {
  static let count = 4000

  static let expressions: [(String, Value)] = [
    ("List.sum(xs)", .int(7_998_000)),
    ("List.foldr(fun(x, sofar): sofar + x, 0, xs)", .int(7_998_000)),
    ("List.length(List.sortBy(fun(x): 0 - x, xs))", .int(4000)),
    ("List.head(List.sort(List.reverse(xs)))", .int(0)),
    ("List.length(List.unique(List.map(fun(x): x % 1000, xs)))", .int(1000)),
    ("List.length(List.union(xs, xs))", .int(4000)),
    ("List.length(List.difference(xs, xs))", .int(0)),
    ("List.length(List.groupBy(fun(x): x % 7, xs))", .int(7)),
    ("List.length(List.concatAll(List.map(fun(x): [x, x], xs)))", .int(8000)),
    ("List.contains(3999, xs)", .bool(true)),
    ("List.length(List.zip(xs, List.drop(1, xs)))", .int(3999)),
    ("String.length(String.join(\",\", List.map(fun(x): \"ab\", xs)))", .int(11_999)),
    ("List.length(String.split(\",\", String.repeat(4000, \"a,\")))", .int(4001)),
    (
      "Dictionary.size(Dictionary.fromList([(String.fromInt(x), x) for x in xs]))", .int(4000)
    ),
  ]

  @Test(arguments: expressions)
  func `a long list is no matter`(expression: String, expected: Value) {
    let text = "xs: List.range(0, \(Self.count))\nit: \(expression)\n"
    let outcome = Workshop.it(text, stepLimit: 400_000)
    let value = outcome.value
    #expect(value == expected, "\(Workshop.report(outcome.diagnostics, outcome.sources))")
  }

  @Test func `a function that folds within itself needs no stack`() {
    let text = """
      fun deep(n: Int) -> Int:
        if n == 0 then 0 else 1 + List.foldl(fun(sofar, x): sofar + deep(n - 1), 0, [1])
      it: deep(2000)
      """
    #expect(Workshop.it(text).value == .int(2000))
  }

  @Test func `a value that is shared without end is compared within the limits`() {
    let lines = (1...60).map { "x\($0): (x\($0 - 1), x\($0 - 1))" }.joined(separator: "\n")
    let outcome = Workshop.it("x0: 1\n\(lines)\nit: List.length(List.unique([x60]))\n")
    #expect(outcome.diagnostics.map(\.code.text) == ["FG0302"])
  }
}
