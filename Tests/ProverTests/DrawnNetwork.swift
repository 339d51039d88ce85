import Canon
import CloudModel
import CloudSemantics
import Determinism
import Plans

/// A small account with one or two VPCs, drawn at random, and plans that change it.
struct DrawnNetwork {
  var random: RandomSource
  var account = AccountState(accountID: "123456789012", region: "us-east-1")

  init(_ seed: UInt64) {
    random = RandomSource(Seed(seed).split("network"))
    for number in 0..<(random.below(4) == 0 ? 2 : 1) { addVpc(number) }
  }

  static let blocks = [
    "0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "10.0.1.0/25", "10.0.2.5/32", "8.0.0.0/7",
    "8.8.8.8/32", "128.0.0.0/1", "54.0.0.0/8", "203.0.113.0/24",
  ].compactMap { CIDR($0) }
  static let transports: [Transport] = [.any, .tcp, .tcp, .tcp, .udp, .icmp, .other(50)]
  static let ports: [ClosedRange<UInt16>] = [
    0...65535, 22...22, 443...443, 1024...65535, 400...500, 0...1023,
  ]

  mutating func pick<E>(_ items: [E]) -> E { items[random.below(items.count)] }

  mutating func addVpc(_ number: Int) {
    let vpc = "vpc-\(number)"
    guard let cidr = CIDR("10.\(number).0.0/16") else { return }
    account.vpcs[vpc] = Vpc(id: vpc, cidr: cidr)
    if random.below(5) > 0 {
      account.internetGateways["igw-\(number)"] = InternetGateway(
        id: "igw-\(number)", vpc: random.below(5) > 0 ? vpc : nil)
    }
    for table in 0..<2 {
      account.routeTables["rtb-\(number)\(table)"] = RouteTable(
        id: "rtb-\(number)\(table)", vpc: vpc, isMain: table == 0,
        routes: [Route(destination: cidr, target: .local)] + routes(number))
    }
    for list in 0..<2 {
      account.networkACLs["acl-\(number)\(list)"] = NetworkACL(
        id: "acl-\(number)\(list)", vpc: vpc, isDefault: list == 0, entries: entries())
    }
    for group in 0..<3 {
      account.securityGroups["sg-\(number)\(group)"] = SecurityGroup(
        id: "sg-\(number)\(group)", vpc: vpc, name: "g\(group)", description: "g",
        ingress: unique((0..<random.below(4)).map { _ in rule(number) }),
        egress: unique((0..<(1 + random.below(3))).map { _ in rule(number) }))
    }
    for subnet in 1...2 { addSubnet(number, subnet) }
  }

  mutating func addSubnet(_ number: Int, _ place: Int) {
    let subnet = "subnet-\(number)\(place)"
    guard let cidr = CIDR("10.\(number).\(place).0/24") else { return }
    account.subnets[subnet] = Subnet(
      id: subnet, vpc: "vpc-\(number)", cidr: cidr, availabilityZone: "us-east-1a")
    if random.below(3) > 0 {
      account.routeTables["rtb-\(number)\(random.below(2))"]?
        .associations["rtbassoc-\(number)\(place)"] = subnet
    }
    account.networkACLs["acl-\(number)\(random.below(2))"]?
      .associations["aclassoc-\(number)\(place)"] = subnet
    for host in 0..<(1 + random.below(2)) {
      let id = "i-\(number)\(place)\(host)"
      let groups = (0...2).filter { _ in random.below(2) == 0 }.map { "sg-\(number)\($0)" }
      let isPublic = random.below(2) == 0
      account.instances[id] = Instance(
        id: id, image: "ami-00000000", type: "t3.micro", subnet: subnet, groups: groups,
        privateAddress: IPv4Address(bits: cidr.lower + 5 + UInt32(host)),
        publicAddress: isPublic
          ? IPv4Address(bits: 0x3600_0000 + UInt32(number * 100 + place * 10 + host)) : nil,
        state: .running, tags: ["fugue:address": id, "fugue:process": "dev"])
    }
  }

  private mutating func routes(_ number: Int) -> [Route] {
    var out: [Route] = []
    for block in ["0.0.0.0/0", "8.0.0.0/7", "128.0.0.0/1", "203.0.113.0/24"].compactMap({ CIDR($0) }
    )
    where random.below(3) == 0 {
      out.append(Route(destination: block, target: .internetGateway("igw-\(number)")))
    }
    return out
  }

