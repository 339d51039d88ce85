import Canon
import CertificateChecker
import Certificates
import CloudModel
import Plans

/// A VPC with a web and a database instance, both in a subnet with a way to the internet and both
/// with a public address: only the database's security group protects it.
struct ThreeTierFixture {
  var account = AccountState(accountID: "123456789012", region: "us-east-1")

  init() {
    guard let block = CIDR("10.0.0.0/16"), let own = CIDR("10.0.0.0/24") else { return }
    account.vpcs["vpc-1"] = Vpc(id: "vpc-1", cidr: block)
    account.internetGateways["igw-1"] = InternetGateway(id: "igw-1", vpc: "vpc-1")
    account.subnets["subnet-1"] = Subnet(
      id: "subnet-1", vpc: "vpc-1", cidr: own, availabilityZone: "us-east-1a")
    var table = RouteTable(
      id: "rtb-1", vpc: "vpc-1", isMain: true,
      routes: [
        Route(destination: block, target: .local),
        Route(destination: .all, target: .internetGateway("igw-1")),
      ])
    table.associations["rtbassoc-1"] = "subnet-1"
    account.routeTables["rtb-1"] = table
    var list = NetworkACL(
      id: "acl-1", vpc: "vpc-1", isDefault: true,
      entries: [false, true].map {
        NetworkACLEntry(number: 100, isEgress: $0, isAllow: true, transport: .any, cidr: .all)
      })
    list.associations["aclassoc-1"] = "subnet-1"
    account.networkACLs["acl-1"] = list
    let out = SecurityGroupRule(transport: .any, peer: .cidr(.all))
    add("web", SecurityGroupRule(transport: .tcp, ports: 443...443, peer: .cidr(.all)), out)
    add("db", SecurityGroupRule(transport: .tcp, ports: 5432...5432, peer: .group("sg-web")), out)
  }

  private mutating func add(
    _ name: String, _ ingress: SecurityGroupRule, _ egress: SecurityGroupRule
  ) {
    let tags: Tags = ["fugue:address": name, "fugue:process": "dev"]
    account.securityGroups["sg-" + name] = SecurityGroup(
      id: "sg-" + name, vpc: "vpc-1", name: name, description: name, ingress: [ingress],
      egress: [egress])
    let host: UInt32 = name == "db" ? 20 : 10
    account.instances["i-" + name] = Instance(
      id: "i-" + name, image: "ami-00000000", type: "t3.micro", subnet: "subnet-1",
      groups: ["sg-" + name], privateAddress: IPv4Address(bits: 0x0A00_0000 + host),
      publicAddress: IPv4Address(bits: 0x3600_0000 + host), state: .running, tags: tags)
  }

  /// `never (internet reaches db)`.
  static let never = Invariant(
    title: "never (internet reaches db)",
    claim: .never(from: [.internet], to: [.resource(ResourceAddress("db"))], .any),
    origin: nowhere)
  /// `always (internet reaches web on tcp 443)`.
  static let always = Invariant(
    title: "always (internet reaches web on tcp 443)",
    claim: .always(
      from: [.internet], to: [.resource(ResourceAddress("web"))], Traffic(.tcp, 443...443)),
    origin: nowhere)
  /// `only [web] (reaches db on tcp 5432)`.
  static let only = Invariant(
    title: "only [web] (reaches db on tcp 5432)",
    claim: .only(
      from: [.resource(ResourceAddress("web"))], to: [.resource(ResourceAddress("db"))],
      Traffic(.tcp, 5432...5432)),
    origin: nowhere)
  /// All three.
  static let invariants = [never, always, only]

  /// Opens the database to a block.
  static func open(_ block: String = "0.0.0.0/0", port: UInt16 = 5432) -> Call {
    rulesCall("AuthorizeSecurityGroup", false, "sg-db", rule(block, port))
  }

  /// Takes that back.
  static func close(_ block: String = "0.0.0.0/0", port: UInt16 = 5432) -> Call {
    rulesCall("RevokeSecurityGroup", false, "sg-db", rule(block, port))
  }

  private static func rule(_ block: String, _ port: UInt16) -> SecurityGroupRule {
    SecurityGroupRule(
      transport: .tcp, ports: port...port, peer: .cidr(CIDR(block) ?? .all))
  }
}
