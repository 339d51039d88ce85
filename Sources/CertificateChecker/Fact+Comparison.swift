import CloudModel
import PlanEffects

/// Facts of an observation beside facts of a derivation.
extension Fact {
  /// The fact with every identifier replaced.
  func mapped(_ name: (String) -> String) -> Fact {
    switch self {
    case .vpc(let id, let cidr): .vpc(name(id), cidr)
    case .subnet(let id, let vpc, let cidr): .subnet(name(id), vpc: name(vpc), cidr)
    case .gateway(let id, let vpc): .gateway(name(id), vpc: name(vpc))
    case .route(let table, let cidr, let target):
      .route(table: name(table), cidr, target.mapped(name))
    case .mainTable(let vpc, let table): .mainTable(vpc: name(vpc), table: name(table))
    case .tableOf(let subnet, let table): .tableOf(subnet: name(subnet), table: name(table))
    case .aclOf(let subnet, let acl): .aclOf(subnet: name(subnet), acl: name(acl))
    case .aclEntry(let acl, let entry): .aclEntry(acl: name(acl), entry)
    case .rule(let group, let isEgress, let rule):
      .rule(group: name(group), isEgress: isEgress, rule.mapped(name))
    case .instance(let id, let subnet, let range):
      .instance(name(id), subnet: name(subnet), range)
    case .member(let instance, let group): .member(instance: name(instance), group: name(group))
    case .publicAddress(let instance, let range):
      .publicAddress(instance: name(instance), range)
    case .forwards(let instance): .forwards(instance: name(instance))
    case .mapsPublic(let subnet): .mapsPublic(subnet: name(subnet))
    case .named(let address, let process, let id): .named(address, process: process, id: name(id))
    case .bucket, .bucketPolicy: self
    }
  }

  /// The fact without the addresses that AWS chooses.
  var kind: Fact {
    switch self {
    case .instance(let id, let subnet, _): .instance(id, subnet: subnet, .any)
    case .publicAddress(let instance, _): .publicAddress(instance: instance, .any)
    case .vpc, .subnet, .gateway, .route, .mainTable, .tableOf, .aclOf, .aclEntry, .rule, .member,
      .forwards, .mapsPublic, .named, .bucket, .bucketPolicy:
      self
    }
  }

  /// The subnet without which it means nothing; nil for facts that mean something by themselves.
  var subnetAlone: String? {
    switch self {
    case .tableOf(let subnet, _), .aclOf(let subnet, _): subnet
    case .vpc, .subnet, .gateway, .route, .mainTable, .aclEntry, .rule, .instance, .member,
      .publicAddress, .forwards, .mapsPublic, .named, .bucket, .bucketPolicy:
      nil
    }
  }

  /// Whether another fact of the same kind is one of those that this one allows.
  func covers(_ other: Fact) -> Bool {
    guard kind == other.kind else { return false }
    guard let wide = addresses, let narrow = other.addresses else { return true }
    return wide.lower <= narrow.lower && narrow.upper <= wide.upper
  }

  /// The addresses that AWS chooses; nil where it chooses none.
  private var addresses: AddressRange? {
    switch self {
    case .instance(_, _, let range), .publicAddress(_, let range): range
    case .vpc, .subnet, .gateway, .route, .mainTable, .tableOf, .aclOf, .aclEntry, .rule, .member,
      .forwards, .mapsPublic, .named, .bucket, .bucketPolicy:
      nil
    }
  }

  /// A few words on it, for people.
  var summary: String {
    switch self {
    case .vpc(let id, let cidr): "\(id) (\(cidr))"
    case .subnet(let id, _, let cidr): "\(id) (\(cidr))"
    case .gateway(let id, let vpc): "\(id) at \(vpc)"
    case .route(let table, let cidr, _): "a route to \(cidr) in \(table)"
    case .mainTable(let vpc, let table): "\(table) as main table of \(vpc)"
    case .tableOf(let subnet, let table): "the association of \(subnet) with \(table)"
    case .aclOf(let subnet, let acl): "the association of \(subnet) with \(acl)"
    case .aclEntry(let acl, let entry):
      "entry \(entry.number) of \(acl), \(entry.isEgress ? "outward" : "inward")"
    case .rule(let group, let isEgress, let rule):
      "a rule of \(group), \(isEgress ? "outward" : "inward"), \(rule.transport.aws) "
        + "\(rule.ports.lowerBound)–\(rule.ports.upperBound)"
    case .instance(let id, let subnet, _): "\(id) in \(subnet)"
    case .member(let instance, let group): "\(instance) in \(group)"
    case .publicAddress(let instance, _): "a public address of \(instance)"
    case .forwards(let instance): "\(instance) forwarding what is not its own"
    case .mapsPublic(let subnet): "public addresses in \(subnet)"
    case .named(let address, _, let id): "\(id) as \(address)"
    case .bucket(let name, _): "bucket \(name) with its public access block"
    case .bucketPolicy(let name, _): "the policy of bucket \(name)"
    }
  }
}

extension Route.Target {
  fileprivate func mapped(_ name: (String) -> String) -> Route.Target {
    switch self {
    case .local: .local
    case .internetGateway(let id): .internetGateway(name(id))
    case .instance(let id): .instance(name(id))
    }
  }
}

extension SecurityGroupRule {
  fileprivate func mapped(_ name: (String) -> String) -> SecurityGroupRule {
    guard case .group(let id) = peer else { return self }
    var rule = self
    rule.peer = .group(name(id))
    return rule
  }
}
