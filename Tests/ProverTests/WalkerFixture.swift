import Canon
import CloudModel
import PacketWalker
import Testing

/// A shop: a public subnet with `web` (public address 52.0.0.1) and `bastion` (none), a private one
/// with `db`. The web group takes tcp 443 from anywhere, the database's group takes tcp 5432 from
/// the web group.
struct WalkerFixture {
  var account = AccountState(accountID: "123456789012", region: "us-east-1")

  init() throws {
    account.vpcs["vpc-1"] = Vpc(id: "vpc-1", cidr: try cidr("10.0.0.0/16"))
    account.internetGateways["igw-1"] = InternetGateway(id: "igw-1", vpc: "vpc-1")
    for (id, text) in [("subnet-pub", "10.0.0.0/24"), ("subnet-priv", "10.0.10.0/24")] {
      account.subnets[id] = Subnet(
        id: id, vpc: "vpc-1", cidr: try cidr(text), availabilityZone: "us-east-1a")
    }
    try addTables()
    addFilters()
    try addInstance("i-web", "10.0.0.10", subnet: "subnet-pub", "sg-web", public: "52.0.0.1")
    try addInstance("i-bastion", "10.0.0.20", subnet: "subnet-pub", "sg-web")
    try addInstance("i-db", "10.0.10.14", subnet: "subnet-priv", "sg-db")
  }

  private mutating func addTables() throws {
    let local = Route(destination: try cidr("10.0.0.0/16"), target: .local)
    account.routeTables["rtb-main"] = RouteTable(
      id: "rtb-main", vpc: "vpc-1", isMain: true, routes: [local])
    var table = RouteTable(
      id: "rtb-pub", vpc: "vpc-1", isMain: false,
      routes: [local, Route(destination: .all, target: .internetGateway("igw-1"))])
    table.associations["rtbassoc-1"] = "subnet-pub"
    account.routeTables["rtb-pub"] = table
  }

  private mutating func addFilters() {
    var list = NetworkACL(
      id: "acl-1", vpc: "vpc-1", isDefault: true,
      entries: [true, false].map {
        NetworkACLEntry(number: 100, isEgress: $0, isAllow: true, transport: .any, cidr: .all)
      })
    list.associations = ["aclassoc-1": "subnet-pub", "aclassoc-2": "subnet-priv"]
    account.networkACLs["acl-1"] = list
    let everything = SecurityGroupRule(transport: .any, peer: .cidr(.all))
    account.securityGroups["sg-web"] = SecurityGroup(
      id: "sg-web", vpc: "vpc-1", name: "web", description: "web",
      ingress: [SecurityGroupRule(transport: .tcp, ports: 443...443, peer: .cidr(.all))],
      egress: [everything])
    account.securityGroups["sg-db"] = SecurityGroup(
      id: "sg-db", vpc: "vpc-1", name: "db", description: "db",
      ingress: [SecurityGroupRule(transport: .tcp, ports: 5432...5432, peer: .group("sg-web"))],
      egress: [everything])
  }

  mutating func addInstance(
    _ id: String, _ address: String, subnet: String, _ group: String, public: String? = nil
  ) throws {
    account.instances[id] = Instance(
      id: id, image: "ami-1", type: "t3.micro", subnet: subnet, groups: [group],
      privateAddress: try ip(address),
      publicAddress: try `public`.map { try ip($0) }, state: .running)
  }

  /// A TCP packet between two addresses.
  func tcp(_ from: String, _ to: String, _ port: UInt16, sourcePort: UInt16 = 40001) throws
    -> Packet
  {
    Packet(
      source: try ip(from), destination: try ip(to),
      payload: .tcp(source: sourcePort, destination: port))
  }

  /// Walks a packet from the internet, or from an instance where one is named.
  func go(_ packet: Packet, from instance: String? = nil) -> Walk {
    walk(packet, from: instance.map(Station.instance) ?? .internet, in: account)
  }

  /// Replaces the entries of the only network ACL, apart from the open one at 100.
  mutating func denyAhead(_ entries: NetworkACLEntry...) {
    account.networkACLs["acl-1"]?.entries.insert(contentsOf: entries, at: 0)
  }
}

/// Reads an address that the test wrote itself.
func ip(_ text: String) throws -> IPv4Address { try #require(IPv4Address(text)) }

/// Reads a block that the test wrote itself.
func cidr(_ text: String) throws -> CIDR { try #require(CIDR(text)) }
