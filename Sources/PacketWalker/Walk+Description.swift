import CloudModel

extension Station: CustomStringConvertible {
  /// For people: `the internet`, or the instance's identifier.
  package var description: String {
    switch self {
    case .internet: "the internet"
    case .instance(let id): id
    }
  }
}

extension Hop: CustomStringConvertible {
  /// For people, one line: `network ACL acl-1, entry 100 (ingress of subnet-2)`.
  package var description: String {
    switch passage {
    case .sent(let sender): "sent by \(sender): \(packet)"
    case .securityGroup(let group, let instance, let direction, let rule):
      "security group \(group), \(direction) of \(instance), allows \(rule.walkText)"
    case .trackedFlow(let instance, let direction):
      "security groups of \(instance), \(direction): the flow is known"
    case .networkACL(let list, let subnet, let direction, let entry):
      "network ACL \(list), \(direction) of \(subnet), entry \(entry.number) allows"
    case .sameSubnet(let subnet): "within \(subnet)"
    case .route(let table?, let route):
      "route \(route.destination) → \(route.target.walkText) in table \(table)"
    case .route(nil, let route): "local route \(route.destination)"
    case .internetGateway(let gateway, let direction):
      "internet gateway \(gateway), \(direction): now \(packet)"
    case .internet: "the internet, to a public address of the same account"
    case .forwarder(let instance): "forwarded by \(instance)"
    }
  }
}

extension Drop: Error, CustomStringConvertible {
  /// For people, one line that names the element that dropped the packet.
  package var description: String {
    switch self {
    case .sender(let sender): "\(sender) cannot send from this address"
    case .securityGroups(let groups, let instance, let direction):
      "no \(direction) rule of \(groups.joined(separator: ", ")) of \(instance) allows it"
    case .networkACL(let list, let subnet, let direction, let number?):
      "network ACL \(list), \(direction) of \(subnet), entry \(number) denies it"
    case .networkACL(let list, let subnet, let direction, nil):
      "network ACL \(list), \(direction) of \(subnet): no entry matches"
    case .noNetworkACL(let subnet): "\(subnet) has no network ACL"
    case .noRoute(let table): "route table \(table) has no route for it"
    case .noRouteTable(let subnet): "\(subnet) has no route table"
    case .blackhole(let table, let route):
      "route \(route.destination) in table \(table) is a blackhole"
    case .internetGateway(let gateway):
      "internet gateway \(gateway): no public address is mapped, or the other side is private"
    case .noInternetGateway(let vpc): "\(vpc) has no internet gateway"
    case .noInterface(let address, let vpc?): "no interface in \(vpc) has \(address)"
    case .noInterface(let address, nil): "nothing has the public address \(address)"
    case .sourceDestinationCheck(let instance): "\(instance) forwards nothing that is not its own"
    case .linkLocal(let address): "\(address) is link-local and never forwarded"
    case .timeToLive: "it went in circles"
    }
  }
}

extension Walk: CustomStringConvertible {
  /// For people: a line a hop, then how it ended.
  package var description: String {
    var lines = hops.map(\.description)
    switch outcome {
    case .delivered(let station, let packet): lines.append("delivered to \(station): \(packet)")
    case .dropped(let drop): lines.append("dropped: \(drop)")
    }
    return lines.joined(separator: "\n")
  }
}

extension Route.Target {
  fileprivate var walkText: String {
    switch self {
    case .local: "local"
    case .internetGateway(let id), .instance(let id): id
    }
  }
}

extension SecurityGroupRule {
  fileprivate var walkText: String {
    let peer =
      switch self.peer {
      case .cidr(let block): block.description
      case .cidr6(let text), .group(let text): text
      }
    switch transport {
    case .tcp, .udp: return "\(transport.aws) \(ports.lowerBound)–\(ports.upperBound) \(peer)"
    case .any: return "all \(peer)"
    case .icmp, .other: return "\(transport.aws) \(peer)"
    }
  }
}
