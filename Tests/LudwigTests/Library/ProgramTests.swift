import CloudModel
import Diagnostics
import Foundation
import Ludwig
import Testing

/// Programs over the whole library, of the kinds that people published.
@Suite struct ProgramTests {
  /// Programs that read a file or a variable of the environment which is not there.
  private static let outside: Set = [
    "Published/lambda-function", "Published/lambda-api", "Published/database",
    "Field/lambda-events", "Field/Pipelines", "Field/seen-in-use",
  ]

  @Test(arguments: PublishedProgramsTests.programs.filter { !outside.contains($0) })
  func `a published program compiles: all its values can be computed`(program: String) {
    let path = PublishedProgramsTests.folder.appending(path: "\(program).lw").path()
    let outcome = Ludwig.graph(path: path, inputs: Workshop.inputs())
    let report = Workshop.report(outcome.diagnostics, outcome.sources)
    #expect(outcome.diagnostics.allSatisfy { $0.severity != .error }, "\(report)")
  }

  private func compile(_ name: String) -> Compilation {
    Workshop.compile(file: "Tests/LudwigTests/Golden/Programs/\(name).lw")
  }

  /// The types that a compilation could not plan, by the ends of their names.
  private func unplanned(_ compilation: Compilation) -> [String] {
    compilation.diagnostics.filter { $0.code.text == "FG0308" }.map { diagnostic in
      let name = diagnostic.headline.split(separator: "'").dropFirst().first ?? ""
      return String(name.dropFirst("Fugue.Core.AWS.".count))
    }
  }

  @Test(arguments: [
    (
      "web-cluster",
      [
        "AutoScaling.AutoScalingGroup", "AutoScaling.LaunchConfiguration", "CloudWatch.Alarm",
        "EC2.NatGateway", "ELB.LoadBalancer", "Route53.ResourceRecordSet", "SNS.Topic",
      ]
    ),
    (
      "services",
      [
        "CloudFront.Distribution", "DynamoDB.Table", "ECS.Cluster", "ECS.Service",
        "ECS.TaskDefinition", "ELBv2.Listener", "ELBv2.LoadBalancer", "ELBv2.TargetGroup",
        "ElastiCache.CacheCluster", "KMS.Key", "Lambda.Function", "RDS.DBInstance",
        "RDS.DBSubnetGroup", "SNS.Topic", "SQS.Queue",
      ]
    ),
    (
      "peering",
      [
        "EC2.DhcpOptions", "EC2.ElasticIP", "EC2.NatGateway", "EC2.Volume",
        "EC2.VpcPeeringConnection",
      ]
    ),
  ])
  func `a program checks; what has no planner is said once a type`(name: String, types: [String]) {
    let compilation = compile(name)
    let report = Workshop.report(compilation.diagnostics, compilation.sources)
    #expect(compilation.diagnostics.allSatisfy { $0.code.text == "FG0308" }, "\(report)")
    #expect(unplanned(compilation).sorted() == types, "\(report)")
  }

  @Test(arguments: [
    (
      "EC2.Vpc.new { cidrBlock: \"10.0.0.0/16\", region: region, instanceTenancy: EC2.Dedicated }",
      "The field 'instanceTenancy' of Vpc cannot be planned yet; leave it out"
    ),
    (
      "EC2.Vpc.new { cidrBlock: \"10.0.0.0/16\", region: region, resourceId: \"vpc-1\" }",
      "Taking over the existing resource vpc-1 cannot be planned yet; "
        + "leave out 'resourceId', or refer to it with 'external'"
    ),
    (
      "S3.Bucket.new { name: \"log\", region: region, versioning: S3.Enabled, acl: S3.PublicRead }",
      "The field 'acl', 'versioning' of Bucket cannot be planned yet; leave it out"
    ),
    (
      """
      IAM.Role.new { roleName: "r", assumeRolePolicyDocument: "{}", maxSessionDuration: 7200 }
      """,
      "The field 'maxSessionDuration' of Role cannot be planned yet; leave it out"
    ),
  ])
  func `what a planner does not carry out is said by its name`(value: String, message: String) {
    let start = """
      import
        Fugue.AWS as AWS
        Fugue.AWS { EC2 as EC2, S3 as S3, IAM as IAM }
      region: AWS.Us-east-1

      """
    let compilation = Workshop.compile("composition\n\(start)x: \(value)\n")
    #expect(compilation.diagnostics.map(\.headline) == [message])
    #expect(Workshop.it("\(start)it: \(value)\n").diagnostics.isEmpty)
  }

  @Test func `a policy is a composition without resources`() {
    let compilation = compile("policy")
    let report = Workshop.report(compilation.diagnostics, compilation.sources)
    #expect(compilation.blueprint?.resources.isEmpty == true, "\(report)")
  }

  @Test func `validations judge values and the whole graph, and point at what is to blame`() {
    let compilation = compile("validations")
    #expect(Workshop.codes(compilation) == ["FG0317", "FG0317"])
    #expect(
      compilation.diagnostics.map(\.headline).sorted() == [
        "SSH is open to everyone", "There are too many subnets",
      ])
    let open = compilation.diagnostics.first { $0.headline.hasPrefix("SSH") }
    #expect(open?.notes.first == "CIS 4.1")
    #expect(open?.labels.count == 3)
  }
}
