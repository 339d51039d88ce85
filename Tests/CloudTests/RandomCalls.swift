import Canon
import CloudModel
import CloudSemantics
import Determinism

/// Random calls on a small account: some right, some wrong, names taken from what is there.
struct RandomCalls {
  var source: RandomSource

  init(seed: UInt64) { source = RandomSource(Seed(seed)) }

  private mutating func pick(_ names: [String], or fallback: String) -> Value {
    if names.isEmpty || source.below(20) == 0 { return .string(fallback) }
    return .string(names[source.below(names.count)])
  }

  private mutating func block() -> Value {
    let lengths = [16, 20, 24, 24, 26, 28]
    let length = lengths[source.below(lengths.count)]
    let bits = UInt32(10) << 24 | UInt32(source.below(4)) << 16 | UInt32(source.below(8)) << 8
    return .string(CIDR(IPv4Address(bits: bits), length: length).description)
  }

  private mutating func tags() -> Value {
    .list((0..<source.below(3)).map { ["Key": .string("k\($0)"), "Value": .string("v\($0)")] })
  }

  private mutating func permission(_ account: AccountState) -> Value {
    let transports = ["tcp", "udp", "icmp", "-1", "6", "50"]
    let port = Int64([22, 80, 443, 5432][source.below(4)])
    var fields: SortedMap<String, Value> = [
      "IpProtocol": .string(transports[source.below(transports.count)])
    ]
    if fields["IpProtocol"] == "icmp" {
      fields["FromPort"] = 8
      fields["ToPort"] = -1
    } else if fields["IpProtocol"] != "-1", fields["IpProtocol"] != "50" {
      fields["FromPort"] = .int(port)
      fields["ToPort"] = .int(port + Int64(source.below(3)))
    }
    switch source.below(3) {
    case 0:
      fields["IpRanges"] = [["CidrIp": block()], ["CidrIp": "0.0.0.0/0", "Description": "x"]]
    case 1: fields["Ipv6Ranges"] = [["CidrIpv6": "::/0"]]
    default:
      fields["UserIdGroupPairs"] = [["GroupId": pick(account.securityGroups.keys, or: "sg-0")]]
    }
    return .record(fields)
  }

  /// The next call.
  mutating func next(on account: AccountState) -> Call {
    switch source.below(10) {
    case 0...5: network(account)
    case 6: compute(account)
    default: services(account)
    }
  }

  private func ec2(_ operation: String, _ parameters: Value) -> Call {
    Call(service: "ec2", operation: operation, parameters: parameters)
  }

