import Canon
import CloudModel

/// Instance profiles.
///
/// Source: IAM API Reference, CreateInstanceProfile, AddRoleToInstanceProfile ("an instance profile
/// can contain only one role, and this quota cannot be increased"), DeleteInstanceProfile.
let instanceProfileOperations: [Operation] = [
  .write(
    "iam", "CreateInstanceProfile", needs: "InstanceProfileName", takes: "Path Tags",
    createProfile),
  .read("iam", "GetInstanceProfile", needs: "InstanceProfileName", getProfile),
  .write("iam", "DeleteInstanceProfile", needs: "InstanceProfileName", deleteProfile),
  .write("iam", "AddRoleToInstanceProfile", needs: "InstanceProfileName RoleName", addRole),
  .write(
    "iam", "RemoveRoleFromInstanceProfile", needs: "InstanceProfileName RoleName", removeRole),
  .read("iam", "ListInstanceProfiles", takes: "PathPrefix Marker MaxItems", listProfiles),
  .read(
    "iam", "ListInstanceProfilesForRole", needs: "RoleName", takes: "Marker MaxItems",
    listForRole),
  .write("iam", "TagInstanceProfile", needs: "InstanceProfileName Tags", tagProfile),
  .write("iam", "UntagInstanceProfile", needs: "InstanceProfileName TagKeys", untagProfile),
]

extension InstanceProfile {
  /// Itself as IAM shows it.
  func value(in account: AccountState, isListed: Bool = false) -> Value {
    .fields([
      ("InstanceProfileName", .string(name)), ("InstanceProfileId", .string(id)),
      ("Path", .string(path)), ("Arn", .string(account.profileARN(name))),
      (
        "Roles",
        .list(roles.compactMap { account.roles[$0]?.value(in: account, isListed: true) })
      ),
      ("Tags", isListed || tags.isEmpty ? .null : .tagList(tags)),
    ])
  }
}

extension Turn {
  fileprivate func profile() throws(CallError) -> InstanceProfile {
    let name = try parameters.need("InstanceProfileName")
    guard let profile = account.instanceProfiles[name] else {
      throw CallError("NoSuchEntity", "Instance Profile \(name) cannot be found.")
    }
    return profile
  }
}

private func createProfile(_ turn: inout Turn) throws(CallError) -> Value {
  let name = try turn.iamName("InstanceProfileName", most: 128)
  let tags = try turn.parameters.tags("Tags", reserved: "InvalidInput")
  let isTaken = turn.account.instanceProfiles.keys.contains {
    $0.lowercased() == name.lowercased()
  }
  guard !isTaken else {
    throw CallError("EntityAlreadyExists", "Instance Profile \(name) already exists.")
  }
  guard turn.account.instanceProfiles.count < turn.account.quotas.instanceProfiles else {
    throw CallError("LimitExceeded", "Cannot exceed quota for InstanceProfilesPerAccount")
  }
  var profile = InstanceProfile(name: name, tags: tags)
  profile.path = try turn.iamPath()
  profile.id = turn.mintIAM("AIPA")
  turn.put(profile)
  return ["InstanceProfile": profile.value(in: turn.account)]
}

private func getProfile(_ turn: inout Turn) throws(CallError) -> Value {
  ["InstanceProfile": try turn.profile().value(in: turn.account)]
}

private func deleteProfile(_ turn: inout Turn) throws(CallError) -> Value {
  let profile = try turn.profile()
  guard profile.roles.isEmpty else {
    throw CallError(
      "DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.")
  }
  turn.remove(InstanceProfile.self, profile.name)
  return .record([:])
}

private func addRole(_ turn: inout Turn) throws(CallError) -> Value {
  var profile = try turn.profile()
  let role = try turn.role()
  guard profile.roles.isEmpty else {
    throw CallError(
      "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1")
  }
  profile.roles = [role.name]
  turn.put(profile)
  return .record([:])
}

private func removeRole(_ turn: inout Turn) throws(CallError) -> Value {
  var profile = try turn.profile()
  let name = try turn.parameters.need("RoleName")
  guard profile.roles.contains(name) else {
    throw CallError(
      "NoSuchEntity", "The role with name \(name) cannot be found in the instance profile.")
  }
  profile.roles = []
  turn.put(profile)
  return .record([:])
}

private func list(
  _ turn: Turn, _ profiles: [InstanceProfile]
) throws(CallError) -> Value {
  let (page, more) = try turn.iamPage(profiles) { $0.name }
  let shown = page.map { $0.value(in: turn.account, isListed: true) }
  return .fields([("InstanceProfiles", .list(shown))] + more)
}

private func listProfiles(_ turn: inout Turn) throws(CallError) -> Value {
  let prefix = try turn.parameters.text("PathPrefix") ?? "/"
  return try list(turn, turn.account.instanceProfiles.values.filter { $0.path.hasPrefix(prefix) })
}

private func listForRole(_ turn: inout Turn) throws(CallError) -> Value {
  let role = try turn.role()
  return try list(
    turn, turn.account.instanceProfiles.values.filter { $0.roles.contains(role.name) })
}

private func tagProfile(_ turn: inout Turn) throws(CallError) -> Value {
  var profile = try turn.profile()
  for (key, value) in try turn.parameters.tags("Tags", reserved: "InvalidInput") {
    profile.tags[key] = value
  }
  guard profile.tags.count <= 50 else {
    throw CallError("LimitExceeded", "The number of tags has reached the maximum limit.")
  }
  turn.put(profile)
  return .record([:])
}

private func untagProfile(_ turn: inout Turn) throws(CallError) -> Value {
  var profile = try turn.profile()
  for key in try turn.parameters.texts("TagKeys") { profile.tags[key] = nil }
  turn.put(profile)
  return .record([:])
}
