import Canon
import CloudModel
import PacketWalker
import Testing

@Suite struct PacketWalkerRouteTests {
  @Test func `out to the internet the source becomes the public address`() throws {
    let shop = try WalkerFixture()
    let walk = shop.go(try shop.tcp("10.0.0.10", "8.8.8.8", 53), from: "i-web")
    #expect(
      walk.outcome == .delivered(to: .internet, try shop.tcp("52.0.0.1", "8.8.8.8", 53)))
  }

  @Test func `an instance without public address does not get out`() throws {
    let shop = try WalkerFixture()
    let walk = shop.go(try shop.tcp("10.0.0.20", "8.8.8.8", 53), from: "i-bastion")
    #expect(walk.outcome == .dropped(.internetGateway("igw-1")))
  }

  @Test func `the gateway drops private and shared ranges`() throws {
    let shop = try WalkerFixture()
    for address in ["192.168.1.1", "172.16.0.1", "100.64.0.1", "10.1.0.1"] {
      let walk = shop.go(try shop.tcp("10.0.0.10", address, 53), from: "i-web")
      #expect(walk.outcome == .dropped(.internetGateway("igw-1")), "\(address)")
      let inward = shop.go(try shop.tcp(address, "52.0.0.1", 443))
      #expect(inward.outcome == .dropped(.sender(.internet)), "\(address)")
    }
    for address in [
      "192.167.255.255", "172.15.255.255", "172.32.0.0", "100.63.255.255", "11.0.0.0",
    ] {
      let walk = shop.go(try shop.tcp("10.0.0.10", address, 53), from: "i-web")
      #expect(walk.receiver == .internet, "\(address)")
    }
  }

  @Test func `the private side of an address is not reachable by its private name`() throws {
    let shop = try WalkerFixture()
    let target = try ip("10.0.0.10")
    #expect(
      shop.go(try shop.tcp("203.0.113.7", "10.0.0.10", 443)).outcome
        == .dropped(.noInterface(target, vpc: nil)))
  }

  @Test func `without gateway, or with a detached one, nothing comes in or goes out`() throws {
    var shop = try WalkerFixture()
    shop.account.internetGateways["igw-1"]?.vpc = nil
    let packet = try shop.tcp("203.0.113.7", "52.0.0.1", 443)
    #expect(shop.go(packet).outcome == .dropped(.noInternetGateway(vpc: "vpc-1")))
    let way = Route(destination: .all, target: .internetGateway("igw-1"))
    #expect(
      shop.go(try shop.tcp("10.0.0.10", "8.8.8.8", 53), from: "i-web").outcome
        == .dropped(.blackhole(table: "rtb-pub", way)))
  }

  @Test func `the longest prefix decides, also for a blackhole`() throws {
    var shop = try WalkerFixture()
    let hole = Route(
      destination: try cidr("8.8.8.0/24"), target: .internetGateway("igw-9"),
      isBlackhole: true)
    shop.account.routeTables["rtb-pub"]?.routes.append(hole)
    #expect(
      shop.go(try shop.tcp("10.0.0.10", "8.8.8.8", 53), from: "i-web").outcome
        == .dropped(.blackhole(table: "rtb-pub", hole)))
    shop.account.routeTables["rtb-pub"]?.routes.append(
      Route(destination: try cidr("8.8.8.8/32"), target: .internetGateway("igw-1")))
    #expect(
      shop.go(try shop.tcp("10.0.0.10", "8.8.8.8", 53), from: "i-web").receiver == .internet)
    #expect(
      shop.go(try shop.tcp("10.0.0.10", "8.8.8.9", 53), from: "i-web").outcome
        == .dropped(.blackhole(table: "rtb-pub", hole)))
  }

  @Test func `a subnet without association uses the main table`() throws {
    let shop = try WalkerFixture()
    #expect(
      shop.go(try shop.tcp("10.0.10.14", "8.8.8.8", 53), from: "i-db").outcome
        == .dropped(.noRoute(table: "rtb-main")))
  }

  @Test func `what comes in needs no route of the subnet's table, its answer does`() throws {
    var shop = try WalkerFixture()
    shop.account.instances["i-db"]?.publicAddress = try ip("52.0.0.2")
    shop.account.securityGroups["sg-db"]?.ingress[0].peer = .cidr(.all)
    let trip = walkBothWays(
      try shop.tcp("203.0.113.7", "52.0.0.2", 5432), from: .internet, in: shop.account)
    #expect(trip.forward.receiver == .instance("i-db"))
    #expect(trip.back?.outcome == .dropped(.noRoute(table: "rtb-main")))
    #expect(!trip.isComplete)
  }

  @Test func `a terminated instance has no interface, a stopped one counts as there`() throws {
    var shop = try WalkerFixture()
    let packet = try shop.tcp("10.0.0.10", "10.0.10.14", 5432)
    for state in [Instance.State.pending, .running, .shuttingDown, .stopping, .stopped] {
      shop.account.instances["i-db"]?.state = state
      #expect(shop.go(packet, from: "i-web").receiver == .instance("i-db"), "\(state)")
    }
    shop.account.instances["i-db"]?.state = .terminated
    let target = try ip("10.0.10.14")
    #expect(
      shop.go(packet, from: "i-web").outcome == .dropped(.noInterface(target, vpc: "vpc-1")))
    shop.account.instances["i-web"]?.state = .terminated
    #expect(shop.go(packet, from: "i-web").outcome == .dropped(.sender(.instance("i-web"))))
  }

  @Test func `a terminated member no longer counts for a reference to its group`() throws {
    var shop = try WalkerFixture()
    // Another interface took the address over and is in no group that the database trusts.
    shop.account.instances["i-web"]?.state = .terminated
    try shop.addInstance("i-x", "10.0.0.10", subnet: "subnet-pub", "sg-db")
    #expect(
      shop.go(try shop.tcp("10.0.0.10", "10.0.10.14", 5432), from: "i-x").outcome
        == .dropped(.securityGroups(["sg-db"], of: "i-db", .ingress)))
  }

  @Test func `two VPCs with the same addresses stay apart`() throws {
    var shop = try WalkerFixture()
    shop.account.vpcs["vpc-2"] = Vpc(id: "vpc-2", cidr: try cidr("10.0.0.0/16"))
    shop.account.subnets["subnet-2"] = Subnet(
      id: "subnet-2", vpc: "vpc-2", cidr: try cidr("10.0.0.0/24"),
      availabilityZone: "us-east-1a")
    try shop.addInstance("i-a-twin", "10.0.0.10", subnet: "subnet-2", "sg-web")
    let walk = shop.go(try shop.tcp("10.0.0.20", "10.0.0.10", 443), from: "i-bastion")
    #expect(walk.receiver == .instance("i-web"))
  }

  @Test func `an instance forwards only without source and destination check`() throws {
    var shop = try WalkerFixture()
    let detour = Route(
      destination: try cidr("10.0.10.0/24"), target: .instance("i-bastion"))
    shop.account.routeTables["rtb-pub"]?.routes.append(detour)
    shop.account.securityGroups["sg-web"]?.ingress = [
      SecurityGroupRule(transport: .any, peer: .cidr(.all))
    ]
    let packet = try shop.tcp("10.0.0.10", "10.0.10.14", 5432)
    #expect(
      shop.go(packet, from: "i-web").outcome
        == .dropped(.sourceDestinationCheck(instance: "i-bastion")))
    shop.account.instances["i-bastion"]?.sourceDestCheck = false
    // The forwarder's own subnet has the detour as well, so the packet goes in circles.
    #expect(shop.go(packet, from: "i-web").outcome == .dropped(.timeToLive))
    shop.account.instances["i-bastion"]?.subnet = "subnet-priv"
    shop.account.instances["i-bastion"]?.privateAddress = try ip("10.0.10.20")
    // References to groups do not survive forwarding.
    #expect(
      shop.go(packet, from: "i-web").outcome
        == .dropped(.securityGroups(["sg-db"], of: "i-db", .ingress)))
    shop.account.securityGroups["sg-db"]?.ingress[0].peer = .cidr(try cidr("10.0.0.0/24"))
    let walk = shop.go(packet, from: "i-web")
    #expect(walk.receiver == .instance("i-db"))
    #expect(walk.hops.contains { $0.passage == .forwarder("i-bastion") })
  }

  @Test func `an instance cannot send in another's name while the check is on`() throws {
    var shop = try WalkerFixture()
    let forged = try shop.tcp("10.0.0.10", "10.0.10.14", 5432)
    #expect(
      shop.go(forged, from: "i-bastion").outcome == .dropped(.sender(.instance("i-bastion"))))
    shop.account.instances["i-bastion"]?.sourceDestCheck = false
    #expect(shop.go(forged, from: "i-bastion").receiver == .instance("i-db"))
  }

  @Test func `ICMP has type and code in place of ports`() throws {
    var shop = try WalkerFixture()
    func ping(_ type: UInt8, _ code: UInt8) throws -> Packet {
      Packet(
        source: try ip("203.0.113.7"), destination: try ip("52.0.0.1"),
        payload: .icmp(type: type, code: code))
    }
    #expect(shop.go(try ping(8, 0)).receiver == nil)
    shop.account.securityGroups["sg-web"]?.ingress = [
      SecurityGroupRule(
        transport: .icmp, icmp: ICMPTypeCode(type: 8, code: -1), peer: .cidr(.all))
    ]
    #expect(shop.go(try ping(8, 7)).receiver == .instance("i-web"))
    #expect(shop.go(try ping(3, 0)).receiver == nil)
    #expect(shop.go(try shop.tcp("203.0.113.7", "52.0.0.1", 443)).receiver == nil)
    #expect(walkBothWays(try ping(8, 0), from: .internet, in: shop.account).isComplete)
    shop.denyAhead(
      NetworkACLEntry(
        number: 10, isEgress: true, isAllow: false, transport: .icmp,
        icmp: ICMPTypeCode(type: 0, code: -1), cidr: .all))
    #expect(!walkBothWays(try ping(8, 0), from: .internet, in: shop.account).isComplete)
  }

  @Test func `a protocol without ports passes rules of its number and of all protocols`() throws {
    var shop = try WalkerFixture()
    let packet = Packet(
      source: try ip("203.0.113.7"), destination: try ip("52.0.0.1"),
      payload: .other(50))
    for (transport, passes) in [
      (Transport.any, true), (.other(50), true), (.other(51), false), (.tcp, false), (.udp, false),
    ] {
      shop.account.securityGroups["sg-web"]?.ingress = [
        SecurityGroupRule(transport: transport, peer: .cidr(.all))
      ]
      #expect((shop.go(packet).receiver != nil) == passes, "\(transport)")
    }
  }

  @Test func `link-local addresses are never forwarded`() throws {
    let shop = try WalkerFixture()
    let target = try ip("169.254.169.254")
    #expect(
      shop.go(try shop.tcp("10.0.0.10", "169.254.169.254", 80), from: "i-web").outcome
        == .dropped(.linkLocal(target)))
  }
}

