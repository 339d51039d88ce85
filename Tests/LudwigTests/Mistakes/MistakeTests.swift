import Determinism
import Foundation
import Testing

/// Mistakes that people make, put one by one into programs without any: how many errors each
/// gives, where they point, and whether they say the way out.
///
/// `MISTAKES_REPORT=FOLDER` writes down a table of all kinds and each message, `MISTAKES_COUNT`
/// says how many mistakes a kind.
@Suite struct MistakeTests {
  static let programs: [URL] = {
    let folders = ["Tests/LudwigTests/Golden/Published", "Tests/LudwigTests/Golden/Programs"]
    let root = CheckerFixture.repository
    let found = folders.flatMap { folder -> [URL] in
      let files =
        (try? FileManager.default.contentsOfDirectory(
          atPath: root.appending(path: folder).path())) ?? []
      return files.filter { $0.hasSuffix(".lw") }.sorted().map {
        root.appending(path: "\(folder)/\($0)")
      }
    }
    let scenarios = ["main", "Tiers", "three"].map {
      root.appending(path: "Scenarios/first-light/\($0).lw")
    }
    return (found + scenarios).filter(isClean)
  }()

  private static func isClean(_ url: URL) -> Bool {
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    let whole = Mistake(text: text, place: 0...0)
    return MistakeCampaign(programs: [], count: 0, seed: Seed(1)).judge(whole, in: url) == nil
  }

  /// The share of all mistakes, in hundredths, that has to be told well.
  static let floorOfAll = 95
  /// The share of the mistakes of one kind.
  static let floorOfKind = 85

  @Test func `one mistake is one error in its line, with a way out`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["MISTAKES_COUNT"].flatMap { Int($0) } ?? 8
    let campaign = MistakeCampaign(programs: Self.programs, count: count, seed: Seed(20_18))
    var table = "| kind | mistakes | good | on the token |\n|---|---|---|---|\n"
    var (all, allGood) = (0, 0)
    for kind in MistakeClass.all {
      let found = campaign.findings(of: kind)
      let bad = found.filter { !$0.isGood }
      let good = found.count - bad.count
      (all, allGood) = (all + found.count, allGood + good)
      let onToken = found.filter(\.isOnToken).count
      let title = kind.name.replacing("|", with: "\\|")
      table += "| \(title) | \(found.count) | \(good) | \(onToken) |\n"
      if let folder = environment["MISTAKES_REPORT"] {
        let name = kind.name.replacing(" ", with: "-").replacing("`", with: "")
        let text = found.map { "\($0.isGood ? "good" : "BAD ") \($0.file)\n\($0.report)\n" }
        try text.joined().write(
          toFile: "\(folder)/\(name).txt", atomically: true, encoding: .utf8)
      }
      #expect(!found.isEmpty, "no mistake of the kind \(kind.name) can be made")
      #expect(
        good * 100 >= found.count * Self.floorOfKind,
        "\(kind.name): \(good) of \(found.count)\n\(bad.map(\.report).joined(separator: "\n"))")
    }
    table += "| all | \(all) | \(allGood) | |\n"
    if let folder = environment["MISTAKES_REPORT"] {
      try table.write(toFile: "\(folder)/table.md", atomically: true, encoding: .utf8)
    }
    #expect(allGood * 100 >= all * Self.floorOfAll, "\(table)")
  }
}
