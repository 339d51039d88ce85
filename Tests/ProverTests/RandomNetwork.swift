import Canon
import CloudModel
import Determinism
import PacketWalker

/// A small account with a network drawn from a seed: one or two VPCs, each with subnets, a main and
/// perhaps another route table, network ACLs, groups that name each other, instances, perhaps an
/// internet gateway. Numbers are drawn from few values, so that rules meet, overlap and shadow each
/// other, and most networks let some packets pass and drop others.
struct RandomNetwork {
  /// What was drawn.
  private(set) var account = AccountState(accountID: "123456789012", region: "us-east-1")
  /// Whether routes to instances, and forwarding instances, may occur.
  let hasForwarders: Bool
  private var random: RandomSource
  private var serial = 0

  /// Ports that rules and packets are made of.
  static let ports: [UInt16] = [0, 22, 80, 443, 1024, 5432, 8080, 32768, 65535]
  /// Addresses outside of any VPC.
  static let outside = ["203.0.113.7", "8.8.8.8", "198.51.100.1", "203.0.113.255"]

  /// Draws a network.
  init(seed: UInt64, hasForwarders: Bool = false) {
    self.hasForwarders = hasForwarders
    random = RandomSource(Seed(seed).split("random network"))
    for index in 0..<(1 + random.below(2)) { addVpc(index) }
  }

  private mutating func name(_ prefix: String) -> String {
    serial += 1
    return "\(prefix)-\(serial)"
  }

  private mutating func addVpc(_ index: Int) {
    let vpc = name("vpc")
    let base = UInt32(10 << 24 | index << 16)
    let cidr = CIDR(IPv4Address(bits: base), length: 16)
    account.vpcs[vpc] = Vpc(id: vpc, cidr: cidr)
    var gateway: String?
    if random.below(5) > 0 {
      let id = name("igw")
      account.internetGateways[id] = InternetGateway(
        id: id, vpc: random.below(6) > 0 ? vpc : nil)
      gateway = id
    }
    var subnets: [Subnet] = []
    for number in 0..<(1 + random.below(3)) {
      let id = name("subnet")
      let block = CIDR(IPv4Address(bits: base | UInt32(number << 8)), length: 24)
      let subnet = Subnet(id: id, vpc: vpc, cidr: block, availabilityZone: "us-east-1a")
      account.subnets[id] = subnet
      subnets.append(subnet)
    }
    let groups = (0..<(1 + random.below(3))).map { _ in name("sg") }
    addInstances(in: subnets, groups: groups)
    addTables(vpc, cidr, subnets, gateway)
    addNetworkACLs(vpc, subnets, cidr)
    for id in groups {
      account.securityGroups[id] = SecurityGroup(
        id: id, vpc: vpc, name: id, description: "drawn",
        ingress: rules(groups: groups, subnets: subnets, opensMost: false),
        egress: rules(groups: groups, subnets: subnets, opensMost: true))
    }
  }

  private mutating func addInstances(in subnets: [Subnet], groups: [String]) {
    for number in 0..<(2 + random.below(3)) {
      let subnet = subnets[random.below(subnets.count)]
      let id = name("i")
      let host = UInt32(4 + 3 * number)
      var instance = Instance(
        id: id, image: "ami-1", type: "t3.micro", subnet: subnet.id,
        groups: groups.filter { _ in random.below(2) == 0 },
        privateAddress: IPv4Address(bits: subnet.cidr.lower | host),
        publicAddress: random.below(2) == 0
          ? IPv4Address(bits: 0x3400_0000 | UInt32(serial)) : nil,
        state: random.below(8) == 0 ? .terminated : .running)
      if instance.groups.isEmpty { instance.groups = [groups[0]] }
      if hasForwarders, random.below(3) == 0 { instance.sourceDestCheck = false }
      account.instances[id] = instance
    }
  }

  private mutating func addTables(
    _ vpc: String, _ cidr: CIDR, _ subnets: [Subnet], _ gateway: String?
  ) {
    for index in 0..<(1 + random.below(2)) {
      var table = RouteTable(
        id: name("rtb"), vpc: vpc, isMain: index == 0,
        routes: [Route(destination: cidr, target: .local)])
      let destinations = ["0.0.0.0/0", "203.0.113.0/24", "203.0.113.128/25", "8.8.8.8/32"]
      for text in destinations where random.below(2) == 0 {
        guard let block = CIDR(text), let gateway else { continue }
        table.routes.append(
          Route(
            destination: block, target: .internetGateway(gateway),
            isBlackhole: random.below(5) == 0))
      }
      if hasForwarders { addForwarding(&table, vpc, subnets) }
      if index > 0 {
        for subnet in subnets where random.below(2) == 0 {
          table.associations[name("rtbassoc")] = subnet.id
        }
      }
      account.routeTables[table.id] = table
    }
  }

  private mutating func addForwarding(
    _ table: inout RouteTable, _ vpc: String, _ subnets: [Subnet]
  ) {
    let candidates = account.instances.values.filter { instance in
      subnets.contains { $0.id == instance.subnet }
    }
    guard random.below(2) == 0, !candidates.isEmpty else { return }
    let target = Route.Target.instance(candidates[random.below(candidates.count)].id)
    let block =
      random.below(2) == 0 ? subnets[random.below(subnets.count)].cidr : CIDR("203.0.113.0/24")
    guard let block, !table.routes.contains(where: { $0.destination == block }) else { return }
    table.routes.append(Route(destination: block, target: target))
  }