  mutating func entries() -> [NetworkACLEntry] {
    var out: [NetworkACLEntry] = []
    for isEgress in [false, true] {
      if random.below(2) == 0 {
        out.append(entry(100, isEgress, isAllow: true, any: true))
        if random.below(2) == 0 { out.insert(entry(50, isEgress, isAllow: false), at: 0) }
        continue
      }
      for number in [50, 60, 100, 200] where random.below(2) == 0 {
        out.append(entry(number, isEgress, isAllow: random.below(3) > 0))
      }
    }
    return out
  }

  mutating func entry(
    _ number: Int, _ isEgress: Bool, isAllow: Bool, any: Bool = false
  ) -> NetworkACLEntry {
    let transport = any ? .any : pick(Self.transports)
    let hasPorts = transport == .tcp || transport == .udp
    return NetworkACLEntry(
      number: number, isEgress: isEgress, isAllow: isAllow, transport: transport,
      ports: hasPorts ? pick(Self.ports) : 0...65535,
      icmp: transport == .icmp
        ? pick([ICMPTypeCode(type: -1, code: -1), ICMPTypeCode(type: 8, code: -1)]) : nil,
      cidr: any ? .all : pick(Self.blocks))
  }

  mutating func rule(_ number: Int) -> SecurityGroupRule {
    let transport = pick(Self.transports)
    let hasPorts = transport == .tcp || transport == .udp
    let peer: SecurityGroupRule.Peer =
      random.below(3) == 0 ? .group("sg-\(number)\(random.below(3))") : .cidr(pick(Self.blocks))
    return SecurityGroupRule(
      transport: transport, ports: hasPorts ? pick(Self.ports) : 0...65535,
      icmp: transport == .icmp
        ? pick([ICMPTypeCode(type: -1, code: -1), ICMPTypeCode(type: 8, code: 0)]) : nil,
      peer: peer)
  }

  private func unique(_ rules: [SecurityGroupRule]) -> [SecurityGroupRule] {
    var out: [SecurityGroupRule] = []
    for rule in rules where !out.contains(rule) { out.append(rule) }
    return out
  }

  /// A plan of calls that all succeed in list order, with random edges.
  mutating func plan(steps count: Int) -> Plan {
    var now = account
    var calls: [Call] = []
    for _ in 0..<(count * 8) where calls.count < count {
      let call = change()
      let done = CloudSemantics.step(now, call)
      guard case .success = done.reply, done.state != now else { continue }
      now = done.state
      calls.append(call)
    }
    var edges: [PlanEdge] = []
    for to in calls.indices {
      for from in 0..<to where random.below(4) == 0 {
        edges.append(
          PlanEdge(
            from: StepID(from), to: StepID(to),
            kind: random.below(2) == 0 ? .afterSettled : .afterAcknowledged))
      }
    }
    return testPlan(calls, edges)
  }

  private mutating func change() -> Call {
    switch random.below(9) {
    case 0, 1:
      let group = pick(account.securityGroups.keys)
      let isEgress = random.below(3) == 0
      return rulesCall(
        "AuthorizeSecurityGroup", isEgress, group, rule(group.hasPrefix("sg-0") ? 0 : 1))
    case 2:
      let group = pick(Array(account.securityGroups.values))
      let isEgress = random.below(3) == 0
      let rules = isEgress ? group.egress : group.ingress
      if rules.isEmpty { return change() }
      return rulesCall("RevokeSecurityGroup", isEgress, group.id, pick(rules))
    case 3: return entryCall("CreateNetworkAclEntry")
    case 4: return entryCall("DeleteNetworkAclEntry")
    case 5: return routeCall("CreateRoute")
    case 6: return routeCall("DeleteRoute")
    case 7:
      let number = random.below(account.vpcs.count)
      return Call(
        service: "ec2",
        operation: random.below(2) == 0 ? "AttachInternetGateway" : "DetachInternetGateway",
        parameters: [
          "InternetGatewayId": .string("igw-\(number)"), "VpcId": .string("vpc-\(number)"),
        ])
    default:
      let instance = pick(Array(account.instances.values))
      if random.below(2) == 0 {
        return Call(
          service: "ec2", operation: "TerminateInstances",
          parameters: ["InstanceIds": [.string(instance.id)]])
      }
      let vpc = instance.id.hasPrefix("i-0") ? 0 : 1
      return Call(
        service: "ec2", operation: "ModifyInstanceAttribute",
        parameters: [
          "InstanceId": .string(instance.id), "Groups": [.string("sg-\(vpc)\(random.below(3))")],
        ])
    }
  }

