import Canon
import CloudModel

/// Subnets.
///
/// Source: Amazon EC2 API Reference, CreateSubnet, DeleteSubnet, ModifySubnetAttribute; Amazon VPC
/// User Guide, "Subnet CIDR blocks" (sizes; five reserved addresses).
let subnetOperations: [Operation] = [
  .write(
    "ec2", "CreateSubnet", needs: "VpcId",
    takes: "CidrBlock AvailabilityZone TagSpecifications", createSubnet),
  .write("ec2", "DeleteSubnet", needs: "SubnetId", deleteSubnet),
  .write(
    "ec2", "ModifySubnetAttribute", needs: "SubnetId", takes: "MapPublicIpOnLaunch",
    modifySubnetAttribute),
  .read("ec2", "DescribeSubnets", takes: "SubnetIds Filters MaxResults NextToken") {
    turn throws(CallError) in try turn.describe(Subnet.self, ids: "SubnetIds", as: "Subnets")
  },
]

extension Subnet: Described {
  static var notFoundCode: String { "InvalidSubnetID.NotFound" }
  static var noun: String { "subnet ID" }

  func values(ofFilter name: String, in account: AccountState) -> [String]? {
    switch name {
    case "subnet-id": [id]
    case "vpc-id": [vpc]
    case "cidr-block", "cidr", "cidrBlock": [cidr.description]
    case "availability-zone", "availabilityZone": [availabilityZone]
    case "map-public-ip-on-launch": [String(mapPublicIpOnLaunch)]
    case "default-for-az", "defaultForAz": ["false"]
    case "state": ["available"]
    default: nil
    }
  }

  func value(in account: AccountState) -> Value {
    .fields([
      ("SubnetId", .string(id)), ("VpcId", .string(vpc)),
      ("CidrBlock", .string(cidr.description)), ("State", "available"),
      ("AvailabilityZone", .string(availabilityZone)),
      ("AvailableIpAddressCount", .int(Int64(freeAddresses(in: account)))),
      ("MapPublicIpOnLaunch", .bool(mapPublicIpOnLaunch)), ("DefaultForAz", false),
      ("AssignIpv6AddressOnCreation", false), ("OwnerId", .string(account.accountID)),
      ("SubnetArn", .string("\(account.ec2ARN):subnet/\(id)")), ("Tags", .tagList(tags)),
    ])
  }

  /// How many addresses no interface has; AWS keeps five of each subnet for itself.
  func freeAddresses(in account: AccountState) -> Int {
    let used = account.instances.values.count { $0.subnet == id }
    return (1 << (32 - cidr.length)) - 5 - used
  }
}

extension AccountState {
  /// What ARNs of EC2's resources begin with.
  var ec2ARN: String { "arn:aws:ec2:\(region):\(accountID)" }
}

private func createSubnet(_ turn: inout Turn) throws(CallError) -> Value {
  let vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  let cidr = try turn.parameters.needCIDR("CidrBlock")
  guard (16...28).contains(cidr.length), vpc.cidr.contains(cidr) else {
    throw CallError("InvalidSubnet.Range", "The CIDR '\(cidr)' is invalid.")
  }
  let zones = turn.account.availabilityZones
  let zone = try turn.parameters.text("AvailabilityZone") ?? zones[turn.choice.pick % zones.count]
  guard zones.contains(zone) else {
    throw turn.parameters.invalid(
      "availabilityZone", zone,
      "Subnets can currently only be created in the following availability zones: "
        + zones.joined(separator: ", ") + ".")
  }
  let siblings = turn.account.subnets.values.filter { $0.vpc == vpc.id }
  guard !siblings.contains(where: { $0.cidr.overlaps(cidr) }) else {
    throw CallError(
      "InvalidSubnet.Conflict", "The CIDR '\(cidr)' conflicts with another subnet")
  }
  guard siblings.count < turn.account.quotas.subnetsPerVpc else {
    throw CallError(
      "SubnetLimitExceeded",
      "You have reached the limit on the number of subnets that you can create")
  }
  let tags = try turn.parameters.tagSpecification("subnet")
  let subnet = Subnet(
    id: turn.mint("subnet"), vpc: vpc.id, cidr: cidr, availabilityZone: zone, tags: tags)
  turn.put(subnet)
  if var acl = turn.defaultNetworkACL(of: vpc.id) {
    acl.associations[turn.mint("aclassoc")] = subnet.id
    turn.put(acl)
  }
  return ["Subnet": subnet.value(in: turn.account)]
}

private func deleteSubnet(_ turn: inout Turn) throws(CallError) -> Value {
  let subnet = try turn.find(Subnet.self, try turn.parameters.need("SubnetId"))
  guard !turn.account.instances.values.contains(where: { $0.subnet == subnet.id }) else {
    throw CallError(
      "DependencyViolation", "The subnet '\(subnet.id)' has dependencies and cannot be deleted.")
  }
  for var acl in turn.account.networkACLs.values where acl.vpc == subnet.vpc {
    let kept = acl.associations.filter { $1 != subnet.id }
    guard kept.count < acl.associations.count else { continue }
    acl.associations = kept
    turn.put(acl)
  }
  for var table in turn.account.routeTables.values where table.vpc == subnet.vpc {
    let kept = table.associations.filter { $1 != subnet.id }
    guard kept.count < table.associations.count else { continue }
    table.associations = kept
    turn.put(table)
  }
  turn.remove(Subnet.self, subnet.id)
  return .record([:])
}

private func modifySubnetAttribute(_ turn: inout Turn) throws(CallError) -> Value {
  var subnet = try turn.find(Subnet.self, try turn.parameters.need("SubnetId"))
  guard let isPublic = try turn.parameters.attribute("MapPublicIpOnLaunch") else {
    throw turn.parameters.missing("MapPublicIpOnLaunch")
  }
  subnet.mapPublicIpOnLaunch = isPublic
  turn.put(subnet)
  return .record([:])
}
