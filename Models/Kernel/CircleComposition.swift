import Canon
import CloudModel

/// A VPC and two groups that let each other in: neither can be deleted before the other has let go
/// of it.
enum CircleComposition {
  private static let network = TinyComposition.network
  private static let (one, other) = (ResourceAddress("one"), ResourceAddress("other"))

  /// It; updated, one group is left, of which no rules are declared: it lets nobody in.
  static let small: SmallComposition = {
    var small = SmallComposition(
      blueprint: blueprint(
        "circle", [group(one, lettingIn: [other]), group(other, lettingIn: [one])]),
      edits: [],
      things: { $0.vpcs.keys + OpenComposition.made(in: $0).map(\.id) },
      keepsTwice: { account in
        let names = OpenComposition.made(in: account).map { "\($0.vpc) \($0.name)" }
        return account.vpcs.count > 1 || Set(names).count < names.count
      },
      isAsDeclared: { rules(in: $0) == ["one": 1, "other": 1] }, opening: [],
      updated: blueprint("circle, opened", [group(one, lettingIn: nil)]),
      isAsUpdated: { rules(in: $0) == ["one": 0] })
    small.usesWhatIsReady = false
    return small
  }()

  /// How many rules each group has, by name; nil where there is not one VPC.
  private static func rules(in account: AccountState) -> [String: Int]? {
    guard account.vpcs.count == 1 else { return nil }
    return Dictionary(
      OpenComposition.made(in: account).map { ($0.name, $0.ingress.count) },
      uniquingKeysWith: { $0 + $1 })
  }

  private static func blueprint(_ name: String, _ groups: [DeclaredResource]) -> Blueprint {
    Blueprint(
      composition: Digest(of: Array(name.utf8)), region: "us-east-1",
      resources: [TinyComposition.vpcResource(network, "10.0.0.0/16")] + groups, invariants: [])
  }

  private static func group(
    _ address: ResourceAddress, lettingIn peers: [ResourceAddress]?
  ) -> DeclaredResource {
    let plain = OpenComposition.groupResource.lifecycle
    let id = Value.residual(.output(address, name: "groupId"))
    let rules =
      peers.map { Value.list($0.map { permission(.output($0, name: "groupId")) }) } ?? .null
    func change(_ operation: String, _ variable: Variable) -> CallTemplate {
      CallTemplate(
        call: TinyComposition.ec2(
          operation, ["GroupId": id, "IpPermissions": .residual(.path(variable, []))]))
    }
    return TinyComposition.resource(
      address, "SecurityGroup",
      Lifecycle(
        observation: TinyComposition.observation(
          "DescribeSecurityGroups", "SecurityGroups", address, outputs: ["groupId": ["GroupId"]]),
        create: [
          CallTemplate(
            call: TinyComposition.ec2(
              "CreateSecurityGroup",
              [
                "GroupName": .string(address.text), "Description": "in a circle",
                "VpcId": .residual(.output(network, name: "vpcId")),
                "TagSpecifications": TinyComposition.tags("security-group", address),
              ]), yields: ["groupId": ["GroupId"]])
        ],
        aspects: [
          Aspect(
            kind: .set,
            comparison: Comparison(
              name: "ipPermissions", want: rules, have: rulesOfItem),
            initial: [], add: [change("AuthorizeSecurityGroupIngress", .added)],
            remove: [change("RevokeSecurityGroupIngress", .removed)])
        ],
        replaceOn: plain.replaceOn, delete: plain.delete, settle: .visibleTwice,
        errors: plain.errors, bearsData: false), dependencies: [network] + (peers ?? []))
  }

  private static func permission(_ peer: Residual) -> Value {
    [
      "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
      "UserIdGroupPairs": [["GroupId": .residual(peer)]],
    ]
  }

  /// The rules that an item shows, each with one group.
  private static let rulesOfItem = Value.residual(
    .each(
      source: .path(.item, ["IpPermissions"]), variable: 0,
      body: .residual(
        .each(
          source: .path(.bound(0), ["UserIdGroupPairs"]), variable: 1,
          body: permission(.path(.bound(1), ["GroupId"]))))))
}
