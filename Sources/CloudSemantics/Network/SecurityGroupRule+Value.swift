import Canon
import CloudModel

extension SecurityGroupRule {
  /// `FromPort` and `ToPort` as AWS shows them; nil where the protocol has none.
  var shownPorts: (Int64, Int64)? {
    switch transport {
    case .tcp, .udp: (Int64(ports.lowerBound), Int64(ports.upperBound))
    case .icmp: (Int64(icmp?.type ?? -1), Int64(icmp?.code ?? -1))
    case .any, .other: nil
    }
  }

  /// The rule's identifier. AWS mints one; here it follows from what the rule is, so that no read
  /// is needed to know it.
  func ruleID(in group: String, isEgress: Bool) -> String {
    let ports = shownPorts ?? (-1, -1)
    let text = "\(group) \(isEgress) \(transport.aws) \(ports.0) \(ports.1) \(peer.text)"
    return "sgr-0" + Digest(of: text).hex.prefix(16)
  }

  /// Itself as AuthorizeSecurityGroupIngress answers it.
  func numbered(in group: SecurityGroup, isEgress: Bool, owner: String) -> Value {
    let ports = shownPorts ?? (-1, -1)
    var fields: [(String, Value)] = [
      ("SecurityGroupRuleId", .string(ruleID(in: group.id, isEgress: isEgress))),
      ("GroupId", .string(group.id)), ("GroupOwnerId", .string(owner)),
      ("IsEgress", .bool(isEgress)), ("IpProtocol", .string(transport.aws)),
      ("FromPort", .int(ports.0)), ("ToPort", .int(ports.1)),
      ("Description", note.isEmpty ? .null : .string(note)),
    ]
    switch peer {
    case .cidr(let block): fields.append(("CidrIpv4", .string(block.description)))
    case .cidr6(let text): fields.append(("CidrIpv6", .string(text)))
    case .group(let id):
      fields.append(("ReferencedGroupInfo", ["GroupId": .string(id), "UserId": .string(owner)]))
    }
    return .fields(fields)
  }
}

extension Value {
  /// Rules as DescribeSecurityGroups shows them: those of equal protocol and ports in one
  /// `IpPermission`, their peers listed by kind.
  static func permissions(_ rules: [SecurityGroupRule], account: String) -> Value {
    var out: [Value] = []
    var rest = rules[...]
    while let first = rest.first {
      let same = rest.prefix { $0.hasHead(of: first) }
      rest = rest.dropFirst(same.count)
      out.append(permission(Array(same), head: first, account: account))
    }
    return .list(out)
  }

  private static func permission(
    _ rules: [SecurityGroupRule], head: SecurityGroupRule, account: String
  ) -> Value {
    var ranges: [Value] = []
    var ranges6: [Value] = []
    var pairs: [Value] = []
    for rule in rules {
      let note: Value = rule.note.isEmpty ? .null : .string(rule.note)
      switch rule.peer {
      case .cidr(let block):
        ranges.append(.fields([("CidrIp", .string(block.description)), ("Description", note)]))
      case .cidr6(let text):
        ranges6.append(.fields([("CidrIpv6", .string(text)), ("Description", note)]))
      case .group(let id):
        pairs.append(
          .fields([("GroupId", .string(id)), ("UserId", .string(account)), ("Description", note)]))
      }
    }
    return .fields([
      ("IpProtocol", .string(head.transport.aws)),
      ("FromPort", head.shownPorts.map { .int($0.0) } ?? .null),
      ("ToPort", head.shownPorts.map { .int($0.1) } ?? .null),
      ("IpRanges", .list(ranges)), ("Ipv6Ranges", .list(ranges6)),
      ("UserIdGroupPairs", .list(pairs)), ("PrefixListIds", []),
    ])
  }
}

extension SecurityGroupRule {
  fileprivate func hasHead(of other: SecurityGroupRule) -> Bool {
    transport == other.transport && ports == other.ports && icmp == other.icmp
  }
}
