import Canon
import CloudModel

/// A VPC, a subnet and an instance in it. A second instance is made by any second call, unless it
/// bears the token of the first.
enum MachineComposition {
  private static let network = TinyComposition.network
  private static let subnet = TinyComposition.subnet
  private static let machine = ResourceAddress("net.machine")

  /// It, with somebody who ends the instance.
  static let small = SmallComposition(
    blueprint: Blueprint(
      composition: Digest(of: Array("machine".utf8)), region: "us-east-1",
      resources: [
        TinyComposition.vpcResource(network, "10.0.0.0/16"), machineResource,
        TinyComposition.subnetResource(subnet, "10.0.1.0/24", in: network),
      ], invariants: []),
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
    keepsTwice: { TinyComposition.keepsTwice($0) || running(in: $0).count > 1 },
    isAsDeclared: { account in
      TinyComposition.isPair(account, "10.0.0.0/16", "10.0.1.0/24")
        && running(in: account).map(\.subnet) == account.subnets.keys
    }, opening: [], isOfNetworkAlone: false)

  private static func running(in account: AccountState) -> [Instance] {
    account.instances.values.filter { $0.state != .terminated && $0.state != .shuttingDown }
  }

  private static let machineResource = TinyComposition.resource(
    machine, "Instance",
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
      ], bearsData: false), dependencies: [subnet])
}
