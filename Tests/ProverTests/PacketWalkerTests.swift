import Canon
import CloudModel
import PacketWalker
import Testing

@Suite struct PacketWalkerTests {
  @Test func `the gateway replaces the public address by the private one, each hop is named`()
    throws
  {
    let shop = try WalkerFixture()
    let walk = shop.go(try shop.tcp("203.0.113.7", "52.0.0.1", 443))
    #expect(
      walk.outcome
        == .delivered(to: .instance("i-web"), try shop.tcp("203.0.113.7", "10.0.0.10", 443)))
    let entry = NetworkACLEntry(
      number: 100, isEgress: false, isAllow: true, transport: .any, cidr: .all)
    let rule = SecurityGroupRule(transport: .tcp, ports: 443...443, peer: .cidr(.all))
    let local = Route(destination: try cidr("10.0.0.0/16"), target: .local)
    #expect(
      walk.hops.map(\.passage) == [
        .sent(by: .internet), .internetGateway("igw-1", .ingress),
        .route(table: nil, local),
        .networkACL("acl-1", subnet: "subnet-pub", .ingress, entry),
        .securityGroup("sg-web", of: "i-web", .ingress, rule),
      ])
    #expect(walk.hops.map(\.packet.destination.description).prefix(2) == ["52.0.0.1", "10.0.0.10"])
  }

  @Test func `a rule's ports are inclusive and nothing outside them passes`() throws {
    var shop = try WalkerFixture()
    shop.account.securityGroups["sg-web"]?.ingress[0].ports = 440...450
    for (port, passes) in [(439, false), (440, true), (450, true), (451, false)] {
      let walk = shop.go(try shop.tcp("203.0.113.7", "52.0.0.1", UInt16(port)))
      #expect((walk.receiver != nil) == passes, "port \(port)")
      if !passes {
        #expect(walk.outcome == .dropped(.securityGroups(["sg-web"], of: "i-web", .ingress)))
      }
    }
  }

  @Test func `a reference to a group means the private addresses of its members`() throws {
    var shop = try WalkerFixture()
    try shop.addInstance("i-other", "10.0.0.30", subnet: "subnet-pub", "sg-db")
    let packet = try shop.tcp("10.0.0.10", "10.0.10.14", 5432)
    #expect(shop.go(packet, from: "i-web").receiver == .instance("i-db"))
    let stranger = try shop.tcp("10.0.0.30", "10.0.10.14", 5432)
    #expect(
      shop.go(stranger, from: "i-other").outcome
        == .dropped(.securityGroups(["sg-db"], of: "i-db", .ingress)))
    shop.account.instances["i-other"]?.groups = ["sg-db", "sg-web"]
    #expect(shop.go(stranger, from: "i-other").receiver == .instance("i-db"))
  }

  @Test func `a reference to a group does not match the public address of a member`() throws {
    var shop = try WalkerFixture()
    shop.account.instances["i-db"]?.publicAddress = try ip("52.0.0.2")
    let walk = shop.go(try shop.tcp("10.0.0.10", "52.0.0.2", 5432), from: "i-web")
    #expect(walk.outcome == .dropped(.securityGroups(["sg-db"], of: "i-db", .ingress)))
    #expect(walk.hops.contains { $0.passage == .internet })
    #expect(walk.hops.last?.packet.source == (try ip("52.0.0.1")))
  }

  @Test func `rules of several groups add up, in both directions`() throws {
    var shop = try WalkerFixture()
    shop.account.securityGroups["sg-shut"] = SecurityGroup(
      id: "sg-shut", vpc: "vpc-1", name: "shut", description: "nothing")
    shop.account.instances["i-web"]?.groups = ["sg-shut"]
    let packet = try shop.tcp("10.0.0.10", "10.0.10.14", 5432)
    #expect(
      shop.go(packet, from: "i-web").outcome
        == .dropped(.securityGroups(["sg-shut"], of: "i-web", .egress)))
    shop.account.instances["i-web"]?.groups = ["sg-shut", "sg-web"]
    #expect(shop.go(packet, from: "i-web").receiver == .instance("i-db"))
  }

  @Test func `the entry with the least number decides, wherever it stands in the list`() throws {
    var shop = try WalkerFixture()
    let web = try shop.tcp("203.0.113.7", "52.0.0.1", 443)
    let deny = NetworkACLEntry(
      number: 90, isEgress: false, isAllow: false, transport: .tcp, ports: 443...443, cidr: .all)
    shop.account.networkACLs["acl-1"]?.entries.append(deny)
    #expect(
      shop.go(web).outcome
        == .dropped(.networkACL("acl-1", subnet: "subnet-pub", .ingress, entry: 90)))
    shop.account.networkACLs["acl-1"]?.entries[2].number = 110
    #expect(shop.go(web).receiver == .instance("i-web"))
  }

  @Test func `where no entry matches, the last and implicit one denies`() throws {
    var shop = try WalkerFixture()
    shop.account.networkACLs["acl-1"]?.entries = []
    #expect(
      shop.go(try shop.tcp("203.0.113.7", "52.0.0.1", 443)).outcome
        == .dropped(.networkACL("acl-1", subnet: "subnet-pub", .ingress, entry: nil)))
    #expect(
      shop.go(try shop.tcp("10.0.0.10", "10.0.10.14", 5432), from: "i-web").outcome
        == .dropped(.networkACL("acl-1", subnet: "subnet-pub", .egress, entry: nil)))
  }

  @Test func `within a subnet no network ACL is asked`() throws {
    var shop = try WalkerFixture()
    shop.account.networkACLs["acl-1"]?.entries = []
    let walk = shop.go(try shop.tcp("10.0.0.20", "10.0.0.10", 443), from: "i-bastion")
    #expect(walk.receiver == .instance("i-web"))
    #expect(walk.hops[2].passage == .sameSubnet("subnet-pub"))
  }

  @Test func `the answer needs its own entry of the network ACL, the group remembers it`() throws {
    var shop = try WalkerFixture()
    shop.account.securityGroups["sg-web"]?.egress = []
    let packet = try shop.tcp("203.0.113.7", "52.0.0.1", 443)
    let open = walkBothWays(packet, from: .internet, in: shop.account)
    #expect(open.isComplete)
    #expect(
      open.back?.hops.contains {
        $0.passage == .trackedFlow(instance: "i-web", .egress)
      } == true)
    shop.denyAhead(
      NetworkACLEntry(
        number: 50, isEgress: true, isAllow: false, transport: .tcp, ports: 1024...40001,
        cidr: .all))
    let shut = walkBothWays(packet, from: .internet, in: shop.account)
    #expect(shut.forward.receiver == .instance("i-web"))
    #expect(
      shut.back?.outcome
        == .dropped(.networkACL("acl-1", subnet: "subnet-pub", .egress, entry: 50)))
    #expect(!shut.isComplete)
    let higher = try shop.tcp("203.0.113.7", "52.0.0.1", 443, sourcePort: 40002)
    #expect(walkBothWays(higher, from: .internet, in: shop.account).isComplete)
  }

  @Test func `a group that did not see the packet does not let its answer pass`() throws {
    var shop = try WalkerFixture()
    shop.account.securityGroups["sg-web"]?.egress = []
    // Begun by the server itself, the same packet is no answer.
    let walk = shop.go(
      try shop.tcp("10.0.0.10", "203.0.113.7", 40001, sourcePort: 443), from: "i-web")
    #expect(walk.outcome == .dropped(.securityGroups(["sg-web"], of: "i-web", .egress)))
  }
}
