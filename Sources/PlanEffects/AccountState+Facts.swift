package import Canon
package import CloudModel

extension AccountState {
  /// Everything about the account that proofs read, table by table in order of identifier.
  package var facts: [Fact] {
    var out: [Fact] = []
    for vpc in vpcs.values { out += vpc.facts }
    for subnet in subnets.values { out += subnet.facts }
    for gateway in internetGateways.values { out += gateway.facts }
    for table in routeTables.values { out += table.facts }
    for acl in networkACLs.values { out += acl.facts }
    for group in securityGroups.values { out += group.facts }
    for instance in instances.values { out += instance.facts }
    for bucket in buckets.values { out += bucket.facts }
    return out
  }

  /// Names the part of the account that proofs read: what a certificate assumes of its baseline.
  /// Tags of others, counters and contents have no part in it.
  package var proofDigest: Digest {
    var encoder = CanonicalEncoder()
    encoder.write("fugue.baseline.1")
    encoder.write(accountID)
    encoder.write(region)
    encoder.write(facts)
    return Digest(of: encoder.bytes)
  }
}

/// Something of an account that comes to facts.
protocol FactBearing: Equatable {
  /// What it comes to, in a fixed order.
  var facts: [Fact] { get }
}

extension FactBearing {
  /// The fact that ties a thing to the resource whose tags it carries.
  func named(_ tags: Tags, id: String) -> [Fact] {
    guard let address = tags["fugue:address"] else { return [] }
    return [.named(ResourceAddress(address), process: tags["fugue:process"] ?? "", id: id)]
  }
}

extension Vpc: FactBearing {
  var facts: [Fact] { [.vpc(id, cidr)] + named(tags, id: id) }
}

extension Subnet: FactBearing {
  var facts: [Fact] {
    [.subnet(id, vpc: vpc, cidr)] + (mapPublicIpOnLaunch ? [.mapsPublic(subnet: id)] : [])
      + named(tags, id: id)
  }
}

extension InternetGateway: FactBearing {
  var facts: [Fact] { (vpc.map { [.gateway(id, vpc: $0)] } ?? []) + named(tags, id: id) }
}

extension RouteTable: FactBearing {
  var facts: [Fact] {
    (isMain ? [.mainTable(vpc: vpc, table: id)] : [])
      + routes.map { .route(table: id, $0.destination, $0.target) }
      + associations.values.map { .tableOf(subnet: $0, table: id) }
      + named(tags, id: id)
  }
}

extension NetworkACL: FactBearing {
  var facts: [Fact] {
    entries.map { .aclEntry(acl: id, $0) }
      + associations.values.map { .aclOf(subnet: $0, acl: id) }
      + named(tags, id: id)
  }
}

extension SecurityGroup: FactBearing {
  var facts: [Fact] {
    ingress.map { .rule(group: id, isEgress: false, $0.withoutNote) }
      + egress.map { .rule(group: id, isEgress: true, $0.withoutNote) }
      + named(tags, id: id)
  }
}

extension SecurityGroupRule {
  fileprivate var withoutNote: SecurityGroupRule {
    var rule = self
    rule.note = ""
    return rule
  }
}

extension Instance: FactBearing {
  var facts: [Fact] {
    switch state {
    case .terminated: []
    case .pending, .running, .shuttingDown, .stopping, .stopped:
      [.instance(id, subnet: subnet, AddressRange(privateAddress))]
        + groups.map { .member(instance: id, group: $0) }
        + (publicAddress.map { [.publicAddress(instance: id, AddressRange($0))] } ?? [])
        + (sourceDestCheck ? [] : [.forwards(instance: id)])
        + named(tags, id: id)
    }
  }
}

extension Bucket: FactBearing {
  var facts: [Fact] {
    let blocks = publicAccessBlock.map { $0.filter { _, isOn in isOn }.keys } ?? []
    return [.bucket(name, blocks: blocks)]
      + (policy.map { [.bucketPolicy(name, $0)] } ?? [])
      + named(tags, id: name)
  }
}
