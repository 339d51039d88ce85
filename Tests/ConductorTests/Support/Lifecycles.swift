import Canon
import CloudModel

/// Lifecycles built by hand, as planners in Ludwig would give them, so that the kernel can be
/// tested without the language.
enum Lives {
  static func out(_ address: String, _ name: String) -> Value {
    .residual(.output(ResourceAddress(address), name: name))
  }

  static func item(_ path: String...) -> Value { .residual(.path(.item, path)) }
  static func element(_ path: String...) -> Value { .residual(.path(.element, path)) }

  static func each(_ path: [String], _ body: (Value) -> Value) -> Value {
    .residual(
      .each(source: .path(.item, path), variable: 0, body: body(.residual(.path(.bound(0), [])))))
  }

  static func bound(_ path: String...) -> Value { .residual(.path(.bound(0), path)) }

  static func ec2(_ operation: String, _ parameters: Value) -> CallTemplate {
    CallTemplate(call: Call(service: "ec2", operation: operation, parameters: parameters))
  }

  static func tags(_ kind: String, _ address: String) -> Value {
    [
      [
        "ResourceType": .string(kind),
        "Tags": [
          ["Key": "fugue:address", "Value": .string(address)],
          ["Key": "fugue:process", "Value": .residual(.path(.process, []))],
        ],
      ]
    ]
  }

  static func observed(
    _ operation: String, items: [String], _ address: String, output: String, path: [String],
    goneWhen: [StateTest] = [], details: [Detail] = []
  ) -> Observation {
    Observation(
      call: Call(
        service: "ec2", operation: operation,
        parameters: [
          "Filters": [
            ["Name": "tag:fugue:address", "Values": []],
            ["Name": "tag:fugue:process", "Values": [.residual(.path(.process, []))]],
          ]
        ]),
      batch: ["Filters", "0", "Values"], items: items, identity: .string(address),
      identityOf: .residual(
        .find(
          source: .path(.item, ["Tags"]), key: ["Key"], equals: "fugue:address", path: ["Value"])),
      goneWhen: goneWhen, details: details, outputs: [output: path])
  }

  static let errors: SortedMap<String, ErrorVerb> = [
    "DependencyViolation": .retryAfterDependents, "RequestLimitExceeded": .retry,
  ]

  static func resource(
    _ address: String, _ type: String, _ lifecycle: Lifecycle, uses: [String]
  ) -> DeclaredResource {
    DeclaredResource(
      address: ResourceAddress(address), type: type, declared: .null, lifecycle: lifecycle,
      dependencies: Set(uses).sorted().map { ResourceAddress($0) }, isProtected: false,
      origin: Origin(file: "main.lw", line: 1, column: 1, length: 1, text: address), parts: [])
  }

  static func vpc(_ address: String, cidr: String, hostnames: Bool = false) -> DeclaredResource {
    let id = out(address, "vpcId")
    let life = Lifecycle(
      observation: observed(
        "DescribeVpcs", items: ["Vpcs"], address, output: "vpcId", path: ["VpcId"],
        details: [
          Detail(
            name: "DnsHostnames",
            call: Call(
              service: "ec2", operation: "DescribeVpcAttribute",
              parameters: ["VpcId": item("VpcId"), "Attribute": "enableDnsHostnames"]),
            absentOn: [])
        ]),
      create: [
        CallTemplate(
          call: Call(
            service: "ec2", operation: "CreateVpc",
            parameters: ["CidrBlock": .string(cidr), "TagSpecifications": tags("vpc", address)]),
          yields: ["vpcId": ["Vpc", "VpcId"]])
      ],
      aspects: [
        Aspect(
          kind: .field,
          comparison: Comparison(
            name: "enableDnsHostnames", want: .bool(hostnames),
            have: item("DnsHostnames", "EnableDnsHostnames", "Value")),
          initial: false,
          add: [
            ec2(
              "ModifyVpcAttribute",
              ["VpcId": id, "EnableDnsHostnames": ["Value": .residual(.path(.element, []))]])
          ], remove: [])
      ],
      replaceOn: [Comparison(name: "cidrBlock", want: .string(cidr), have: item("CidrBlock"))],
      delete: [ec2("DeleteVpc", ["VpcId": id])], settle: .visibleTwice, errors: errors,
      bearsData: false)
    return resource(address, "EC2.Vpc", life, uses: [])
  }

