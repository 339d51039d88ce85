import CloudModel
import Diagnostics
import Ludwig
import Testing

/// Programs over the whole library, of the kinds that people published.
@Suite struct ProgramTests {
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
