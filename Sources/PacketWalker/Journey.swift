import Canon
import CloudModel

/// One packet under way: where it has been, and how it looks now.
struct Journey {
  /// The network it goes through.
  let account: AccountState
  /// Instances whose groups know its flow already, so that they let it pass.
  let tracked: Set<String>
  /// The packet as it is now.
  private(set) var packet: Packet
  /// What it has passed.
  private(set) var hops: [Hop] = []
  /// Instances whose groups it has passed.
  private(set) var seen: Set<String> = []
  /// Whether an instance has forwarded it. References to groups are lost by that.
  private var isForwarded = false
  /// How many times it may still leave an interface.
  private var timeToLive = 64

  init(_ packet: Packet, in account: AccountState, tracked: Set<String>) {
    self.packet = packet
    self.account = account
    self.tracked = tracked
  }

  /// The whole way, to where it arrives.
  mutating func run(from sender: Station) throws(Drop) -> Station {
    switch sender {
    case .internet:
      guard packet.source.isPublic, account.instance(publicAddress: packet.source) == nil else {
        throw .sender(sender)
      }
      pass(.sent(by: sender))
      return try enter()
    case .instance(let id):
      guard let instance = account.present(id), let subnet = account.subnets[instance.subnet],
        !instance.sourceDestCheck || packet.source == instance.privateAddress
      else { throw .sender(sender) }
      pass(.sent(by: sender))
      // A packet to oneself never leaves the machine.
      if packet.destination == instance.privateAddress { return sender }
      return try leave(instance, subnet)
    }
  }

  /// Out of an instance's interface.
  private mutating func leave(_ instance: Instance, _ subnet: Subnet) throws(Drop) -> Station {
    guard timeToLive > 0 else { throw .timeToLive }
    timeToLive -= 1
    if linkLocal.contains(packet.destination) { throw .linkLocal(packet.destination) }
    try passGroups(of: instance, vpc: subnet.vpc, .egress)
    if subnet.cidr.contains(packet.destination) {
      pass(.sameSubnet(subnet.id))
      return try arrive(inVpc: subnet.vpc, from: subnet.id)
    }
    try passNetworkACL(of: subnet, .egress)
    return try follow(try route(from: subnet), from: subnet)
  }

  /// The route that counts in a subnet's table.
  private func route(from subnet: Subnet) throws(Drop) -> (table: String, route: Route) {
    guard let table = account.routeTable(of: subnet), let vpc = account.vpcs[subnet.vpc] else {
      throw .noRouteTable(subnet: subnet.id)
    }
    guard let route = table.route(for: packet.destination, local: vpc.cidr) else {
      throw .noRoute(table: table.id)
    }
    return (table.id, route)
  }

  /// To where a route leads.
  private mutating func follow(
    _ chosen: (table: String, route: Route), from subnet: Subnet
  ) throws(Drop) -> Station {
    let dead = Drop.blackhole(table: chosen.table, chosen.route)
    if chosen.route.isBlackhole { throw dead }
    switch chosen.route.target {
    case .local:
      pass(.route(table: chosen.table, chosen.route))
      return try arrive(inVpc: subnet.vpc, from: subnet.id)
    case .internetGateway(let id):
      guard let gateway = account.internetGateways[id], gateway.vpc == subnet.vpc else {
        throw dead
      }
      pass(.route(table: chosen.table, chosen.route))
      return try goOut(through: gateway, of: subnet.vpc)
    case .instance(let id):
      guard let forwarder = account.present(id), account.vpc(of: forwarder) == subnet.vpc else {
        throw dead
      }
      pass(.route(table: chosen.table, chosen.route))
      return try reach(forwarder, from: subnet.id)
    }
  }

  /// Out through a gateway, which replaces the private source by the public address mapped to it.
  private mutating func goOut(
    through gateway: InternetGateway, of vpc: String
  ) throws(Drop) -> Station {
    guard packet.destination.isPublic,
      let owner = account.instance(privateAddress: packet.source, vpc: vpc),
      let address = owner.publicAddress
    else { throw .internetGateway(gateway.id) }
    packet.source = address
    pass(.internetGateway(gateway.id, .egress))
    guard account.instance(publicAddress: packet.destination) != nil else { return .internet }
    pass(.internet)
    return try enter()
  }

