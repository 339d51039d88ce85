import Canon
import CloudModel

/// Routes.
///
/// Source: Amazon EC2 API Reference, CreateRoute, ReplaceRoute, DeleteRoute; Amazon VPC User Guide,
/// "Configure route tables" (what may be more specific than the local route).
let routeOperations: [Operation] = [
  .write(
    "ec2", "CreateRoute", needs: "RouteTableId", takes: "DestinationCidrBlock GatewayId InstanceId",
    createRoute),
  .write(
    "ec2", "ReplaceRoute", needs: "RouteTableId",
    takes: "DestinationCidrBlock GatewayId InstanceId",
    replaceRoute),
  .write("ec2", "DeleteRoute", needs: "RouteTableId", takes: "DestinationCidrBlock", deleteRoute),
]

extension Route {
  /// The gateway's identifier, `local` for the local route; nil for other targets.
  var gateway: String? {
    switch target {
    case .local: "local"
    case .internetGateway(let id): id
    case .instance: nil
    }
  }

  /// The instance's identifier; nil for other targets.
  var instance: String? { if case .instance(let id) = target { id } else { nil } }

  /// `active` or `blackhole`.
  var state: String { isBlackhole ? "blackhole" : "active" }

  /// How it came to be there.
  var origin: String { target == .local ? "CreateRouteTable" : "CreateRoute" }

  /// Itself as DescribeRouteTables shows it.
  var asValue: Value {
    .fields([
      ("DestinationCidrBlock", .string(destination.description)),
      ("GatewayId", .optional(gateway)), ("InstanceId", .optional(instance)),
      ("State", .string(state)), ("Origin", .string(origin)),
    ])
  }
}

extension Turn {
  /// The target that CreateRoute and ReplaceRoute name, checked against the table's VPC.
  fileprivate func routeTarget(for table: RouteTable) throws(CallError) -> Route.Target {
    let gateway = try parameters.text("GatewayId")
    let instance = try parameters.text("InstanceId")
    switch (gateway, instance) {
    case (nil, nil): throw parameters.missing("GatewayId")
    case (.some, .some):
      throw CallError("InvalidParameterCombination", "Only one target can be specified")
    case (let id?, nil):
      guard id != "local" else { throw parameters.invalid("gatewayId", id) }
      guard try find(InternetGateway.self, id).vpc == table.vpc else {
        throw CallError(
          "InvalidParameterValue",
          "route table \(table.id) and network gateway \(id) belong to different networks")
      }
      return .internetGateway(id)
    case (nil, let id?):
      let instance = try find(Instance.self, id)
      guard account.subnets[instance.subnet]?.vpc == table.vpc else {
        throw CallError(
          "InvalidParameterValue",
          "route table \(table.id) and interface of \(id) belong to different networks")
      }
      return .instance(id)
    }
  }

  /// Refuses a destination that the local route serves, unless it is a whole subnet's block towards
  /// an instance.
  fileprivate func checkDestination(
    _ destination: CIDR, _ target: Route.Target, in table: RouteTable
  ) throws(CallError) {
    guard let vpc = account.vpcs[table.vpc], vpc.cidr.contains(destination) else { return }
    let isWholeSubnet = account.subnets.values.contains {
      $0.vpc == vpc.id && $0.cidr == destination
    }
    if case .instance = target, isWholeSubnet, destination != vpc.cidr { return }
    throw CallError(
      "InvalidParameterValue",
      "The destination CIDR block \(destination) is equal to or more specific than one of this "
        + "VPC's CIDR blocks. This route can target only an interface or an instance.")
  }
}

private func createRoute(_ turn: inout Turn) throws(CallError) -> Value {
  var table = try turn.find(RouteTable.self, try turn.parameters.need("RouteTableId"))
  let destination = try turn.parameters.needCIDR("DestinationCidrBlock")
  let target = try turn.routeTarget(for: table)
  guard !table.routes.contains(where: { $0.destination == destination }) else {
    throw CallError(
      "RouteAlreadyExists", "The route identified by \(destination) already exists.")
  }
  try turn.checkDestination(destination, target, in: table)
  guard table.routes.count <= turn.account.quotas.routesPerTable else {
    throw CallError(
      "RouteLimitExceeded", "The maximum number of routes of \(table.id) has been reached.")
  }
  table.routes.append(Route(destination: destination, target: target))
  turn.put(table)
  return ["Return": true]
}

private func replaceRoute(_ turn: inout Turn) throws(CallError) -> Value {
  var table = try turn.find(RouteTable.self, try turn.parameters.need("RouteTableId"))
  let destination = try turn.parameters.needCIDR("DestinationCidrBlock")
  let target = try turn.routeTarget(for: table)
  let index = table.routes.firstIndex { $0.destination == destination }
  guard let index else {
    throw CallError(
      "InvalidParameterValue",
      "There is no route defined for '\(destination)' in the route table. "
        + "Use CreateRoute instead.")
  }
  try turn.checkDestination(destination, target, in: table)
  table.routes[index] = Route(destination: destination, target: target)
  turn.put(table)
  return .record([:])
}

private func deleteRoute(_ turn: inout Turn) throws(CallError) -> Value {
  var table = try turn.find(RouteTable.self, try turn.parameters.need("RouteTableId"))
  let destination = try turn.parameters.needCIDR("DestinationCidrBlock")
  let index = table.routes.firstIndex { $0.destination == destination }
  guard let index else {
    throw CallError(
      "InvalidRoute.NotFound",
      "no route with destination-cidr-block \(destination) in route table \(table.id)")
  }
  guard table.routes[index].target != .local else {
    throw CallError(
      "InvalidParameterValue",
      "cannot remove local route \(destination) in route table \(table.id)")
  }
  table.routes.remove(at: index)
  turn.put(table)
  return .record([:])
}
