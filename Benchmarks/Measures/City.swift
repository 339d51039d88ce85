import Canon
import CloudModel
import Plans

/// A VPC with many interfaces in many groups, all with a way to the internet and a public address.
/// The first half of the groups is open to it; the other half, a tier that must stay closed, lets
/// in the group before.
struct City {
  /// The account.
  private(set) var account = AccountState(accountID: "123456789012", region: "us-east-1")
  private let groups: Int

  /// Builds it.
  /// - Parameter deniesInternet: Whether the subnet's network ACL keeps the internet out.
  init(interfaces: Int, groups: Int, deniesInternet: Bool = false) {
    self.groups = groups
    let block = CIDR("10.0.0.0/16") ?? .all
    account.vpcs["vpc-1"] = Vpc(id: "vpc-1", cidr: block)
    account.internetGateways["igw-1"] = InternetGateway(id: "igw-1", vpc: "vpc-1")
    account.subnets["subnet-1"] = Subnet(
      id: "subnet-1", vpc: "vpc-1", cidr: block, availabilityZone: "us-east-1a")
    var table = RouteTable(
      id: "rtb-1", vpc: "vpc-1", isMain: true,
      routes: [
        Route(destination: block, target: .local),
        Route(destination: .all, target: .internetGateway("igw-1")),
      ])
    table.associations["rtbassoc-1"] = "subnet-1"
    account.routeTables["rtb-1"] = table
    var entries = [City.entry(100, isAllow: true, isEgress: true)]
    entries += (0..<64).map { number in
      NetworkACLEntry(
        number: 10 + number, isEgress: false, isAllow: true, transport: .any,
        cidr: CIDR("10.0.\(number).0/24") ?? .all)
    }
    if deniesInternet { entries.append(City.entry(90, isAllow: false, isEgress: false)) }
    entries.append(City.entry(100, isAllow: true, isEgress: false))
    var list = NetworkACL(id: "acl-1", vpc: "vpc-1", isDefault: true, entries: entries)
    list.associations["aclassoc-1"] = "subnet-1"
    account.networkACLs["acl-1"] = list
    for group in 0..<groups { addGroup(group) }
    for number in 0..<interfaces { addInstance(number) }
  }

  private static func entry(_ number: Int, isAllow: Bool, isEgress: Bool) -> NetworkACLEntry {
    NetworkACLEntry(
      number: number, isEgress: isEgress, isAllow: isAllow, transport: .any, cidr: .all)
  }

  private func id(_ prefix: String, _ number: Int) -> String {
    "\(prefix)-\(number + 100_000)"
  }

  private func isInner(_ group: Int) -> Bool { 2 * group >= groups }

  private mutating func addGroup(_ number: Int) {
    let peer: SecurityGroupRule.Peer =
      isInner(number) ? .group(id("sg", number - 1)) : .cidr(.all)
    let port = UInt16(1024 + number)
    account.securityGroups[id("sg", number)] = SecurityGroup(
      id: id("sg", number), vpc: "vpc-1", name: id("group", number), description: "one of many",
      ingress: [SecurityGroupRule(transport: .tcp, ports: port...port, peer: peer)],
      egress: [SecurityGroupRule(transport: .any, peer: .cidr(.all))],
      tags: number == groups - 1 ? tags("inner") : [:])
  }

  private mutating func addInstance(_ number: Int) {
    let group = number % groups
    account.instances[id("i", number)] = Instance(
      id: id("i", number), image: "ami-00000000", type: "t3.micro", subnet: "subnet-1",
      groups: isInner(group) ? [id("sg", group), id("sg", groups - 1)] : [id("sg", group)],
      privateAddress: IPv4Address(bits: 0x0A00_0000 + UInt32(number) + 10),
      publicAddress: IPv4Address(bits: 0x3600_0000 + UInt32(number) + 10), state: .running)
  }

  private func tags(_ address: String) -> Tags {
    ["fugue:address": address, "fugue:process": "bench"]
  }
}

extension City {
  /// `never (internet reaches inner)`: the members of the last group are all of the closed tier.
  static let never = Invariant(
    title: "never (internet reaches inner)",
    claim: .never(from: [.internet], to: [.resource(ResourceAddress("inner"))], .any),
    origin: Origin(file: "", line: 1, column: 1, length: 1, text: ""))

  /// Opens the closed tier to a block.
  func opening(_ block: String) -> Call {
    Call(
      service: "ec2", operation: "AuthorizeSecurityGroupIngress",
      parameters: [
        "GroupId": .string(id("sg", groups - 1)),
        "IpPermissions": [
          [
            "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
            "IpRanges": [["CidrIp": .string(block)]],
          ]
        ],
      ])
  }

  /// Lets the internet into the subnet.
  var removingDeny: Call {
    Call(
      service: "ec2", operation: "DeleteNetworkAclEntry",
      parameters: ["NetworkAclId": "acl-1", "RuleNumber": 90, "Egress": false])
  }

  /// A plan of calls without an order.
  static func plan(_ calls: [Call]) -> Plan {
    Plan(
      composition: Digest(of: []), process: "bench", baseline: Digest(of: []),
      steps: calls.enumerated().map { number, call in
        Step(
          address: ResourceAddress("step-\(number)"), type: "", verb: .update, part: "",
          call: call, yields: [:], errors: [:], settle: .acknowledged, duplicates: false,
          origins: [])
      }, edges: [], known: [])
  }
}
