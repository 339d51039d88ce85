import Canon
import Foundation
import Testing

/// `fugue compile`, `fugue test` and `fugue explain`.
@Suite struct LudwigToolTests {
  private static let policy = """
    composition
    type Rule: | Allow { who: String, port: Optional<Int> }
    fun allow(who: String) -> Rule: Allow { who: who }
    rules: [allow("ada"), Allow { who: "bob", port: 22 }]
    """

  @Test func `compile shows values and functions of a composition without resources`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("policy.lw", Self.policy)
    let run = try program.run(["compile", "policy.lw"])
    #expect(run.status == 0, "\(run.everything)")
    let graph = try #require(try? JSON(parsing: Array(run.output.utf8)))
    #expect(graph["format"]?.text == "fugue.graph/1")
    #expect(graph["kind"]?.text == "composition")
    #expect(graph["resources"]?.elements?.isEmpty == true)
    #expect(graph["functions"]?.elements?.first?["name"]?.text == "allow")
    let value = graph["values"]?.elements?.first
    #expect(value?["type"]?.text == "List<Rule>")
    #expect(value?["value"]?.elements?.last?["port"]?.integer == 22)
  }

  @Test func `compile gives the same bytes each time, for source and for aws`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let main = ProgramUnderTest.file("Scenarios/first-light/main.lw")
    for level in ["source", "aws"] {
      let runs = try (0..<2).map { _ in try program.run(["compile", main, "--level", level]) }
      #expect(runs[0].status == 0, "\(runs[0].errors)")
      #expect(runs[0].output == runs[1].output)
      let graph = try #require(try? JSON(parsing: Array(runs[0].output.utf8)))
      let resources = graph["resources"]?.elements ?? []
      #expect(resources.count >= 20)
      let subnet = resources.first { $0["address"]?.text == "network.privateSubnets[0]" }
      if level == "source" {
        #expect(subnet?["fields"]?["vpc"]?["$ref"]?.text == "network.vpc")
        #expect(subnet?["references"]?.elements?.contains(.string("network.vpc")) == true)
      } else {
        let call = subnet?["calls"]?.elements?.first
        #expect(call?["operation"]?.text == "CreateSubnet")
        #expect(call?["parameters"]?["VpcId"]?["$output"]?.text == "network.vpc.vpcId")
      }
      #expect(!runs[0].output.contains(ProgramUnderTest.password))
    }
  }

  @Test func `compile tells mistakes as text and as JSON, and ends with 2`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("bad.lw", "x: y\n")
    let text = try program.run(["compile", "bad.lw"])
    #expect(text.status == 2)
    #expect(text.output.isEmpty)
    #expect(text.errors.contains("error[FG0201]"))
    let run = try program.run(["compile", "bad.lw", "--json"])
    #expect(run.status == 2)
    let json = try #require(try? JSON(parsing: Array(run.errors.utf8)))
    #expect(json["format"]?.text == "fugue.diagnostics/1")
    let first = json["diagnostics"]?.elements?.first
    #expect(first?["code"]?.text == "FG0201")
    #expect(first?["labels"]?.elements?.first?["line"]?.integer == 1)
    #expect(first?["labels"]?.elements?.first?["column"]?.integer == 4)
  }

  @Test func `libraries are found beside the sheet, in -i, in LUDWIG_PATH, in this order`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write(
      "app/main.lw",
      "composition\nimport Here\nimport There\nimport Names.Far\n"
        + "all: [Here.x, There.x, Names.Far.x]\n")
    try program.write("app/Here.lw", "x: \"beside\"\n")
    try program.write("shared/Here.lw", "x: \"not this one\"\n")
    try program.write("shared/There.lw", "x: \"-i\"\n")
    try program.write("vendor/There.lw", "x: \"nor this one\"\n")
    try program.write("vendor/Names/Far.lw", "x: \"path\"\n")
    let run = try program.run(
      ["compile", "app/main.lw", "-i", "shared"], environment: ["LUDWIG_PATH": "none:vendor"])
    #expect(run.status == 0, "\(run.everything)")
    let graph = try #require(try? JSON(parsing: Array(run.output.utf8)))
    let all = graph["values"]?.elements?.first?["value"]?.elements ?? []
    #expect(all.map(\.text) == ["beside", "-i", "path"])
    let without = try program.run(["compile", "app/main.lw"])
    #expect(without.status == 2)
  }

  @Test(arguments: ["compile", "verify", "plan"])
  func `what validation modules demand is held`(command: String) throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("policy.lw", "composition\nimport Shapes\nbox: Shapes.Box { side: 0 }\n")
    try program.write("Shapes.lw", "type Box: | Box { side: Int }\n")
    try program.write(
      "Rules.lw",
      """
      import Shapes
      validate has-side
      fun has-side(b: Shapes.Box) -> Validation.Validation:
        Validation.assert("A box has a side", b.(Shapes.Box).side > 0)
      """)
    #expect(try program.run([command, "policy.lw"]).status == 0)
    let run = try program.run([command, "policy.lw", "--validation-modules", "Rules"])
    #expect(run.status == 2)
    #expect(run.errors.contains("A box has a side"))
    let missing = try program.run([command, "policy.lw", "--validation-modules", "Nowhere"])
    #expect(missing.status == 2)
    #expect(missing.errors.contains("no module 'Nowhere'"))
  }

  @Test(arguments: [("missing.lw", "no file"), ("folder", "is a folder"), ("bin.lw", "FG01")])
  func `what cannot be compiled gets a plain word`(path: String, words: String) throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try FileManager.default.createDirectory(
      at: program.folder.appending(path: "folder"), withIntermediateDirectories: true)
    try Data([0xFF, 0xFE, 0x00, 0x01]).write(to: program.folder.appending(path: "bin.lw"))
    let run = try program.run(["compile", path])
    #expect(run.status == 2)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test func `test reports, writes JUnit's XML, and ends with 1 when a test fails`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write(
      "sums.test.lw",
      """
      sums: Test.suite "sums" [
        Test.that "right" (Test.equal { actual: 2 + 2, expected: 4 }),
        Test.that "a < b" (Test.equal { actual: "a", expected: "b" }),
        Test.that "stops" (Test.holds(error("boom & bust"))),
      ]
      """)
    let run = try program.run(["test", "--junit", "report.xml"])
    #expect(run.status == 1)
    #expect(run.output.contains("✗ sums › a < b  ./sums.test.lw:3:3"))
    #expect(run.output.contains("expected  \"b\"\n    found     \"a\""))
    #expect(run.output.contains("It stopped: boom & bust"))
    #expect(run.output.contains("1 passed, 2 failed"))
    let report = program.folder.appending(path: "report.xml")
    let xml = try String(contentsOf: report, encoding: .utf8)
    #expect(xml.contains("tests=\"3\" failures=\"1\" errors=\"1\""))
    #expect(xml.contains("name=\"a &lt; b\""))
    #expect(xml.contains("boom &amp; bust"))
    let wanted = try program.run(["test", "sums.test.lw", "--filter", "right"])
    #expect(wanted.status == 0)
    #expect(try program.run(["test", "--filter", "nothing like it"]).status == 2)
  }

  @Test func `the limit of steps can be set`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("a.lw", "x: List.sum(List.range(1, 200))\n")
    let few = try program.run(["compile", "a.lw", "--steps", "50"])
    #expect(few.status == 2)
    #expect(few.errors.contains("FG0302"))
    #expect(try program.run(["compile", "a.lw", "--steps", "100000"]).status == 0)
    #expect(try program.run(["compile", "a.lw", "--steps", "0"]).status == 2)
  }

  @Test func `test says of a file that it does not compile, and runs the others`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("a.test.lw", "t: [Test.that \"t\" (Test.holds 1)]\n")
    try program.write("b.test.lw", "t: [Test.that \"t\" (Test.holds True)]\n")
    let run = try program.run(["test", ".", "--json"])
    #expect(run.status == 2)
    #expect(run.errors.contains("a.test.lw:1"))
    let json = try #require(try? JSON(parsing: Array(run.output.utf8)))
    #expect(json["passed"]?.integer == 1)
    #expect(json["files"]?.elements?.first?["compiles"]?.truth == false)
  }

  @Test func `explain prints a page, suggests near codes, lists all`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    for code in ["FG0203", "fg0203", "203"] {
      let run = try program.run(["explain", code])
      #expect(run.status == 0)
      #expect(run.output.hasPrefix("# FG0203: "))
    }
    let near = try program.run(["explain", "FG0230X"])
    #expect(near.status == 2)
    #expect(near.errors.contains("Did you mean FG0230?"))
    let all = try program.run(["explain"])
    #expect(all.output.contains("FG0203  An unknown type\n"))
    #expect(all.output.split(separator: "\n").count > 60)
  }
}
