import Canon
import CloudModel

/// Roles.
///
/// Source: IAM API Reference, CreateRole, DeleteRole ("make sure that the role does not have any …
/// policies … or instance profiles"), UpdateAssumeRolePolicy, ListRoles (no tags in lists).
///
/// Policy documents in outputs are JSON texts; the wire percent-encodes them.
let roleOperations: [Operation] = [
  .write(
    "iam", "CreateRole", needs: "RoleName AssumeRolePolicyDocument",
    takes: "Path Description Tags MaxSessionDuration", createRole),
  .read("iam", "GetRole", needs: "RoleName", getRole),
  .write("iam", "DeleteRole", needs: "RoleName", deleteRole),
  .write("iam", "UpdateRole", needs: "RoleName", takes: "Description", updateRole),
  .write("iam", "UpdateAssumeRolePolicy", needs: "RoleName PolicyDocument", updateTrust),
  .read("iam", "ListRoles", takes: "PathPrefix Marker MaxItems", listRoles),
  .write("iam", "TagRole", needs: "RoleName Tags", tagRole),
  .write("iam", "UntagRole", needs: "RoleName TagKeys", untagRole),
  .read("iam", "ListRoleTags", needs: "RoleName", takes: "Marker MaxItems", listRoleTags),
]

extension Role {
  /// Its ARN.
  func arn(in account: AccountState) -> String {
    "arn:aws:iam::\(account.accountID):role\(path)\(name)"
  }

  /// Itself as IAM shows it.
  func value(in account: AccountState, isListed: Bool = false) -> Value {
    .fields([
      ("RoleName", .string(name)), ("RoleId", .string(id)), ("Path", .string(path)),
      ("Arn", .string(arn(in: account))), ("AssumeRolePolicyDocument", .string(trustPolicy)),
      ("Description", description.isEmpty ? .null : .string(description)),
      ("MaxSessionDuration", 3600),
      ("Tags", isListed || tags.isEmpty ? .null : .tagList(tags)),
    ])
  }
}

extension Turn {
  /// The role that a call names.
  func role() throws(CallError) -> Role {
    let name = try parameters.need("RoleName")
    guard let role = account.roles[name] else {
      throw CallError("NoSuchEntity", "The role with name \(name) cannot be found.")
    }
    return role
  }

  /// A policy's text, checked.
  func policy(_ name: String, _ place: PolicyGrammar.Place) throws(CallError) -> String {
    let text = try parameters.need(name)
    if let mistake = PolicyGrammar(place: place, account: account).mistake(in: text) {
      throw CallError("MalformedPolicyDocument", mistake)
    }
    return text
  }

  /// The page of a list that `Marker` and `MaxItems` ask for, with the members that tell of more.
  func iamPage<E>(
    _ items: [E], key: (E) -> String
  ) throws(CallError) -> ([E], [(String, Value)]) {
    var rest = items[...]
    if let marker = try parameters.text("Marker") { rest = rest.drop { key($0) <= marker } }
    let limit = try parameters.number("MaxItems") ?? 100
    guard (1...1000).contains(limit) else { throw parameters.invalid("maxItems", "\(limit)") }
    let page = Array(rest.prefix(limit))
    guard rest.count > limit, let last = page.last else { return (page, [("IsTruncated", false)]) }
    return (page, [("IsTruncated", true), ("Marker", .string(key(last)))])
  }

  /// A name of IAM: letters, digits and `_+=,.@-`.
  func iamName(_ parameter: String, most: Int) throws(CallError) -> String {
    let name = try parameters.need(parameter)
    let isGood = name.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": true
      default: "_+=,.@-".unicodeScalars.contains(scalar)
      }
    }
    guard isGood, (1...most).contains(name.utf8.count) else {
      throw CallError(
        "ValidationError", "The specified value for \(parameter) is invalid: \(name)")
    }
    return name
  }

  /// A path of IAM: `/`, or `/…/`.
  func iamPath() throws(CallError) -> String {
    let path = try parameters.text("Path") ?? "/"
    guard path.hasPrefix("/"), path.hasSuffix("/"), path.utf8.count <= 512 else {
      throw CallError(
        "ValidationError",
        "The specified value for path is invalid. It must begin and end with /.")
    }
    return path
  }
}

private func createRole(_ turn: inout Turn) throws(CallError) -> Value {
  let name = try turn.iamName("RoleName", most: 64)
  let path = try turn.iamPath()
  let trust = try turn.policy("AssumeRolePolicyDocument", .trust)
  let tags = try turn.parameters.tags("Tags", reserved: "InvalidInput")
  if let seconds = try turn.parameters.number("MaxSessionDuration"), seconds != 3600 {
    throw CallError(
      "UnsupportedOperation", "The simulated account models session durations of 3600 s only.")
  }
  let isTaken = turn.account.roles.keys.contains { $0.lowercased() == name.lowercased() }
  guard !isTaken else {
    throw CallError("EntityAlreadyExists", "Role with name \(name) already exists.")
  }
  guard turn.account.roles.count < turn.account.quotas.roles else {
    throw CallError(
      "LimitExceeded", "Cannot exceed quota for RolesPerAccount: \(turn.account.quotas.roles)")
  }
  var role = Role(name: name, path: path, trustPolicy: trust, tags: tags)
  role.id = turn.mintIAM("AROA")
  role.description = try turn.parameters.text("Description") ?? ""
  turn.put(role)
  return ["Role": role.value(in: turn.account)]
}

private func getRole(_ turn: inout Turn) throws(CallError) -> Value {
  ["Role": try turn.role().value(in: turn.account)]
}

private func deleteRole(_ turn: inout Turn) throws(CallError) -> Value {
  let role = try turn.role()
  let isInProfile = turn.account.instanceProfiles.values.contains {
    $0.roles.contains(role.name)
  }
  if isInProfile {
    throw CallError(
      "DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.")
  }
  if !role.managedPolicies.isEmpty {
    throw CallError("DeleteConflict", "Cannot delete entity, must detach all policies first.")
  }
  if !role.policies.isEmpty {
    throw CallError("DeleteConflict", "Cannot delete entity, must delete policies first.")
  }
  turn.remove(Role.self, role.name)
  return .record([:])
}

private func updateRole(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  if let text = try turn.parameters.text("Description") { role.description = text }
  turn.put(role)
  return .record([:])
}

private func updateTrust(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  role.trustPolicy = try turn.policy("PolicyDocument", .trust)
  turn.put(role)
  return .record([:])
}

private func listRoles(_ turn: inout Turn) throws(CallError) -> Value {
  let prefix = try turn.parameters.text("PathPrefix") ?? "/"
  let roles = turn.account.roles.values.filter { $0.path.hasPrefix(prefix) }
  let (page, more) = try turn.iamPage(roles) { $0.name }
  let shown = page.map { $0.value(in: turn.account, isListed: true) }
  return .fields([("Roles", .list(shown))] + more)
}

private func tagRole(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  for (key, value) in try turn.parameters.tags("Tags", reserved: "InvalidInput") {
    role.tags[key] = value
  }
  guard role.tags.count <= 50 else {
    throw CallError("LimitExceeded", "The number of tags has reached the maximum limit.")
  }
  turn.put(role)
  return .record([:])
}

private func untagRole(_ turn: inout Turn) throws(CallError) -> Value {
  var role = try turn.role()
  for key in try turn.parameters.texts("TagKeys") { role.tags[key] = nil }
  turn.put(role)
  return .record([:])
}

private func listRoleTags(_ turn: inout Turn) throws(CallError) -> Value {
  let role = try turn.role()
  return ["Tags": .tagList(role.tags), "IsTruncated": false]
}
