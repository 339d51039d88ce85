import Canon
import CloudModel
import PlanEffects

extension AccountState {
  /// An account in which some facts hold, and no others. An address that nobody knows yet becomes
  /// the packet's for its sender and receiver, and the least possible one for others.
  init(facts: [Fact], accountID: String, region: String, packet: PacketHeader) {
    self.init(accountID: accountID, region: region)
    // Things first, then what refers to them.
    for fact in facts { addThing(fact, packet) }
    for fact in facts { addRelation(fact, packet) }
  }

  private mutating func addThing(_ fact: Fact, _ packet: PacketHeader) {
    switch fact {
    case .vpc(let id, let cidr): vpcs[id] = Vpc(id: id, cidr: cidr)
    case .subnet(let id, let vpc, let cidr):
      subnets[id] = Subnet(id: id, vpc: vpc, cidr: cidr, availabilityZone: "\(region)a")
    case .gateway(let id, let vpc):
      internetGateways[id] = InternetGateway(id: id, vpc: vpc)
    case .instance(let id, let subnet, let range):
      instances[id] = Instance(
        id: id, image: "", type: "", subnet: subnet, groups: [],
        privateAddress: Self.privateAddress(of: id, range, packet), state: .running)
    case .route, .mainTable, .tableOf, .aclOf, .aclEntry, .rule, .member, .publicAddress,
      .forwards, .mapsPublic, .named, .bucket, .bucketPolicy:
      break
    }
  }

  private mutating func addRelation(_ fact: Fact, _ packet: PacketHeader) {
    switch fact {
    case .route(let id, let cidr, let target):
      table(id, vpc(of: target))
      routeTables[id]?.routes.append(Route(destination: cidr, target: target))
    case .mainTable(let vpc, let id):
      table(id, vpc)
      routeTables[id]?.isMain = true
    case .tableOf(let subnet, let id):
      table(id, subnets[subnet]?.vpc)
      routeTables[id]?.associations["rtbassoc-\(subnet)"] = subnet
    case .aclOf(let subnet, let id):
      acl(id, subnets[subnet]?.vpc)
      networkACLs[id]?.associations["aclassoc-\(subnet)"] = subnet
    case .aclEntry(let id, let entry):
      acl(id, nil)
      networkACLs[id]?.entries.append(entry)
      networkACLs[id]?.entries.sort {
        ($0.isEgress ? 1 : 0, $0.number) < ($1.isEgress ? 1 : 0, $1.number)
      }
    case .rule(let id, let isEgress, let rule):
      group(id)
      if isEgress {
        securityGroups[id]?.egress.append(rule)
      } else {
        securityGroups[id]?.ingress.append(rule)
      }
    case .member(let instance, let id):
      group(id)
      instances[instance]?.groups.append(id)
      let subnet = instances[instance]?.subnet ?? ""
      securityGroups[id]?.vpc = subnets[subnet]?.vpc ?? ""
    case .publicAddress(let id, let range):
      instances[id]?.publicAddress = Self.publicAddress(of: id, range, packet)
    case .forwards(let id): instances[id]?.sourceDestCheck = false
    case .vpc, .subnet, .gateway, .instance, .mapsPublic, .named, .bucket, .bucketPolicy: break
    }
  }

  private func vpc(of target: Route.Target) -> String? {
    switch target {
    case .local: nil
    case .internetGateway(let id): internetGateways[id]?.vpc
    case .instance(let id): subnets[instances[id]?.subnet ?? ""]?.vpc
    }
  }

  private mutating func table(_ id: String, _ vpc: String?) {
    if routeTables[id] == nil {
      routeTables[id] = RouteTable(id: id, vpc: "", isMain: false, routes: [])
    }
    if let vpc { routeTables[id]?.vpc = vpc }
  }

  private mutating func acl(_ id: String, _ vpc: String?) {
    if networkACLs[id] == nil {
      networkACLs[id] = NetworkACL(id: id, vpc: "", isDefault: false, entries: [])
    }
    if let vpc { networkACLs[id]?.vpc = vpc }
  }

  private mutating func group(_ id: String) {
    if securityGroups[id] == nil {
      securityGroups[id] = SecurityGroup(id: id, vpc: "", name: id, description: "")
    }
  }

  private static func privateAddress(
    of id: String, _ range: AddressRange, _ packet: PacketHeader
  ) -> IPv4Address {
    let own = packet.sender == id ? packet.source : packet.destination
    let isParty = packet.sender == id || packet.receiver == id
    let fits = range.lower <= own.bits && own.bits <= range.upper
    return isParty && fits ? own : IPv4Address(bits: range.lower)
  }

  private static func publicAddress(
    of id: String, _ range: AddressRange, _ packet: PacketHeader
  ) -> IPv4Address {
    if range.isKnown { return IPv4Address(bits: range.lower) }
    if packet.receiver == id, packet.sender == nil { return packet.destination }
    // Of the others it does not matter which, only that it is nobody else's.
    return IPv4Address(
      bits: 0x3400_0000 + UInt32(truncatingIfNeeded: id.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
        & 0xFFFF)
  }
}
