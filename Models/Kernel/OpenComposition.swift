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

  /// A group with two rules, each made by a call of its own; updated, with two others.
  static let rules: SmallComposition = {
    func blueprint(_ name: String, _ ports: [Int64]) -> Blueprint {
      var resource = groupResource
      let rules = ports.map { permission(.int($0), "0.0.0.0/0") }
      resource.lifecycle.aspects = [
        Aspect(
          kind: .each,
          comparison: Comparison(name: "ipPermissions", want: .list(rules), have: rulesOfItem),
          initial: [], add: [change("AuthorizeSecurityGroupIngress", one)],
          remove: [change("RevokeSecurityGroupIngress", one)])
      ]
      return Blueprint(
        composition: Digest(of: Array(name.utf8)), region: "us-east-1",
        resources: [TinyComposition.vpcResource(TinyComposition.network, "10.0.0.0/16"), resource],
        invariants: [])
    }
    @Sendable func opens(_ ports: [UInt16], in account: AccountState) -> Bool {
      account.vpcs.count == 1
        && made(in: account).map { $0.ingress.map(\.ports.lowerBound).sorted() } == [ports]
    }
    return SmallComposition(
      blueprint: blueprint("rules", [443, 444]),
      edits: [
        SmallComposition.Edit(name: "closes a port by hand") { account in
          made(in: account).first { !$0.ingress.isEmpty }.map { group in
            TinyComposition.ec2(
              "RevokeSecurityGroupIngress",
              ["GroupId": .string(group.id), "IpPermissions": [permission(443, "0.0.0.0/0")]])
          }
        }
      ], things: small.things, keepsTwice: small.keepsTwice,
      isAsDeclared: { opens([443, 444], in: $0) }, opening: ["AuthorizeSecurityGroupIngress"],
      updated: blueprint("rules, other", [445, 446]),
      isAsUpdated: { opens([445, 446], in: $0) },
      isUp: { account in made(in: account).contains { !$0.ingress.isEmpty } })
  }()

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

  private static let one: Value = [.residual(.path(.element, []))]

  private static func change(_ operation: String, _ rules: Value) -> CallTemplate {
    CallTemplate(
      call: TinyComposition.ec2(
        operation,
        ["GroupId": .residual(.output(group, name: "groupId")), "IpPermissions": rules]))
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
          initial: [],
          add: [change("AuthorizeSecurityGroupIngress", .residual(.path(.added, [])))],
          remove: [change("RevokeSecurityGroupIngress", .residual(.path(.removed, [])))])
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
