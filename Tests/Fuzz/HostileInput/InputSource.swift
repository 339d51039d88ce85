internal import Determinism

/// Draws sheets that may be hostile: mutations of a corpus, and texts of the language's grammar.
/// Equal seeds and corpora, equal sheets.
package struct InputSource: Sendable {
  private let corpus: [[UInt8]]
  private static let words = [
    "composition", "import", "export", "type", "operator", "fun", "let", "case", "of", "if",
    "then", "else", "elif", "with", "for", "in", "as", "validate", "module", "opaque", "infixl",
    "x", "y", "it", "List", "String", "Optional", "None", "True", "EC2", "(", ")", "[", "]", "{",
    "}", ",", ";", ":", ".", "|", "->", "=", "_", "+", "-", "*", "/", "%", "<", ">", ">>", "==",
    "++", "&&", "||", "?|", "|>", "!", "1", "0", "0.5", "9223372036854775807", "\"s\"", "'", "\"",
    "\\", "\n", "\n  ", "\n    ", "\t", "#", " ", "\u{FEFF}", "é", "\u{0}", "0x", "1e309",
  ]

  /// A source over a corpus of sheets.
  package init(corpus: [[UInt8]]) { self.corpus = corpus.filter { !$0.isEmpty } }

  /// The sheet of a seed.
  package func sheet(_ seed: UInt64) -> [UInt8] {
    var random = RandomSource(Seed(seed).split("hostile sheet"))
    if corpus.isEmpty || random.below(3) == 0 {
      var writer = GrammarWriter(random: RandomSource(Seed(seed).split("grammar")))
      var bytes = Array(writer.sheet().utf8)
      if random.below(4) == 0 { mutate(&bytes, &random) }
      return bytes
    }
    var bytes = corpus[random.below(corpus.count)]
    for _ in 0...random.below(4) { mutate(&bytes, &random) }
    return bytes
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout RandomSource) {
    guard !bytes.isEmpty else { return }
    let place = random.below(bytes.count)
    let end = min(bytes.count, place + 1 + random.below(40))
    switch random.below(9) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(UInt8(random.below(256)), at: place)
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.swapAt(place, random.below(bytes.count))
    case 4: bytes[place] ^= UInt8(1 << random.below(8))
    case 5:
      let other = corpus.isEmpty ? bytes : corpus[random.below(corpus.count)]
      let start = random.below(other.count)
      bytes.insert(
        contentsOf: other[start..<min(other.count, start + random.below(200))], at: place)
    case 6: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
    case 7:
      let part = Array(bytes[place..<end])
      for _ in 0..<(1 << random.below(7)) { bytes.insert(contentsOf: part, at: place) }
    default:
      bytes.insert(
        contentsOf: Array(Self.words[random.below(Self.words.count)].utf8), at: place)
    }
  }
}
