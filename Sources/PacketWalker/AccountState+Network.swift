import Canon
import CloudModel

/// Look-ups in an account's network, each the plainest way.
extension AccountState {
  /// Instances that have an interface: all but terminated ones. Pending, stopping and stopped ones
  /// count, since they may run the next moment and a claim about paths must not depend on it.
  var present: [Instance] { instances.values.filter { $0.state != .terminated } }

  /// A present instance by its identifier.
  func present(_ id: String) -> Instance? {
    instances[id].flatMap { $0.state == .terminated ? nil : $0 }
  }

  /// The present instance to which a public address is mapped.
  func instance(publicAddress: IPv4Address) -> Instance? {
    present.first { $0.publicAddress == publicAddress }
  }

  /// The present instance with a private address in a VPC.
  func instance(privateAddress: IPv4Address, vpc: String) -> Instance? {
    present.first { $0.privateAddress == privateAddress && self.vpc(of: $0) == vpc }
  }

  /// The VPC in which an instance's interface lies.
  func vpc(of instance: Instance) -> String? { subnets[instance.subnet]?.vpc }

  /// The table that a subnet uses: an associated one, else its VPC's main one.
  func routeTable(of subnet: Subnet) -> RouteTable? {
    let tables = routeTables.values.filter { $0.vpc == subnet.vpc }
    return tables.first { $0.associations.values.contains(subnet.id) }
      ?? tables.first(where: \.isMain)
  }

  /// The network ACL of a subnet: the associated one, else its VPC's default one.
  func networkACL(of subnet: Subnet) -> NetworkACL? {
    let lists = networkACLs.values.filter { $0.vpc == subnet.vpc }
    return lists.first { $0.associations.values.contains(subnet.id) }
      ?? lists.first(where: \.isDefault)
  }

  /// The internet gateway that is attached to a VPC.
  func internetGateway(of vpc: String) -> InternetGateway? {
    internetGateways.values.first { $0.vpc == vpc }
  }

  /// Whether an address is the private one of a member of a group, in a VPC. Without peering a
  /// reference reaches no other VPC.
  func isMember(_ address: IPv4Address, of group: String, vpc: String) -> Bool {
    present.contains {
      $0.privateAddress == address && $0.groups.contains(group) && self.vpc(of: $0) == vpc
    }
  }
}
