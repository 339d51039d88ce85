import Canon
import CloudModel

/// VPCs.
///
/// Source: Amazon EC2 API Reference, CreateVpc, DeleteVpc, ModifyVpcAttribute; Amazon VPC User
/// Guide, "Default and nondefault VPC components".
let vpcOperations: [Operation] = [
  .write("ec2", "CreateVpc", takes: "CidrBlock InstanceTenancy TagSpecifications", createVpc),
  .write("ec2", "DeleteVpc", needs: "VpcId", deleteVpc),
  .write(
    "ec2", "ModifyVpcAttribute", needs: "VpcId", takes: "EnableDnsSupport EnableDnsHostnames",
    modifyVpcAttribute),
  .read("ec2", "DescribeVpcs", takes: "VpcIds Filters MaxResults NextToken") {
    turn throws(CallError) in try turn.describe(Vpc.self, ids: "VpcIds", as: "Vpcs")
  },
  .read("ec2", "DescribeVpcAttribute", needs: "VpcId Attribute", describeVpcAttribute),
  .read(
    "ec2", "DescribeAvailabilityZones", takes: "ZoneNames Filters AllAvailabilityZones",
    describeZones),
]

extension Vpc: Described {
  static var notFoundCode: String { "InvalidVpcID.NotFound" }
  static var noun: String { "vpc ID" }

  func values(ofFilter name: String, in account: AccountState) -> [String]? {
    switch name {
    case "vpc-id": [id]
    case "cidr", "cidr-block-association.cidr-block": [cidr.description]
    case "is-default", "isDefault": ["false"]
    case "state": ["available"]
    default: nil
    }
  }

  func value(in account: AccountState) -> Value {
    .fields([
      ("VpcId", .string(id)), ("CidrBlock", .string(cidr.description)),
      ("State", "available"), ("OwnerId", .string(account.accountID)),
      ("InstanceTenancy", "default"), ("IsDefault", false), ("Tags", .tagList(tags)),
      (
        "CidrBlockAssociationSet",
        [
          [
            "AssociationId": .string("vpc-cidr-assoc-" + id.dropFirst(4)),
            "CidrBlock": .string(cidr.description),
            "CidrBlockState": ["State": "associated"],
          ]
        ]
      ),
    ])
  }
}

private func createVpc(_ turn: inout Turn) throws(CallError) -> Value {
  let cidr = try turn.parameters.needCIDR("CidrBlock")
  guard (16...28).contains(cidr.length) else {
    throw CallError("InvalidVpc.Range", "The CIDR '\(cidr)' is invalid.")
  }
  if let tenancy = try turn.parameters.text("InstanceTenancy"), tenancy != "default" {
    throw turn.parameters.invalid("instanceTenancy", tenancy)
  }
  let tags = try turn.parameters.tagSpecification("vpc")
  guard turn.account.vpcs.count < turn.account.quotas.vpcs else {
    throw CallError("VpcLimitExceeded", "The maximum number of VPCs has been reached.")
  }
  let vpc = Vpc(id: turn.mint("vpc"), cidr: cidr, tags: tags)
  turn.put(vpc)
  turn.makeImplicitObjects(of: vpc)
  var shown = vpc.value(in: turn.account).fields
  shown["State"] = "pending"
  return ["Vpc": .record(shown)]
}

extension Turn {
  /// What AWS makes along with a VPC: the main route table with the local route, the default
  /// network ACL that allows everything, the default group that allows everything from itself.
  fileprivate mutating func makeImplicitObjects(of vpc: Vpc) {
    put(
      RouteTable(
        id: mint("rtb"), vpc: vpc.id, isMain: true,
        routes: [Route(destination: vpc.cidr, target: .local)]))
    put(
      NetworkACL(
        id: mint("acl"), vpc: vpc.id, isDefault: true,
        entries: [false, true].map { isEgress in
          NetworkACLEntry(
            number: 100, isEgress: isEgress, isAllow: true, transport: .any, cidr: .all)
        }))
    let group = mint("sg")
    put(
      SecurityGroup(
        id: group, vpc: vpc.id, name: "default", description: "default VPC security group",
        ingress: [SecurityGroupRule(transport: .any, peer: .group(group))],
        egress: [.allowAll]))
  }

