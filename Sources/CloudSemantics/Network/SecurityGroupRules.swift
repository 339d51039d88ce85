import Canon
import CloudModel

/// Rules of security groups.
///
/// Source: Amazon EC2 API Reference, AuthorizeSecurityGroupIngress, RevokeSecurityGroupIngress ("if
/// the values you specify do not match the existing rule's values, an InvalidPermission.NotFound
/// client error is returned, and no rules are revoked").
let securityGroupRuleOperations: [Operation] = [
  .write(
    "ec2", "AuthorizeSecurityGroupIngress", needs: "GroupId", takes: "IpPermissions"
  ) { turn throws(CallError) in try authorize(&turn, \.ingress) },
  .write(
    "ec2", "AuthorizeSecurityGroupEgress", needs: "GroupId", takes: "IpPermissions"
  ) { turn throws(CallError) in try authorize(&turn, \.egress) },
  .write(
    "ec2", "RevokeSecurityGroupIngress", needs: "GroupId",
    takes: "IpPermissions SecurityGroupRuleIds"
  ) { turn throws(CallError) in try revoke(&turn, \.ingress) },
  .write(
    "ec2", "RevokeSecurityGroupEgress", needs: "GroupId",
    takes: "IpPermissions SecurityGroupRuleIds"
  ) { turn throws(CallError) in try revoke(&turn, \.egress) },
  .write(
    "ec2", "UpdateSecurityGroupRuleDescriptionsIngress", needs: "GroupId IpPermissions"
  ) { turn throws(CallError) in try describeRules(&turn, \.ingress) },
  .write(
    "ec2", "UpdateSecurityGroupRuleDescriptionsEgress", needs: "GroupId IpPermissions"
  ) { turn throws(CallError) in try describeRules(&turn, \.egress) },
]

private typealias Side = WritableKeyPath<SecurityGroup, [SecurityGroupRule]>

private func authorize(_ turn: inout Turn, _ side: Side) throws(CallError) -> Value {
  var group = try turn.find(SecurityGroup.self, try turn.parameters.need("GroupId"))
  let rules = try turn.rules(for: group)
  for rule in rules {
    guard !group[keyPath: side].contains(where: { $0.identity == rule.identity }) else {
      throw CallError(
        "InvalidPermission.Duplicate",
        "the specified rule \"peer: \(rule.peer.text), \(rule.transport.aws), from port: "
          + "\(rule.ports.lowerBound), to port: \(rule.ports.upperBound), ALLOW\" already exists")
    }
  }
  let all = (group[keyPath: side] + rules).sorted()
  guard all.count <= turn.account.quotas.rulesPerGroup else {
    throw CallError(
      "RulesPerSecurityGroupLimitExceeded",
      "The maximum number of rules per security group has been reached.")
  }
  group[keyPath: side] = all
  turn.put(group)
  let isEgress = side == \SecurityGroup.egress
  return [
    "Return": true,
    "SecurityGroupRules": .list(
      rules.map { $0.numbered(in: group, isEgress: isEgress, owner: turn.account.accountID) }),
  ]
}

private func revoke(_ turn: inout Turn, _ side: Side) throws(CallError) -> Value {
  var group = try turn.find(SecurityGroup.self, try turn.parameters.need("GroupId"))
  let isEgress = side == \SecurityGroup.egress
  var rules: [SecurityGroupRule] = []
  let ids = try turn.parameters.texts("SecurityGroupRuleIds")
  for id in ids {
    let found = group[keyPath: side].first { $0.ruleID(in: group.id, isEgress: isEgress) == id }
    guard let found else {
      throw CallError(
        "InvalidSecurityGroupRuleId.NotFound",
        "The security group rule ID '\(id)' does not exist")
    }
    rules.append(found)
  }
  if ids.isEmpty { rules = try turn.rules(for: group, isRevoking: true) }
  for rule in rules {
    guard let index = group[keyPath: side].firstIndex(where: { $0.identity == rule.identity })
    else { throw noRule(group) }
    group[keyPath: side].remove(at: index)
  }
  turn.put(group)
  return ["Return": true]
}

private func describeRules(_ turn: inout Turn, _ side: Side) throws(CallError) -> Value {
  var group = try turn.find(SecurityGroup.self, try turn.parameters.need("GroupId"))
  for rule in try turn.rules(for: group) {
    guard let index = group[keyPath: side].firstIndex(where: { $0.identity == rule.identity })
    else { throw noRule(group) }
    group[keyPath: side][index].note = rule.note
  }
  group[keyPath: side].sort()
  turn.put(group)
  return ["Return": true]
}

