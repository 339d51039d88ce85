import Canon
import CloudModel

/// Policies of roles: inline ones, and attached managed ones.
///
/// Source: IAM API Reference, PutRolePolicy, AttachRolePolicy; IAM User Guide, "IAM and AWS STS
/// quotas" (10,240 characters of inline policies a role, 10 managed ones).
let rolePolicyOperations: [Operation] = [
  .write("iam", "PutRolePolicy", needs: "RoleName PolicyName PolicyDocument", putPolicy),
  .read("iam", "GetRolePolicy", needs: "RoleName PolicyName", getPolicy),
  .write("iam", "DeleteRolePolicy", needs: "RoleName PolicyName", deletePolicy),
  .read("iam", "ListRolePolicies", needs: "RoleName", takes: "Marker MaxItems", listPolicies),
  .write("iam", "AttachRolePolicy", needs: "RoleName PolicyArn", attachPolicy),
  .write("iam", "DetachRolePolicy", needs: "RoleName PolicyArn", detachPolicy),
  .read(
    "iam", "ListAttachedRolePolicies", needs: "RoleName", takes: "PathPrefix Marker MaxItems",
    listAttached),
]

private func putPolicy(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  let name = try turn.iamName("PolicyName", most: 128)
  role.policies[name] = try turn.policy("PolicyDocument", .identity)
  let size = role.policies.values.reduce(0) { sum, text in
    sum + text.unicodeScalars.count { !$0.properties.isWhitespace }
  }
  guard size <= 10_240 else {
    throw CallError(
      "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role \(role.name)")
  }
  turn.put(role)
  return .record([:])
}

private func noPolicy(_ name: String) -> CallError {
  CallError("NoSuchEntity", "The role policy with name \(name) cannot be found.")
}

private func getPolicy(_ turn: inout Turn) throws(CallError) -> Value {
  let role = try turn.role()
  let name = try turn.parameters.need("PolicyName")
  guard let text = role.policies[name] else { throw noPolicy(name) }
  return [
    "RoleName": .string(role.name), "PolicyName": .string(name), "PolicyDocument": .string(text),
  ]
}

private func deletePolicy(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  let name = try turn.parameters.need("PolicyName")
  guard role.policies[name] != nil else { throw noPolicy(name) }
  role.policies[name] = nil
  turn.put(role)
  return .record([:])
}

private func listPolicies(_ turn: inout Turn) throws(CallError) -> Value {
  let (page, more) = try turn.iamPage(try turn.role().policies.keys) { $0 }
  return .fields([("PolicyNames", .list(page.map(Value.string)))] + more)
}

private func attachPolicy(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  let arn = try turn.parameters.need("PolicyArn")
  guard arn.hasPrefix("arn:aws:iam::aws:policy/") else {
    throw CallError(
      "NoSuchEntity", "Policy \(arn) does not exist or is not attachable.")
  }
  role.managedPolicies = Set(role.managedPolicies + [arn]).sorted()
  guard role.managedPolicies.count <= 10 else {
    throw CallError("LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10")
  }
  turn.put(role)
  return .record([:])
}

private func detachPolicy(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  let arn = try turn.parameters.need("PolicyArn")
  guard role.managedPolicies.contains(arn) else {
    throw CallError("NoSuchEntity", "Policy \(arn) was not found.")
  }
  role.managedPolicies.removeAll { $0 == arn }
  turn.put(role)
  return .record([:])
}

private func listAttached(_ turn: inout Turn) throws(CallError) -> Value {
  let (page, more) = try turn.iamPage(try turn.role().managedPolicies) { $0 }
  let shown = page.map { arn -> Value in
    [
      "PolicyArn": .string(arn),
      "PolicyName": .string(String(arn.split(separator: "/").last ?? "")),
    ]
  }
  return .fields([("AttachedPolicies", .list(shown))] + more)
}
