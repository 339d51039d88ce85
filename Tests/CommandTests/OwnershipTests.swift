import Foundation
import Testing

/// Who owns what, as a user says it: addresses over renamings, parts that others change, values of
/// other processes.
@Suite struct OwnershipTests {
  private let head = """
    composition
    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2
    import Fugue.AWS.S3 as S3
    import Fugue.Enforce as Enforce
    import Fugue.Identity as Identity
    import Fugue.Process as Process

    """

  private func vpc(_ name: String, _ block: String = "10.0.0.0/16") -> String {
    "\(name): EC2.Vpc.new { cidrBlock: \"\(block)\", region: AWS.Us-east-1 }\n"
  }

  /// The identifiers of all VPCs in a reply.
  private func identifiers(_ output: String) -> [Substring] {
    output.matches(of: /"VpcId": "(vpc-[0-9a-f]+)"/).map(\.output.1)
  }

  @Test func `a renamed resource that has moved stays, and another comes anew`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", head + vpc("shop"))
    #expect(try program.run(["apply", "main.lw", "--alias", "dev", "--yes"]).status == 0)
    let before = try program.run(["cloud", "edit", "ec2", "DescribeVpcs", "{}"])
    #expect(identifiers(before.output).count == 1, "\(before.output)")
    let moved = "renamed: Identity.moved { from: \"shop\", to: \"store\" }\n"
    try program.write("main.lw", head + vpc("store") + moved)
    let second = try program.run(["apply", "main.lw", "--alias", "dev", "--yes"])
    #expect(second.status == 0, "\(second.everything)")
    let after = try program.run(["cloud", "edit", "ec2", "DescribeVpcs", "{}"])
    #expect(identifiers(after.output) == identifiers(before.output))
    try program.write("main.lw", head + vpc("store"))
    let third = try program.run(["apply", "main.lw", "--alias", "dev", "--yes"])
    #expect(third.status == 0, "\(third.everything)")
    let last = try program.run(["cloud", "edit", "ec2", "DescribeVpcs", "{}"])
    #expect(identifiers(last.output).count == 1)
    #expect(identifiers(last.output) != identifiers(before.output))
  }

  @Test func `two bindings may change their names with each other`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", head + vpc("a") + vpc("b", "10.1.0.0/16"))
    #expect(try program.run(["apply", "main.lw", "--alias", "dev", "--yes"]).status == 0)
    let swap = """
      moves: [Identity.moved { from: "a", to: "b" }, Identity.moved { from: "b", to: "a" }]
      """
    try program.write("main.lw", head + vpc("b") + vpc("a", "10.1.0.0/16") + swap)
    let plan = try program.run(["plan", "main.lw", "--alias", "dev"])
    #expect(plan.status == 0, "\(plan.everything)")
    #expect(!plan.output.contains("CreateVpc"), "\(plan.output)")
  }

  @Test func `rules, tags and fields of others stay, and all else is put back`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let sheet = """
      group: EC2.SecurityGroup.new { vpc: net, description: "nodes", ipPermissions: [] }
      assets: S3.Bucket.new {
        name: "shop-assets-1234", region: AWS.Us-east-1, encryption: S3.AES256,
        tags: [AWS.tag("team", "shop")],
      }
      shared: Enforce.ignore [
        Enforce.field(assets, fun(b): b.(S3.Bucket).encryption),
        Enforce.tagPrefix(assets, "k8s/"),
        Enforce.rulesOwnedBy([group], "k8s"),
      ]
      """
    try program.write("main.lw", head + vpc("net") + sheet)
    let first = try program.run(["apply", "main.lw", "--alias", "dev", "--yes"])
    #expect(first.status == 0, "\(first.everything)")
    let groups = try program.run(["cloud", "edit", "ec2", "DescribeSecurityGroups", "{}"])
    let group = try #require(
      groups.output.firstMatch(of: /"nodes",\s+"GroupId": "(sg-[0-9a-f]+)"/)?.output.1)
    for (port, note) in [(30001, "k8s: node port"), (22, "opened by hand")] {
      let rule = """
        {"GroupId":"\(group)","IpPermissions":[{"IpProtocol":"tcp","FromPort":\(port),\
        "ToPort":\(port),"IpRanges":[{"CidrIp":"10.0.0.0/8","Description":"\(note)"}]}]}
        """
      let edit = try program.run(["cloud", "edit", "ec2", "AuthorizeSecurityGroupIngress", rule])
      #expect(edit.status == 0, "\(edit.everything)")
    }
    let encryption = """
      {"Bucket":"shop-assets-1234","ServerSideEncryptionConfiguration":{"Rules":[\
      {"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"k"}}]}}
      """
    let edit = try program.run(["cloud", "edit", "s3", "PutBucketEncryption", encryption])
    #expect(edit.status == 0, "\(edit.everything)")
    // Reads may lag behind, so more than one look may be needed to see the end.
    var seen = ""
    for _ in 0..<5 {
      let enforced = try program.run(["enforce", "dev", "--once"])
      #expect(enforced.status == 0, "\(enforced.everything)")
      #expect(!enforced.output.contains("Encryption"), "\(enforced.output)")
      seen = try program.run(["cloud", "edit", "ec2", "DescribeSecurityGroups", "{}"]).output
      if !seen.contains("opened by hand") { break }
    }
    #expect(seen.contains("k8s: node port"), "\(seen)")
    #expect(!seen.contains("opened by hand"), "\(seen)")
    let kept = try program.run(
      ["cloud", "edit", "s3", "GetBucketEncryption", "{\"Bucket\":\"shop-assets-1234\"}"])
    #expect(kept.output.contains("aws:kms"), "\(kept.everything)")
  }

  @Test(arguments: [
    ("left: Enforce.ignore [Enforce.field(net, fun(v): v.(EC2.Vpc).vpcId)]", "FG0341"),
    ("left: Enforce.ignore [Enforce.field(net, fun(v): 1)]", "FG0341"),
    ("left: Enforce.ignore [Enforce.tagPrefix(\"net\", \"k8s/\")]", "FG0340"),
    ("renamed: Identity.moved { from: \"shop\", to: \"nett\" }", "FG0342"),
    (
      "renamed: Identity.moved { from: \"other\", to: \"net\" }\n"
        + "other: EC2.Vpc.new { cidrBlock: \"10.1.0.0/16\", region: AWS.Us-east-1 }", "FG0343"
    ),
    (
      "m: [Identity.moved { from: \"x\", to: \"net\" }, "
        + "Identity.moved { from: \"y\", to: \"net\" }]",
      "FG0343"
    ),
    ("EC2.Vpc far: Process.output(\"network\", fun(n): n.vpc)", "FG0344"),
  ])
  func `a mistake in what is owned is told once`(line: String, code: String) throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", head + vpc("net") + line)
    let run = try program.run(["plan", "main.lw"])
    #expect(run.status == 2, "\(run.everything)")
    #expect(run.errors.contains(code) && run.errors.contains("1 mistake."), "\(run.everything)")
  }

  @Test func `what another process has is in the graph, and a subnet may stand in it`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let sheet = """
      EC2.Vpc far: Process.output("network", fun(n): n.shop.vpc)
      part: EC2.Subnet.new { vpc: far, cidrBlock: "10.0.1.0/24", availabilityZone: AWS.A }
      """
    try program.write("main.lw", head + sheet)
    let graph = try program.run(["compile", "main.lw"])
    #expect(graph.status == 0, "\(graph.everything)")
    #expect(graph.output.contains("\"$output\": \"network: shop.vpc\""), "\(graph.output)")
  }

  @Test func `a subnet may stand in a VPC that exists outside`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let sheet = """
      far: EC2.Vpc.external("vpc-0123456789abcdef0", AWS.Us-east-1)
      part: EC2.Subnet.new { vpc: far, cidrBlock: "10.0.1.0/24", availabilityZone: AWS.A }
      """
    try program.write("main.lw", head + sheet)
    let plan = try program.run(["compile", "main.lw", "--level", "aws"])
    #expect(plan.status == 0, "\(plan.everything)")
    #expect(plan.output.contains("\"VpcId\": \"vpc-0123456789abcdef0\""), "\(plan.output)")
  }
}
