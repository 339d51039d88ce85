import Canon
import CloudModel

/// Instance profiles on running instances.
///
/// Source: Amazon EC2 API Reference, AssociateIamInstanceProfile.
let profileAssociationOperations: [Operation] = [
  .write(
    "ec2", "AssociateIamInstanceProfile", needs: "InstanceId IamInstanceProfile", associate),
  .write("ec2", "DisassociateIamInstanceProfile", needs: "AssociationId", disassociate),
  .write(
    "ec2", "ReplaceIamInstanceProfileAssociation", needs: "AssociationId IamInstanceProfile",
    replace),
  .read(
    "ec2", "DescribeIamInstanceProfileAssociations",
    takes: "AssociationIds Filters MaxResults NextToken", describe),
]

extension Turn {
  /// The profile that a call names by ARN or name; EC2 refuses one that is not there, and one that
  /// has no role yet.
  func profile(_ part: Parameters?) throws(CallError) -> String? {
    guard let part else { return nil }
    let arn = try part.text("Arn")
    let name = try part.text("Name") ?? arn.map { String($0.split(separator: "/").last ?? "") }
    guard let name else { throw part.missing("IamInstanceProfile.Name") }
    let field = arn == nil ? "iamInstanceProfile.name" : "iamInstanceProfile.arn"
    guard let profile = account.instanceProfiles[name],
      arn == nil || arn == account.profileARN(name)
    else {
      throw CallError(
        "InvalidParameterValue",
        "Value (\(arn ?? name)) for parameter \(field) is invalid. Invalid IAM Instance Profile "
          + (arn == nil ? "name" : "ARN"))
    }
    guard !profile.roles.isEmpty else {
      throw CallError(
        "InvalidParameterValue",
        "IAM Instance Profile \"\(account.profileARN(name))\" has no associated IAM Roles")
    }
    return name
  }

  fileprivate func holder(of association: String) throws(CallError) -> Instance {
    let id = "i-" + association.dropFirst("iip-assoc-".utf8.count)
    guard association.hasPrefix("iip-assoc-"), let instance = account.instances[id],
      instance.profile != nil
    else {
      throw CallError(
        "InvalidAssociationID.NotFound",
        "An invalid association-id of '\(association)' was given")
    }
    return instance
  }
}

private func shown(_ instance: Instance, _ state: String, _ account: AccountState) -> Value {
  [
    "AssociationId": .string("iip-assoc-" + instance.id.dropFirst(2)),
    "InstanceId": .string(instance.id), "State": .string(state),
    "IamInstanceProfile": [
      "Arn": .string(account.profileARN(instance.profile ?? "")),
      "Id": .string(account.instanceProfiles[instance.profile ?? ""]?.id ?? ""),
    ],
  ]
}

private func associate(_ turn: inout Turn) throws(CallError) -> Value {
  var instance = try turn.find(Instance.self, try turn.parameters.need("InstanceId"))
  guard instance.profile == nil else {
    throw CallError(
      "IncorrectState", "There is an existing association for instance \(instance.id)")
  }
  guard [.pending, .running, .stopping, .stopped].contains(instance.state) else {
    throw turn.wrongState(instance, "associated")
  }
  instance.profile = try turn.profile(turn.parameters.part("IamInstanceProfile"))
  turn.put(instance)
  return ["IamInstanceProfileAssociation": shown(instance, "associating", turn.account)]
}

private func disassociate(_ turn: inout Turn) throws(CallError) -> Value {
  var instance = try turn.holder(of: turn.parameters.need("AssociationId"))
  let reply: Value = [
    "IamInstanceProfileAssociation": shown(instance, "disassociating", turn.account)
  ]
  instance.profile = nil
  turn.put(instance)
  return reply
}

private func replace(_ turn: inout Turn) throws(CallError) -> Value {
  var instance = try turn.holder(of: turn.parameters.need("AssociationId"))
  instance.profile = try turn.profile(turn.parameters.part("IamInstanceProfile"))
  turn.put(instance)
  return ["IamInstanceProfileAssociation": shown(instance, "associating", turn.account)]
}

private func describe(_ turn: inout Turn) throws(CallError) -> Value {
  var found: [Instance] = []
  let ids = try turn.parameters.texts("AssociationIds")
  for id in ids { found.append(try turn.holder(of: id)) }
  if ids.isEmpty { found = turn.account.instances.values.filter { $0.profile != nil } }
  for part in try turn.parameters.parts("Filters") {
    let values = try part.texts("Values")
    switch try part.need("Name") {
    case "instance-id": found.removeAll { !values.contains($0.id) }
    case "state": if !values.contains("associated") { found = [] }
    case let other:
      throw CallError("InvalidParameterValue", "The filter '\(other)' is invalid")
    }
  }
  let (page, token) = try turn.pageOf(found, ids: "AssociationIds") { $0.id }
  let items = page.map { shown($0, "associated", turn.account) }
  return .fields([
    ("IamInstanceProfileAssociations", .list(items)), ("NextToken", .optional(token)),
  ])
}
