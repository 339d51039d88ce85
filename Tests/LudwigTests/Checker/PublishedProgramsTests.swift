import Diagnostics
import Foundation
import LudwigLibrary
import LudwigTypes
import Testing
import Text

/// Programs in the style of those that people published. They parse and check; what may be missing
/// is members of the library, each said once.
@Suite struct PublishedProgramsTests {
  static let folder = CheckerFixture.repository.appending(path: "Tests/LudwigTests/Golden")

  /// The programs of two folders, by their paths without `.lw`.
  static let programs: [String] = ["Published", "Field"].flatMap { name in
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path()))
      ?? [])
      .filter { $0.hasSuffix(".lw") }.map { "\(name)/\($0.dropLast(3))" }.sorted()
  }

  @Test func `the folders of programs are found`() {
    #expect(Self.programs.count > 70)
  }

  @Test(arguments: programs)
  func `a published program checks up to members that are not built`(program: String) throws {
    let parts = program.split(separator: "/").map(String.init)
    let outcome = CheckerFixture(folder: Self.folder.appending(path: parts[0])).check(parts[1])
    let others = outcome.diagnostics.filter { $0.code != "FG0209" }
    #expect(others.isEmpty, "\(outcome.text)")
    let said = outcome.diagnostics.compactMap { diagnostic in
      diagnostic.labels.first.map { "\($0.range.source.index) \(diagnostic.headline)" }
    }
    #expect(Set(said).count == said.count, "\(outcome.text)")
    if outcome.diagnostics.isEmpty {
      #expect(CoreInvariants(of: outcome.program).problems.isEmpty)
    }
  }

  @Test func `what is missing spreads to nothing else, and what is wrong beside it is found`() {
    let text = """
      import Fugue.AWS.Redshift as Redshift
      import Fugue.AWS.EC2 as EC2

      cluster: Redshift.Cluster.new { name: "events", size: missing }
      Redshift.Cluster same: cluster
      changed: cluster with (Redshift.Cluster).size: 3
      fun big(c: Redshift.Cluster) -> Bool:
        case c.Cluster.kind of
          | Redshift.Large -> True
          | Redshift.Small n -> n + "x"
      names: [c.name ++ 1 for c in [cluster, same]]
      order: EC2.PlacementGroup.new { name: "a" }
      other: EC2.PlacementGroup.external("b")
      typo: EC2.Vcp.new {}

      """
    let outcome = CheckerFixture(sheets: ["here": text]).check("here")
    let found = outcome.diagnostics.map { ($0.code.text, outcome.line(of: $0)) }
    let wanted = [
      ("FG0209", 1), ("FG0201", 4), ("FG0210", 10), ("FG0210", 11), ("FG0209", 12), ("FG0204", 14),
    ]
    #expect(found.map(\.0) == wanted.map(\.0), "\(outcome.text)")
    #expect(found.map(\.1) == wanted.map(\.1), "\(outcome.text)")
  }

  @Test func `the published names are those of modules and of their members`() {
    let names = PublishedNames()
    #expect(names.contains(module: "Fugue.AWS.Redshift", member: nil))
    #expect(names.contains(module: "Fugue.Core.AWS.EC2", member: "Vpc"))
    #expect(names.contains(module: "Fugue.AWS.EC2.Volume", member: nil))
    #expect(names.contains(module: "Fugue.AWS.EC2.Volume", member: "new"))
    #expect(!names.contains(module: "Fugue.AWS.EC2.Volume", member: "old"))
    #expect(!names.contains(module: "Fugue.AWS.EC3", member: nil))
  }
}
