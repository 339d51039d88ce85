import Canon
import CloudModel

/// Internet gateways.
///
/// Source: Amazon EC2 API Reference, AttachInternetGateway, DetachInternetGateway,
/// DeleteInternetGateway.
let gatewayOperations: [Operation] = [
  .write("ec2", "CreateInternetGateway", takes: "TagSpecifications", createGateway),
  .write("ec2", "DeleteInternetGateway", needs: "InternetGatewayId", deleteGateway),
  .write("ec2", "AttachInternetGateway", needs: "InternetGatewayId VpcId", attachGateway),
  .write("ec2", "DetachInternetGateway", needs: "InternetGatewayId VpcId", detachGateway),
  .read(
    "ec2", "DescribeInternetGateways", takes: "InternetGatewayIds Filters MaxResults NextToken"
  ) { turn throws(CallError) in
    try turn.describe(InternetGateway.self, ids: "InternetGatewayIds", as: "InternetGateways")
  },
]

extension InternetGateway: Described {
  static var notFoundCode: String { "InvalidInternetGatewayID.NotFound" }
  static var noun: String { "internetGateway ID" }

  func values(ofFilter name: String, in account: AccountState) -> [String]? {
    switch name {
    case "internet-gateway-id": [id]
    case "attachment.vpc-id": vpc.map { [$0] } ?? []
    case "attachment.state": vpc == nil ? [] : ["available"]
    default: nil
    }
  }

  func value(in account: AccountState) -> Value {
    let attachments: [Value] = vpc.map { [["State": "available", "VpcId": .string($0)]] } ?? []
    return .fields([
      ("InternetGatewayId", .string(id)), ("Attachments", .list(attachments)),
      ("OwnerId", .string(account.accountID)), ("Tags", .tagList(tags)),
    ])
  }
}

private func createGateway(_ turn: inout Turn) throws(CallError) -> Value {
  let tags = try turn.parameters.tagSpecification("internet-gateway")
  guard turn.account.internetGateways.count < turn.account.quotas.internetGateways else {
    throw CallError(
      "InternetGatewayLimitExceeded",
      "The maximum number of internet gateways has been reached.")
  }
  let gateway = InternetGateway(id: turn.mint("igw"), tags: tags)
  turn.put(gateway)
  return ["InternetGateway": gateway.value(in: turn.account)]
}

private func deleteGateway(_ turn: inout Turn) throws(CallError) -> Value {
  let id = try turn.parameters.need("InternetGatewayId")
  let gateway = try turn.find(InternetGateway.self, id)
  guard gateway.vpc == nil else {
    throw CallError(
      "DependencyViolation",
      "The internetGateway '\(id)' has dependencies and cannot be deleted.")
  }
  turn.remove(InternetGateway.self, id)
  return .record([:])
}

private func attachGateway(_ turn: inout Turn) throws(CallError) -> Value {
  var gateway = try turn.find(
    InternetGateway.self, try turn.parameters.need("InternetGatewayId"))
  let vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  if let other = gateway.vpc {
    throw CallError(
      "Resource.AlreadyAssociated", "resource \(gateway.id) is already attached to network \(other)"
    )
  }
  guard !turn.account.internetGateways.values.contains(where: { $0.vpc == vpc.id }) else {
    throw CallError(
      "InvalidParameterValue", "Network \(vpc.id) already has an internet gateway attached")
  }
  gateway.vpc = vpc.id
  turn.put(gateway)
  turn.markRoutes(to: .internetGateway(gateway.id), in: vpc.id, isBlackhole: false)
  return .record([:])
}

private func detachGateway(_ turn: inout Turn) throws(CallError) -> Value {
  var gateway = try turn.find(
    InternetGateway.self, try turn.parameters.need("InternetGatewayId"))
  let vpc = try turn.find(Vpc.self, try turn.parameters.need("VpcId"))
  guard gateway.vpc == vpc.id else {
    throw CallError(
      "Gateway.NotAttached", "resource \(gateway.id) is not attached to network \(vpc.id)")
  }
  let isMapped = turn.account.instances.values.contains { instance in
    instance.publicAddress != nil && turn.account.subnets[instance.subnet]?.vpc == vpc.id
  }
  guard !isMapped else {
    throw CallError(
      "DependencyViolation",
      "Network \(vpc.id) has some mapped public address(es). "
        + "Please unmap those public address(es) before detaching the gateway.")
  }
  gateway.vpc = nil
  turn.put(gateway)
  turn.markRoutes(to: .internetGateway(gateway.id), in: vpc.id, isBlackhole: true)
  return .record([:])
}

extension Turn {
  /// Turns the routes of a VPC that lead to a target into blackholes, or back.
  mutating func markRoutes(to target: Route.Target, in vpc: String, isBlackhole: Bool) {
    for var table in account.routeTables.values where table.vpc == vpc {
      var hasChanged = false
      for index in table.routes.indices
      where table.routes[index].target == target
        && table.routes[index].isBlackhole != isBlackhole
      {
        table.routes[index].isBlackhole = isBlackhole
        hasChanged = true
      }
      if hasChanged { put(table) }
    }
  }
}
