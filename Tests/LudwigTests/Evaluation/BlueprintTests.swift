import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Testing
import Text

/// What a composition comes to, and what it is refused for.
@Suite struct BlueprintTests {
  private static let network = """
    composition

    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2
    import Fugue.AWS.S3 as S3
    import Fugue.AWS.SecretsManager as SecretsManager
    import Fugue.Reach as .
    import Fugue.Secret as Secret

    vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }
    web: EC2.SecurityGroup.new { vpc: vpc, description: "web" }
    db: EC2.SecurityGroup.new { vpc: vpc, description: "db" }


    """

  @Test func `first light comes to twenty resources and nine invariants`() {
    let compilation = Workshop.compile(
      file: "Scenarios/first-light/main.lw", environment: ["DB_PASSWORD": "hunter2hunter2"])
    #expect(Workshop.report(compilation.diagnostics, compilation.sources) == "")
    #expect(compilation.blueprint?.resources.count == 20)
    #expect(compilation.blueprint?.invariants.count == 9)
  }

  @Test func `a secret's value is nowhere in the blueprint`() throws {
    let secret = "hunter2-correct-horse"
    let compilation = Workshop.compile(
      file: "Scenarios/first-light/main.lw", environment: ["DB_PASSWORD": secret])
    let blueprint = try #require(compilation.blueprint)
    let bytes = try JSONEncoder().encode(blueprint)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("DB_PASSWORD"))
    #expect(!text.contains(secret))
    #expect(!text.contains(Data(secret.utf8).base64EncodedString()))
    #expect(!"\(compilation)".contains(secret))
  }

  @Test func `a text is no secret`() {
    let compilation = Workshop.compile(
      Self.network + """
        s: SecretsManager.Secret.new {
          name: "s", region: AWS.Us-east-1, secretString: "in the clear" }
        """)
    #expect(compilation.blueprint == nil)
    #expect(Workshop.codes(compilation).allSatisfy { $0.hasPrefix("FG02") })
    #expect(!Workshop.codes(compilation).isEmpty)
  }

  @Test func `a connection makes the rule, says where it comes from, and states that it works`()
    throws
  {
    let text = Self.network + "connections: [web talks-to db on [tcp 5432, tcp 5433]]\n"
    let compilation = Workshop.compile(text)
    let blueprint = try #require(
      compilation.blueprint, "\(Workshop.report(compilation.diagnostics, compilation.sources))")
    let group = try #require(blueprint.resources.first { $0.address.text == "db" })
    let aspect = try #require(
      group.lifecycle.aspects.first { $0.comparison.name == "ipPermissions" })
    #expect(aspect.comparison.want.elements.map { $0["FromPort"] } == [5432, 5433])
    #expect(
      aspect.comparison.want.elements.first?["UserIdGroupPairs"].at(["0", "GroupId"])
        == .residual(.output(ResourceAddress("web"), name: "groupId")))
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("connections") }.map { $0 + 1 }
    #expect(group.parts.map(\.origin.line) == [line, line].compactMap { $0 })
    #expect(
      blueprint.invariants.map(\.claim)
        == [5432, 5433].map { port in
          .always(
            from: [.resource(ResourceAddress("web"))], to: [.resource(ResourceAddress("db"))],
            Traffic(.tcp, port...port))
        })
  }

  @Test func `invariants are read as they are written`() throws {
    let compilation = Workshop.compile(
      Self.network + """
        b: S3.Bucket.new { name: "a-bucket", region: AWS.Us-east-1 }
        must: [
          never (internet reaches db),
          only [web] (reaches db on tcp 5432),
          always (cidr "10.0.0.0/8" reaches [web, db] on udp-range 1 9),
          forall fun(x: S3.Bucket): x.(S3.Bucket).encryption != None,
          forall fun(v: EC2.Vpc): v.(EC2.Vpc).vpcId != "vpc-1",
          nobody-outside "s3:GetObject" b "*",
        ]
        """)
    let invariants = try #require(
      compilation.blueprint, "\(Workshop.report(compilation.diagnostics, compilation.sources))"
    ).invariants
    let (web, db) = (
      Endpoint.resource(ResourceAddress("web")), Endpoint.resource(ResourceAddress("db"))
    )
    #expect(invariants.count == 6)
    #expect(invariants[0].title == "never (internet reaches db)")
    #expect(invariants[0].claim == .never(from: [.internet], to: [db], .any))
    #expect(invariants[1].claim == .only(from: [web], to: [db], Traffic(.tcp, 5432...5432)))
    let block = try #require(CIDR("10.0.0.0/8"))
    #expect(
      invariants[2].claim == .always(from: [.cidr(block)], to: [web, db], Traffic(.udp, 1...9)))
    guard case .forall(let type, let results) = invariants[3].claim,
      case .forall(_, let unknown) = invariants[4].claim
    else {
      Issue.record("\(invariants)")
      return
    }
    #expect(type == "Fugue.Core.AWS.S3.Bucket")
    #expect(results.map(\.holds) == [false])
    #expect(unknown.map(\.holds) == [nil])
    #expect(
      invariants[5].claim
        == .nobodyOutside(
          action: "s3:GetObject", resource: ResourceAddress("b"), path: "*"))
  }

  @Test(arguments: [
    ("x: if vpc.(EC2.Vpc).vpcId == \"vpc-1\" then 1 else 2", "FG0305"),
    ("x: case web.(EC2.SecurityGroup).groupId of | \"sg-1\" -> 1 | _ -> 2", "FG0305"),
    (
      "x: SecretsManager.Secret.new { name: \"s\", region: AWS.Us-east-1, secretString: "
        + "Secret.fromEnv(\"NOT_SET\") }", "FG0310"
    ),
    ("x: S3.Bucket.new { name: \"far-away\", region: AWS.Eu-west-1 }", "FG0312"),
    ("x: never (internet reaches 5)", "FG0315"),
    ("x: never (internet reaches {name: \"n\"})", "FG0315"),
    ("x: EC2.Vpc.new { cidrBlock: \"10.0.0.0/8\", region: AWS.Us-east-1 }", "FG0303"),
    (
      "x: EC2.Subnet.new { vpc: vpc, cidrBlock: \"10.1.0.0/24\", availabilityZone: AWS.A }",
      "FG0303"
    ),
  ])
  func `what cannot be is a diagnostic with a place`(text: String, code: String) {
    let compilation = Workshop.compile(Self.network + text + "\n")
    #expect(compilation.blueprint == nil)
    #expect(Workshop.codes(compilation) == [code])
    if code != "FG0312" {
      #expect(
        compilation.diagnostics.first?.labels.first.map {
          compilation.sources[$0.range.source].name
        } == "here/Main.lw")
    }
  }

  @Test(arguments: [
    ("s3:GetObjct", "did you mean \"s3:GetObject\"?"),
    ("s3:ListObjectsV2", "the operation ListObjectsV2 is allowed by \"s3:ListBucket\""),
    ("s4:GetObject", "did you mean \"s3:GetObject\"?"),
    ("s3:Fetch*", nil),
    ("GetObject", "write the service first: \"s3:GetObject\""),
  ])
  func `an action that IAM does not have is no claim`(action: String, hint: String?) {
    let compilation = Workshop.compile(statement(about: action))
    #expect(compilation.blueprint == nil)
    #expect(Workshop.codes(compilation) == ["FG0319"])
    #expect(compilation.diagnostics.first?.hint == hint)
  }

  @Test(arguments: [
    "s3:GetObject", "S3:getobject", "s3:Get*", "s3:*", "*", "s3:ListBucket", "s3:GetObjectVersion",
    "s3:PutEncryptionConfiguration", "sqs:SendMessage",
  ])
  func `an action that IAM has, or a pattern that fits some, is a claim`(action: String) {
    #expect(Workshop.compile(statement(about: action)).blueprint?.invariants.count == 1)
  }

  private func statement(about action: String) -> String {
    Self.network + """
      b: S3.Bucket.new { name: "a-bucket", region: AWS.Us-east-1 }
      must: nobody-outside "\(action)" b "*"

      """
  }

  @Test func `with all planners deleted nothing can be planned`() {
    let compilation = Workshop.compile(Self.network, isHidden: { $0.contains("/Planners/") })
    #expect(compilation.blueprint == nil)
    // Two of the three resources are security groups, and a type is missed once.
    #expect(Workshop.codes(compilation) == ["FG0308", "FG0308"])
  }

  @Test func `a validation judges every value of its type`() {
    let text =
      Self.network + """
        fun named(g: EC2.SecurityGroup) -> Validation.Validation:
          Validation.assert("No group is called 'db'", g.(EC2.SecurityGroup).description != "db")

        validate named

        """
    let compilation = Workshop.compile(text)
    #expect(Workshop.codes(compilation) == ["FG0317"])
    #expect(compilation.diagnostics.first?.headline == "No group is called 'db'")
    #expect(compilation.blueprint == nil)
  }

  @Test func `a library is no composition`() {
    #expect(Workshop.codes(Workshop.compile("x: 1\n")) == ["FG0316"])
    let missing = Ludwig.compile(path: "nowhere/Main.lw", inputs: Workshop.inputs())
    #expect(Workshop.codes(missing) == ["FG0316"])
  }

  @Test func `a value knows the innermost place in the user's text`() throws {
    let compilation = Workshop.compile(
      file: "Scenarios/first-light/main.lw", environment: ["DB_PASSWORD": "hunter2hunter2"])
    let resources = try #require(compilation.blueprint).resources
    let instance = try #require(resources.first { $0.address.text == "app.instances[0]" })
    #expect(instance.origin.file.hasSuffix("Tiers.lw"))
    #expect(instance.origin.text.contains("EC2.Instance.new"))
    let vpc = try #require(resources.first { $0.address.text == "network.vpc" })
    #expect(vpc.origin.text == "network: Network.new {")
  }
}
