import Foundation
import FugueCommands
import Testing

/// The model checker through its commands: users' compositions, planners, traces and histories.
@Suite struct ModelCheckCommandTests {
  private static let composition = """
    composition "A subnet"

    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2

    vpc: EC2.Vpc.new { cidrBlock: "10.9.0.0/16", region: AWS.Us-east-1 }
    subnet: EC2.Subnet.new {
      vpc: vpc,
      cidrBlock: "10.9.1.0/24",
      availabilityZone: AWS.A,
      mapPublicIpOnLaunch: True,
    }
    """

  /// A folder with the composition and a planner of subnets in which a text is another.
  private func program(replacing old: String, with new: String) throws -> ProgramUnderTest {
    let program = try ProgramUnderTest()
    let sheet = "Planners/Fugue/Core/AWS/EC2/Subnet.lw"
    let planner = try String(
      contentsOfFile: ProgramUnderTest.file("Library/\(sheet)"), encoding: .utf8)
    #expect(planner.contains(old))
    try program.write(sheet, planner.replacing(old, with: new))
    try program.write("my.lw", Self.composition)
    return program
  }

  private static let check = [
    "model-check", "my.lw", "--only", "subnet", "--crashes", "0", "--drift", "1",
  ]

  @Test func `a composition is checked, and a trace becomes a scenario that fails the same`() throws
  {
    let blind = "have: True,"
    let program = try program(replacing: "have: item.mapPublicIpOnLaunch,", with: blind)
    defer { program.clean() }
    let claim = "whenever the kernel rests, it is as people want it"
    let found = try program.run(Self.check + ["--save-scenario", "found.lw"])
    #expect(found.status == 1, "\(found.everything)")
    #expect(found.output.contains("✗ \(claim)"))
    let again = try program.run(["simulate", "found.lw"])
    #expect(again.status == 1, "\(again.everything)")
    #expect(again.output.contains("✗ \(claim): broken after step"))
    // With the planner mended nothing is left of it.
    program.remove("Planners/Fugue/Core/AWS/EC2/Subnet.lw")
    let right = try program.run(Self.check + ["--json"])
    #expect(right.status == 0, "\(right.everything)")
    #expect(right.output.contains("\"format\": \"fugue.model-check/1\""))
    #expect(right.output.contains("\"isExhausted\": true"))
  }

  @Test func `a search that is cut says so, and is no yes`() throws {
    let program = try program(replacing: "# How a subnet lives.", with: "#")
    defer { program.clean() }
    let run = try program.run(Self.check + ["--states", "50"])
    #expect(run.status == 1)
    #expect(run.output.contains("not exhausted: "))
  }

