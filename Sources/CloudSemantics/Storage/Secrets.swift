import Canon
import CloudModel
import Determinism

/// Secrets. The account keeps a digest of a value, never the value.
///
/// Source: AWS Secrets Manager API Reference, CreateSecret (client request token), PutSecretValue,
/// UpdateSecret, DeleteSecret (recovery window of 7 to 30 days), RestoreSecret.
let secretOperations: [Operation] = [
  .write(
    "secretsmanager", "CreateSecret", needs: "Name",
    takes: "SecretString ClientRequestToken Description Tags ForceOverwriteReplicaSecret",
    createSecret),
  .read("secretsmanager", "DescribeSecret", needs: "SecretId", describeSecret),
  .read(
    "secretsmanager", "ListSecrets",
    takes: "Filters MaxResults NextToken IncludePlannedDeletion SortOrder", listSecrets),
  .read("secretsmanager", "GetSecretValue", needs: "SecretId", getValue),
  .write(
    "secretsmanager", "PutSecretValue", needs: "SecretId",
    takes: "SecretString ClientRequestToken VersionStages", putValue),
  .write(
    "secretsmanager", "UpdateSecret", needs: "SecretId",
    takes: "SecretString ClientRequestToken Description", updateSecret),
  .write(
    "secretsmanager", "DeleteSecret", needs: "SecretId",
    takes: "RecoveryWindowInDays ForceDeleteWithoutRecovery", deleteSecret),
  .write("secretsmanager", "RestoreSecret", needs: "SecretId", restoreSecret),
  .write("secretsmanager", "TagResource", needs: "SecretId Tags", tagSecret),
  .write("secretsmanager", "UntagResource", needs: "SecretId TagKeys", untagSecret),
]

extension Turn {
  /// The secret of a name or ARN, or of an ARN without its last six characters.
  fileprivate func secret(isForUse: Bool = true) throws(CallError) -> StoredSecret {
    let id = try parameters.need("SecretId")
    let found =
      account.secrets[id]
      ?? account.secrets.values.first { $0.arn == id || $0.arn.dropLast(7) == id }
    guard let found else {
      throw CallError(
        "ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
    }
    if isForUse, found.isDeleted {
      throw CallError(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.")
    }
    return found
  }

  /// The digest of `SecretString`, which may be a commitment already.
  fileprivate func valueDigest() throws(CallError) -> String? {
    if case .secret(let commitment) = parameters.record["SecretString"] {
      return commitment.digest.hex
    }
    return try parameters.text("SecretString").map { Digest(of: Array($0.utf8)).hex }
  }

  /// The version that a write makes: the caller's token, or a new identifier.
  fileprivate mutating func version() throws(CallError) -> String {
    if let token = try parameters.text("ClientRequestToken") {
      guard (32...64).contains(token.utf8.count) else {
        throw CallError(
          "InvalidParameterException",
          "ClientRequestToken must be from 32 to 64 characters long.")
      }
      return token
    }
    let digits = hexadecimal(scrambled(nextSerial())) + hexadecimal(scrambled(nextSerial()))
    let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)]
    return parts.map { digits.dropFirst($0.0).prefix($0.1 - $0.0) }.joined(separator: "-")
  }

  /// Gives a secret a value. A version that is there already is a repetition if its value is the
  /// same, an error otherwise.
  fileprivate mutating func give(
    _ digest: String, to secret: inout StoredSecret
  ) throws(CallError) {
    if let token = try parameters.text("ClientRequestToken"), token == secret.versionID,
      secret.valueDigest != digest
    {
      throw CallError(
        "ResourceExistsException",
        "You can't use ClientRequestToken \(token) because that value is already in use for a "
          + "version of secret \(secret.arn).")
    }
    secret.versionID = try version()
    secret.valueDigest = digest
  }
}

private func named(_ secret: StoredSecret, isValueNew: Bool = true) -> Value {
  .fields([
    ("ARN", .string(secret.arn)), ("Name", .string(secret.name)),
    ("VersionId", isValueNew ? .optional(secret.versionID) : .null),
  ])
}

private func createSecret(_ turn: inout Turn) throws(CallError) -> Value {
  let name = try turn.parameters.need("Name")
  let isGood = name.unicodeScalars.allSatisfy { scalar in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: "/_+=.@-".unicodeScalars.contains(scalar)
    }
  }
  guard isGood, (1...512).contains(name.utf8.count) else {
    throw CallError(
      "ValidationException",
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the "
        + "following: -/_+=.@!")
  }
  let digest = try turn.valueDigest()
  if let present = turn.account.secrets[name] {
    if present.isDeleted {
      throw CallError(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for "
          + "deletion.")
    }
    let token = try turn.parameters.text("ClientRequestToken")
    if token != nil, token == present.versionID, digest == present.valueDigest {
      return named(present)
    }
    throw CallError(
      "ResourceExistsException",
      "The operation failed because the secret \(name) already exists.")
  }
  let tags = try turn.parameters.tags("Tags", reserved: "InvalidParameterException")
  let suffix = try turn.parameters.text("Description") ?? ""
  let version = try digest == nil ? nil : turn.version()
  let ending = turn.mintIAM("").prefix(6)
  var secret = StoredSecret(
    name: name,
    arn: "arn:aws:secretsmanager:\(turn.account.region):\(turn.account.accountID):secret:"
      + "\(name)-\(ending)", description: suffix, tags: tags)
  secret.valueDigest = digest
  secret.versionID = version
  turn.put(secret)
  return named(secret)
}

