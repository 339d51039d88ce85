import Canon
import CloudModel

/// Route tables and which subnets use them.
///
/// Source: Amazon EC2 API Reference, CreateRouteTable, AssociateRouteTable,
/// ReplaceRouteTableAssociation; Amazon VPC User Guide, "Route tables".
let routeTableOperations: [Operation] = [
  .write(
    "ec2", "CreateRouteTable", needs: "VpcId", takes: "TagSpecifications ClientToken", createTable),
  .write("ec2", "DeleteRouteTable", needs: "RouteTableId", deleteTable),
  .write("ec2", "AssociateRouteTable", needs: "RouteTableId", takes: "SubnetId", associateTable),
  .write("ec2", "DisassociateRouteTable", needs: "AssociationId", disassociateTable),
  .write(
    "ec2", "ReplaceRouteTableAssociation", needs: "AssociationId RouteTableId",
    replaceTableAssociation),
  .read("ec2", "DescribeRouteTables", takes: "RouteTableIds Filters MaxResults NextToken") {
    turn throws(CallError) in
    try turn.describe(RouteTable.self, ids: "RouteTableIds", as: "RouteTables")
  },
]

extension RouteTable: Described {
  static var notFoundCode: String { "InvalidRouteTableID.NotFound" }
  static var noun: String { "routeTable ID" }

  /// The association of the main table with its VPC; it goes with the table that is main.
  var mainAssociation: String { "rtbassoc-" + id.dropFirst(4) }

  func values(ofFilter name: String, in account: AccountState) -> [String]? {
    switch name {
    case "route-table-id": [id]
    case "vpc-id": [vpc]
    case "association.main": isMain ? ["true"] : associations.isEmpty ? [] : ["false"]
    case "association.subnet-id": associations.values
    case "association.route-table-id": isMain || !associations.isEmpty ? [id] : []
    case "association.route-table-association-id":
      associations.keys + (isMain ? [mainAssociation] : [])
    case "route.destination-cidr-block": routes.map(\.destination.description)
    case "route.gateway-id": routes.compactMap(\.gateway)
    case "route.instance-id": routes.compactMap(\.instance)
    case "route.state": routes.map(\.state)
    case "route.origin": routes.map(\.origin)
    default: nil
    }
  }

  func value(in account: AccountState) -> Value {
    var shown: [Value] = []
    if isMain { shown.append(association(mainAssociation, subnet: nil)) }
    for (id, subnet) in associations { shown.append(association(id, subnet: subnet)) }
    return .fields([
      ("RouteTableId", .string(id)), ("VpcId", .string(vpc)),
      ("OwnerId", .string(account.accountID)), ("Routes", .list(routes.map(\.asValue))),
      ("Associations", .list(shown)), ("PropagatingVgws", []), ("Tags", .tagList(tags)),
    ])
  }

  private func association(_ association: String, subnet: String?) -> Value {
    .fields([
      ("RouteTableAssociationId", .string(association)), ("RouteTableId", .string(id)),
      ("SubnetId", .optional(subnet)), ("Main", .bool(subnet == nil)),
      ("AssociationState", ["State": "associated"]),
    ])
  }
}

private func createTable(_ turn: inout Turn) throws(CallError) -> Value {
  if let id = try turn.madeBefore()?.first, let table = turn.account.routeTables[id] {
    return ["RouteTable": table.value(in: turn.account)]
  }
  let vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  let tags = try turn.parameters.tagSpecification("route-table")
  let siblings = turn.account.routeTables.values.count { $0.vpc == vpc.id }
  guard siblings < turn.account.quotas.routeTablesPerVpc else {
    throw CallError(
      "RouteTableLimitExceeded", "The maximum number of route tables has been reached.")
  }
  let table = RouteTable(
    id: turn.mint("rtb"), vpc: vpc.id, isMain: false,
    routes: [Route(destination: vpc.cidr, target: .local)], tags: tags)
  turn.put(table)
  turn.rememberMade([table.id])
  return ["RouteTable": table.value(in: turn.account)]
}

private func deleteTable(_ turn: inout Turn) throws(CallError) -> Value {
  let table = try turn.find(RouteTable.self, try turn.parameters.need("RouteTableId"))
  guard !table.isMain, table.associations.isEmpty else {
    throw CallError(
      "DependencyViolation",
      "The routeTable '\(table.id)' has dependencies and cannot be deleted.")
  }
  turn.remove(RouteTable.self, table.id)
  return .record([:])
}

extension Turn {
  /// The route table that holds an association, the main one's own included.
  fileprivate func tableOfAssociation(_ id: String) throws(CallError) -> RouteTable {
    let found = account.routeTables.values.first { table in
      table.associations[id] != nil || table.isMain && table.mainAssociation == id
    }
    guard let found else {
      throw CallError(
        "InvalidAssociationID.NotFound", "The association ID '\(id)' does not exist")
    }
    return found
  }
}

private let associated: Value = ["State": "associated"]

private func associateTable(_ turn: inout Turn) throws(CallError) -> Value {
  var table = try turn.find(RouteTable.self, try turn.parameters.need("RouteTableId"))
  let subnet = try turn.find(Subnet.self, try turn.parameters.need("SubnetId"))
  guard table.vpc == subnet.vpc else { throw differentNetworks(table.id, subnet.id) }
  for other in turn.account.routeTables.values {
    guard let present = other.associations.first(where: { $0.value == subnet.id }) else { continue }
    guard other.id == table.id else {
      throw CallError(
        "Resource.AlreadyAssociated",
        "the specified association for route table \(table.id) conflicts with an existing "
          + "association")
    }
    return ["AssociationId": .string(present.key), "AssociationState": associated]
  }
  let id = turn.mint("rtbassoc")
  table.associations[id] = subnet.id
  turn.put(table)
  return ["AssociationId": .string(id), "AssociationState": associated]
}

/// The error for two things of different VPCs.
private func differentNetworks(_ a: String, _ b: String) -> CallError {
  CallError("InvalidParameterValue", "\(a) and \(b) belong to different networks")
}

private func disassociateTable(_ turn: inout Turn) throws(CallError) -> Value {
  let id = try turn.parameters.need("AssociationId")
  var table = try turn.tableOfAssociation(id)
  guard table.associations[id] != nil else {
    throw CallError(
      "InvalidParameterValue", "cannot disassociate the main route table association \(id)")
  }
  table.associations[id] = nil
  turn.put(table)
  return .record([:])
}

private func replaceTableAssociation(_ turn: inout Turn) throws(CallError) -> Value {
  let id = try turn.parameters.need("AssociationId")
  var old = try turn.tableOfAssociation(id)
  var new = try turn.find(RouteTable.self, try turn.parameters.need("RouteTableId"))
  guard old.vpc == new.vpc else { throw differentNetworks(old.id, new.id) }
  guard let subnet = old.associations[id] else {
    if old.id != new.id {
      old.isMain = false
      new.isMain = true
      turn.put(old)
      turn.put(new)
    }
    return ["NewAssociationId": .string(new.mainAssociation), "AssociationState": associated]
  }
  let fresh = turn.mint("rtbassoc")
  old.associations[id] = nil
  turn.put(old)
  if new.id == old.id { new = old }
  new.associations[fresh] = subnet
  turn.put(new)
  return ["NewAssociationId": .string(fresh), "AssociationState": associated]
}
