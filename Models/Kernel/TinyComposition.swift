import Canon
import CloudModel
import CloudSemantics

/// Two resources, the smallest composition with an order: a VPC and a subnet in it. A VPC can be
/// made twice, a subnet cannot; one attribute of the subnet is changed in place.
enum TinyComposition {
  /// The VPC's address.
  static let network = ResourceAddress("net")
  /// The subnet's address.
  static let subnet = ResourceAddress("net.subnet")

  /// It, with the edits that somebody makes by hand.
  static let small = SmallComposition(
    blueprint: Blueprint(
      composition: Digest(of: Array("tiny".utf8)), region: "us-east-1",
      resources: [vpcResource, subnetResource], invariants: []),
    edits: [
      SmallComposition.Edit(name: "deletes the subnet") { account in
        account.subnets.keys.first.map { ec2("DeleteSubnet", ["SubnetId": .string($0)]) }
      },
      SmallComposition.Edit(name: "switches public addresses on") { account in
        account.subnets.keys.first.map {
          ec2(
            "ModifySubnetAttribute",
            ["SubnetId": .string($0), "MapPublicIpOnLaunch": ["Value": true]])
        }
      },
    ],
    things: { account in account.vpcs.keys + account.subnets.keys },
    keepsTwice: { account in account.vpcs.count > 1 || account.subnets.count > 1 },
    isAsDeclared: { account in
      guard account.vpcs.count == 1, account.subnets.count == 1,
        let vpc = account.vpcs.values.first, let subnet = account.subnets.values.first
      else { return false }
      return subnet.vpc == vpc.id && !subnet.mapPublicIpOnLaunch
    }, opening: [])

  /// A call of EC2.
  static func ec2(_ operation: String, _ parameters: Value) -> Call {
    Call(service: "ec2", operation: operation, parameters: parameters)
  }

  /// A declared resource.
  static func resource(
    _ address: ResourceAddress, _ type: String, _ lifecycle: Lifecycle,
    dependencies: [ResourceAddress] = []
  ) -> DeclaredResource {
    DeclaredResource(
      address: address, type: type, declared: [:], lifecycle: lifecycle,
      dependencies: dependencies, isProtected: false,
      origin: Origin(file: "tiny.lw", line: 1, column: 1, length: 1, text: address.text),
      parts: [])
  }

  /// A part of the item that a read gives.
  static func item(_ path: String...) -> Value { .residual(.path(.item, path)) }

  /// The tags that say whose a thing is.
  static func tags(_ type: String, _ address: ResourceAddress) -> Value {
    [
      [
        "ResourceType": .string(type),
        "Tags": [
          ["Key": "fugue:address", "Value": .string(address.text)],
          ["Key": "fugue:process", "Value": .residual(.path(.process, []))],
        ],
      ]
    ]
  }

  /// How a thing is found by its tags.
  static func observation(
    _ operation: String, _ items: String, _ address: ResourceAddress,
    outputs: SortedMap<String, [String]>
  ) -> Observation {
    Observation(
      call: ec2(
        operation,
        [
          "Filters": [
            ["Name": "tag:fugue:process", "Values": [.residual(.path(.process, []))]],
            ["Name": "tag:fugue:address", "Values": []],
          ]
        ]),
      batch: ["Filters", "1", "Values"], items: [items], identity: .string(address.text),
      identityOf: .residual(
        .find(
          source: .path(.item, ["Tags"]), key: ["Key"], equals: "fugue:address",
          path: ["Value"])),
      goneWhen: [], details: [], outputs: outputs)
  }

  /// The VPC.
  static let vpcResource = resource(
    network, "Vpc",
    Lifecycle(
      observation: observation("DescribeVpcs", "Vpcs", network, outputs: ["vpcId": ["VpcId"]]),
      create: [
        CallTemplate(
          call: ec2(
            "CreateVpc",
            ["CidrBlock": "10.0.0.0/16", "TagSpecifications": tags("vpc", network)]),
          yields: ["vpcId": ["Vpc", "VpcId"]])
      ],
      aspects: [],
      replaceOn: [Comparison(name: "cidr", want: "10.0.0.0/16", have: item("CidrBlock"))],
      delete: [CallTemplate(call: ec2("DeleteVpc", ["VpcId": item("VpcId")]))],
      settle: .visibleTwice,
      errors: ["InvalidVpcID.NotFound": .absent, "DependencyViolation": .retryAfterDependents],
      bearsData: false))

  private static let subnetResource = resource(
    subnet, "Subnet",
    Lifecycle(
      observation: observation(
        "DescribeSubnets", "Subnets", subnet, outputs: ["subnetId": ["SubnetId"]]),
      create: [
        CallTemplate(
          call: ec2(
            "CreateSubnet",
            [
              "VpcId": .residual(.output(network, name: "vpcId")), "CidrBlock": "10.0.1.0/24",
              "AvailabilityZone": "us-east-1a", "TagSpecifications": tags("subnet", subnet),
            ]), yields: ["subnetId": ["Subnet", "SubnetId"]])
      ],
      aspects: [
        Aspect(
          kind: .field,
          comparison: Comparison(
            name: "mapPublicIpOnLaunch", want: false, have: item("MapPublicIpOnLaunch")),
          initial: false,
          add: [
            CallTemplate(
              call: ec2(
                "ModifySubnetAttribute",
                [
                  "SubnetId": .residual(.output(subnet, name: "subnetId")),
                  "MapPublicIpOnLaunch": ["Value": .residual(.path(.element, []))],
                ]))
          ], remove: [])
      ],
      replaceOn: [
        Comparison(name: "cidr", want: "10.0.1.0/24", have: item("CidrBlock")),
        Comparison(
          name: "vpc", want: .residual(.output(network, name: "vpcId")), have: item("VpcId")),
      ],
      delete: [CallTemplate(call: ec2("DeleteSubnet", ["SubnetId": item("SubnetId")]))],
      settle: .visibleTwice,
      errors: [
        "InvalidSubnetID.NotFound": .absent, "InvalidSubnet.Conflict": .present,
        "InvalidVpcID.NotFound": .retry, "DependencyViolation": .retryAfterDependents,
      ], bearsData: false), dependencies: [network])
}
