import Canon
import CloudModel
import CloudSemantics
import Determinism
import Testing

/// The table of errors and dependencies in AWS's documentation, row by row.
@Suite struct ErrorTableTests {
  /// An account with a network: a VPC, a subnet, a gateway that is attached, a table, a group.
  private struct Net {
    var account = Account()
    var vpc: Value = .null
    var subnet: Value = .null
    var gateway: Value = .null
    var table: Value = .null
    var group: Value = .null
    var acl: Value = .null

    init() {
      vpc = account.ok("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])["Vpc"]["VpcId"]
      subnet =
        account.ok(
          "ec2", "CreateSubnet", ["VpcId": vpc, "CidrBlock": "10.0.1.0/24"])["Subnet"]["SubnetId"]
      gateway =
        account.ok("ec2", "CreateInternetGateway")["InternetGateway"]["InternetGatewayId"]
      account.ok("ec2", "AttachInternetGateway", ["InternetGatewayId": gateway, "VpcId": vpc])
      table =
        account.ok("ec2", "CreateRouteTable", ["VpcId": vpc])["RouteTable"]["RouteTableId"]
      group =
        account.ok(
          "ec2", "CreateSecurityGroup", ["GroupName": "g", "Description": "d", "VpcId": vpc])[
          "GroupId"]
      acl = account.ok("ec2", "CreateNetworkAcl", ["VpcId": vpc])["NetworkAcl"]["NetworkAclId"]
    }

    /// A launch into the subnet.
    func launch(_ more: SortedMap<String, Value> = [:]) -> Value {
      var fields: SortedMap<String, Value> = [
        "ImageId": "ami-0123456789abcdef0", "InstanceType": "t3.micro", "MinCount": 1,
        "MaxCount": 1, "SubnetId": subnet,
      ]
      for (key, value) in more { fields[key] = value }
      return .record(fields)
    }
  }

  @Test func `overlapping subnets and subnets outside their VPC`() {
    var net = Net()
    net.account.refuses(
      "InvalidSubnet.Conflict", "ec2", "CreateSubnet",
      ["VpcId": net.vpc, "CidrBlock": "10.0.1.128/25"])
    net.account.refuses(
      "InvalidSubnet.Range", "ec2", "CreateSubnet",
      ["VpcId": net.vpc, "CidrBlock": "10.1.0.0/24"])
    net.account.refuses(
      "InvalidVpcID.NotFound", "ec2", "CreateSubnet",
      ["VpcId": "vpc-1", "CidrBlock": "10.1.0.0/24"])
    net.account.refuses("InvalidVpc.Range", "ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/8"])
  }

  @Test func `a new group lets everything out`() {
    let net = Net()
    let group = net.account.state.securityGroups[net.group.text ?? ""]
    #expect(group?.egress == [SecurityGroupRule(transport: .any, peer: .cidr(.all))])
    #expect(group?.ingress == [])
  }

  @Test func `duplicate groups and rules, missing groups and rules`() {
    var net = Net()
    func rule(_ peer: Value) -> Value {
      [
        "GroupId": net.group,
        "IpPermissions": [
          [
            "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
            "UserIdGroupPairs": [["GroupId": peer]],
          ]
        ],
      ]
    }
    let own = rule(net.group)
    let missing = rule("sg-1")
    net.account.refuses(
      "InvalidGroup.Duplicate", "ec2", "CreateSecurityGroup",
      ["GroupName": "g", "Description": "d", "VpcId": net.vpc])
    net.account.ok("ec2", "AuthorizeSecurityGroupIngress", own)
    net.account.refuses(
      "InvalidPermission.Duplicate", "ec2", "AuthorizeSecurityGroupIngress", own)
    net.account.refuses("InvalidGroup.NotFound", "ec2", "AuthorizeSecurityGroupIngress", missing)
    net.account.ok("ec2", "RevokeSecurityGroupIngress", own)
    net.account.refuses("InvalidPermission.NotFound", "ec2", "RevokeSecurityGroupIngress", own)
  }

