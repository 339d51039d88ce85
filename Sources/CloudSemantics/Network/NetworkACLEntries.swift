import Canon
import CloudModel

/// Entries of network ACLs.
///
/// Source: Amazon EC2 API Reference, CreateNetworkAclEntry (protocols by number, rule numbers
/// 1–32766, PortRange for protocols 6 and 17, IcmpTypeCode for protocol 1).
let networkACLEntryOperations: [Operation] = [
  .write(
    "ec2", "CreateNetworkAclEntry",
    needs: "NetworkAclId RuleNumber Protocol RuleAction Egress",
    takes: "CidrBlock PortRange IcmpTypeCode"
  ) { turn throws(CallError) in try writeEntry(&turn, replaces: false) },
  .write(
    "ec2", "ReplaceNetworkAclEntry",
    needs: "NetworkAclId RuleNumber Protocol RuleAction Egress",
    takes: "CidrBlock PortRange IcmpTypeCode"
  ) { turn throws(CallError) in try writeEntry(&turn, replaces: true) },
  .write(
    "ec2", "DeleteNetworkAclEntry", needs: "NetworkAclId RuleNumber Egress", deleteEntry),
]

extension NetworkACLEntry {
  /// The protocol as network ACLs show it: a number, or -1.
  var protocolNumber: String { transport.number.map { String($0) } ?? "-1" }

  /// Itself as DescribeNetworkAcls shows it.
  var asValue: Value {
    let hasPorts = transport == .tcp || transport == .udp
    let ports: Value = ["From": .int(Int64(ports.lowerBound)), "To": .int(Int64(ports.upperBound))]
    return .fields([
      ("RuleNumber", .int(Int64(number))), ("Egress", .bool(isEgress)),
      ("RuleAction", isAllow ? "allow" : "deny"), ("Protocol", .string(protocolNumber)),
      ("CidrBlock", .string(cidr.description)), ("PortRange", hasPorts ? ports : .null),
      (
        "IcmpTypeCode",
        icmp.map { ["Type": .int(Int64($0.type)), "Code": .int(Int64($0.code))] } ?? .null
      ),
    ])
  }
}

extension Parameters {
  /// The entry that a call or a read describes.
  func entry() throws(CallError) -> NetworkACLEntry {
    let number = try needNumber("RuleNumber")
    guard (1...32766).contains(number) else {
      throw invalid("ruleNumber", String(number), "Expecting a number from 1 to 32766.")
    }
    let text = try need("Protocol")
    guard text == "-1" || UInt8(text) != nil, let transport = Transport(aws: text) else {
      throw invalid("protocol", text, "Must be a protocol number, or -1 for all.")
    }
    let action = try need("RuleAction")
    guard action == "allow" || action == "deny" else { throw invalid("ruleAction", action) }
    return NetworkACLEntry(
      number: number, isEgress: try truth("Egress") ?? false, isAllow: action == "allow",
      transport: transport, ports: try ports(of: transport), icmp: try icmp(of: transport),
      cidr: try needCIDR("CidrBlock"))
  }

  private func ports(of transport: Transport) throws(CallError) -> ClosedRange<UInt16> {
    guard transport == .tcp || transport == .udp else { return 0...65535 }
    guard let range = try part("PortRange") else { throw missing("PortRange") }
    let (from, to) = (try range.needNumber("From"), try range.needNumber("To"))
    guard let low = UInt16(exactly: from), let high = UInt16(exactly: to), low <= high else {
      throw invalid("portRange", "\(from)-\(to)")
    }
    return low...high
  }

  private func icmp(of transport: Transport) throws(CallError) -> ICMPTypeCode? {
    guard transport == .icmp else { return nil }
    guard let pair = try part("IcmpTypeCode") else { throw missing("IcmpTypeCode") }
    let (type, code) = (try pair.needNumber("Type"), try pair.needNumber("Code"))
    guard (-1...255).contains(type), (-1...255).contains(code) else {
      throw invalid("icmpTypeCode", "\(type), \(code)")
    }
    return ICMPTypeCode(type: type, code: code)
  }
}

private func writeEntry(_ turn: inout Turn, replaces: Bool) throws(CallError) -> Value {
  var acl = try turn.find(NetworkACL.self, try turn.parameters.need("NetworkAclId"))
  let entry = try turn.parameters.entry()
  let present = acl.entries.firstIndex { $0.place == entry.place }
  switch (present, replaces) {
  case (let index?, true): acl.entries[index] = entry
  case (.some, false):
    throw CallError(
      "NetworkAclEntryAlreadyExists",
      "The network acl entry identified by \(entry.number) already exists.")
  case (nil, true): throw noEntry(entry.number, acl.id)
  case (nil, false):
    let siblings = acl.entries.count { $0.isEgress == entry.isEgress }
    guard siblings < turn.account.quotas.entriesPerNetworkACL else {
      throw CallError(
        "NetworkAclEntryLimitExceeded",
        "The maximum number of network acl entries of \(acl.id) has been reached.")
    }
    let index = acl.entries.firstIndex { $0.place > entry.place } ?? acl.entries.count
    acl.entries.insert(entry, at: index)
  }
  turn.put(acl)
  return .record([:])
}

extension NetworkACLEntry {
  /// Where it stands: inbound before outbound, then by number.
  fileprivate var place: Int { (isEgress ? 100_000 : 0) + number }
}

private func noEntry(_ number: Int, _ acl: String) -> CallError {
  CallError(
    "InvalidNetworkAclEntry.NotFound",
    "The network acl entry identified by \(number) does not exist in \(acl).")
}

private func deleteEntry(_ turn: inout Turn) throws(CallError) -> Value {
  var acl = try turn.find(NetworkACL.self, try turn.parameters.need("NetworkAclId"))
  let number = try turn.parameters.needNumber("RuleNumber")
  let isEgress = try turn.parameters.truth("Egress") ?? false
  let index = acl.entries.firstIndex { $0.number == number && $0.isEgress == isEgress }
  guard let index else { throw noEntry(number, acl.id) }
  acl.entries.remove(at: index)
  turn.put(acl)
  return .record([:])
}
