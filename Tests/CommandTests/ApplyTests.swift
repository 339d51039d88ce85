import Foundation
import Testing

@Suite struct ApplyTests {
  private let main = ProgramUnderTest.file("Scenarios/first-light/main.lw")
  private let three = ProgramUnderTest.file("Scenarios/first-light/three.lw")

  @Test
  func `applied once, nothing is to do the second time; drift is undone; killed, all is gone`()
    throws
  {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let first = try program.run(["apply", main, "--alias", "dev", "--yes"])
    #expect(first.status == 0, "\(first.everything)")
    let second = try program.run(["apply", main, "--alias", "dev", "--yes"])
    #expect(second.status == 0)
    #expect(second.output.contains("Nothing to do"))
    let quiet = try program.run(["enforce", "dev", "--once", "--exit-code"])
    #expect(quiet.status == 0, "\(quiet.everything)")

    let group = try output(program, "app.group", "groupId")
    let rule = """
      {"GroupId":"\(group)","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,\
      "IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
      """
    #expect(
      try program.run(["cloud", "edit", "ec2", "AuthorizeSecurityGroupIngress", rule]).status == 0)
    let repair = try program.run(["enforce", "dev", "--once", "--exit-code"])
    #expect(repair.status == 1)
    #expect(repair.output.contains("RevokeSecurityGroupIngress"))
    #expect(try program.run(["enforce", "dev", "--once", "--exit-code"]).status == 0)

    let refused = try program.run(["kill", "dev", "--yes"])
    #expect(refused.status == 1, "a bucket and a secret bear data")
    #expect(refused.errors.contains("assets"))
    let killed = try program.run(["kill", "dev", "--yes", "--approve-data"])
    #expect(killed.status == 0, "\(killed.everything)")
    let left = try program.run(["cloud", "edit", "ec2", "DescribeVpcs", "{}"])
    #expect(!left.output.contains("vpc-"))
    try expectNoPassword(program)
  }

  @Test func `without a yes nothing is done`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(["apply", three, "--alias", "dev"], input: "n\n")
    #expect(run.status == 1)
    #expect(run.errors.contains("Nothing was done"))
    #expect(try program.run(["status", "dev"]).status == 2)
    let yes = try program.run(["apply", three, "--alias", "dev"], input: "y\n")
    #expect(yes.status == 0, "\(yes.everything)")
  }

  /// Every point is tried; lanes take every fourth each, so that both cores are used.
  @Test(arguments: 0..<4)
  func `killed by signal 9 at every write, call and commit, it goes on and doubles nothing`(
    lane: Int
  ) throws {
    var point = lane
    var hasEnded = false
    while !hasEnded {
      let program = try ProgramUnderTest()
      defer { program.clean() }
      let command = ["apply", three, "--alias", "dev", "--yes"]
      let run = try program.run(command, environment: ["FUGUE_CRASH_AT": String(point)])
      hasEnded = !run.wasKilled
      #expect(run.wasKilled ? run.status == 9 : run.status == 0, "\(run.everything)")
      if run.wasKilled {
        let next = try program.run(command)
        #expect(next.status == 0, "after point \(point): \(next.everything)")
      }
      for (operation, mark) in [
        ("DescribeVpcs", "\"VpcId\""), ("DescribeSubnets", "\"SubnetId\""),
        ("DescribeSecurityGroups", "\"GroupId\""),
      ] {
        let filter = #"{"Filters":[{"Name":"tag:fugue:process","Values":["dev"]}]}"#
        let left = try program.run(["cloud", "edit", "ec2", operation, filter])
        let count = left.output.components(separatedBy: mark).count - 1
        #expect(count == 1, "\(operation) after point \(point): \(left.everything)")
      }
      point += 4
      try #require(point < 5000)
    }
    #expect(point > 80, "only \(point) points were passed")
    print("lane \(lane): killed at every fourth of \(point) points")
  }

  @Test func `two at once are refused, a damaged journal is told`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    #expect(try program.run(["apply", three, "--alias", "dev", "--yes"]).status == 0)
    let journal = program.folder.appending(path: ".fugue/state.sqlite")
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: journal.path() + suffix)
    }
    try Data("this is no database, but some text of a length".utf8).write(to: journal)
    let run = try program.run(["status"])
    #expect(run.status == 3, "\(run.everything)")
    #expect(run.errors.contains("state.sqlite"))
  }

  private func output(
    _ program: ProgramUnderTest, _ address: String, _ name: String
  ) throws -> String {
    let status = try program.run(["status", "dev", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(status.output.utf8))
    let processes = (object as? [String: Any])?["processes"] as? [[String: Any]]
    let resources = processes?.first?["resources"] as? [[String: Any]]
    let found = resources?.first { $0["address"] as? String == address }
    return try #require((found?["outputs"] as? [String: String])?[name])
  }

  /// The password's value stands in no file but the vault, nor does its base64 form.
  private func expectNoPassword(_ program: ProgramUnderTest) throws {
    let files = FileManager.default.enumerator(atPath: program.folder.path())?.allObjects ?? []
    let texts = [
      ProgramUnderTest.password, Data(ProgramUnderTest.password.utf8).base64EncodedString(),
    ]
    var seen = 0
    for case let name as String in files where !name.hasSuffix("vault") {
      let url = program.folder.appending(path: name)
      guard let data = try? Data(contentsOf: url) else { continue }
      seen += 1
      for text in texts {
        #expect(data.range(of: Data(text.utf8)) == nil, "the password stands in \(name)")
      }
    }
    #expect(seen >= 2)
  }
}

@Suite struct SecretTests {
  @Test func `no command prints the password`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let main = ProgramUnderTest.file("Scenarios/first-light/main.lw")
    let drift = ProgramUnderTest.file("Scenarios/first-light/drift.lw")
    for command in [
      ["plan", main], ["plan", main, "--json"], ["verify", main, "--json"],
      ["verify", main, "--certificate", "proof.json"], ["simulate", drift, "--verbose"],
      ["apply", main, "--alias", "dev", "--yes"], ["status", "dev", "--json"],
    ] {
      let run = try program.run(command)
      #expect(run.status == 0, "\(command): \(run.errors)")
      #expect(!run.everything.contains(ProgramUnderTest.password), "\(command) prints it")
    }
    let proof = try String(
      contentsOf: program.folder.appending(path: "proof.json"), encoding: .utf8)
    #expect(!proof.contains(ProgramUnderTest.password))
  }
}