  @Test func `a group that is referenced or used stays`() {
    var net = Net()
    let other = net.account.ok(
      "ec2", "CreateSecurityGroup", ["GroupName": "h", "Description": "d", "VpcId": net.vpc])[
        "GroupId"]
    let rule: Value = [
      "GroupId": other,
      "IpPermissions": [["IpProtocol": "-1", "UserIdGroupPairs": [["GroupId": net.group]]]],
    ]
    net.account.ok("ec2", "AuthorizeSecurityGroupIngress", rule)
    net.account.refuses(
      "DependencyViolation", "ec2", "DeleteSecurityGroup", ["GroupId": net.group])
    net.account.ok("ec2", "RevokeSecurityGroupIngress", rule)
    let launch = net.launch(["SecurityGroupIds": [net.group]])
    let instance = net.account.ok("ec2", "RunInstances", launch).at([
      "Instances", "0", "InstanceId",
    ])
    net.account.refuses(
      "DependencyViolation", "ec2", "DeleteSecurityGroup", ["GroupId": net.group])
    net.account.refuses("DependencyViolation", "ec2", "DeleteSubnet", ["SubnetId": net.subnet])
    net.account.ok("ec2", "TerminateInstances", ["InstanceIds": [instance]])
    net.account.refuses(
      "DependencyViolation", "ec2", "DeleteSecurityGroup", ["GroupId": net.group])
    net.account.settle()
    net.account.ok("ec2", "DeleteSecurityGroup", ["GroupId": net.group])
    net.account.ok("ec2", "DeleteSubnet", ["SubnetId": net.subnet])
  }

  @Test func `attached gateways, associated tables and VPCs in use stay`() {
    var net = Net()
    net.account.refuses(
      "DependencyViolation", "ec2", "DeleteInternetGateway", ["InternetGatewayId": net.gateway])
    let link = net.account.ok(
      "ec2", "AssociateRouteTable", ["RouteTableId": net.table, "SubnetId": net.subnet])[
        "AssociationId"]
    net.account.refuses(
      "DependencyViolation", "ec2", "DeleteRouteTable", ["RouteTableId": net.table])
    net.account.ok("ec2", "DisassociateRouteTable", ["AssociationId": link])
    for (operation, parameter, value) in [
      ("DeleteSubnet", "SubnetId", net.subnet), ("DeleteRouteTable", "RouteTableId", net.table),
      ("DeleteNetworkAcl", "NetworkAclId", net.acl),
    ] {
      net.account.refuses("DependencyViolation", "ec2", "DeleteVpc", ["VpcId": net.vpc])
      net.account.ok("ec2", operation, .record([parameter: value]))
    }
    net.account.refuses("DependencyViolation", "ec2", "DeleteVpc", ["VpcId": net.vpc])
    net.account.ok(
      "ec2", "DetachInternetGateway", ["InternetGatewayId": net.gateway, "VpcId": net.vpc])
    net.account.refuses("DependencyViolation", "ec2", "DeleteVpc", ["VpcId": net.vpc])
    net.account.ok("ec2", "DeleteSecurityGroup", ["GroupId": net.group])
    net.account.ok("ec2", "DeleteVpc", ["VpcId": net.vpc])
  }

