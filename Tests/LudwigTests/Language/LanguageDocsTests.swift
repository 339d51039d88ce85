import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import LudwigEvaluator
import Testing
import Text

/// The examples of `docs/language`.
///
/// A block `ludwig` is a sheet, `example.lw`; with a file's name behind the word it is that file,
/// beside all later blocks of its chapter. A block `result` below it holds what the sheet comes
/// to (how its tests come out, where the file is named as one of tests), a block `error` its
/// mistakes and warnings, exactly as they are printed; without either the sheet has none.
/// `RECORD_GOLDEN=1` writes the blocks anew, and fails.
@Suite struct LanguageDocsTests {
  static let folder = SheetsTests.root.appending(path: "docs/language")

  static let chapters: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted()
  }()

  @Test(arguments: chapters)
  func `a chapter's examples come to what stands below them`(name: String) throws {
    let file = Self.folder.appending(path: name)
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    var chapter = LanguageChapter(text)
    let problems = chapter.run()
    guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == nil else {
      try Data(chapter.text.utf8).write(to: file)
      Issue.record("recorded \(name); run again without RECORD_GOLDEN")
      return
    }
    for problem in problems { Issue.record("\(name):\(problem)") }
  }

  @Test func `there are chapters, and each is reached from the first page`() throws {
    #expect(Self.chapters.count > 10)
    let first = try Data(contentsOf: Self.folder.appending(path: "README.md"))
    let text = String(decoding: first, as: UTF8.self)
    for chapter in Self.chapters where chapter != "README.md" {
      #expect(text.contains("(\(chapter))"), "\(chapter)")
    }
  }
}

/// A page of the reference: lines of prose, and blocks of code.
struct LanguageChapter {
  /// A block of code between two fences.
  private struct Block {
    /// The line of the opening fence, from 0.
    let start: Int
    /// The line of the closing one.
    let end: Int
    /// The words behind the opening fence.
    let words: [String]
    let content: String
  }

  private var lines: [String]
  private var files: [String: String] = [:]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The page, with what the examples came to.
  var text: String { lines.joined(separator: "\n") }

  private var blocks: [Block] {
    var found: [Block] = []
    var open: Int?
    for (index, line) in lines.enumerated() where line.hasPrefix("```") {
      guard let start = open else {
        open = index
        continue
      }
      found.append(
        Block(
          start: start, end: index,
          words: lines[start].dropFirst(3).split(separator: " ").map(String.init),
          content: lines[(start + 1)..<index].map { $0 + "\n" }.joined()))
      open = nil
    }
    return found
  }

  /// Runs the examples; says what is not as it is written, and writes what is.
  mutating func run() -> [String] {
    var problems: [String] = []
    var changes: [(Range<Int>, String)] = []
    let blocks = blocks
    for (index, block) in blocks.enumerated() where block.words.first == "ludwig" {
      let name = block.words.dropFirst().first ?? "example.lw"
      if block.words.count > 1 { files[name] = block.content }
      let (kind, found) = outcome(name, block.content)
      let next = index + 1 < blocks.count ? blocks[index + 1] : nil
      if let next, next.start <= block.end + 2, next.words.first != "ludwig" {
        let expected = next.words.first ?? ""
        if expected != kind || next.content != found {
          problems.append("\(block.start + 1): this is a block `\(kind)`:\n\(found)")
          changes.append((next.start..<(next.end + 1), "```\(kind)\n\(found)```"))
        }
      } else if kind == "error" {
        problems.append("\(block.start + 1): this does not compile:\n\(found)")
      }
    }
    for (range, text) in changes.reversed() { lines.replaceSubrange(range, with: [text]) }
    return problems
  }

  private func outcome(_ name: String, _ content: String) -> (kind: String, text: String) {
    var files = files
    files[name] = content
    let known = files
    let inputs = CompilationInputs(
      readFile: { known[$0].map { Array($0.utf8) } }, environment: { _ in nil },
      commit: { name, bytes in SecretCommitment(digest: Digest(of: bytes), name: name) })
    if name.hasSuffix(".test.lw") {
      return tests(runTests(path: name, inputs: inputs) { _ in true })
    }
    let run = graph(path: name, inputs: inputs)
    guard let found = run.graph, run.diagnostics.isEmpty else {
      let renderer = DiagnosticRenderer(sources: run.sources)
      let texts = run.diagnostics.map { renderer.render($0) }
      return ("error", texts.joined(separator: "\n"))
    }
    let values = found.values.map { "\($0.name): \($0.text)\n" }
    let resources = found.resources.map { "resource \($0.address.text): \($0.type)\n" }
    let invariants = found.invariants.map { "must hold: \($0.title)\n" }
    return ("result", (values + resources + invariants).joined())
  }

  private func tests(_ run: TestRun) -> (kind: String, text: String) {
    let lines = run.tests.map { test in
      switch test.outcome {
      case .passed: "passed  \(test.name)\n"
      case .failed(let problems): "failed  \(test.name): \(problems[0].message)\n"
      case .stopped(let diagnostic): "stopped \(test.name): \(diagnostic.headline)\n"
      }
    }
    return ("result", lines.joined())
  }
}
