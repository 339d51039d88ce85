import Canon
import CloudModel
import PlanEffects

/// Which observed thing is which thing of a derivation: things that a plan makes have identifiers
/// there that AWS knows nothing of.
///
/// A thing is known by the tags that its creation carries; the table, ACL and group that come with
/// a VPC by their VPC. What stays without a partner keeps its identifier, which then is none of the
/// derivation's.
struct Naming {
  private var derivedOf: [String: String] = [:]
  private var realOf: [String: String] = [:]

  /// Pairs the new things of two accounts.
  init(
    of end: AccountState, in observed: AccountState, knownBefore baseline: AccountState,
    process: String
  ) {
    let ours = things(of: end, except: baseline, process)
    for (key, id) in things(of: observed, except: baseline, process) {
      guard let derived = ours[key] else { continue }
      derivedOf[id] = derived
      realOf[derived] = id
    }
    let vpcs = observed.vpcs.keys.filter { derivedOf[$0] != nil }
    for vpc in vpcs { pairImplicit(vpc, end, observed) }
  }

  /// The derivation's identifier of an observed thing.
  func derived(_ id: String) -> String { derivedOf[id] ?? id }

  /// The observed identifier of a thing of the derivation.
  func real(_ id: String) -> String { realOf[id] ?? id }

  private mutating func pairImplicit(_ vpc: String, _ end: AccountState, _ observed: AccountState) {
    guard let other = derivedOf[vpc] else { return }
    func pair(_ kind: (AccountState, String) -> String?) {
      guard let id = kind(observed, vpc), let derived = kind(end, other),
        derivedOf[id] == nil, realOf[derived] == nil
      else { return }
      derivedOf[id] = derived
      realOf[derived] = id
    }
    pair { account, vpc in
      account.routeTables.values.first { $0.vpc == vpc && $0.isMain }?.id
    }
    pair { account, vpc in
      account.networkACLs.values.first { $0.vpc == vpc && $0.isDefault }?.id
    }
    pair { account, vpc in
      account.securityGroups.values.first { $0.vpc == vpc && $0.name == "default" }?.id
    }
  }
}

/// The things of an account that carry a process's tags and were not there before, by kind and
/// address. Where two have the same, the lesser identifier counts.
private func things(
  of account: AccountState, except before: AccountState, _ process: String
) -> [String: String] {
  var out: [String: String] = [:]
  func add(_ kind: String, _ id: String, _ tags: Tags, _ isOld: Bool) {
    guard !isOld, tags["fugue:process"] == process, let address = tags["fugue:address"] else {
      return
    }
    let key = "\(kind) \(address)"
    if out[key] == nil { out[key] = id }
  }
  for it in account.vpcs.values { add("vpc", it.id, it.tags, before.vpcs[it.id] != nil) }
  for it in account.subnets.values { add("subnet", it.id, it.tags, before.subnets[it.id] != nil) }
  for it in account.internetGateways.values {
    add("gateway", it.id, it.tags, before.internetGateways[it.id] != nil)
  }
  for it in account.routeTables.values {
    add("table", it.id, it.tags, before.routeTables[it.id] != nil)
  }
  for it in account.networkACLs.values {
    add("acl", it.id, it.tags, before.networkACLs[it.id] != nil)
  }
  for it in account.securityGroups.values {
    add("group", it.id, it.tags, before.securityGroups[it.id] != nil)
  }
  for it in account.instances.values where it.state != .terminated {
    add("instance", it.id, it.tags, before.instances[it.id] != nil)
  }
  return out
}
