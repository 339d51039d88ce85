package import Determinism

/// Random sheets that parse without a mistake, in all of the language's forms and in odd layouts;
/// for tests of the formatter and as seeds of fuzzing. They need not check: names are made up.
///
/// Equal seeds give equal sheets.
package struct RandomSheet: Sendable {
  var random: RandomSource
  /// How many brackets are open around what is being made.
  var openBrackets = 0

  /// Starts a stream of sheets.
  package init(seed: Seed) { random = RandomSource(seed.split("random sheet")) }

  /// The next sheet.
  ///
  /// - Parameter statements: at most so many statements, at least one.
  package mutating func next(statements: Int = 8) -> String {
    var out = chance(20) ? comment() + "\n" : ""
    if chance(30) { out += chance(50) ? "composition\n" : "composition \(string())\n" }
    for _ in 0..<(1 + random.below(max(1, statements))) {
      if chance(20) { out += comment() + "\n" }
      out += statement() + (chance(15) ? "  \(comment())" : "") + "\n"
      if chance(40) { out += "\n" }
      if chance(5) { out += "\n\n  \(comment())\n" }
    }
    return out
  }

  // MARK: Choices

  /// Whether something happens, in so many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  /// One of several.
  mutating func pick<T>(_ choices: [T]) -> T { choices[random.below(choices.count)] }

  /// From none up to some, each made anew.
  mutating func several(
    _ most: Int, atLeast least: Int = 0, _ make: (inout Self) -> String
  ) -> [String] {
    (0..<(least + random.below(most - least + 1))).map { _ in make(&self) }
  }

  // MARK: Words

  mutating func name() -> String {
    pick(["a", "b", "xs", "my-vpc", "x_1", "_hidden", "talks-to", "group", "n", "in-port", "port"])
  }

  mutating func field() -> String {
    chance(85) ? name() : pick(["type", "of", "import", "with", "if", "Upper", "validate"])
  }

  mutating func upper() -> String {
    pick(["App", "Optional", "EC2", "AWS", "Us-east-1", "T2_large", "None", "Net"])
  }

  mutating func qualifier() -> String {
    chance(60) ? "" : several(2, atLeast: 1) { $0.upper() }.map { $0 + "." }.joined()
  }

  mutating func comment() -> String {
    pick(["# why", "#", "# a: {b} [c", "# it's \"so\" – é", "## two", "# | A -> b"])
  }

  mutating func string() -> String {
    pick([
      "\"\"", "\"text\"", "'single \"quoted\"'", "\"tab\\t and \\\"quote\\\"\"", "\"10.0.0.0/16\"",
      "\"one\n   two\"", "'{\n  \\  \"a\": [1]\n}'", "\"joined \\\n   here\"", "\"# no comment\"",
    ])
  }

  mutating func number() -> String { pick(["0", "42", "65535", "0.5", "1e3", "0x1F"]) }

  mutating func symbol() -> String {
    pick(["+", "-", "*", "/", "==", "!=", "<", ">=", "&&", "||", "++", "?|", "|>", "<>", ">>"])
  }

  // MARK: Layout

  /// Blanks where a line may break: the next line begins right of `limit`.
  mutating func gap(_ limit: Int) -> String {
    guard chance(25) else { return pick([" ", " ", "  "]) }
    var out = chance(25) ? " \(comment())" : ""
    if chance(10) { out += "\n" }
    if chance(15) { out += "\n" + String(repeating: " ", count: random.below(12)) + comment() }
    return out + "\n" + margin(limit + 1 + random.below(6))
  }

  /// Nothing, or blanks where a line may break.
  mutating func softGap(_ limit: Int) -> String { chance(60) ? "" : gap(limit) }

  func margin(_ column: Int) -> String { String(repeating: " ", count: max(0, column)) }

  /// Elements in brackets, with commas and perhaps one at the end.
  mutating func bracketed(_ open: String, _ close: String, _ items: [String], _ limit: Int)
    -> String
  {
    var out = open
    for (index, item) in items.enumerated() {
      out += softGap(limit) + item + softGap(limit)
      if index < items.count - 1 || chance(20) { out += "," }
    }
    // Within brackets the closing one may stand further left than the block around them.
    return out + (chance(10) ? "\n" + margin(1 + random.below(limit + 6)) : softGap(limit)) + close
  }
}
