package import Canon

/// A virtual network.
package struct Vpc: Hashable, Codable, Sendable {
  /// `vpc-…`.
  package var id: String
  /// Its address block.
  package var cidr: CIDR
  /// `EnableDnsSupport`; true in a new VPC.
  package var enableDnsSupport = true
  /// `EnableDnsHostnames`; false in a new VPC.
  package var enableDnsHostnames = false
  /// Its tags.
  package var tags: Tags

  /// Makes a VPC with AWS's defaults.
  package init(id: String, cidr: CIDR, tags: Tags = [:]) {
    self.id = id
    self.cidr = cidr
    self.tags = tags
  }
}

/// A part of a VPC in one availability zone.
package struct Subnet: Hashable, Codable, Sendable {
  /// `subnet-…`.
  package var id: String
  /// The VPC it lies in.
  package var vpc: String
  /// Its address block.
  package var cidr: CIDR
  /// For instance `us-east-1a`.
  package var availabilityZone: String
  /// Whether instances get a public address by default; false in a new subnet.
  package var mapPublicIpOnLaunch = false
  /// Its tags.
  package var tags: Tags

  /// Makes a subnet with AWS's defaults.
  package init(id: String, vpc: String, cidr: CIDR, availabilityZone: String, tags: Tags = [:]) {
    self.id = id
    self.vpc = vpc
    self.cidr = cidr
    self.availabilityZone = availabilityZone
    self.tags = tags
  }
}

/// A way to the internet for addresses that are mapped to public ones.
package struct InternetGateway: Hashable, Codable, Sendable {
  /// `igw-…`.
  package var id: String
  /// The VPC it is attached to; nil while it is detached.
  package var vpc: String?
  /// Its tags.
  package var tags: Tags

  /// Makes a gateway.
  package init(id: String, vpc: String? = nil, tags: Tags = [:]) {
    self.id = id
    self.vpc = vpc
    self.tags = tags
  }
}

/// Where packets that leave a subnet go.
package struct RouteTable: Hashable, Codable, Sendable {
  /// `rtb-…`.
  package var id: String
  /// The VPC it belongs to.
  package var vpc: String
  /// Whether subnets without an association use it; one in each VPC is.
  package var isMain: Bool
  /// Routes in the order in which they were made; the first is the implicit local one.
  package var routes: [Route]
  /// Subnets that use it, by the association's identifier (`rtbassoc-…`).
  package var associations: SortedMap<String, String> = [:]
  /// Its tags.
  package var tags: Tags

  /// Makes a route table.
  package init(id: String, vpc: String, isMain: Bool, routes: [Route], tags: Tags = [:]) {
    self.id = id
    self.vpc = vpc
    self.isMain = isMain
    self.routes = routes
    self.tags = tags
  }
}

/// One route. Of those that match, the longest prefix counts.
package struct Route: Hashable, Codable, Sendable {
  /// Where a route leads.
  package enum Target: Hashable, Codable, Sendable {
    /// Within the VPC.
    case local
    /// An internet gateway, by its identifier.
    case internetGateway(String)
    /// An instance that forwards, by its identifier.
    case instance(String)
  }

  /// Addresses it serves.
  package var destination: CIDR
  /// Where they go.
  package var target: Target
  /// Whether the target is gone (or a detached gateway), so that packets are dropped.
  package var isBlackhole: Bool

  /// Makes a route.
  package init(destination: CIDR, target: Target, isBlackhole: Bool = false) {
    self.destination = destination
    self.target = target
    self.isBlackhole = isBlackhole
  }
}

/// A stateless filter at the border of subnets.
package struct NetworkACL: Hashable, Codable, Sendable {
  /// `acl-…`.
  package var id: String
  /// The VPC it belongs to.
  package var vpc: String
  /// Whether it is the VPC's default one, which new subnets get.
  package var isDefault: Bool
  /// Entries; the implicit last deny is not among them. In order of (egress, number).
  package var entries: [NetworkACLEntry]
  /// Subnets that use it, by the association's identifier (`aclassoc-…`). Every subnet has
  /// exactly one among the network ACLs of its VPC.
  package var associations: SortedMap<String, String> = [:]
  /// Its tags.
  package var tags: Tags

  /// Makes a network ACL.
  package init(
    id: String, vpc: String, isDefault: Bool, entries: [NetworkACLEntry], tags: Tags = [:]
  ) {
    self.id = id
    self.vpc = vpc
    self.isDefault = isDefault
    self.entries = entries
    self.tags = tags
  }
}