  /// The VPC's default network ACL.
  func defaultNetworkACL(of vpc: String) -> NetworkACL? {
    account.networkACLs.values.first { $0.vpc == vpc && $0.isDefault }
  }
}

extension SecurityGroupRule {
  /// The rule that AWS puts into each new group's egress: everything to everywhere.
  static let allowAll = SecurityGroupRule(transport: .any, peer: .cidr(.all))
}

private func deleteVpc(_ turn: inout Turn) throws(CallError) -> Value {
  let vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  let account = turn.account
  let tables = account.routeTables.values.filter { $0.vpc == vpc.id }
  let acls = account.networkACLs.values.filter { $0.vpc == vpc.id }
  let groups = account.securityGroups.values.filter { $0.vpc == vpc.id }
  let isNeeded =
    account.subnets.values.contains { $0.vpc == vpc.id }
    || account.internetGateways.values.contains { $0.vpc == vpc.id }
    || tables.contains { !$0.isMain } || acls.contains { !$0.isDefault }
    || groups.contains { $0.name != "default" }
  guard !isNeeded else {
    throw CallError(
      "DependencyViolation", "The vpc '\(vpc.id)' has dependencies and cannot be deleted.")
  }
  for table in tables { turn.remove(RouteTable.self, table.id) }
  for acl in acls { turn.remove(NetworkACL.self, acl.id) }
  for group in groups { turn.remove(SecurityGroup.self, group.id) }
  turn.remove(Vpc.self, vpc.id)
  return .record([:])
}

private func modifyVpcAttribute(_ turn: inout Turn) throws(CallError) -> Value {
  var vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  let support = try turn.parameters.attribute("EnableDnsSupport")
  let hostnames = try turn.parameters.attribute("EnableDnsHostnames")
  switch (support, hostnames) {
  case (nil, nil): throw turn.parameters.missing("EnableDnsSupport")
  case (.some, .some):
    throw CallError(
      "InvalidParameterCombination", "Only one attribute can be modified at a time")
  case (let support?, nil): vpc.enableDnsSupport = support
  case (nil, let hostnames?): vpc.enableDnsHostnames = hostnames
  }
  turn.put(vpc)
  return .record([:])
}

private func describeVpcAttribute(_ turn: inout Turn) throws(CallError) -> Value {
  let vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  let attribute = try turn.parameters.need("Attribute")
  let (member, isOn) =
    switch attribute {
    case "enableDnsSupport": ("EnableDnsSupport", vpc.enableDnsSupport)
    case "enableDnsHostnames": ("EnableDnsHostnames", vpc.enableDnsHostnames)
    default: throw turn.parameters.invalid("attribute", attribute)
    }
  return .fields([("VpcId", .string(vpc.id)), (member, .fields([("Value", .bool(isOn))]))])
}

extension AccountState {
  /// The availability zones of the region; each region is taken to have three.
  var availabilityZones: [String] { ["a", "b", "c"].map { region + $0 } }
}

private func describeZones(_ turn: inout Turn) throws(CallError) -> Value {
  let asked = try turn.parameters.texts("ZoneNames")
  let zones = turn.account.availabilityZones
  for name in asked where !zones.contains(name) {
    throw CallError("InvalidParameterValue", "Invalid availability zone: [\(name)]")
  }
  let shown = zones.filter { asked.isEmpty || asked.contains($0) }
  return [
    "AvailabilityZones": .list(
      shown.map { name in
        [
          "ZoneName": .string(name), "State": "available", "ZoneType": "availability-zone",
          "RegionName": .string(turn.account.region), "OptInStatus": "opt-in-not-required",
        ]
      })
  ]
}
