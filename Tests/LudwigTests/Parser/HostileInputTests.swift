import Determinism
import Diagnostics
import Foundation
import LudwigSyntax
import Testing
import Text

/// Input that nobody should write: the parser answers it, whole, and in time.
@Suite struct HostileInputTests {
  /// Parses, resolves and outlines bytes, and checks what holds for every input.
  private func check(_ bytes: [UInt8], _ what: @autoclosure () -> String) {
    let source = SourceText(name: "hostile.lw", bytes: bytes)
    var sources = SourceSet()
    let id = sources.add(source)
    let (tree, mistakes) = parse(source, id: id)
    var next: Int32 = 0
    for token in tree.tokens {
      guard token.triviaLower == next, token.lower >= token.triviaLower,
        token.upper >= token.lower
      else {
        Issue.record("bytes are lost at \(next): \(what())")
        return
      }
      next = token.upper
    }
    #expect(Int(next) == bytes.count, "bytes are lost at the end: \(what())")
    #expect(tree.tokens.last?.kind == .end)
    let (resolved, more) = tree.resolvingOperators(ParserGoldenTests.operators(of: tree))
    for expression in resolved.expressions {
      if case .operators = expression { Issue.record("an unresolved sequence: \(what())") }
    }
    _ = SyntaxOutline(tree: resolved).text
    let renderer = DiagnosticRenderer(sources: sources)
    for mistake in (mistakes + more).prefix(5) { _ = renderer.render(mistake) }
    let isMissing = resolved.expressions.contains(.missing)
    #expect(!isMissing || !(mistakes + more).isEmpty, "a silent mistake: \(what())")
  }

  private static let sheets: [[UInt8]] = ParserGoldenTests.sheets.compactMap {
    (try? Data(contentsOf: ParserGoldenTests.folder.appending(path: $0))).map(Array.init)
  }

  @Test func `random bytes are parsed without loss`() {
    var random = RandomSource(Seed(1).split("bytes"))
    for round in 0..<400 {
      let bytes = (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
      check(bytes, "round \(round): \(bytes)")
    }
  }

  @Test func `random words are parsed without loss`() {
    let words = [
      "composition", "import", "export", "type", "operator", "fun", "let", "case", "of", "if",
      "then", "else", "elif", "with", "for", "in", "as", "validate", "x", "y", "EC2", "Vpc", "(",
      ")", "[", "]", "{", "}", ",", ";", ":", ".", "|", "->", "=", "_", "+", "-", "<", ">", ">>",
      "1", "0.5", "\"s\"", "'", "\"", "\\", "\n", "\n", "\n  ", "\n    ", "#c\n", " ", " ", "a:",
    ]
    var random = RandomSource(Seed(2).split("words"))
    for round in 0..<1500 {
      let text = (0..<random.below(60)).map { _ in words[random.below(words.count)] }
        .joined(separator: random.below(3) == 0 ? "" : " ")
      check(Array(text.utf8), "round \(round): \(text.debugDescription)")
    }
  }

  @Test func `mutilated sheets are parsed without loss`() {
    var random = RandomSource(Seed(3).split("mutations"))
    for round in 0..<600 {
      var bytes = Self.sheets[random.below(Self.sheets.count)]
      for _ in 0..<(1 + random.below(4)) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(UInt8(random.below(128)), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(30)))
        case _: bytes.swapAt(place, random.below(bytes.count))
        }
      }
      check(bytes, "round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }

  @Test func `every beginning of a sheet is parsed without loss`() {
    for sheet in Self.sheets {
      let step = max(1, sheet.count / 120)
      for length in stride(from: 0, through: sheet.count, by: step) {
        check(Array(sheet.prefix(length)), String(decoding: sheet.prefix(length), as: UTF8.self))
      }
    }
  }

  @Test(arguments: [
    "(", "[", "{a:", "f(", "x.(", "let y: ", "fun(x): ", "if ", "if x then ", "case x of | y -> ",
    "- ", "x + (", "{\"k\": ", "[x for y in ", "r with {a: ", "r with a: ", "x; ", "\n  a: ", "\"",
    "if x then y elif ", "f {a: [", "! ", "x.y", "f \"\" .a", "case x of | (", "((", "@", "A.b ",
    "fun(", "fun(x: (", "fun(x: List<", "let (", "let {a: ", ")", "a;", "x with a: 1 ", "x ++ ",
  ])
  func `a word repeated many times is answered`(word: String) {
    for count in [50, 300, 3_000] {
      check(Array(("x: " + String(repeating: word, count: count)).utf8), "\(word) × \(count)")
      check(
        Array(("type T: " + String(repeating: word, count: count)).utf8), "\(word) × \(count)")
      check(Array(String(repeating: word, count: count).utf8), "\(word) × \(count)")
    }
  }

  @Test func `long chains of operators that are names are answered`() {
    let head = "operator r infixr 5: f\noperator r prefix 5: g\noperator p prefix 5: g\nx: "
    for word in ["r ", "p ", "r r x ", "p x r ", "x r ", "x ", "p x y "] {
      check(Array((head + String(repeating: word, count: 5_000)).utf8), word)
    }
  }

  @Test func `deep indentation is answered`() {
    let steps = (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    check(Array(steps.utf8), "a staircase")
  }
}