  private mutating func network(_ account: AccountState) -> Call {
    let vpc = pick(account.vpcs.keys, or: "vpc-0")
    let subnet = pick(account.subnets.keys, or: "subnet-0")
    let table = pick(account.routeTables.keys, or: "rtb-0")
    let acl = pick(account.networkACLs.keys, or: "acl-0")
    let group = pick(account.securityGroups.keys, or: "sg-0")
    let gateway = pick(account.internetGateways.keys, or: "igw-0")
    let tableLinks = account.routeTables.values.flatMap(\.associations.keys)
    let aclLinks = account.networkACLs.values.flatMap(\.associations.keys)
    switch source.below(26) {
    case 0, 1: return ec2("CreateVpc", ["CidrBlock": block()])
    case 2: return ec2("DeleteVpc", ["VpcId": vpc])
    case 3: return ec2("ModifyVpcAttribute", ["VpcId": vpc, "EnableDnsHostnames": ["Value": true]])
    case 4, 5, 6: return ec2("CreateSubnet", ["VpcId": vpc, "CidrBlock": block()])
    case 7: return ec2("DeleteSubnet", ["SubnetId": subnet])
    case 8:
      return ec2(
        "ModifySubnetAttribute", ["SubnetId": subnet, "MapPublicIpOnLaunch": ["Value": true]])
    case 9: return ec2("CreateInternetGateway", .record([:]))
    case 10: return ec2("AttachInternetGateway", ["InternetGatewayId": gateway, "VpcId": vpc])
    case 11: return ec2("DetachInternetGateway", ["InternetGatewayId": gateway, "VpcId": vpc])
    case 12: return ec2("DeleteInternetGateway", ["InternetGatewayId": gateway])
    case 13: return ec2("CreateRouteTable", ["VpcId": vpc])
    case 14: return ec2("DeleteRouteTable", ["RouteTableId": table])
    case 15:
      return ec2(
        "CreateRoute",
        ["RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway])
    case 16:
      return ec2("DeleteRoute", ["RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0"])
    case 17: return ec2("AssociateRouteTable", ["RouteTableId": table, "SubnetId": subnet])
    case 18:
      return ec2(
        "ReplaceRouteTableAssociation",
        ["AssociationId": pick(tableLinks, or: "rtbassoc-0"), "RouteTableId": table])
    case 19: return ec2("CreateNetworkAcl", ["VpcId": vpc])
    case 20: return ec2("DeleteNetworkAcl", ["NetworkAclId": acl])
    case 21:
      return ec2(
        "ReplaceNetworkAclAssociation",
        ["AssociationId": pick(aclLinks, or: "aclassoc-0"), "NetworkAclId": acl])
    case 22: return entry(acl)
    case 23:
      return ec2(
        "CreateSecurityGroup",
        [
          "GroupName": .string("g\(source.below(6))"), "Description": "d", "VpcId": vpc,
          "TagSpecifications": [["ResourceType": "security-group", "Tags": tags()]],
        ])
    case 24: return ec2("DeleteSecurityGroup", ["GroupId": group])
    default: return rules(group, account)
    }
  }

  private mutating func entry(_ acl: Value) -> Call {
    let isEgress = source.below(2) == 0
    let number = Int64(100 + source.below(5))
    if source.below(4) == 0 {
      return ec2(
        "DeleteNetworkAclEntry",
        ["NetworkAclId": acl, "RuleNumber": .int(number), "Egress": .bool(isEgress)])
    }
    return ec2(
      source.below(3) == 0 ? "ReplaceNetworkAclEntry" : "CreateNetworkAclEntry",
      [
        "NetworkAclId": acl, "RuleNumber": .int(number), "Egress": .bool(isEgress),
        "Protocol": source.below(2) == 0 ? "6" : "-1", "CidrBlock": block(),
        "RuleAction": source.below(2) == 0 ? "allow" : "deny",
        "PortRange": ["From": 80, "To": 443],
      ])
  }

  private mutating func rules(_ group: Value, _ account: AccountState) -> Call {
    let verb = source.below(3) == 0 ? "Revoke" : "Authorize"
    let side = source.below(2) == 0 ? "Ingress" : "Egress"
    return ec2(
      "\(verb)SecurityGroup\(side)",
      ["GroupId": group, "IpPermissions": [permission(account), permission(account)]])
  }

  private mutating func compute(_ account: AccountState) -> Call {
    let instance = pick(account.instances.keys, or: "i-0")
    switch source.below(6) {
    case 0, 1, 2:
      return ec2(
        "RunInstances",
        [
          "ImageId": "ami-0123456789abcdef0", "InstanceType": "t2.micro",
          "MinCount": 1, "MaxCount": .int(Int64(1 + source.below(3))),
          "SubnetId": pick(account.subnets.keys, or: "subnet-0"),
          "IamInstanceProfile": source.below(2) == 0
            ? .null : ["Name": pick(account.instanceProfiles.keys, or: "none")],
          "TagSpecifications": [["ResourceType": "instance", "Tags": tags()]],
        ])
    case 3: return ec2("TerminateInstances", ["InstanceIds": [instance]])
    case 4: return ec2("StopInstances", ["InstanceIds": [instance]])
    default: return ec2("StartInstances", ["InstanceIds": [instance]])
    }
  }

  private mutating func services(_ account: AccountState) -> Call {
    let trust: Value =
      #"{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#
    let policy: Value = #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#
    let name = Value.string("n\(source.below(4))-x")
    func call(_ service: String, _ operation: String, _ parameters: Value) -> Call {
      Call(service: service, operation: operation, parameters: parameters)
    }
    switch source.below(16) {
    case 0, 1: return call("s3", "CreateBucket", ["Bucket": name])
    case 2: return call("s3", "DeleteBucket", ["Bucket": name])
    case 3: return call("s3", "PutBucketTagging", ["Bucket": name, "Tagging": ["TagSet": tags()]])
    case 4: return call("s3", "DeletePublicAccessBlock", ["Bucket": name])
    case 5:
      return call("iam", "CreateRole", ["RoleName": name, "AssumeRolePolicyDocument": trust])
    case 6: return call("iam", "DeleteRole", ["RoleName": name])
    case 7:
      return call(
        "iam", "PutRolePolicy",
        ["RoleName": name, "PolicyName": "p", "PolicyDocument": policy])
    case 8: return call("iam", "DeleteRolePolicy", ["RoleName": name, "PolicyName": "p"])
    case 9: return call("iam", "CreateInstanceProfile", ["InstanceProfileName": name])
    case 10:
      return call(
        "iam", "AddRoleToInstanceProfile", ["InstanceProfileName": name, "RoleName": name])
    case 11: return call("iam", "DeleteInstanceProfile", ["InstanceProfileName": name])
    case 12: return call("secretsmanager", "CreateSecret", ["Name": name, "SecretString": "s"])
    case 13: return call("secretsmanager", "DeleteSecret", ["SecretId": name])
    case 14: return call("sqs", "CreateQueue", ["QueueName": name, "tags": ["a": "b"]])
    default:
      let url = "https://sqs.us-east-1.amazonaws.com/123456789012/" + (name.text ?? "")
      return call("sqs", "DeleteQueue", ["QueueUrl": .string(url)])
    }
  }
}
