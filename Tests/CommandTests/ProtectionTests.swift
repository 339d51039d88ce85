import CloudModel
import Determinism
import Foundation
import Simulator
import Store
import Testing

/// Brakes as a user meets them.
@Suite struct ProtectionTests {
  private let guarded = """
    composition
    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2
    import Fugue.Enforce as Enforce
    net: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }
    other: EC2.Vpc.new { cidrBlock: "10.1.0.0/16", region: AWS.Us-east-1 }
    keep: Enforce.protect [net]
    """

  @Test func `what was protected is kept when its text goes, until somebody names it`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", guarded)
    let first = try program.run(["apply", "main.lw", "--alias", "dev", "--yes"])
    #expect(first.status == 0, "\(first.everything)")
    let less = guarded.split(separator: "\n").filter {
      !$0.hasPrefix("net:") && !$0.hasPrefix("keep:") && !$0.contains("Enforce")
    }
    try program.write("main.lw", less.joined(separator: "\n"))
    for more in [[], ["--approve-data"]] {
      let run = try program.run(["apply", "main.lw", "--alias", "dev", "--yes"] + more)
      #expect(run.status == 1, "\(run.everything)")
      #expect(run.errors.contains("would delete or replace net"), "\(run.everything)")
    }
    let kill = try program.run(["kill", "dev", "--yes", "--approve-data"])
    #expect(kill.status == 1)
    let vpcs = try program.run(["cloud", "edit", "ec2", "DescribeVpcs", "{}"])
    #expect(vpcs.output.contains("10.0.0.0/16"))
    let named = try program.run(["kill", "dev", "--yes", "--approve", "net"])
    #expect(named.status == 0, "\(named.everything)")
    let left = try program.run(["cloud", "edit", "ec2", "DescribeVpcs", "{}"])
    #expect(!left.output.contains("vpc-"))
  }

  @Test func `protecting what is no resource is a mistake`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", guarded.replacing("[net]", with: "\"net\""))
    let run = try program.run(["plan", "main.lw"])
    #expect(run.status == 2)
    #expect(run.errors.contains("FG0340"), "\(run.everything)")
  }

  @Test func `where another account answers, enforcement stops and changes nothing`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", guarded)
    #expect(try program.run(["apply", "main.lw", "--alias", "dev", "--yes"]).status == 0)
    let file = program.folder.appending(path: ".fugue/cloud.sqlite").path()
    for part in ["", "-wal", "-shm"] { program.remove(".fugue/cloud.sqlite" + part) }
    let other = AccountState.fresh(accountID: "999999999999", region: "us-east-1")
    _ = try EmbeddedAccount(
      path: file, fresh: SimulatedCloud(account: other, seed: Seed(1), faults: .none))
    let run = try program.run(["enforce", "dev", "--once"])
    #expect(run.status == 1)
    #expect(run.errors.contains("another account or region answers"), "\(run.everything)")
    #expect(run.errors.contains("999999999999"))
    let vpcs = try program.run(["cloud", "edit", "ec2", "DescribeVpcs", "{}"])
    #expect(!vpcs.output.contains("vpc-"), "\(vpcs.everything)")
  }
}
