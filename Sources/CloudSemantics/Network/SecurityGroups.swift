import Canon
import CloudModel

/// Security groups.
///
/// Source: Amazon EC2 API Reference, CreateSecurityGroup (names, descriptions),
/// DeleteSecurityGroup.
let securityGroupOperations: [Operation] = [
  .write(
    "ec2", "CreateSecurityGroup", needs: "GroupName Description", takes: "VpcId TagSpecifications",
    createGroup),
  .write("ec2", "DeleteSecurityGroup", takes: "GroupId", deleteGroup),
  .read("ec2", "DescribeSecurityGroups", takes: "GroupIds Filters MaxResults NextToken") {
    turn throws(CallError) in
    try turn.describe(SecurityGroup.self, ids: "GroupIds", as: "SecurityGroups")
  },
]

extension SecurityGroup: Described {
  static var notFoundCode: String { "InvalidGroup.NotFound" }
  static var noun: String { "security group" }

  func values(ofFilter name: String, in account: AccountState) -> [String]? {
    switch name {
    case "group-id": [id]
    case "group-name": [self.name]
    case "vpc-id": [vpc]
    case "description": [description]
    default:
      if name.hasPrefix("ip-permission.") {
        values(of: ingress, String(name.dropFirst(14)))
      } else if name.hasPrefix("egress.ip-permission.") {
        values(of: egress, String(name.dropFirst(21)))
      } else {
        nil
      }
    }
  }

  private func values(of rules: [SecurityGroupRule], _ name: String) -> [String]? {
    switch name {
    case "protocol": rules.map(\.transport.aws)
    case "cidr", "ipv6-cidr", "group-id": rules.map(\.peer.text)
    case "from-port": rules.compactMap { $0.shownPorts.map { String($0.0) } }
    case "to-port": rules.compactMap { $0.shownPorts.map { String($0.1) } }
    default: nil
    }
  }

  func value(in account: AccountState) -> Value {
    .fields([
      ("GroupId", .string(id)), ("GroupName", .string(name)), ("VpcId", .string(vpc)),
      ("Description", .string(description)), ("OwnerId", .string(account.accountID)),
      ("SecurityGroupArn", .string("\(account.ec2ARN):security-group/\(id)")),
      ("IpPermissions", .permissions(ingress, account: account.accountID)),
      ("IpPermissionsEgress", .permissions(egress, account: account.accountID)),
      ("Tags", .tagList(tags)),
    ])
  }
}

private func isAllowedInDescription(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9": true
  default: "._-:/()#,@[]+=&;{}!$* ".unicodeScalars.contains(scalar)
  }
}

private func createGroup(_ turn: inout Turn) throws(CallError) -> Value {
  let name = try turn.parameters.need("GroupName")
  let description = try turn.parameters.need("Description")
  let scalars = name.unicodeScalars
  guard (1...255).contains(scalars.count), scalars.allSatisfy(isAllowedInDescription),
    !name.hasPrefix("sg-")
  else { throw turn.parameters.invalid("groupName", name) }
  guard name != "default" else {
    throw CallError(
      "InvalidParameterValue", "Cannot use reserved security group name: default")
  }
  guard (1...255).contains(description.unicodeScalars.count),
    description.unicodeScalars.allSatisfy(isAllowedInDescription)
  else {
    throw CallError(
      "InvalidParameterValue",
      "Invalid security group description. Valid descriptions are strings less than 256 "
        + "characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*")
  }
  guard let vpcID = try turn.parameters.text("VpcId") else {
    throw CallError("VPCIdNotSpecified", "No default VPC for this user")
  }
  let vpc = try turn.find(Vpc.self, vpcID)
  let tags = try turn.parameters.tagSpecification("security-group")
  let groups = turn.account.securityGroups
  guard !groups.rows(marked: name).contains(where: { $0.vpc == vpc.id && $0.name == name }) else {
    throw CallError(
      "InvalidGroup.Duplicate",
      "The security group '\(name)' already exists for VPC '\(vpc.id)'")
  }
  guard groups.count < turn.account.quotas.securityGroups else {
    throw CallError(
      "SecurityGroupLimitExceeded", "The maximum number of security groups has been reached.")
  }
  let group = SecurityGroup(
    id: turn.mint("sg"), vpc: vpc.id, name: name, description: description, egress: [.allowAll],
    tags: tags)
  turn.put(group)
  return [
    "GroupId": .string(group.id), "Tags": .tagList(tags),
    "SecurityGroupArn": .string("\(turn.account.ec2ARN):security-group/\(group.id)"),
  ]
}

private func deleteGroup(_ turn: inout Turn) throws(CallError) -> Value {
  let group = try turn.find(SecurityGroup.self, try turn.parameters.need("GroupId"))
  guard group.name != "default" else {
    throw CallError(
      "CannotDelete",
      "the specified group: \"\(group.id)\" name: \"default\" cannot be deleted by "
        + "a user")
  }
  let isReferenced = turn.account.securityGroups.values.contains { other in
    other.id != group.id
      && (other.ingress.contains { $0.peer == .group(group.id) }
        || other.egress.contains { $0.peer == .group(group.id) })
  }
  let isUsed = turn.account.instances.values.contains { $0.groups.contains(group.id) }
  guard !isReferenced, !isUsed else {
    throw CallError("DependencyViolation", "resource \(group.id) has a dependent object")
  }
  turn.remove(SecurityGroup.self, group.id)
  return ["Return": true, "GroupId": .string(group.id)]
}