/// One entry; of those that match, the least number of its direction counts.
package struct NetworkACLEntry: Hashable, Codable, Sendable {
  /// 1–32766.
  package var number: Int
  /// Whether it is for packets that leave the subnet.
  package var isEgress: Bool
  /// Whether it lets packets through.
  package var isAllow: Bool
  /// The protocol.
  package var transport: Transport
  /// Destination ports, both included; all where the protocol has none.
  package var ports: ClosedRange<UInt16>
  /// ICMP type and code, -1 for any; nil where the protocol is another.
  package var icmp: ICMPTypeCode?
  /// The other side: the source of entering packets, the destination of leaving ones.
  package var cidr: CIDR

  /// Makes an entry.
  package init(
    number: Int, isEgress: Bool, isAllow: Bool, transport: Transport,
    ports: ClosedRange<UInt16> = 0...65535, icmp: ICMPTypeCode? = nil, cidr: CIDR
  ) {
    self.number = number
    self.isEgress = isEgress
    self.isAllow = isAllow
    self.transport = transport
    self.ports = ports
    self.icmp = icmp
    self.cidr = cidr
  }
}

/// An ICMP type and code; -1 means any.
package struct ICMPTypeCode: Hashable, Codable, Sendable {
  /// -1, or 0–255.
  package var type: Int
  /// -1, or 0–255.
  package var code: Int

  /// Makes a pair.
  package init(type: Int, code: Int) {
    self.type = type
    self.code = code
  }
}

/// A stateful filter at an interface that only allows.
package struct SecurityGroup: Hashable, Codable, Sendable {
  /// `sg-…`.
  package var id: String
  /// The VPC it belongs to.
  package var vpc: String
  /// Unique in its VPC.
  package var name: String
  /// Cannot be changed.
  package var description: String
  /// Rules for packets that arrive, in canonical order, each once.
  package var ingress: [SecurityGroupRule]
  /// Rules for packets that leave, in canonical order, each once.
  package var egress: [SecurityGroupRule]
  /// Its tags.
  package var tags: Tags

  /// Makes a group.
  package init(
    id: String, vpc: String, name: String, description: String,
    ingress: [SecurityGroupRule] = [], egress: [SecurityGroupRule] = [], tags: Tags = [:]
  ) {
    self.id = id
    self.vpc = vpc
    self.name = name
    self.description = description
    self.ingress = ingress
    self.egress = egress
    self.tags = tags
  }
}

/// One allowance with exactly one peer, the unit in which AWS numbers rules.
package struct SecurityGroupRule: Hashable, Codable, Sendable {
  /// The other side of a rule.
  package enum Peer: Hashable, Codable, Sendable {
    /// Addresses of a block.
    case cidr(CIDR)
    /// An IPv6 block as text; no interface here has an IPv6 address, so it matches nothing.
    case cidr6(String)
    /// Private addresses of interfaces in a group, by identifier.
    case group(String)
  }

  /// The protocol.
  package var transport: Transport
  /// Destination ports, both included; all where the protocol has none.
  package var ports: ClosedRange<UInt16>
  /// ICMP type and code, -1 for any; nil where the protocol is another.
  package var icmp: ICMPTypeCode?
  /// The other side.
  package var peer: Peer
  /// For people; not part of a rule's identity in AWS.
  package var note: String

  /// Makes a rule.
  package init(
    transport: Transport, ports: ClosedRange<UInt16> = 0...65535, icmp: ICMPTypeCode? = nil,
    peer: Peer, note: String = ""
  ) {
    self.transport = transport
    self.ports = ports
    self.icmp = icmp
    self.peer = peer
    self.note = note
  }
}

/// A virtual machine with one network interface.
package struct Instance: Hashable, Codable, Sendable {
  /// States as AWS names them; ordered as a life goes.
  package enum State: String, Hashable, Codable, Sendable {
    case pending
    case running
    case shuttingDown = "shutting-down"
    case terminated
    case stopping
    case stopped
  }

  /// `i-…`.
  package var id: String
  /// The image it started from.
  package var image: String
  /// For instance `t3.micro`.
  package var type: String
  /// `r-…`: what was launched by one call is one reservation.
  package var reservation = ""
  /// The subnet of its interface; empty once terminated, when the interface is gone.
  package var subnet: String
  /// Its groups, in order of identifier; none once terminated.
  package var groups: [String]
  /// Its private address; 0.0.0.0 once terminated.
  package var privateAddress: IPv4Address
  /// The public address mapped to it; nil where there is none.
  package var publicAddress: IPv4Address?
  /// Its state.
  package var state: State
  /// The name of its instance profile; nil where it has none.
  package var profile: String?
  /// The key pair's name; nil where it has none.
  package var keyName: String?
  /// User data in base64; nil where it has none.
  package var userData: String?
  /// Whether the interface drops packets that are not its own.
  package var sourceDestCheck = true
  /// Whether detailed monitoring is on.
  package var isMonitored = false
  /// The client token of the call that made it; nil where it gave none.
  package var clientToken: String?
  /// Its tags.
  package var tags: Tags

  /// Makes an instance.
  package init(
    id: String, image: String, type: String, subnet: String, groups: [String],
    privateAddress: IPv4Address, publicAddress: IPv4Address? = nil, state: State = .pending,
    tags: Tags = [:]
  ) {
    self.id = id
    self.image = image
    self.type = type
    self.subnet = subnet
    self.groups = groups
    self.privateAddress = privateAddress
    self.publicAddress = publicAddress
    self.state = state
    self.tags = tags
  }
}
