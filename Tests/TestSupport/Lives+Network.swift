import Canon
package import CloudModel

/// Networks, gateways, tables and groups.
extension Lives {
  /// A VPC.
  package static func vpc(_ address: String, cidr: String, hostnames: Bool = false)
    -> DeclaredResource
  {
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

  /// A subnet.
  package static func subnet(_ address: String, vpc: String, cidr: String) -> DeclaredResource {
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
  /// A security group whose rules name other groups.
  package static func group(
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

  /// An internet gateway.
  package static func gateway(_ address: String, vpc: String) -> DeclaredResource {
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
  /// A route table with routes and associations.
  package static func table(
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
}
