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
      resources: [
        vpcResource(network, "10.0.0.0/16"), subnetResource(subnet, "10.0.1.0/24", in: network),
      ], invariants: []),
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
    keepsTwice: keepsTwice, isAsDeclared: { isPair($0, "10.0.0.0/16", "10.0.1.0/24") },
    opening: [],
    updated: Blueprint(
      composition: Digest(of: Array("tiny, moved".utf8)), region: "us-east-1",
      resources: [
        vpcResource(network, "10.1.0.0/16"), subnetResource(subnet, "10.1.1.0/24", in: network),
      ], invariants: []), isAsUpdated: { isPair($0, "10.1.0.0/16", "10.1.1.0/24") })

  /// Whether two VPCs, or two subnets, are the same thing made twice.
  static let keepsTwice: @Sendable (AccountState) -> Bool = { account in
    let vpcs = account.vpcs.values.map { "\($0.tags["fugue:process"] ?? "") \($0.cidr)" }
    let subnets = account.subnets.values.map { "\($0.vpc) \($0.cidr)" }
    return Set(vpcs).count < vpcs.count || Set(subnets).count < subnets.count
  }

  /// Whether there is one VPC, and one subnet in it.
  static func isPair(_ account: AccountState, _ block: String, _ part: String) -> Bool {
    guard account.vpcs.count == 1, account.subnets.count == 1,
      let vpc = account.vpcs.values.first, let subnet = account.subnets.values.first
    else { return false }
    return subnet.vpc == vpc.id && !subnet.mapPublicIpOnLaunch && "\(vpc.cidr)" == block
      && "\(subnet.cidr)" == part
  }

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

  /// A VPC.
  static func vpcResource(_ network: ResourceAddress, _ block: Value) -> DeclaredResource {
    resource(
      network, "Vpc",
      Lifecycle(
        observation: observation("DescribeVpcs", "Vpcs", network, outputs: ["vpcId": ["VpcId"]]),
        create: [
          CallTemplate(
            call: ec2(
              "CreateVpc",
              ["CidrBlock": block, "TagSpecifications": tags("vpc", network)]),
            yields: ["vpcId": ["Vpc", "VpcId"]])
        ],
        aspects: [],
        replaceOn: [Comparison(name: "cidr", want: block, have: item("CidrBlock"))],
        delete: [CallTemplate(call: ec2("DeleteVpc", ["VpcId": item("VpcId")]))],
        settle: .visibleTwice,
        errors: ["InvalidVpcID.NotFound": .absent, "DependencyViolation": .retryAfterDependents],
        bearsData: false))
  }

  /// A subnet.
  static func subnetResource(
    _ subnet: ResourceAddress, _ block: Value, in network: ResourceAddress, bearsData: Bool = false
  ) -> DeclaredResource {
    resource(
      subnet, "Subnet",
      Lifecycle(
        observation: observation(
          "DescribeSubnets", "Subnets", subnet, outputs: ["subnetId": ["SubnetId"]]),
        create: [
          CallTemplate(
            call: ec2(
              "CreateSubnet",
              [
                "VpcId": .residual(.output(network, name: "vpcId")), "CidrBlock": block,
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
          Comparison(name: "cidr", want: block, have: item("CidrBlock")),
          Comparison(
            name: "vpc", want: .residual(.output(network, name: "vpcId")), have: item("VpcId")),
        ],
        delete: [CallTemplate(call: ec2("DeleteSubnet", ["SubnetId": item("SubnetId")]))],
        settle: .visibleTwice,
        errors: [
          "InvalidSubnetID.NotFound": .absent, "InvalidSubnet.Conflict": .present,
          "InvalidVpcID.NotFound": .retry, "DependencyViolation": .retryAfterDependents,
        ], bearsData: bearsData), dependencies: [network])
  }
}
