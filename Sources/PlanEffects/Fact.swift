package import CloudModel

/// One thing about an account that a proof reads. An account, as far as proofs go, is a set of
/// facts; a step of a plan adds some and removes some.
package enum Fact: Hashable, Sendable {
  /// A VPC and its block.
  case vpc(String, CIDR)
  /// A subnet, its VPC and its block.
  case subnet(String, vpc: String, CIDR)
  /// A gateway that is attached.
  case gateway(String, vpc: String)
  /// A route of a table; whether an internet gateway is there is a fact of its own.
  case route(table: String, CIDR, Route.Target)
  /// The main table of a VPC.
  case mainTable(vpc: String, table: String)
  /// The table that a subnet is explicitly associated with.
  case tableOf(subnet: String, table: String)
  /// The network ACL of a subnet.
  case aclOf(subnet: String, acl: String)
  /// An entry of a network ACL.
  case aclEntry(acl: String, NetworkACLEntry)
  /// A rule of a security group; its note is empty.
  case rule(group: String, isEgress: Bool, SecurityGroupRule)
  /// An instance that can send and receive, or will; terminated ones are none.
  case instance(String, subnet: String, AddressRange)
  /// An instance's interface is in a group.
  case member(instance: String, group: String)
  /// An address is mapped to an instance; the whole space where AWS has yet to choose it.
  case publicAddress(instance: String, AddressRange)
  /// An instance's interface does not drop packets that are not its own.
  case forwards(instance: String)
  /// Instances launched in a subnet get a public address unless they say otherwise.
  case mapsPublic(subnet: String)
  /// A thing carries the tags of a process's resource.
  case named(ResourceAddress, process: String, id: String)
  /// A bucket exists, with its public access block: settings of AWS's names that are on.
  case bucket(String, blocks: [String])
  /// A bucket's policy text.
  case bucketPolicy(String, String)
}

/// Addresses from a lower to an upper one, both included: those that one address may be.
package struct AddressRange: Hashable, Sendable {
  /// The least address.
  package let lower: UInt32
  /// The greatest address.
  package let upper: UInt32

  /// Makes a range; `upper` is raised to `lower` where it lies before it.
  package init(_ lower: UInt32, _ upper: UInt32) {
    self.lower = lower
    self.upper = max(lower, upper)
  }

  /// The range of a known address.
  package init(_ address: IPv4Address) { self.init(address.bits, address.bits) }

  /// The addresses that AWS gives out in a subnet: all but the first four and the last.
  /// Source: VPC user guide, "Subnet sizing".
  package init(usableIn cidr: CIDR) {
    let isSmall = cidr.upper - cidr.lower < 5
    self.init(
      isSmall ? cidr.lower : cidr.lower + 4, isSmall ? cidr.upper : cidr.upper - 1)
  }

  /// Any address at all.
  package static let any = AddressRange(0, .max)

  /// Whether it is one address.
  package var isKnown: Bool { lower == upper }
}
