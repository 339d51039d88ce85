package import Canon

/// An AWS account in one region, as the simulator keeps it and as a full read of a real one gives
/// it. Every table is by AWS's own identifier (`vpc-…`), so equal accounts are equal values.
package struct AccountState: Hashable, Codable, Sendable {
  /// Twelve digits.
  package var accountID: String
  /// For instance `us-east-1`.
  package var region: String
  /// VPCs by `vpc-…`.
  package var vpcs: Table<Vpc> = [:]
  /// Subnets by `subnet-…`.
  package var subnets: Table<Subnet> = [:]
  /// Internet gateways by `igw-…`.
  package var internetGateways: Table<InternetGateway> = [:]
  /// Route tables by `rtb-…`.
  package var routeTables: Table<RouteTable> = [:]
  /// Network ACLs by `acl-…`.
  package var networkACLs: Table<NetworkACL> = [:]
  /// Security groups by `sg-…`.
  package var securityGroups: Table<SecurityGroup> = [:]
  /// Instances by `i-…`, terminated ones included as long as they are listed.
  package var instances: Table<Instance> = [:]
  /// Buckets by name.
  package var buckets: Table<Bucket> = [:]
  /// Roles by name.
  package var roles: Table<Role> = [:]
  /// Instance profiles by name.
  package var instanceProfiles: Table<InstanceProfile> = [:]
  /// Secrets by name.
  package var secrets: Table<StoredSecret> = [:]
  /// Queues by name.
  package var queues: Table<Queue> = [:]
  /// What AWS remembers and no read shows, by kind and name (`queue/jobs`).
  package var memories: SortedMap<String, Memory> = [:]
  /// How much of each kind the account may have.
  package var quotas = Quotas()
  /// How many identifiers have been given out; the next one is made from it.
  package var serial: UInt64 = 0

  /// An account with nothing in it.
  package init(accountID: String, region: String) {
    self.accountID = accountID
    self.region = region
  }

  /// A new account in which nobody has made anything yet, not even a default VPC. AWS's implicit
  /// objects (main route table, default network ACL and group) come with each VPC.
  package static func fresh(accountID: String, region: String) -> AccountState {
    AccountState(accountID: accountID, region: region)
  }

  /// The account as a full read shows it: without memories, serial and quotas, and without what
  /// no list gives: user data, values of secrets, how many objects a bucket holds.
  package var shown: AccountState {
    var copy = self
    copy.memories = [:]
    copy.quotas = Quotas()
    copy.serial = 0
    for id in instances.keys { copy.instances[id]?.userData = nil }
    for name in secrets.keys { copy.secrets[name]?.valueDigest = nil }
    for name in buckets.keys { copy.buckets[name]?.objectCount = 0 }
    return copy
  }
}

/// Tags by key.
package typealias Tags = SortedMap<String, String>

extension SortedMap where Key == String, Value == String {
  /// The tag whose value is a mark: the one by which resources are recognised.
  package static var recognition: String { "fugue:address" }

  /// That value, where there is one.
  var marks: [String] { self[Self.recognition].map { [$0] } ?? [] }
}
