import Foundation
import Testing

/// First light as it stands, and with the database opened in three ways.
@Suite struct VerifyTests {
  /// Copies first light into a folder, changed.
  private func edited(
    _ program: ProgramUnderTest, _ changes: [(String, String)]
  ) throws -> String {
    for name in ["main.lw", "Tiers.lw"] {
      var text = try String(
        contentsOfFile: ProgramUnderTest.file("Scenarios/first-light/\(name)"), encoding: .utf8)
      for (old, new) in changes where name == "main.lw" {
        #expect(text.contains(old), "the composition no longer has: \(old)")
        text = text.replacingOccurrences(of: old, with: new)
      }
      try program.write(name, text)
    }
    return "main.lw"
  }

  private let openRule = (
    "rules: [EC2.IpPermission.tcp(5433, EC2.IpPermission.Target.securityGroup(db.group))],",
    "rules: [EC2.IpPermission.tcp(5432, EC2.IpPermission.Target.all)],"
  )
  private let publicSubnet = (
    "subnets: List.drop(1, network.privateSubnets)",
    "subnets: List.drop(1, network.publicSubnets)"
  )

  @Test func `first light is proved, and its certificate is accepted`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let path = ProgramUnderTest.file("Scenarios/first-light/main.lw")
    let run = try program.run(["verify", path, "--certificate", "proof.json"])
    #expect(run.status == 0, "\(run.everything)")
    #expect(run.output.contains("✓ never (internet reaches db)"))
    let check = try program.run(["certificate", "check", "proof.json"])
    #expect(check.status == 0, "\(check.everything)")
    #expect(!run.everything.contains("\u{1B}"), "no colour where there is no terminal")
  }

  @Test func `a tampered certificate is refused`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let path = ProgramUnderTest.file("Scenarios/first-light/main.lw")
    _ = try program.run(["verify", path, "--certificate", "proof.json"])
    let file = program.folder.appending(path: "proof.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    for (old, new) in [("5432", "22"), ("10.0.0.0", "0.0.0.0"), ("Revoke", "Authorize")]
    where text.contains(old) {
      try program.write("other.json", text.replacingOccurrences(of: old, with: new))
      let run = try program.run(["certificate", "check", "other.json"])
      #expect(run.status == 1, "\(old) → \(new): \(run.everything)")
      #expect(run.errors.contains("Refused"))
    }
    try program.write("half.json", String(text.prefix(text.count / 2)))
    #expect(try program.run(["certificate", "check", "half.json"]).status == 1)
    #expect(try program.run(["certificate", "check", "none.json"]).status == 2)
  }

  @Test func `a rule that opens the database is refused, with the rule's line`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(["verify", try edited(program, [openRule])])
    #expect(run.status == 1)
    #expect(run.output.contains("✗ only [app] (reaches db on tcp 5432)"))
    #expect(run.output.contains("FG0411"))
    #expect(run.output.contains("EC2.IpPermission.tcp(5432, EC2.IpPermission.Target.all)"))
    #expect(run.output.contains("Replayed on the packet walker: reaches its target as shown."))
  }

  @Test func `a rule with a route is refused, with the way from the internet`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(["verify", try edited(program, [openRule, publicSubnet])])
    #expect(run.status == 1)
    #expect(run.output.contains("✗ never (internet reaches db)"))
    #expect(run.output.contains("→ internet gateway network.igw"))
    #expect(!run.output.contains("a bug of ours"))
  }

  @Test func `right in the end but open for a moment is refused, with the order that helps`()
    throws
  {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let path = try edited(
      program,
      [
        openRule, publicSubnet,
        ("subnets: network.publicSubnets,", "subnets: List.take(1, network.publicSubnets),"),
        (
          "associations: network.privateSubnets,",
          "associations: network.privateSubnets ++ List.drop(1, network.publicSubnets),"
        ),
      ])
    let run = try program.run(["verify", path])
    #expect(run.status == 1)
    #expect(run.output.contains("✗ never (internet reaches db)"))
    #expect(run.output.contains("FG0412"))
    #expect(run.output.contains("In the end it is right again"))
    #expect(run.output.contains("Way out: let step"))
    let json = try program.run(["verify", path, "--json"])
    #expect(json.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    #expect((object as? [String: Any])?["format"] as? String == "fugue.verify/1")
  }

  @Test func `a mistake in the text ends with 2, its place and no state`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let path = try edited(
      program, [("region: AWS.Us-east-1,\n  cidr", "region: AWS.Us-eest-1,\n  cidr")])
    for command in [["verify", path], ["plan", path], ["apply", path, "--alias", "x", "--yes"]] {
      let run = try program.run(command)
      #expect(run.status == 2, "\(command): \(run.everything)")
      #expect(run.errors.contains("main.lw:"))
      #expect(run.errors.contains("Us-east-1"), "no suggestion: \(run.errors)")
    }
    #expect(
      !FileManager.default.fileExists(atPath: program.folder.appending(path: ".fugue").path()))
  }
}
