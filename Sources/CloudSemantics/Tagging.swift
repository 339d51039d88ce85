import Canon
import CloudModel

/// CreateTags and DeleteTags, and the tags that creates carry.
///
/// Source: EC2 User Guide, "Tag your Amazon EC2 resources".
let tagOperations: [Operation] = [
  .write("ec2", "CreateTags", needs: "Resources Tags", createTags),
  .write("ec2", "DeleteTags", needs: "Resources", takes: "Tags", deleteTags),
  .read("ec2", "DescribeTags", takes: "Filters MaxResults NextToken", describeTags),
]

extension Parameters {
  /// A list of `Key` and `Value`. `reserved` is the code for keys that AWS keeps for itself.
  func tags(
    _ name: String, reserved: String = "InvalidParameterValue"
  ) throws(CallError) -> Tags {
    var out: Tags = [:]
    for part in try parts(name) {
      let key = try part.need("Key")
      guard !key.lowercased().hasPrefix("aws:") else {
        throw CallError(reserved, "Tag keys starting with 'aws:' are reserved for internal use")
      }
      guard (1...128).contains(key.unicodeScalars.count) else {
        throw CallError(reserved, "Tag key exceeds the maximum length of 128 characters")
      }
      let value = try part.text("Value") ?? ""
      guard value.unicodeScalars.count <= 256 else {
        throw CallError(reserved, "Tag value exceeds the maximum length of 256 characters")
      }
      guard out[key] == nil else {
        throw CallError(reserved, "Tag keys must be unique; '\(key)' comes twice")
      }
      out[key] = value
    }
    guard out.count <= 50 else { throw tagLimit }
    return out
  }

  /// The tags in `TagSpecifications` for what the call creates; `others` are further kinds of
  /// resources that the call makes and this model does not keep.
  func tagSpecification(_ kind: String, others: [String] = []) throws(CallError) -> Tags {
    var out: Tags = [:]
    for part in try parts("TagSpecifications") {
      let given = try part.need("ResourceType")
      let tags = try part.tags("Tags")
      guard given == kind || others.contains(given) else {
        throw CallError(
          "InvalidParameterValue",
          "'\(given)' is not a valid taggable resource type for this operation.")
      }
      if given == kind { for (key, value) in tags { out[key] = value } }
    }
    return out
  }

  private var tagLimit: CallError {
    let code =
      service == "ec2" ? "TagLimitExceeded" : service == "iam" ? "LimitExceeded" : "InvalidTag"
    return CallError(code, "The maximum number of Tags for a resource has been reached.")
  }
}

extension Value {
  /// Tags as a list of `Key` and `Value`, by key.
  static func tagList(_ tags: Tags) -> Value {
    .list(tags.map { .fields([("Key", .string($0.key)), ("Value", .string($0.value))]) })
  }
}

extension Turn {
  fileprivate mutating func retag(
    _ id: String, isWriting: Bool, _ change: (inout Tags) throws(CallError) -> Void
  ) throws(CallError) {
    switch id.prefix(while: { $0 != "-" }) {
    case "vpc": try retag(Vpc.self, id, isWriting, change)
    case "subnet": try retag(Subnet.self, id, isWriting, change)
    case "igw": try retag(InternetGateway.self, id, isWriting, change)
    case "rtb": try retag(RouteTable.self, id, isWriting, change)
    case "acl": try retag(NetworkACL.self, id, isWriting, change)
    case "sg": try retag(SecurityGroup.self, id, isWriting, change)
    case "i": try retag(Instance.self, id, isWriting, change)
    default: throw CallError("InvalidID", "The ID '\(id)' is not valid")
    }
  }

  private mutating func retag<E: Described>(
    _ type: E.Type, _ id: String, _ isWriting: Bool,
    _ change: (inout Tags) throws(CallError) -> Void
  ) throws(CallError) {
    var entity = try find(type, id)
    try change(&entity.tags)
    if isWriting { put(entity) }
  }

  /// Changes the tags of all resources or, when one of them cannot be, of none.
  fileprivate mutating func retagAll(
    _ change: (inout Tags) throws(CallError) -> Void
  ) throws(CallError) {
    let ids = try parameters.texts("Resources")
    for id in ids { try retag(id, isWriting: false, change) }
    for id in ids { try retag(id, isWriting: true, change) }
  }
}

private func createTags(_ turn: inout Turn) throws(CallError) -> Value {
  let tags = try turn.parameters.tags("Tags")
  try turn.retagAll { (own: inout Tags) throws(CallError) in
    for (key, value) in tags { own[key] = value }
    guard own.count <= 50 else {
      throw CallError(
        "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.")
    }
  }
  return .record([:])
}

private func deleteTags(_ turn: inout Turn) throws(CallError) -> Value {
  let given = try turn.parameters.parts("Tags")
  var wanted: [(key: String, value: String?)] = []
  for part in given { wanted.append((try part.need("Key"), try part.text("Value"))) }
  try turn.retagAll { (own: inout Tags) throws(CallError) in
    if wanted.isEmpty { own = [:] }
    for (key, value) in wanted where value == nil || own[key] == value { own[key] = nil }
  }
  return .record([:])
}

private func describeTags(_ turn: inout Turn) throws(CallError) -> Value {
  var rows: [TagRow] = []
  func add(_ kind: String, _ id: String, _ tags: Tags) {
    for (key, value) in tags { rows.append(TagRow(kind: kind, id: id, key: key, value: value)) }
  }
  let account = turn.account
  for vpc in account.vpcs.values { add("vpc", vpc.id, vpc.tags) }
  for subnet in account.subnets.values { add("subnet", subnet.id, subnet.tags) }
  for gateway in account.internetGateways.values {
    add("internet-gateway", gateway.id, gateway.tags)
  }
  for table in account.routeTables.values { add("route-table", table.id, table.tags) }
  for acl in account.networkACLs.values { add("network-acl", acl.id, acl.tags) }
  for group in account.securityGroups.values { add("security-group", group.id, group.tags) }
  for instance in account.instances.values { add("instance", instance.id, instance.tags) }
  for part in try turn.parameters.parts("Filters") {
    let name = try part.need("Name")
    guard ["resource-id", "resource-type", "key", "value"].contains(name) else {
      throw CallError("InvalidParameterValue", "The filter '\(name)' is invalid")
    }
    let values = try part.texts("Values")
    rows.removeAll { row in !values.contains { matches(row.text(name), $0) } }
  }
  rows.sort { $0.order < $1.order }
  let (page, token) = try turn.pageOf(rows, ids: "") { $0.order }
  return .fields([("Tags", .list(page.map(\.asValue))), ("NextToken", .optional(token))])
}

private struct TagRow {
  let kind: String
  let id: String
  let key: String
  let value: String

  var order: String { id + "\u{0}" + key }

  func text(_ filter: String) -> String {
    switch filter {
    case "resource-id": id
    case "resource-type": kind
    case "key": key
    default: value
    }
  }

  var asValue: Value {
    .fields([
      ("ResourceId", .string(id)), ("ResourceType", .string(kind)), ("Key", .string(key)),
      ("Value", .string(value)),
    ])
  }
}
