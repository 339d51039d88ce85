import Canon
import CloudModel

/// A VPC, a subnet and an instance in it. A second instance is made by any second call, unless it
/// bears the token of the first.
enum MachineComposition {
  private static let network = TinyComposition.network
  private static let subnet = TinyComposition.subnet
  private static let machine = ResourceAddress("net.machine")

  /// It, with somebody who ends the instance; updated, the subnet is another one.
  static let small = SmallComposition(
    blueprint: blueprint("machine", block: "10.0.1.0/24"),
    edits: [
      SmallComposition.Edit(name: "ends the instance") { account in
        running(in: account).first.map {
          TinyComposition.ec2("TerminateInstances", ["InstanceIds": [.string($0.id)]])
        }
      }
    ],
    things: { account in
      account.vpcs.keys + account.subnets.keys + running(in: account).map(\.id)
    },
    readyThings: { account in
      account.vpcs.keys + account.subnets.keys
        + account.instances.values.filter { $0.state == .running }.map(\.id)
    },
    keepsTwice: { account in
      let subnets = running(in: account).map(\.subnet)
      return TinyComposition.keepsTwice(account) || Set(subnets).count < subnets.count
    },
    isAsDeclared: { account in
      TinyComposition.isPair(account, "10.0.0.0/16", "10.0.1.0/24")
        && running(in: account).map(\.subnet) == account.subnets.keys
    }, opening: [], updated: blueprint("machine, moved", block: "10.0.2.0/24"),
    isAsUpdated: { account in
      TinyComposition.isPair(account, "10.0.0.0/16", "10.0.2.0/24")
        && running(in: account).map(\.subnet) == account.subnets.keys
    }, isOfNetworkAlone: false)

  /// The same with a group that has a rule, and in which the instance is.
  static let whole: SmallComposition = {
    var whole = small
    whole.blueprint = blueprint("whole", block: "10.0.1.0/24", isInGroup: true)
    whole.isAsDeclared = { account in
      let groups = OpenComposition.made(in: account)
      return small.isAsDeclared(account) && groups.flatMap(\.ingress).map(\.ports) == [443...443]
    }
    whole.things = { small.things($0) + OpenComposition.made(in: $0).map(\.id) }
    whole.readyThings = { account in
      (small.readyThings?(account) ?? []) + OpenComposition.made(in: account).map(\.id)
    }
    return whole
  }()

  private static func blueprint(
    _ name: String, block: Value, isInGroup: Bool = false
  ) -> Blueprint {
    Blueprint(
      composition: Digest(of: Array(name.utf8)), region: "us-east-1",
      resources: [
        TinyComposition.vpcResource(network, "10.0.0.0/16"), machineResource(isInGroup: isInGroup),
        TinyComposition.subnetResource(subnet, block, in: network),
      ] + (isInGroup ? [OpenComposition.groupResource] : []), invariants: [])
  }

  private static func running(in account: AccountState) -> [Instance] {
    account.instances.values.filter { $0.state != .terminated && $0.state != .shuttingDown }
  }

  private static func machineResource(isInGroup: Bool) -> DeclaredResource {
    let group = OpenComposition.groupResource.address
    let groups: Value = isInGroup ? [.residual(.output(group, name: "groupId"))] : .null
    return TinyComposition.resource(
      machine, "Instance", lifecycle(groups: groups),
      dependencies: isInGroup ? [subnet, group] : [subnet])
  }

  private static func lifecycle(groups: Value) -> Lifecycle {
    Lifecycle(
      observation: Observation(
        call: TinyComposition.observation(
          "DescribeInstances", "Reservations", machine, outputs: [:]
        ).call, batch: ["Filters", "1", "Values"], items: ["Reservations", "Instances"],
        identity: .string(machine.text),
        identityOf: .residual(
          .find(
            source: .path(.item, ["Tags"]), key: ["Key"], equals: "fugue:address",
            path: ["Value"])),
        goneWhen: [StateTest(path: ["State", "Name"], values: ["shutting-down", "terminated"])],
        details: [], outputs: ["instanceId": ["InstanceId"]]),
      create: [
        CallTemplate(
          call: TinyComposition.ec2(
            "RunInstances",
            [
              "ImageId": "ami-0123456789abcdef0", "InstanceType": "t3.micro", "MinCount": 1,
              "MaxCount": 1, "SubnetId": .residual(.output(subnet, name: "subnetId")),
              "SecurityGroupIds": groups,
              "ClientToken": .residual(.path(.token, [])),
              "TagSpecifications": TinyComposition.tags("instance", machine),
            ]), yields: ["instanceId": ["Instances", "0", "InstanceId"]])
      ],
      aspects: [],
      replaceOn: [
        Comparison(
          name: "subnet", want: .residual(.output(subnet, name: "subnetId")),
          have: TinyComposition.item("SubnetId"))
      ],
      delete: [
        CallTemplate(
          call: TinyComposition.ec2(
            "TerminateInstances", ["InstanceIds": [TinyComposition.item("InstanceId")]]))
      ],
      settle: .state(path: ["State", "Name"], reached: ["running"], failing: ["terminated"]),
      errors: [
        "InvalidInstanceID.NotFound": .absent, "InvalidSubnetID.NotFound": .retry,
        "IncorrectInstanceState": .retry,
      ], bearsData: false)
  }
}