  @Test func `a model in a sheet is run, and its count of states is held`() throws {
    let program = try program(replacing: "# How a subnet lives.", with: "#")
    defer { program.clean() }
    let model = """
      import Fugue.Model as Model

      tiny: Model.new {
        compositions: ["my.lw"],
        making: ["subnet"],
        budget: Model.budget { lostReplies: 1 },
        properties: [Model.nothingTwice, Model.eventuallyStable],
        expectStates: 1,
      }
      """
    try program.write("tiny.lw", model)
    let wrong = try program.run(["model-check", "tiny.lw"])
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("✓ all 2 claims hold"))
    #expect(wrong.errors.contains("1 states are expected, and there are "))
    let count = wrong.errors.split(separator: " ").last?.split(separator: ".").first ?? ""
    try program.write(
      "tiny.lw", model.replacing("expectStates: 1,", with: "expectStates: \(count),"))
    #expect(try program.run(["model-check", "tiny.lw"]).status == 0)
  }

  @Test func `a planner that is blind to a field is found`() throws {
    let program = try program(replacing: "have: item.mapPublicIpOnLaunch,", with: "have: True,")
    defer { program.clean() }
    let run = try program.run(
      [
        "check-planner", "my.lw", "--crashes", "0", "--lost-replies", "0", "--drift", "0", "--json",
      ])
    #expect(run.status == 1, "\(run.everything)")
    #expect(run.output.contains("\"verdict\": \"wrong\""))
  }

  @Test(arguments: [
    ("network", "Vpc"), ("network", "Subnet"), ("network", "InternetGateway"),
    ("network", "RouteTable"), ("network", "NetworkAcl"), ("network", "SecurityGroup"),
    ("machine", "Role"), ("machine", "InstanceProfile"), ("storage", "Bucket"),
    ("storage", "Secret"),
  ])
  func `the library's planners do without faults whatever their sheet says otherwise`(
    _ sheet: String, _ type: String
  ) throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let path = ProgramUnderTest.file("Tests/Sheets/planners/\(sheet).lw")
    let run = try program.run(
      [
        "check-planner", path, "--type", type, "--crashes", "0", "--lost-replies", "0",
        "--drift", "0",
      ])
    #expect(run.status == 0, "\(run.everything)")
  }

  @Test func `some of the library's planners are right under a crash, too`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let planners = [("network", "InternetGateway"), ("machine", "Role"), ("storage", "Secret")]
    for (sheet, type) in planners {
      let path = ProgramUnderTest.file("Tests/Sheets/planners/\(sheet).lw")
      let run = try program.run(
        [
          "check-planner", path, "--type", type, "--crashes", "1", "--lost-replies", "0",
          "--drift", "0",
        ])
      #expect(run.status == 0, "\(type): \(run.everything)")
    }
  }

  @Test func `what a simulation and what a live run did is admitted, and a changed line is not`()
    throws
  {
    let program = try program(replacing: "# How a subnet lives.", with: "#")
    defer { program.clean() }
    let apply = try program.run(
      ["apply", "my.lw", "--alias", "a", "--yes", "--history", "live.jsonl"])
    #expect(apply.status == 0, "\(apply.everything)")
    let live = try program.run(["model-check", "--trace", "live.jsonl"])
    #expect(live.status == 0, "\(live.everything)")
    let path = program.folder.appending(path: "live.jsonl")
    let text = try String(contentsOf: path, encoding: .utf8)
    let other = text.replacing("CreateVpc", with: "DeleteVpc")
    #expect(text != other)
    try program.write("other.jsonl", other)
    let refused = try program.run(["model-check", "--trace", "other.jsonl", "--json"])
    #expect(refused.status == 1 && refused.output.contains("\"admitted\": false"))
    try program.write("none.jsonl", "{}")
    #expect(try program.run(["model-check", "--trace", "none.jsonl"]).status == 2)
    #expect(try program.run(["model-check", "--trace", "missing.jsonl"]).status == 3)
  }

  @Test func `a search in files counts what a search in memory counts`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(
      ["model-check", "philosophers-net-10", "--memory", "2M", "--spill", "."])
    #expect(run.status == 0, "\(run.everything)")
    #expect(run.output.contains("59049 distinct states"))
    #expect(run.output.contains("bytes were on disk"))
    let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path())
    #expect(left.allSatisfy { !$0.hasPrefix("fugue-states") })
    #expect(try program.run(["model-check", "kernel", "--memory", "1M"]).status == 2)
    #expect(try program.run(["model-check", "kernel", "--memory", "much"]).status == 2)
  }

  @Test func `options that make no sense together are refused, each pair of them`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let ways: [[String]] = [
      ["--replay", "0.1"], ["--random-walks", "10"], ["--depth-first"], ["--memory", "64M"],
      ["--checkpoint", "kept"],
    ]
    let bounds: [[String]] = [["--states", "10"], ["--time", "5"], ["--all"]]
    let sheets: [[String]] = [
      ["--only", "vpc"], ["--whole"], ["--kill"], ["--save-scenario", "x.lw"], ["--json"],
      ["--crashes", "1"], ["--drift", "1"],
    ]
    var senseless: [[String]] = []
    for (index, way) in ways.enumerated() {
      senseless += ways[..<index].map { $0 + way + ["two-phase-3"] }
      senseless += sheets.map { $0 + way + ["two-phase-3"] }
      senseless += [way, way + ["my.lw"], way + ["--trace", "x.jsonl"]]
      if index < 2 { senseless += bounds.map { $0 + way + ["two-phase-3"] } }
    }
    let lonely: [[String]] = [
      ["--resume"], ["--spill", "here"], ["--room", "10"], ["--length", "9"], ["--seed", "1"],
      ["--known", "10"],
    ]
    senseless += bounds + sheets
    senseless += (bounds + sheets).filter { $0 != ["--json"] }.map { $0 + ["--trace", "x.jsonl"] }
    senseless += (sheets + lonely).map { $0 + ["two-phase-3"] }
    senseless += [
      ["two-phase-3", "--trace", "x.jsonl"], ["two-phase-3", "--states", "0"],
      ["two-phase-3", "--time", "0"], ["two-phase-3", "--random-walks", "0"],
      ["two-phase-3", "--depth-first", "--room", "0"], ["two-phase-3", "--memory", "much"],
      ["two-phase-3", "--random-walks", "1", "--length", "0"],
      ["two-phase-3", "--random-walks", "1", "--known", "0"],
      ["two-phase-3", "--depth-first", "--all"],
    ]
    for arguments in senseless {
      let run = try program.run(["model-check"] + arguments)
      #expect(run.status == 2, "\(arguments): \(run.everything)")
      #expect(run.output.isEmpty)
    }
    // Two-phase commit has a claim on ends.
    for arguments in [["--memory", "64M"], ["--checkpoint", "kept"]] {
      let run = try program.run(["model-check", "two-phase-3"] + arguments)
      #expect(run.status == 2, "\(arguments): \(run.everything)")
    }
    let unjudged = try program.run(["model-check", "two-phase-3", "--depth-first"])
    #expect(unjudged.status == 1)
    #expect(unjudged.output.contains("? in the end all have decided alike"))
    let cut = try program.run(["model-check", "two-phase-7", "--depth-first", "--states", "50"])
    #expect(cut.status == 1 && cut.output.contains("NOT exhausted: stopped at 50 states"))
    let walks = try program.run(
      ["model-check", "two-phase-3", "--random-walks", "20", "--known", "288"])
    #expect(walks.status == 0 && walks.output.contains("% of all 288"), "\(walks.everything)")
  }

  @Test(arguments: [false, true])
  func `a model that crashes is told where to look, and ends with 2`(bySymmetry: Bool) async {
    let result = await #expect(
      processExitsWith: .exitCode(2), observing: [\.standardErrorContent]
    ) { [bySymmetry] in
      CrashGuard.watch(bySymmetry: bySymmetry)
      let things = Array(repeating: 0, count: CommandLine.arguments.count)
      print(things[things.count + 1])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("the model crashed"))
    #expect(text.contains("`interchangeable`") == bySymmetry)
  }
}