  private mutating func addNetworkACLs(_ vpc: String, _ subnets: [Subnet], _ cidr: CIDR) {
    var lists = [true, false].map { isDefault in
      NetworkACL(
        id: name("acl"), vpc: vpc, isDefault: isDefault,
        entries: entries(isOpen: isDefault, subnets: subnets, cidr: cidr))
    }
    for subnet in subnets {
      lists[random.below(2)].associations[name("aclassoc")] = subnet.id
    }
    for list in lists { account.networkACLs[list.id] = list }
  }

  private mutating func entries(
    isOpen: Bool, subnets: [Subnet], cidr: CIDR
  ) -> [NetworkACLEntry] {
    var out: [NetworkACLEntry] = []
    for isEgress in [false, true] {
      for number in 0..<random.below(4) {
        let transport = drawTransport()
        out.append(
          NetworkACLEntry(
            number: 10 * (number + 1), isEgress: isEgress, isAllow: random.below(3) > 0,
            transport: transport, ports: drawPorts(transport), icmp: drawICMP(transport),
            cidr: drawBlock(subnets)))
      }
      if isOpen || random.below(2) == 0 {
        out.append(
          NetworkACLEntry(
            number: 100, isEgress: isEgress, isAllow: true, transport: .any, cidr: .all))
      }
    }
    return out
  }

  private mutating func rules(
    groups: [String], subnets: [Subnet], opensMost: Bool
  ) -> [SecurityGroupRule] {
    if opensMost, random.below(2) == 0 {
      return [SecurityGroupRule(transport: .any, peer: .cidr(.all))]
    }
    return (0..<random.below(4)).map { _ in
      let transport = drawTransport()
      let peer: SecurityGroupRule.Peer =
        random.below(2) == 0
        ? .group(groups[random.below(groups.count)]) : .cidr(drawBlock(subnets))
      return SecurityGroupRule(
        transport: transport, ports: drawPorts(transport), icmp: drawICMP(transport), peer: peer)
    }
  }

  private mutating func drawTransport() -> Transport {
    [Transport.any, .any, .tcp, .tcp, .tcp, .udp, .icmp, .other(50)][random.below(8)]
  }

  private mutating func drawPorts(_ transport: Transport) -> ClosedRange<UInt16> {
    guard transport == .tcp || transport == .udp else { return 0...65535 }
    let a = Self.ports[random.below(Self.ports.count)]
    let b = Self.ports[random.below(Self.ports.count)]
    return min(a, b)...max(a, b)
  }

  private mutating func drawICMP(_ transport: Transport) -> ICMPTypeCode? {
    guard transport == .icmp else { return nil }
    let pairs = [(-1, -1), (8, -1), (8, 0), (0, 0), (3, 4)]
    let pair = pairs[random.below(pairs.count)]
    return ICMPTypeCode(type: pair.0, code: pair.1)
  }

  private mutating func drawBlock(_ subnets: [Subnet]) -> CIDR {
    let addresses = account.instances.values.map { CIDR($0.privateAddress, length: 32) }
    let texts = ["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "203.0.113.0/24", "8.8.8.8/32"]
    let blocks = [CIDR.all] + texts.compactMap { CIDR($0) } + subnets.map(\.cidr) + addresses
    return blocks[random.below(blocks.count)]
  }
}

extension RandomNetwork {
  /// Packets to try in a network, each with its sender: from every present instance and from the
  /// internet to every address that means something there, with ports and types at the borders of
  /// rules (one below, on, one above). Drawn from the same seed's own stream; `count` of them.
  func packets(count: Int, seed: UInt64) -> [(packet: Packet, sender: Station)] {
    var random = RandomSource(Seed(seed).split("random packets"))
    let present = account.instances.values.filter { $0.state != .terminated }
    guard !present.isEmpty else { return [] }
    let outside = Self.outside.compactMap { IPv4Address($0) }
    let publics = account.instances.values.compactMap(\.publicAddress)
    let privates = account.instances.values.map(\.privateAddress)
    let borders = borderPorts
    return (0..<count).map { _ in
      let payload = drawPayload(&random, borders)
      if random.below(3) == 0, !publics.isEmpty {
        let packet = Packet(
          source: outside[random.below(outside.count)],
          destination: publics[random.below(publics.count)], payload: payload)
        return (packet, .internet)
      }
      let sender = present[random.below(present.count)]
      let goals = random.below(4) == 0 ? outside + publics : privates
      let packet = Packet(
        source: sender.privateAddress, destination: goals[random.below(goals.count)],
        payload: payload)
      return (packet, .instance(sender.id))
    }
  }

  /// Ports at which some rule begins or ends, and their neighbours, in order.
  private var borderPorts: [UInt16] {
    var ports = Set(Self.ports)
    let ranges =
      account.securityGroups.values.flatMap { ($0.ingress + $0.egress).map(\.ports) }
      + account.networkACLs.values.flatMap { $0.entries.map(\.ports) }
    for range in ranges {
      for port in [range.lowerBound, range.upperBound] {
        ports.formUnion([port, port &+ 1, port &- 1])
      }
    }
    return ports.sorted()
  }

  private func drawPayload(_ random: inout RandomSource, _ ports: [UInt16]) -> Packet.Payload {
    let port = ports[random.below(ports.count)]
    let from = ports[random.below(ports.count)]
    switch random.below(8) {
    case 0: return .icmp(type: 8, code: 0)
    case 1: return .icmp(type: 3, code: UInt8(random.below(6)))
    case 2: return .other(50)
    case 3: return .udp(source: from, destination: port)
    default: return .tcp(source: from, destination: port)
    }
  }
}