  /// In from the internet, to the private address behind a public one. No table of a subnet is
  /// asked: the VPC's own local route delivers what a gateway lets in, so that a subnet without a
  /// route to the gateway still receives (its answers do not find the way back).
  private mutating func enter() throws(Drop) -> Station {
    guard let receiver = account.instance(publicAddress: packet.destination),
      let id = account.vpc(of: receiver), let vpc = account.vpcs[id]
    else { throw .noInterface(packet.destination, vpc: nil) }
    guard let gateway = account.internetGateway(of: id) else {
      throw .noInternetGateway(vpc: id)
    }
    packet.destination = receiver.privateAddress
    pass(.internetGateway(gateway.id, .ingress))
    pass(.route(table: nil, Route(destination: vpc.cidr, target: .local)))
    return try arrive(inVpc: id, from: nil)
  }

  /// To the interface with the packet's destination; `from` is the subnet it comes from, nil from
  /// outside the VPC.
  private mutating func arrive(inVpc vpc: String, from: String?) throws(Drop) -> Station {
    guard let receiver = account.instance(privateAddress: packet.destination, vpc: vpc) else {
      throw .noInterface(packet.destination, vpc: vpc)
    }
    return try reach(receiver, from: from)
  }

  /// Through the filters in front of an interface; then it has arrived, or is forwarded.
  private mutating func reach(_ instance: Instance, from: String?) throws(Drop) -> Station {
    guard let subnet = account.subnets[instance.subnet] else {
      throw .noInterface(packet.destination, vpc: nil)
    }
    if subnet.id != from { try passNetworkACL(of: subnet, .ingress) }
    try passGroups(of: instance, vpc: subnet.vpc, .ingress)
    if packet.destination == instance.privateAddress { return .instance(instance.id) }
    if instance.sourceDestCheck { throw .sourceDestinationCheck(instance: instance.id) }
    isForwarded = true
    pass(.forwarder(instance.id))
    return try leave(instance, subnet)
  }

  private mutating func passNetworkACL(
    of subnet: Subnet, _ direction: Direction
  ) throws(Drop) {
    guard let list = account.networkACL(of: subnet) else {
      throw .noNetworkACL(subnet: subnet.id)
    }
    let entry = list.decision(direction, packet)
    guard let entry, entry.isAllow else {
      throw .networkACL(list.id, subnet: subnet.id, direction, entry: entry?.number)
    }
    pass(.networkACL(list.id, subnet: subnet.id, direction, entry))
  }

  private mutating func passGroups(
    of instance: Instance, vpc: String, _ direction: Direction
  ) throws(Drop) {
    if tracked.contains(instance.id) {
      pass(.trackedFlow(instance: instance.id, direction))
      return
    }
    for id in instance.groups {
      guard let group = account.securityGroups[id] else { continue }
      let rules = direction == .egress ? group.egress : group.ingress
      guard let rule = rules.first(where: { allows($0, vpc: vpc, direction) }) else { continue }
      seen.insert(instance.id)
      pass(.securityGroup(id, of: instance.id, direction, rule))
      return
    }
    throw .securityGroups(instance.groups, of: instance.id, direction)
  }

  private func allows(_ rule: SecurityGroupRule, vpc: String, _ direction: Direction) -> Bool {
    guard matches(packet, rule.transport, rule.ports, rule.icmp) else { return false }
    let otherSide = direction == .egress ? packet.destination : packet.source
    switch rule.peer {
    case .cidr(let block): return block.contains(otherSide)
    case .cidr6: return false
    case .group(let id): return !isForwarded && account.isMember(otherSide, of: id, vpc: vpc)
    }
  }

  private mutating func pass(_ passage: Hop.Passage) {
    hops.append(Hop(passage: passage, packet: packet))
  }
}

/// What no router forwards. Source: RFC 3927.
private let linkLocal = CIDR(IPv4Address(bits: 0xA9FE_0000), length: 16)
