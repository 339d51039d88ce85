import Canon
import CloudModel

/// Network ACLs and which subnets use them.
///
/// Source: Amazon EC2 API Reference, CreateNetworkAcl, DeleteNetworkAcl,
/// ReplaceNetworkAclAssociation ("This is an idempotent operation").
let networkACLOperations: [Operation] = [
  .write(
    "ec2", "CreateNetworkAcl", needs: "VpcId", takes: "TagSpecifications ClientToken", createACL),
  .write("ec2", "DeleteNetworkAcl", needs: "NetworkAclId", deleteACL),
  .write(
    "ec2", "ReplaceNetworkAclAssociation", needs: "AssociationId NetworkAclId", replaceAssociation),
  .read("ec2", "DescribeNetworkAcls", takes: "NetworkAclIds Filters MaxResults NextToken") {
    turn throws(CallError) in
    try turn.describe(NetworkACL.self, ids: "NetworkAclIds", as: "NetworkAcls")
  },
]

extension NetworkACL: Described {
  static var notFoundCode: String { "InvalidNetworkAclID.NotFound" }
  static var noun: String { "networkAcl ID" }

  func values(ofFilter name: String, in account: AccountState) -> [String]? {
    switch name {
    case "network-acl-id", "association.network-acl-id": [id]
    case "vpc-id": [vpc]
    case "default": [String(isDefault)]
    case "association.association-id": associations.keys
    case "association.subnet-id": associations.values
    case "entry.rule-number": entries.map { String($0.number) }
    case "entry.cidr": entries.map(\.cidr.description)
    case "entry.rule-action": entries.map { $0.isAllow ? "allow" : "deny" }
    case "entry.egress": entries.map { String($0.isEgress) }
    case "entry.protocol": entries.map(\.protocolNumber)
    default: nil
    }
  }

  func value(in account: AccountState) -> Value {
    let last = [true, false].map { isEgress in
      NetworkACLEntry(
        number: 32767, isEgress: isEgress, isAllow: false, transport: .any, cidr: .all)
    }
    return .fields([
      ("NetworkAclId", .string(id)), ("VpcId", .string(vpc)), ("IsDefault", .bool(isDefault)),
      ("OwnerId", .string(account.accountID)),
      ("Entries", .list((entries + last).map(\.asValue))),
      (
        "Associations",
        .list(
          associations.map {
            [
              "NetworkAclAssociationId": .string($0.key), "NetworkAclId": .string(id),
              "SubnetId": .string($0.value),
            ]
          })
      ),
      ("Tags", .tagList(tags)),
    ])
  }
}

private func createACL(_ turn: inout Turn) throws(CallError) -> Value {
  if let id = try turn.madeBefore()?.first, let acl = turn.account.networkACLs[id] {
    return ["NetworkAcl": acl.value(in: turn.account)]
  }
  let vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  let tags = try turn.parameters.tagSpecification("network-acl")
  let siblings = turn.account.networkACLs.values.count { $0.vpc == vpc.id }
  guard siblings < turn.account.quotas.networkACLsPerVpc else {
    throw CallError(
      "NetworkAclLimitExceeded", "The maximum number of network ACLs has been reached.")
  }
  let acl = NetworkACL(
    id: turn.mint("acl"), vpc: vpc.id, isDefault: false, entries: [], tags: tags)
  turn.put(acl)
  turn.rememberMade([acl.id])
  return ["NetworkAcl": acl.value(in: turn.account)]
}

private func deleteACL(_ turn: inout Turn) throws(CallError) -> Value {
  let acl = try turn.find(NetworkACL.self, try turn.parameters.need("NetworkAclId"))
  guard !acl.isDefault else {
    throw CallError(
      "InvalidParameterValue", "cannot delete default network ACL \(acl.id)")
  }
  guard acl.associations.isEmpty else {
    throw CallError(
      "DependencyViolation",
      "The networkAcl '\(acl.id)' has dependencies and cannot be deleted.")
  }
  turn.remove(NetworkACL.self, acl.id)
  return .record([:])
}

private func replaceAssociation(_ turn: inout Turn) throws(CallError) -> Value {
  let id = try turn.parameters.need("AssociationId")
  var new = try turn.find(NetworkACL.self, try turn.parameters.need("NetworkAclId"))
  if case .replaced(let association, new.id) = turn.account.memories["aclassoc/" + id],
    new.associations[association] != nil
  {
    return ["NewAssociationId": .string(association)]
  }
  let holder = turn.account.networkACLs.values.first { $0.associations[id] != nil }
  guard var old = holder, let subnet = old.associations[id] else {
    throw CallError(
      "InvalidAssociationID.NotFound", "The association ID '\(id)' does not exist")
  }
  guard old.vpc == new.vpc else {
    throw CallError(
      "InvalidParameterValue", "\(old.id) and \(new.id) belong to different networks")
  }
  let fresh = turn.mint("aclassoc")
  old.associations[id] = nil
  turn.put(old)
  if new.id == old.id { new = old }
  new.associations[fresh] = subnet
  turn.put(new)
  turn.remember("aclassoc/" + id, .replaced(association: fresh, networkACL: new.id))
  return ["NewAssociationId": .string(fresh)]
}
