import Canon
import CloudModel
import Foundation
import HostileInput
import Ludwig
import LudwigSyntax
import Testing
import Text

/// Sheets that nobody should write, through the whole front end. `ludwig-fuzz` tries more of them,
/// for as long as it is told to.
@Suite struct HostileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus")

  private static let corpus: [(name: String, bytes: [UInt8])] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.sorted().filter { $0.hasSuffix(".lw") }.compactMap { name in
      (try? Data(contentsOf: folder.appending(path: name))).map { (name, [UInt8]($0)) }
    }
  }()

  @Test func `what once went wrong is answered`() {
    #expect(!Self.corpus.isEmpty)
    for (name, bytes) in Self.corpus {
      #expect(FrontEndTrial.problems(bytes, stepLimit: 200_000) == [], "\(name)")
    }
  }

  @Test(arguments: [3, 120, 600])
  func `each construct, nested or wide, is answered`(size: Int) {
    for program in HostilePrograms.all(size: size) {
      let problems = FrontEndTrial.problems(Array(program.text.utf8), stepLimit: 100_000)
      #expect(problems == [], "\(program.name) of size \(size)")
    }
  }

  @Test func `one part over and over is answered`() {
    for kind in HostileSizes.all {
      let problems = FrontEndTrial.problems(kind.sheet(bytes: 6_000), stepLimit: 50_000)
      #expect(problems == [], "\(kind.name); try: ludwig-fuzz sizes 6000 WORD")
    }
  }

  @Test func `a sheet of very many mistakes is told the first thousand`() {
    for part in ["x: 1 +\n", "x: [1 2\n", "a\\\"\n", "\u{0} "] {
      let bytes = Array(String(repeating: part, count: 3_000).utf8)
      let (_, mistakes) = LudwigSyntax.parse(
        SourceText(name: "x.lw", bytes: bytes), id: SourceID(index: 0))
      #expect((500...1_000).contains(mistakes.count), "\(part.debugDescription)")
    }
    let clashes = (0..<3_000).map { "x\($0): 1 + \"a\"\n" }.joined()
    let found = Ludwig.diagnostics(
      path: "x.lw",
      inputs: CompilationInputs(
        readFile: { $0 == "x.lw" ? Array(clashes.utf8) : nil }, environment: { _ in nil },
        commit: { name, bytes in SecretCommitment(digest: Digest(of: bytes), name: name) }))
    #expect(found.count == 1_000)
  }

  @Test(arguments: 0..<6)
  func `drawn sheets are answered`(block: UInt64) {
    let source = InputSource(corpus: Self.corpus.map(\.bytes))
    for seed in (block * 25)..<(block * 25 + 25) {
      let problems = FrontEndTrial.problems(source.sheet(seed), stepLimit: 50_000)
      #expect(problems == [], "seed \(seed); try: ludwig-fuzz work \(seed) 1 FOLDER CORPUS…")
    }
  }
}