  static func subnet(_ address: String, vpc: String, cidr: String) -> DeclaredResource {
    let life = Lifecycle(
      observation: observed(
        "DescribeSubnets", items: ["Subnets"], address, output: "subnetId", path: ["SubnetId"]),
      create: [
        CallTemplate(
          call: Call(
            service: "ec2", operation: "CreateSubnet",
            parameters: [
              "VpcId": out(vpc, "vpcId"), "CidrBlock": .string(cidr),
              "TagSpecifications": tags("subnet", address),
            ]),
          yields: ["subnetId": ["Subnet", "SubnetId"]])
      ],
      aspects: [],
      replaceOn: [
        Comparison(name: "cidrBlock", want: .string(cidr), have: item("CidrBlock")),
        Comparison(name: "vpc", want: out(vpc, "vpcId"), have: item("VpcId")),
      ],
      delete: [ec2("DeleteSubnet", ["SubnetId": out(address, "subnetId")])],
      settle: .visibleTwice, errors: errors, bearsData: false, isExclusive: true)
    return resource(address, "EC2.Subnet", life, uses: [vpc])
  }

  /// A group whose rules let other groups in on a port.
  static func group(
    _ address: String, vpc: String, description: String = "a group",
    from peers: [(group: String, port: Int64)] = []
  ) -> DeclaredResource {
    let id = out(address, "groupId")
    let life = Lifecycle(
      observation: observed(
        "DescribeSecurityGroups", items: ["SecurityGroups"], address, output: "groupId",
        path: ["GroupId"]),
      create: [
        CallTemplate(
          call: Call(
            service: "ec2", operation: "CreateSecurityGroup",
            parameters: [
              "GroupName": .residual(
                .concat([.residual(.path(.process, [])), .string("/" + address)])),
              "Description": .string(description), "VpcId": out(vpc, "vpcId"),
              "TagSpecifications": tags("security-group", address),
            ]),
          yields: ["groupId": ["GroupId"]])
      ],
      aspects: [
        Aspect(
          kind: .set,
          comparison: Comparison(
            name: "ipPermissions",
            want: .list(peers.map { permission(.int($0.port), out($0.group, "groupId")) }),
            have: .residual(
              .each(
                source: .path(.item, ["IpPermissions"]), variable: 0,
                body: .residual(
                  .each(
                    source: .path(.bound(0), ["UserIdGroupPairs"]), variable: 1,
                    body: permission(
                      bound("FromPort"), .residual(.path(.bound(1), ["GroupId"])))))))),
          initial: [],
          add: [
            ec2(
              "AuthorizeSecurityGroupIngress",
              ["GroupId": id, "IpPermissions": .residual(.path(.added, []))])
          ],
          remove: [
            ec2(
              "RevokeSecurityGroupIngress",
              ["GroupId": id, "IpPermissions": .residual(.path(.removed, []))])
          ], clearsBeforeDelete: true)
      ],
      replaceOn: [
        Comparison(name: "description", want: .string(description), have: item("Description")),
        Comparison(name: "vpc", want: out(vpc, "vpcId"), have: item("VpcId")),
      ],
      delete: [ec2("DeleteSecurityGroup", ["GroupId": id])], settle: .visibleTwice,
      errors: errors, bearsData: false, isExclusive: true)
    return resource(address, "EC2.SecurityGroup", life, uses: [vpc] + peers.map(\.group))
  }

  private static func permission(_ port: Value, _ group: Value) -> Value {
    [
      "IpProtocol": "tcp", "FromPort": port, "ToPort": port,
      "UserIdGroupPairs": [["GroupId": group]],
    ]
  }

  static func gateway(_ address: String, vpc: String) -> DeclaredResource {
    let id = out(address, "internetGatewayId")
    let life = Lifecycle(
      observation: observed(
        "DescribeInternetGateways", items: ["InternetGateways"], address,
        output: "internetGatewayId", path: ["InternetGatewayId"]),
      create: [
        CallTemplate(
          call: Call(
            service: "ec2", operation: "CreateInternetGateway",
            parameters: ["TagSpecifications": tags("internet-gateway", address)]),
          yields: ["internetGatewayId": ["InternetGateway", "InternetGatewayId"]])
      ],
      aspects: [
        Aspect(
          kind: .each,
          comparison: Comparison(
            name: "attachment", want: [["VpcId": out(vpc, "vpcId")]],
            have: each(["Attachments"]) { _ in ["VpcId": bound("VpcId")] }),
          initial: [],
          add: [
            ec2("AttachInternetGateway", ["InternetGatewayId": id, "VpcId": element("VpcId")])
          ],
          remove: [
            ec2("DetachInternetGateway", ["InternetGatewayId": id, "VpcId": element("VpcId")])
          ], clearsBeforeDelete: true, key: "vpc")
      ],
      replaceOn: [], delete: [ec2("DeleteInternetGateway", ["InternetGatewayId": id])],
      settle: .visibleTwice, errors: errors, bearsData: false)
    return resource(address, "EC2.InternetGateway", life, uses: [vpc])
  }

