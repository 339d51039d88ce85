package import CloudModel

/// Where a packet's way begins or ends.
package enum Station: Hashable, Sendable {
  /// A host outside the account, with a public address.
  case internet
  /// The interface of an instance, by the instance's identifier.
  case instance(String)
}

/// Which way a filter looks: at what leaves an interface or a subnet, or at what enters it.
package enum Direction: String, Hashable, Sendable {
  case egress
  case ingress
}

/// The way of one packet: what let it pass, in order, and how it ended.
package struct Walk: Hashable, Sendable {
  /// How a way ends.
  package enum Outcome: Hashable, Sendable {
    /// The packet arrived; as the receiver sees it.
    case delivered(to: Station, Packet)
    /// The packet was dropped.
    case dropped(Drop)
  }

  /// What it passed, in order; the sender first.
  package internal(set) var hops: [Hop]
  /// How it ended.
  package internal(set) var outcome: Outcome

  /// Where it arrived; nil if it was dropped.
  package var receiver: Station? {
    switch outcome {
    case .delivered(let station, _): station
    case .dropped: nil
    }
  }
}

/// A packet's way and its answer's way back.
package struct RoundTrip: Hashable, Sendable {
  /// The way there.
  package let forward: Walk
  /// The way back; nil where the packet was dropped or where nobody answers it (some of ICMP).
  package let back: Walk?
  /// Whether the packet arrived and its answer, if there is one, came back to the sender.
  package let isComplete: Bool
}

/// One thing that let a packet pass, and the packet as it was then.
package struct Hop: Hashable, Sendable {
  /// What a packet passes.
  package enum Passage: Hashable, Sendable {
    /// The sender sent it.
    case sent(by: Station)
    /// A rule of one of an instance's security groups allows it.
    case securityGroup(String, of: String, Direction, SecurityGroupRule)
    /// It belongs to a flow that an instance's groups let pass before.
    case trackedFlow(instance: String, Direction)
    /// An entry of a subnet's network ACL allows it.
    case networkACL(String, subnet: String, Direction, NetworkACLEntry)
    /// It stays in a subnet: no table and no network ACL is asked.
    case sameSubnet(String)
    /// A route table sends it on. The table's identifier is nil for what enters through a gateway,
    /// which the VPC's implicit local route delivers.
    case route(table: String?, Route)
    /// An internet gateway replaced the private address of an interface by its public one, or
    /// the other way round; the packet is the one after the replacement.
    case internetGateway(String, Direction)
    /// It left one internet gateway for a public address of the same account.
    case internet
    /// An instance that is no host of it forwards it.
    case forwarder(String)
  }

  /// What it passed.
  package let passage: Passage
  /// The packet when it had passed.
  package let packet: Packet
}

/// What dropped a packet, and why.
package enum Drop: Hashable, Sendable {
  /// The sender is not there, or may not send from this address.
  case sender(Station)
  /// No rule of an instance's security groups allows it.
  case securityGroups([String], of: String, Direction)
  /// A subnet's network ACL denies it: by the entry with this number, or by the implicit last one.
  case networkACL(String, subnet: String, Direction, entry: Int?)
  /// No network ACL is there for a subnet.
  case noNetworkACL(subnet: String)
  /// A route table has no route for it.
  case noRoute(table: String)
  /// No route table is there for a subnet.
  case noRouteTable(subnet: String)
  /// The route that counts leads to something that is gone.
  case blackhole(table: String, Route)
  /// An internet gateway: nothing is mapped to the address that it would have to replace, or the
  /// address on the other side is none of the internet.
  case internetGateway(String)
  /// The VPC has no internet gateway attached.
  case noInternetGateway(vpc: String)
  /// No interface has the address; nil for a public address.
  case noInterface(IPv4Address, vpc: String?)
  /// An instance that would have to forward it drops what is not its own.
  case sourceDestinationCheck(instance: String)
  /// AWS never forwards link-local addresses.
  case linkLocal(IPv4Address)
  /// It went in circles until its time to live ran out.
  case timeToLive
}