extension StoredSecret {
  /// Itself as DescribeSecret shows it.
  fileprivate func value() -> Value {
    let stages: Value =
      versionID.map { .record([$0: ["AWSCURRENT"]]) } ?? .null
    return .fields([
      ("ARN", .string(arn)), ("Name", .string(name)),
      ("Description", description.isEmpty ? .null : .string(description)),
      ("Tags", .tagList(tags)), ("VersionIdsToStages", stages),
      ("DeletedDate", deletedAt.map { .int($0.milliseconds) } ?? .null),
    ])
  }
}

private func describeSecret(_ turn: inout Turn) throws(CallError) -> Value {
  try turn.secret(isForUse: false).value()
}

private func listSecrets(_ turn: inout Turn) throws(CallError) -> Value {
  let isWithDeleted = try turn.parameters.truth("IncludePlannedDeletion") ?? false
  var found = turn.account.secrets.values.filter { isWithDeleted || !$0.isDeleted }
  for part in try turn.parameters.parts("Filters") {
    let values = try part.texts("Values")
    let key = try part.need("Key")
    found = found.filter { secret in
      values.contains { value in
        switch key {
        case "name": secret.name.hasPrefix(value)
        case "description": secret.description.contains(value)
        case "tag-key": secret.tags.keys.contains { $0.hasPrefix(value) }
        case "tag-value": secret.tags.values.contains { $0.hasPrefix(value) }
        default: false
        }
      }
    }
  }
  let (page, token) = try turn.pageOf(found, ids: "", sizes: 1...100) { $0.name }
  let items = page.map { secret -> Value in
    var fields = secret.value().fields
    fields["SecretVersionsToStages"] = fields["VersionIdsToStages"]
    fields["VersionIdsToStages"] = nil
    return .record(fields)
  }
  return .fields([("SecretList", .list(items)), ("NextToken", .optional(token))])
}

/// The value itself is not there to be given; its digest stands for it, as a commitment.
private func getValue(_ turn: inout Turn) throws(CallError) -> Value {
  let secret = try turn.secret()
  guard let hex = secret.valueDigest, let digest = Digest(hex: hex) else {
    throw CallError(
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT")
  }
  return .fields([
    ("ARN", .string(secret.arn)), ("Name", .string(secret.name)),
    ("VersionId", .optional(secret.versionID)),
    ("SecretString", .secret(SecretCommitment(digest: digest, name: secret.name))),
    ("VersionStages", ["AWSCURRENT"]),
  ])
}

private func putValue(_ turn: inout Turn) throws(CallError) -> Value {
  var secret = try turn.secret()
  guard let digest = try turn.valueDigest() else {
    throw CallError(
      "InvalidRequestException", "You must provide either SecretString or SecretBinary.")
  }
  let stages = try turn.parameters.texts("VersionStages")
  guard stages.isEmpty || stages == ["AWSCURRENT"] else {
    throw CallError(
      "UnsupportedOperation", "The simulated account keeps the version AWSCURRENT only.")
  }
  try turn.give(digest, to: &secret)
  turn.put(secret)
  var reply = named(secret).fields
  reply["VersionStages"] = ["AWSCURRENT"]
  return .record(reply)
}

private func updateSecret(_ turn: inout Turn) throws(CallError) -> Value {
  var secret = try turn.secret()
  if let text = try turn.parameters.text("Description") { secret.description = text }
  let digest = try turn.valueDigest()
  if let digest { try turn.give(digest, to: &secret) }
  turn.put(secret)
  return named(secret, isValueNew: digest != nil)
}

private func deleteSecret(_ turn: inout Turn) throws(CallError) -> Value {
  let days = try turn.parameters.number("RecoveryWindowInDays")
  let isForced = try turn.parameters.truth("ForceDeleteWithoutRecovery") ?? false
  guard days == nil || !isForced else {
    throw CallError(
      "InvalidParameterException",
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
  }
  guard (7...30).contains(days ?? 30) else {
    throw CallError(
      "InvalidParameterException", "RecoveryWindowInDays must be from 7 to 30.")
  }
  var secret = try turn.secret(isForUse: !isForced)
  if isForced {
    turn.remove(StoredSecret.self, secret.name)
  } else {
    secret.deletedAt = turn.choice.now + .minutes(Int64(days ?? 30) * 24 * 60)
    turn.put(secret)
    turn.begun.append(.forgetSecret(secret.name))
  }
  return [
    "ARN": .string(secret.arn), "Name": .string(secret.name),
    "DeletionDate": .int((secret.deletedAt ?? turn.choice.now).milliseconds),
  ]
}

private func restoreSecret(_ turn: inout Turn) throws(CallError) -> Value {
  var secret = try turn.secret(isForUse: false)
  secret.deletedAt = nil
  turn.put(secret)
  return named(secret, isValueNew: false)
}

private func tagSecret(_ turn: inout Turn) throws(CallError) -> Value {
  var secret = try turn.secret()
  for (key, value) in try turn.parameters.tags("Tags", reserved: "InvalidParameterException") {
    secret.tags[key] = value
  }
  turn.put(secret)
  return .record([:])
}

private func untagSecret(_ turn: inout Turn) throws(CallError) -> Value {
  var secret = try turn.secret()
  for key in try turn.parameters.texts("TagKeys") { secret.tags[key] = nil }
  turn.put(secret)
  return .record([:])
}