  /// A table with routes to gateways, and the subnets that use it.
  static func table(
    _ address: String, vpc: String, cidr: String, routes: [(to: String, gateway: String)] = [],
    subnets: [String] = []
  ) -> DeclaredResource {
    let id = out(address, "routeTableId")
    let local: Value = ["DestinationCidrBlock": .string(cidr), "GatewayId": "local"]
    let life = Lifecycle(
      observation: observed(
        "DescribeRouteTables", items: ["RouteTables"], address, output: "routeTableId",
        path: ["RouteTableId"]),
      create: [
        CallTemplate(
          call: Call(
            service: "ec2", operation: "CreateRouteTable",
            parameters: [
              "VpcId": out(vpc, "vpcId"), "TagSpecifications": tags("route-table", address),
            ]),
          yields: ["routeTableId": ["RouteTable", "RouteTableId"]])
      ],
      aspects: [
        Aspect(
          kind: .each,
          comparison: Comparison(
            name: "routes",
            want: .list(
              [local]
                + routes.map {
                  [
                    "DestinationCidrBlock": .string($0.to),
                    "GatewayId": out($0.gateway, "internetGatewayId"),
                  ]
                }),
            have: each(["Routes"]) { _ in
              [
                "DestinationCidrBlock": bound("DestinationCidrBlock"),
                "GatewayId": bound("GatewayId"),
              ]
            }),
          initial: [local],
          add: [
            ec2(
              "CreateRoute",
              [
                "RouteTableId": id, "DestinationCidrBlock": element("DestinationCidrBlock"),
                "GatewayId": element("GatewayId"),
              ])
          ],
          remove: [
            ec2(
              "DeleteRoute",
              ["RouteTableId": id, "DestinationCidrBlock": element("DestinationCidrBlock")])
          ], key: element("DestinationCidrBlock")),
        associations(id, subnets),
      ],
      replaceOn: [Comparison(name: "vpc", want: out(vpc, "vpcId"), have: item("VpcId"))],
      delete: [ec2("DeleteRouteTable", ["RouteTableId": id])], settle: .visibleTwice,
      errors: errors, bearsData: false)
    return resource(
      address, "EC2.RouteTable", life, uses: [vpc] + routes.map(\.gateway) + subnets)
  }

  private static func associations(_ id: Value, _ subnets: [String]) -> Aspect {
    Aspect(
      kind: .each,
      comparison: Comparison(
        name: "associations", want: .list(subnets.map { ["SubnetId": out($0, "subnetId")] }),
        have: each(["Associations"]) { _ in ["SubnetId": bound("SubnetId")] }),
      initial: [],
      add: [ec2("AssociateRouteTable", ["RouteTableId": id, "SubnetId": element("SubnetId")])],
      remove: [
        ec2(
          "DisassociateRouteTable",
          [
            "AssociationId": .residual(
              .find(
                source: .path(.item, ["Associations"]), key: ["SubnetId"],
                equals: element("SubnetId"), path: ["RouteTableAssociationId"]))
          ])
      ], clearsBeforeDelete: true)
  }

  static func instance(
    _ address: String, subnet: String, groups: [String], image: String = "ami-0123456789abcdef0",
    profile: String? = nil
  ) -> DeclaredResource {
    let id = out(address, "instanceId")
    let life = Lifecycle(
      observation: observed(
        "DescribeInstances", items: ["Reservations", "Instances"], address, output: "instanceId",
        path: ["InstanceId"],
        goneWhen: [StateTest(path: ["State", "Name"], values: ["shutting-down", "terminated"])]),
      create: [
        CallTemplate(
          call: Call(
            service: "ec2", operation: "RunInstances",
            parameters: [
              "ImageId": .string(image), "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1,
              "SubnetId": out(subnet, "subnetId"),
              "SecurityGroupIds": .list(groups.map { out($0, "groupId") }),
              "IamInstanceProfile": profile.map { ["Name": out($0, "name")] } ?? .null,
              "ClientToken": .residual(.path(.token, [])),
              "TagSpecifications": tags("instance", address),
            ]),
          yields: ["instanceId": ["Instances", "0", "InstanceId"]])
      ],
      aspects: [
        Aspect(
          kind: .set,
          comparison: Comparison(
            name: "securityGroups", want: .list(groups.map { out($0, "groupId") }),
            have: each(["SecurityGroups"]) { _ in bound("GroupId") }),
          initial: .list(groups.map { out($0, "groupId") }),
          add: [
            ec2(
              "ModifyInstanceAttribute",
              ["InstanceId": id, "Groups": .list(groups.map { out($0, "groupId") })])
          ], remove: [])
      ],
      replaceOn: [
        Comparison(name: "image", want: .string(image), have: item("ImageId")),
        Comparison(name: "subnet", want: out(subnet, "subnetId"), have: item("SubnetId")),
      ],
      delete: [ec2("TerminateInstances", ["InstanceIds": [id]])],
      settle: .state(path: ["State", "Name"], reached: ["running"], failing: ["terminated"]),
      errors: errors.adding("InvalidParameterValue", .retry), bearsData: true)
    return resource(
      address, "EC2.Instance", life, uses: [subnet] + groups + (profile.map { [$0] } ?? []))
  }
}

