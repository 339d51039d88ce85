package import Determinism

/// Something that AWS remembers of the past and that no read shows.
package enum Memory: Hashable, Codable, Sendable {
  /// A create with a client token: the digest of its parameters, and what it made.
  case created(parameters: String, ids: [String])
  /// A network ACL association that was replaced: by which, and by which network ACL.
  case replaced(association: String, networkACL: String)
  /// A name that was deleted and may not be taken again at once.
  case deleted(at: Instant)
  /// A name or image that does not exist for this account, or belongs to another one.
  case elsewhere
}

/// How much of each kind an account may have. AWS's defaults; each can be raised on request.
///
/// Source: Amazon VPC quotas, EC2 service quotas, IAM and STS quotas, S3 quotas (user guides).
package struct Quotas: Hashable, Codable, Sendable {
  /// VPCs in the region.
  package var vpcs = 5
  /// Internet gateways in the region.
  package var internetGateways = 5
  /// Subnets in a VPC.
  package var subnetsPerVpc = 200
  /// Route tables in a VPC, the main one included.
  package var routeTablesPerVpc = 200
  /// Routes in a table, the local one not counted.
  package var routesPerTable = 50
  /// Network ACLs in a VPC.
  package var networkACLsPerVpc = 200
  /// Entries of a network ACL in one direction.
  package var entriesPerNetworkACL = 20
  /// Security groups in the region.
  package var securityGroups = 2500
  /// Rules of a group in one direction.
  package var rulesPerGroup = 60
  /// Groups of one interface.
  package var groupsPerInterface = 5
  /// Virtual CPUs of standard instances. AWS's table says 5; accounts in use usually have 32 or
  /// more, which is assumed here.
  package var virtualCPUs = 32
  /// Buckets in the account.
  package var buckets = 10_000
  /// Roles in the account.
  package var roles = 1000
  /// Instance profiles in the account.
  package var instanceProfiles = 1000

  /// AWS's defaults.
  package init() {}
}
