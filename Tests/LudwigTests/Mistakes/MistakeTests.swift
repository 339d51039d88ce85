import Determinism
import Foundation
import Testing

/// Mistakes that people make, put one by one into programs without any: how many errors each
/// gives, where they point, and whether they say the way out.
///
/// `MISTAKES_REPORT=FILE` writes down each message, `MISTAKES_COUNT` says how many a kind.
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

  @Test(arguments: MistakeClass.all.map(\.name))
  func `one mistake is one error in its line`(name: String) throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["MISTAKES_COUNT"].flatMap { Int($0) } ?? 5
    let kind = try #require(MistakeClass.all.first { $0.name == name })
    let campaign = MistakeCampaign(programs: Self.programs, count: count, seed: Seed(20_18))
    let found = campaign.findings(of: kind)
    let good = found.filter(\.isGood).count
    if let path = environment["MISTAKES_REPORT"] {
      var text = "## \(name): \(found.count) mistakes, \(good) good, "
      text += "\(found.filter { $0.errors == 1 }.count) one error, "
      text += "\(found.filter(\.isOnLine).count) on line, "
      text += "\(found.filter(\.isOnToken).count) on token, "
      text += "\(found.filter(\.hasHint).count) with hint\n"
      for finding in found {
        text +=
          "\(finding.isGood ? "good" : "BAD ") \(finding.hasHint ? "" : "NOHINT ")"
          + "\(finding.file)\n\(finding.report)\n"
      }
      let file = "\(path)/\(name.replacing(" ", with: "-").replacing("`", with: "")).txt"
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
    #expect(good * 10 >= found.count * 8)
  }
}
