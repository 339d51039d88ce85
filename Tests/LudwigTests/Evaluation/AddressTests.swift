import CloudModel
import Determinism
import Ludwig
import Testing

/// Identity is the path of bindings: it does not depend on the order of the source, nor on who
/// else refers to a resource.
@Suite struct AddressTests {
  private static let head = """
    composition

    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2
    import Fugue.Reach as .


    """

  private static let statements = [
    "vpc: EC2.Vpc.new { cidrBlock: \"10.0.0.0/16\", region: AWS.Us-east-1 }",
    "again: vpc",
    "front: EC2.SecurityGroup.new { vpc: vpc, description: \"f\", ipPermissions: "
      + "[EC2.IpPermission.tcp(1, EC2.IpPermission.Target.securityGroup(back)), "
      + "EC2.IpPermission.tcp(2, EC2.IpPermission.Target.securityGroup(front))] }",
    "back: EC2.SecurityGroup.new { vpc: vpc, description: \"b\", ipPermissions: "
      + "[EC2.IpPermission.tcp(1, EC2.IpPermission.Target.securityGroup(front))] }",
    "zones: { \"b\": subnet(AWS.B, 1), \"a\": subnet(AWS.A, 2) }",
    "fun subnet(zone, n): EC2.Subnet.new { vpc: vpc, cidrBlock: \"10.0.\" ++ "
      + "String.fromInt(n) ++ \".0/24\", availabilityZone: zone }",
    "hidden: EC2.RouteTable.new { vpc: EC2.Vpc.new { cidrBlock: \"10.1.0.0/16\", "
      + "region: AWS.Us-east-1 } }",
    "pair: (EC2.InternetGateway.new { vpc: vpc }, EC2.InternetGateway.new { vpc: vpc })",
    "rules: [front talks-to back on tcp 80]",
  ]

  private static let expected = [
    "again", "back", "front", "hidden", "hidden.vpc", "pair[0]", "pair[1]", "zones[\"a\"]",
    "zones[\"b\"]",
  ]

  @Test func `addresses are the shortest, then the least path of bindings and fields`() {
    let compilation = Workshop.compile(Self.head + Self.statements.joined(separator: "\n\n"))
    #expect(Workshop.report(compilation.diagnostics, compilation.sources) == "")
    #expect(compilation.blueprint?.resources.map(\.address.text) == Self.expected)
  }

  @Test(arguments: 1...6)
  func `addresses and lifecycles do not depend on the order of statements`(seed: UInt64) {
    var random = RandomSource(Seed(seed))
    let first = Workshop.compile(Self.head + Self.statements.joined(separator: "\n\n"))
    var shuffled = Self.statements
    shuffled.shuffle(using: &random)
    let second = Workshop.compile(Self.head + shuffled.joined(separator: "\n\n"))
    #expect(first.blueprint != nil)
    #expect(
      first.blueprint?.resources.map(\.lifecycle) == second.blueprint?.resources.map(\.lifecycle))
    #expect(
      first.blueprint?.resources.map(\.address) == second.blueprint?.resources.map(\.address))
  }

  @Test func `two applications are two resources, one value used twice is one`() {
    let compilation = Workshop.compile(
      Self.head + """
        fun make(n): EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }
        same: { a: one, b: one, c: [one] }
        one: make(1)
        two: [make(1), make(1)]
        """)
    #expect(
      compilation.blueprint?.resources.map(\.address.text) == ["one", "two[0]", "two[1]"])
  }

  @Test func `a resource that only an output names is part of the blueprint`() {
    let compilation = Workshop.compile(
      Self.head + """
        import Fugue.AWS.IAM as IAM

        note: "the role is " ++ IAM.Role.new {
          roleName: "r", assumeRolePolicyDocument: IAM.Policy.AssumeRole.ec2,
        }.(IAM.Role).arn
        """)
    #expect(compilation.blueprint?.resources.map(\.address.text) == ["note.Role"])
  }
}