extension SortedMap {
  func adding(_ key: Key, _ value: Value) -> SortedMap {
    var copy = self
    copy[key] = value
    return copy
  }
}

/// Resources that are recognised by their names.
extension Lives {
  static let trust = """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
    "Principal":{"Service":"ec2.amazonaws.com"}}]}
    """

  static func named(_ operation: String, _ key: String, _ name: Value) -> CallTemplate {
    CallTemplate(call: Call(service: "iam", operation: operation, parameters: .record([key: name])))
  }

  static let identityErrors: SortedMap<String, ErrorVerb> = [
    "NoSuchEntity": .absent, "EntityAlreadyExists": .present,
    "DeleteConflict": .retryAfterDependents,
    "LimitExceeded": .present,
  ]

  static func identityTags(_ address: String) -> Value {
    [
      ["Key": "fugue:address", "Value": .string(address)],
      ["Key": "fugue:process", "Value": .residual(.path(.process, []))],
    ]
  }

  static func role(_ address: String) -> DeclaredResource {
    let name = Value.residual(
      .concat([.residual(.path(.process, [])), .string("-" + address)]))
    let life = Lifecycle(
      observation: Observation(
        call: Call(service: "iam", operation: "GetRole", parameters: ["RoleName": name]),
        batch: nil, items: ["Role"], identity: name, identityOf: .null, goneWhen: [], details: [],
        outputs: ["name": ["RoleName"]]),
      create: [
        CallTemplate(
          call: Call(
            service: "iam", operation: "CreateRole",
            parameters: [
              "RoleName": name, "AssumeRolePolicyDocument": .string(trust),
              "Tags": identityTags(address),
            ]), yields: ["name": ["Role", "RoleName"]])
      ],
      aspects: [], replaceOn: [], delete: [named("DeleteRole", "RoleName", name)],
      settle: .visibleTwice, errors: identityErrors, bearsData: false, isExclusive: true)
    return resource(address, "IAM.Role", life, uses: [])
  }

  static func profile(_ address: String, role: String) -> DeclaredResource {
    let name = Value.residual(
      .concat([.residual(.path(.process, [])), .string("-" + address)]))
    func link(_ operation: String) -> CallTemplate {
      CallTemplate(
        call: Call(
          service: "iam", operation: operation,
          parameters: ["InstanceProfileName": name, "RoleName": .residual(.path(.element, []))]))
    }
    let life = Lifecycle(
      observation: Observation(
        call: Call(
          service: "iam", operation: "GetInstanceProfile",
          parameters: ["InstanceProfileName": name]),
        batch: nil, items: ["InstanceProfile"], identity: name, identityOf: .null, goneWhen: [],
        details: [], outputs: ["name": ["InstanceProfileName"]]),
      create: [
        CallTemplate(
          call: Call(
            service: "iam", operation: "CreateInstanceProfile",
            parameters: ["InstanceProfileName": name, "Tags": identityTags(address)]),
          yields: ["name": ["InstanceProfile", "InstanceProfileName"]])
      ],
      aspects: [
        Aspect(
          kind: .each,
          comparison: Comparison(
            name: "roles", want: [out(role, "name")],
            have: each(["Roles"]) { _ in bound("RoleName") }),
          initial: [], add: [link("AddRoleToInstanceProfile")],
          remove: [link("RemoveRoleFromInstanceProfile")], clearsBeforeDelete: true)
      ],
      replaceOn: [], delete: [named("DeleteInstanceProfile", "InstanceProfileName", name)],
      settle: .visibleTwice, errors: identityErrors, bearsData: false, isExclusive: true)
    return resource(address, "IAM.InstanceProfile", life, uses: [role])
  }
}