  private mutating func entryCall(_ operation: String) -> Call {
    let list = pick(account.networkACLs.keys)
    let isEgress = random.below(2) == 0
    let number = pick([50, 60, 70, 100, 200])
    var parameters: [(String, Value)] = [
      ("NetworkAclId", .string(list)), ("RuleNumber", .int(Int64(number))),
      ("Egress", .bool(isEgress)),
    ]
    if operation == "CreateNetworkAclEntry" {
      let it = entry(number, isEgress, isAllow: random.below(3) > 0)
      parameters.append(("Protocol", .string(it.transport.number.map { String($0) } ?? "-1")))
      parameters.append(("RuleAction", .string(it.isAllow ? "allow" : "deny")))
      parameters.append(("CidrBlock", .string(it.cidr.description)))
      if it.transport == .tcp || it.transport == .udp {
        parameters.append(
          (
            "PortRange",
            ["From": .int(Int64(it.ports.lowerBound)), "To": .int(Int64(it.ports.upperBound))]
          ))
      }
      if let icmp = it.icmp {
        parameters.append(
          ("IcmpTypeCode", ["Type": .int(Int64(icmp.type)), "Code": .int(Int64(icmp.code))]))
      }
    }
    return Call(
      service: "ec2", operation: operation, parameters: .record(SortedMap(parameters)))
  }

  private mutating func routeCall(_ operation: String) -> Call {
    let table = pick(account.routeTables.keys)
    var parameters: [(String, Value)] = [
      ("RouteTableId", .string(table)),
      (
        "DestinationCidrBlock",
        .string(pick(["0.0.0.0/0", "8.0.0.0/7", "128.0.0.0/1", "203.0.113.0/24"]))
      ),
    ]
    if operation == "CreateRoute" {
      parameters.append(("GatewayId", .string("igw-" + table.dropFirst(4).prefix(1))))
    }
    return Call(
      service: "ec2", operation: operation, parameters: .record(SortedMap(parameters)))
  }
}

/// A call that authorises or revokes one rule.
func rulesCall(
  _ verb: String, _ isEgress: Bool, _ group: String, _ rule: SecurityGroupRule
) -> Call {
  var permission: [(String, Value)] = [("IpProtocol", .string(rule.transport.aws))]
  if rule.transport == .tcp || rule.transport == .udp {
    permission.append(("FromPort", .int(Int64(rule.ports.lowerBound))))
    permission.append(("ToPort", .int(Int64(rule.ports.upperBound))))
  }
  if let icmp = rule.icmp {
    permission.append(("FromPort", .int(Int64(icmp.type))))
    permission.append(("ToPort", .int(Int64(icmp.code))))
  }
  switch rule.peer {
  case .cidr(let block):
    permission.append(("IpRanges", [["CidrIp": .string(block.description)]]))
  case .cidr6: break
  case .group(let id): permission.append(("UserIdGroupPairs", [["GroupId": .string(id)]]))
  }
  return Call(
    service: "ec2", operation: verb + (isEgress ? "Egress" : "Ingress"),
    parameters: [
      "GroupId": .string(group), "IpPermissions": [.record(SortedMap(permission))],
    ])
}

/// A plan of calls without holes.
func testPlan(_ calls: [Call], _ edges: [PlanEdge] = []) -> Plan {
  Plan(
    composition: Digest(of: "main"), process: "dev", baseline: Digest(of: "baseline"),
    steps: calls.enumerated().map { place, call in
      Step(
        address: ResourceAddress("step\(place)"), type: "Test", verb: .update, part: "", call: call,
        yields: [:], errors: [:], settle: .visibleTwice, duplicates: false, origins: [])
    },
    edges: edges, known: [])
}