@Suite struct RandomNetworkTests {
  @Test func `the same seed draws the same network and packets`() {
    for seed in UInt64(0)..<20 {
      let a = RandomNetwork(seed: seed, hasForwarders: true)
      let b = RandomNetwork(seed: seed, hasForwarders: true)
      #expect(a.account == b.account)
      #expect(
        a.packets(count: 20, seed: seed).map(\.packet)
          == b.packets(count: 20, seed: seed).map(\.packet))
    }
  }

  @Test func `networks let some packets pass, and every kind of element drops some`() {
    var delivered = 0
    var kinds: [String: Int] = [:]
    for seed in UInt64(0)..<150 {
      let network = RandomNetwork(seed: seed, hasForwarders: seed % 2 == 0)
      for (packet, sender) in network.packets(count: 40, seed: seed) {
        switch walk(packet, from: sender, in: network.account).outcome {
        case .delivered: delivered += 1
        case .dropped(let drop):
          kinds[kind(of: drop), default: 0] += 1
        }
      }
    }
    #expect(delivered > 300)
    for kind in ["group", "list", "route", "gateway", "interface", "check"] {
      #expect(kinds[kind, default: 0] > 0, "nothing was dropped by a \(kind)")
    }
  }

  private func kind(of drop: Drop) -> String {
    switch drop {
    case .securityGroups: "group"
    case .networkACL, .noNetworkACL: "list"
    case .noRoute, .noRouteTable, .blackhole: "route"
    case .internetGateway, .noInternetGateway: "gateway"
    case .noInterface, .linkLocal: "interface"
    case .sender, .sourceDestinationCheck, .timeToLive: "check"
    }
  }
}