private func noRule(_ group: SecurityGroup) -> CallError {
  CallError(
    "InvalidPermission.NotFound",
    "The specified rule does not exist in this security group \(group.id).")
}

extension Turn {
  /// The rules that `IpPermissions` describes, each with one peer and none twice.
  fileprivate func rules(
    for group: SecurityGroup, isRevoking: Bool = false
  ) throws(CallError) -> [SecurityGroupRule] {
    let rules = try parameters.permissions("IpPermissions")
    guard !rules.isEmpty else { throw parameters.missing("ipPermissions") }
    for (index, rule) in rules.enumerated() {
      if case .group(let id) = rule.peer, !isRevoking {
        guard account.securityGroups[id]?.vpc == group.vpc else {
          throw CallError(
            "InvalidGroup.NotFound",
            "You have specified two resources that belong to different networks, or the "
              + "security group '\(id)' does not exist")
        }
      }
      guard !rules[..<index].contains(where: { $0.identity == rule.identity }) else {
        throw CallError(
          "InvalidParameterValue", "The same permission must not appear multiple times")
      }
    }
    return rules
  }
}

extension Parameters {
  /// The rules of a list of `IpPermission`, each with one peer.
  func permissions(_ name: String) throws(CallError) -> [SecurityGroupRule] {
    var out: [SecurityGroupRule] = []
    for part in try parts(name) {
      let head = try part.permissionHead()
      for (peer, note) in try part.peers() {
        var rule = head
        rule.peer = peer
        rule.note = note
        out.append(rule)
      }
    }
    return out
  }
}

extension Parameters {
  /// Protocol and ports of one `IpPermission`; the peer is filled in later.
  fileprivate func permissionHead() throws(CallError) -> SecurityGroupRule {
    let text = try need("IpProtocol")
    guard let transport = Transport(aws: text) else {
      throw CallError("InvalidPermission.Malformed", "Unsupported IP protocol \"\(text)\"")
    }
    let (from, to) = (try number("FromPort"), try number("ToPort"))
    switch transport {
    case .any, .other: return SecurityGroupRule(transport: transport, peer: .cidr(.all))
    case .icmp:
      let (type, code) = (from ?? -1, to ?? -1)
      guard (-1...255).contains(type), (-1...255).contains(code) else {
        throw malformedPorts(type, code)
      }
      return SecurityGroupRule(
        transport: transport, icmp: ICMPTypeCode(type: type, code: code), peer: .cidr(.all))
    case .tcp, .udp:
      guard let from, let to else {
        throw CallError(
          "InvalidParameterValue",
          "Invalid value 'Must specify both from and to ports with TCP/UDP.'"
            + " for portRange.")
      }
      if from == -1, to == -1 { return SecurityGroupRule(transport: transport, peer: .cidr(.all)) }
      guard let low = UInt16(exactly: from), let high = UInt16(exactly: to), low <= high else {
        throw malformedPorts(from, to)
      }
      return SecurityGroupRule(transport: transport, ports: low...high, peer: .cidr(.all))
    }
  }

  private func malformedPorts(_ from: Int, _ to: Int) -> CallError {
    CallError(
      "InvalidParameterValue", "Invalid value '\(from)-\(to)' for portRange.")
  }

  /// The peers of one `IpPermission` with their descriptions.
  fileprivate func peers() throws(CallError) -> [(SecurityGroupRule.Peer, String)] {
    var out: [(SecurityGroupRule.Peer, String)] = []
    for range in try parts("IpRanges") {
      let text = try range.need("CidrIp")
      guard let cidr = CIDR(text) else { throw invalid("cidrIp", text, "CIDR block is malformed.") }
      out.append((.cidr(cidr), try range.text("Description") ?? ""))
    }
    for range in try parts("Ipv6Ranges") {
      let text = try range.need("CidrIpv6")
      guard text.contains(":"), text.contains("/") else { throw invalid("cidrIpv6", text) }
      out.append((.cidr6(text.lowercased()), try range.text("Description") ?? ""))
    }
    for pair in try parts("UserIdGroupPairs") {
      out.append((.group(try pair.need("GroupId")), try pair.text("Description") ?? ""))
    }
    guard try parts("PrefixListIds").isEmpty else {
      throw CallError(
        "InvalidPrefixListId.NotFound", "The simulated account has no prefix lists.")
    }
    return out
  }
}
