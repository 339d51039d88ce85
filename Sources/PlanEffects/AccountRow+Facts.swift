import CloudModel

extension AccountRow {
  /// What the row comes to; nothing for tables that no proof reads.
  var facts: [Fact] {
    switch self {
    case .vpc(let it): it.facts
    case .subnet(let it): it.facts
    case .internetGateway(let it): it.facts
    case .routeTable(let it): it.facts
    case .networkACL(let it): it.facts
    case .securityGroup(let it): it.facts
    case .instance(let it): it.facts
    case .bucket(let it): it.facts
    case .role, .instanceProfile, .secret, .queue, .memory: []
    }
  }
}

extension Quotas {
  /// So much of everything that no plan meets a limit: a plan that fails at one is a prefix of
  /// the plan, which is proved too.
  static var lifted: Quotas {
    var quotas = Quotas()
    let plenty = 1_000_000
    quotas.vpcs = plenty
    quotas.internetGateways = plenty
    quotas.subnetsPerVpc = plenty
    quotas.routeTablesPerVpc = plenty
    quotas.routesPerTable = plenty
    quotas.networkACLsPerVpc = plenty
    quotas.entriesPerNetworkACL = plenty
    quotas.securityGroups = plenty
    quotas.rulesPerGroup = plenty
    quotas.groupsPerInterface = plenty
    quotas.virtualCPUs = plenty
    quotas.buckets = plenty
    quotas.roles = plenty
    quotas.instanceProfiles = plenty
    return quotas
  }
}
