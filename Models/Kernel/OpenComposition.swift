import Canon
import CloudModel

/// Two resources, the second of which is opened by a step of its own after it was made: a VPC, and
/// a security group with a rule.
enum OpenComposition {
  private static let group = ResourceAddress("web")

  /// It, with somebody who opens more by hand.
  static let small = SmallComposition(
    blueprint: Blueprint(
      composition: Digest(of: Array("open".utf8)), region: "us-east-1",
      resources: [
        TinyComposition.vpcResource(TinyComposition.network, "10.0.0.0/16"), groupResource,
      ], invariants: []),
    edits: [
      SmallComposition.Edit(name: "opens SSH by hand") { account in
        made(in: account).first.map { group in
          TinyComposition.ec2(
            "AuthorizeSecurityGroupIngress",
            ["GroupId": .string(group.id), "IpPermissions": [permission(22, "0.0.0.0/0")]])
        }
      }
    ],
    things: { account in account.vpcs.keys + made(in: account).map(\.id) },
    keepsTwice: { account in account.vpcs.count > 1 || made(in: account).count > 1 },
    isAsDeclared: { account in
      guard account.vpcs.count == 1, made(in: account).count == 1,
        let group = made(in: account).first
      else { return false }
      return group.ingress.map(\.ports) == [443...443]
    }, opening: ["AuthorizeSecurityGroupIngress"])

  /// Groups that did not come with a VPC.
  static func made(in account: AccountState) -> [SecurityGroup] {
    account.securityGroups.values.filter { $0.name != "default" }
  }

  private static func permission(_ port: Value, _ block: Value) -> Value {
    [
      "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [["CidrIp": block]],
    ]
  }

  /// The rules that an item shows, each with one block.
  private static let rulesOfItem = Value.residual(
    .each(
      source: .path(.item, ["IpPermissions"]), variable: 0,
      body: .residual(
        .each(
          source: .path(.bound(0), ["IpRanges"]), variable: 1,
          body: permission(
            .residual(.path(.bound(0), ["FromPort"])), .residual(.path(.bound(1), ["CidrIp"])))))))

  private static func change(_ operation: String, _ variable: Variable) -> CallTemplate {
    CallTemplate(
      call: TinyComposition.ec2(
        operation,
        [
          "GroupId": .residual(.output(group, name: "groupId")),
          "IpPermissions": .residual(.path(variable, [])),
        ]))
  }

  /// A group with a rule.
  static let groupResource = TinyComposition.resource(
    group, "SecurityGroup",
    Lifecycle(
      observation: TinyComposition.observation(
        "DescribeSecurityGroups", "SecurityGroups", group, outputs: ["groupId": ["GroupId"]]),
      create: [
        CallTemplate(
          call: TinyComposition.ec2(
            "CreateSecurityGroup",
            [
              "GroupName": "web", "Description": "web",
              "VpcId": .residual(.output(TinyComposition.network, name: "vpcId")),
              "TagSpecifications": TinyComposition.tags("security-group", group),
            ]), yields: ["groupId": ["GroupId"]])
      ],
      aspects: [
        Aspect(
          kind: .set,
          comparison: Comparison(
            name: "ipPermissions", want: [permission(443, "0.0.0.0/0")], have: rulesOfItem),
          initial: [], add: [change("AuthorizeSecurityGroupIngress", .added)],
          remove: [change("RevokeSecurityGroupIngress", .removed)])
      ],
      replaceOn: [
        Comparison(
          name: "vpc", want: .residual(.output(TinyComposition.network, name: "vpcId")),
          have: TinyComposition.item("VpcId"))
      ],
      delete: [
        CallTemplate(
          call: TinyComposition.ec2(
            "DeleteSecurityGroup", ["GroupId": TinyComposition.item("GroupId")]))
      ],
      settle: .visibleTwice,
      errors: [
        "InvalidGroup.NotFound": .absent, "InvalidGroup.Duplicate": .present,
        "InvalidVpcID.NotFound": .retry, "DependencyViolation": .retryAfterDependents,
        "InvalidPermission.Duplicate": .present, "InvalidPermission.NotFound": .absent,
      ], bearsData: false), dependencies: [TinyComposition.network])
}
