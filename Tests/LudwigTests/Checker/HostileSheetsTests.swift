import Determinism
import Diagnostics
import Foundation
import LudwigTypes
import Testing

/// Sheets that nobody should write: the checker answers each, and in time.
@Suite struct HostileSheetsTests {
  private func repeated(_ count: Int, _ part: (Int) -> String) -> String {
    (0..<count).map(part).joined()
  }

  private func check(_ text: String) -> CheckerFixture.Outcome {
    let outcome = CheckerFixture(sheets: ["hostile": text]).check("hostile")
    _ = outcome.text
    return outcome
  }

  @Test func `types that double with each line stay small inside`() {
    let doubling = "x0: 1\n" + repeated(60) { "x\($0 + 1): (x\($0), x\($0))\n" } + "y: x60 == x60\n"
    #expect(check(doubling).diagnostics.isEmpty)
    let function = "fun f0(x): (x, x)\n" + repeated(40) { "fun f\($0 + 1)(x): f0(f\($0)(x))\n" }
    _ = check(function + "y: f40(1)\n")
    let tower = "fun q0(x): (x, x)\n" + repeated(11) { "fun q\($0 + 1)(x): q\($0)(q\($0)(x))\n" }
    _ = check(tower + "y: q11(1)\nz: y == q11(2)\n")
  }

  @Test func `types that get deeper with each line end`() {
    _ = check("x0: [1]\n" + repeated(400) { "x\($0 + 1): [x\($0)]\n" } + "y: x400 == [x400]\n")
  }

  @Test func `values that contain themselves are reported`() {
    for text in ["fun f(x): x(x)\n", "x: [x]\n", "fun f(x): x.a(x)\n", "fun f(x): [x, {a: x}]\n"] {
      #expect(check(text).diagnostics.map(\.code.text) == ["FG0216"], "\(text)")
    }
  }

  @Test func `named records that contain each other are compared`() {
    let text = """
      type A: {next: Optional<B>, v: Int}
      type B: {next: Optional<A>, v: Int}
      fun f(a: A, b: B): [a, b]
      type E<a>: {x: F<List<a>>}
      type F<a>: {x: E<List<a>>}
      fun g(e: E<Int>, f: F<Int>): [e, f]
      type L<a>: L<List<a>>

      """
    #expect(check(text).diagnostics.map(\.code.text) == ["FG0222"])
  }

  @Test func `long ways, long comprehensions and wide patterns end`() {
    let way = "fun f(r): r with " + repeated(3000) { _ in "a." } + "a: 1\n"
    #expect(check(way).diagnostics.map(\.code.text) == ["FG0226"])
    let clauses = "xs: [1" + repeated(3000) { " for x\($0) in [1]" } + "]\n"
    #expect(check(clauses).diagnostics.contains { $0.code.text == "FG0226" })
    let wide = "fun f(x): case x of | (" + repeated(2000) { _ in "True, " } + "True) -> 1\n"
    #expect(check(wide).diagnostics.map(\.code.text) == ["FG0217"])
    let bits = repeated(200) { row in
      "| (" + (0..<12).map { row >> $0 & 1 == 1 ? "True" : "_" }.joined(separator: ", ") + ") -> 1 "
    }
    #expect(!check("fun f(x): case x of " + bits + "\n").diagnostics.isEmpty)
  }

  @Test func `many mistakes, fields and functions end`() {
    #expect(check(repeated(800) { "a\($0): undefined\($0)\n" }).diagnostics.count == 800)
    let fields = "fun f(r): [" + repeated(400) { "r.f\($0), " } + "r.last]\n"
    #expect(check(fields).diagnostics.isEmpty)
    let ring = repeated(800) { "fun f\($0)(x): f\(($0 + 1) % 800)(x)\n" }
    #expect(check(ring).diagnostics.isEmpty)
  }

  @Test(arguments: 0..<8)
  func `mutilated sheets are answered`(seed: Int) {
    var random = RandomSource(Seed(UInt64(seed)).split("mutilated sheets"))
    for name in GoldenCheckerTests.names {
      let file = GoldenCheckerTests.folder.appending(path: "\(name).lw")
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      var words = text.split(omittingEmptySubsequences: false) { $0 == " " }.map(String.init)
      for _ in 0..<3 {
        let index = random.below(words.count)
        switch random.below(3) {
        case 0: words.remove(at: index)
        case 1: words.insert(words[random.below(words.count)], at: index)
        default: words.swapAt(index, random.below(words.count))
        }
        if words.isEmpty { words = [""] }
      }
      let sheets = ["hostile": words.joined(separator: " ")]
      let outcome = CheckerFixture(sheets: sheets, folder: GoldenCheckerTests.folder)
        .check("hostile")
      _ = outcome.text
      if outcome.diagnostics.allSatisfy({ $0.severity == .warning }) {
        let problems = CoreInvariants(of: outcome.program).problems
        #expect(problems.isEmpty, "seed \(seed), \(name): \(sheets)")
      }
    }
  }
}