  @Test func `a gateway with mapped addresses stays attached; its routes become blackholes`() {
    var net = Net()
    net.account.ok(
      "ec2", "ModifySubnetAttribute",
      ["SubnetId": net.subnet, "MapPublicIpOnLaunch": ["Value": true]])
    let route: Value = [
      "RouteTableId": net.table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": net.gateway,
    ]
    net.account.ok("ec2", "CreateRoute", route)
    net.account.refuses("RouteAlreadyExists", "ec2", "CreateRoute", route)
    let instance = net.account.ok("ec2", "RunInstances", net.launch()).at([
      "Instances", "0", "InstanceId",
    ])
    let detach: Value = ["InternetGatewayId": net.gateway, "VpcId": net.vpc]
    net.account.refuses("DependencyViolation", "ec2", "DetachInternetGateway", detach)
    net.account.ok("ec2", "TerminateInstances", ["InstanceIds": [instance]])
    net.account.settle()
    net.account.ok("ec2", "DetachInternetGateway", detach)
    let shown = net.account.ok("ec2", "DescribeRouteTables", ["RouteTableIds": [net.table]])
    #expect(shown.at(["RouteTables", "0", "Routes", "1", "State"]) == "blackhole")
    net.account.ok("ec2", "AttachInternetGateway", detach)
    #expect(
      net.account.state.routeTables.values.allSatisfy { !$0.routes.contains(where: \.isBlackhole) })
  }

  @Test func `routes to what is not there, and routes that are not there`() {
    var net = Net()
    net.account.refuses(
      "InvalidInternetGatewayID.NotFound", "ec2", "CreateRoute",
      ["RouteTableId": net.table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"])
    net.account.refuses(
      "InvalidRoute.NotFound", "ec2", "DeleteRoute",
      ["RouteTableId": net.table, "DestinationCidrBlock": "0.0.0.0/0"])
    net.account.refuses(
      "InvalidParameterValue", "ec2", "CreateRoute",
      ["RouteTableId": net.table, "DestinationCidrBlock": "10.0.1.0/24", "GatewayId": net.gateway])
  }

  @Test func `duplicate and missing entries of a network ACL`() {
    var net = Net()
    let entry: Value = [
      "NetworkAclId": net.acl, "RuleNumber": 100, "Egress": false, "Protocol": "6",
      "RuleAction": "allow", "CidrBlock": "0.0.0.0/0", "PortRange": ["From": 80, "To": 80],
    ]
    net.account.refuses(
      "InvalidNetworkAclEntry.NotFound", "ec2", "ReplaceNetworkAclEntry", entry)
    net.account.ok("ec2", "CreateNetworkAclEntry", entry)
    net.account.refuses("NetworkAclEntryAlreadyExists", "ec2", "CreateNetworkAclEntry", entry)
    net.account.ok("ec2", "ReplaceNetworkAclEntry", entry)
    let place: Value = ["NetworkAclId": net.acl, "RuleNumber": 100, "Egress": false]
    net.account.ok("ec2", "DeleteNetworkAclEntry", place)
    net.account.refuses("InvalidNetworkAclEntry.NotFound", "ec2", "DeleteNetworkAclEntry", place)
  }

  @Test func `images and profiles that are not there`() {
    var net = Net()
    net.account.state.memories["image/ami-00000000"] = .elsewhere
    let unknown = net.launch(["ImageId": "ami-00000000"])
    net.account.refuses("InvalidAMIID.NotFound", "ec2", "RunInstances", unknown)
    let malformed = net.launch(["ImageId": "ami-xyz"])
    net.account.refuses("InvalidAMIID.Malformed", "ec2", "RunInstances", malformed)
    let missing = net.launch(["IamInstanceProfile": ["Name": "p"]])
    net.account.refuses("InvalidParameterValue", "ec2", "RunInstances", missing)
  }

  @Test func `a token repeats a launch, and refuses another one`() {
    var net = Net()
    let launch = net.launch(["ClientToken": "t"])
    let first = net.account.ok("ec2", "RunInstances", launch)
    let second = net.account.ok("ec2", "RunInstances", launch)
    #expect(first["ReservationId"] == second["ReservationId"])
    #expect(net.account.state.instances.count == 1)
    let other = net.launch(["ClientToken": "t", "InstanceType": "t3.small"])
    net.account.refuses("IdempotentParameterMismatch", "ec2", "RunInstances", other)
    let bare = net.launch()
    net.account.ok("ec2", "RunInstances", bare)
    net.account.ok("ec2", "RunInstances", bare)
    #expect(net.account.state.instances.count == 3)
  }

  @Test func `tables and network ACLs with a token are made once`() {
    var net = Net()
    for (operation, member, id) in [
      ("CreateRouteTable", "RouteTable", "RouteTableId"),
      ("CreateNetworkAcl", "NetworkAcl", "NetworkAclId"),
    ] {
      let call: Value = ["VpcId": net.vpc, "ClientToken": .string(operation)]
      let first = net.account.ok("ec2", operation, call)[member][id]
      #expect(net.account.ok("ec2", operation, call)[member][id] == first)
      net.account.refuses(
        "IdempotentParameterMismatch", "ec2", operation,
        ["VpcId": "vpc-0", "ClientToken": .string(operation)])
    }
  }

  @Test func `quotas`() {
    var account = Account()
    for _ in 0..<5 { account.ok("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"]) }
    account.refuses("VpcLimitExceeded", "ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])
    for _ in 0..<5 { account.ok("ec2", "CreateInternetGateway") }
    account.refuses("InternetGatewayLimitExceeded", "ec2", "CreateInternetGateway", .record([:]))
    var net = Net()
    let many = net.launch(["MinCount": 17, "MaxCount": 17])
    net.account.refuses("VcpuLimitExceeded", "ec2", "RunInstances", many)
  }

  @Test func `unknown operations and missing parameters`() {
    var account = Account()
    account.refuses("InvalidAction", "ec2", "CreateUnicorn", .record([:]))
    account.refuses(
      "UnknownOperationException", "secretsmanager", "CreateUnicorn", .record([:]))
    account.refuses("MissingParameter", "ec2", "DeleteVpc", .record([:]))
    account.refuses("ValidationError", "iam", "CreateRole", ["RoleName": "r"])
    account.refuses("ValidationException", "secretsmanager", "CreateSecret", .record([:]))
    account.refuses("UnsupportedOperation", "ec2", "CreateVpc", ["Ipv6Pool": "x"])
  }
}
