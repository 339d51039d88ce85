package import CloudModel

/// The facts of a model, found by what they are about. Lists keep the model's order.
package struct FactIndex: Sendable {
  /// A fact's content beside when it holds.
  package struct Entry<Content: Sendable>: Sendable {
    /// What the fact says.
    package let content: Content
    /// When it holds.
    package let occurrence: Occurrence
  }

  /// An instance as facts tell it.
  package struct Interface: Hashable, Sendable {
    /// `i-…`.
    package let id: String
    /// The subnet of its interface.
    package let subnet: String
    /// Its private address, or the range that it is from.
    package let addresses: AddressRange
  }

  /// A route as facts tell it.
  package struct RouteFact: Hashable, Sendable {
    /// Addresses it serves.
    package let destination: CIDR
    /// Where they go.
    package let target: Route.Target
  }

  /// Blocks of VPCs.
  package private(set) var vpcs: [String: CIDR] = [:]
  /// VPC and block of subnets.
  package private(set) var subnets: [String: (vpc: String, cidr: CIDR)] = [:]
  /// Gateways by VPC.
  package private(set) var gateways: [String: [Entry<String>]] = [:]
  /// Routes by table.
  package private(set) var routes: [String: [Entry<RouteFact>]] = [:]
  /// Main tables by VPC.
  package private(set) var mainTables: [String: [Entry<String>]] = [:]
  /// Explicit tables by subnet.
  package private(set) var tables: [String: [Entry<String>]] = [:]
  /// Network ACLs by subnet.
  package private(set) var acls: [String: [Entry<String>]] = [:]
  /// Entries by network ACL, by ascending number.
  package private(set) var entries: [String: [Entry<NetworkACLEntry>]] = [:]
  /// Rules by group, for packets that arrive.
  package private(set) var ingress: [String: [Entry<SecurityGroupRule>]] = [:]
  /// Rules by group, for packets that leave.
  package private(set) var egress: [String: [Entry<SecurityGroupRule>]] = [:]
  /// All instances.
  package private(set) var instances: [Entry<Interface>] = []
  /// Groups by instance.
  package private(set) var groups: [String: [Entry<String>]] = [:]
  /// Public addresses by instance.
  package private(set) var publicAddresses: [String: [Entry<AddressRange>]] = [:]
  /// Instances that forward what is not their own.
  package private(set) var forwarders: [String] = []
  /// Identifiers by address, with the process whose tags they carry.
  package private(set) var names: [ResourceAddress: [(process: String, id: String)]] = [:]
  /// Public access blocks by bucket.
  package private(set) var buckets: [String: [Entry<[String]>]] = [:]
  /// Policies by bucket.
  package private(set) var policies: [String: [Entry<String>]] = [:]

  /// Indexes a model.
  package init(_ model: EffectModel) {
    for occurrence in model.occurrences { add(occurrence) }
    for acl in entries.keys.sorted() {
      entries[acl]?.sort { $0.content.number < $1.content.number }
    }
  }

  private mutating func add(_ it: Occurrence) {
    switch it.fact {
    case .vpc(let id, let cidr): vpcs[id] = cidr
    case .subnet(let id, let vpc, let cidr): subnets[id] = (vpc, cidr)
    case .gateway(let id, let vpc): put(id, it, into: &gateways[vpc, default: []])
    case .route(let table, let cidr, let target):
      put(RouteFact(destination: cidr, target: target), it, into: &routes[table, default: []])
    case .mainTable(let vpc, let table): put(table, it, into: &mainTables[vpc, default: []])
    case .tableOf(let subnet, let table): put(table, it, into: &tables[subnet, default: []])
    case .aclOf(let subnet, let acl): put(acl, it, into: &acls[subnet, default: []])
    case .aclEntry(let acl, let entry): put(entry, it, into: &entries[acl, default: []])
    case .rule(let group, true, let rule): put(rule, it, into: &egress[group, default: []])
    case .rule(let group, false, let rule): put(rule, it, into: &ingress[group, default: []])
    case .instance(let id, let subnet, let addresses):
      put(Interface(id: id, subnet: subnet, addresses: addresses), it, into: &instances)
    case .member(let instance, let group): put(group, it, into: &groups[instance, default: []])
    case .publicAddress(let instance, let range):
      put(range, it, into: &publicAddresses[instance, default: []])
    case .forwards(let instance): forwarders.append(instance)
    case .mapsPublic: break
    case .named(let address, let process, let id):
      names[address, default: []].append((process, id))
    case .bucket(let name, let blocks): put(blocks, it, into: &buckets[name, default: []])
    case .bucketPolicy(let name, let text): put(text, it, into: &policies[name, default: []])
    }
  }

  private func put<Content>(
    _ content: Content, _ occurrence: Occurrence, into list: inout [Entry<Content>]
  ) {
    list.append(Entry(content: content, occurrence: occurrence))
  }
}
