import Canon
import CloudModel
import CloudSemantics
import Determinism
import Testing

/// What holds of any account, however it came about.
@Suite struct AccountPropertyTests {
  @Test(arguments: 0..<20)
  func `random calls keep an account whole, and refused calls change nothing`(seed: UInt64) {
    var calls = RandomCalls(seed: seed)
    var state = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    var accepted = 0
    for index in 0..<400 {
      let call = calls.next(on: state)
      var after = state
      let result = CloudSemantics.perform(
        call, on: &after, Choice(now: Instant(milliseconds: Int64(index) * 1000), pick: index))
      if case .failure = result.reply {
        #expect(after == state, "seed \(seed): \(call.operation) was refused and changed something")
      } else {
        accepted += 1
        expectChangesComplete(result.changes, from: state, to: after)
      }
      state = after
      if calls.source.below(4) == 0, let next = CloudSemantics.transitions(of: state).first {
        _ = CloudSemantics.advance(&state, next, now: Instant(milliseconds: Int64(index) * 1000))
      }
      if let broken = brokenInvariant(of: state) {
        Issue.record("seed \(seed), after \(call.operation): \(broken)")
        return
      }
    }
    #expect(accepted > 50)
  }

  @Test(arguments: 0..<20)
  func `reading an account gives it back`(seed: UInt64) {
    var calls = RandomCalls(seed: seed)
    var state = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    for _ in 0..<250 {
      state = CloudSemantics.step(state, calls.next(on: state)).state
      if calls.source.below(4) == 0, let next = CloudSemantics.transitions(of: state).first {
        _ = CloudSemantics.advance(&state, next, now: .zero)
      }
    }
    let read = CloudSemantics.read(state)
    let shown = state.shown
    for table in AccountTable.allCases {
      for id in Set(shown.keys(of: table) + read.keys(of: table)).sorted() {
        let key = RowKey(table, id)
        #expect(read[row: key] == shown[row: key], "seed \(seed)")
      }
    }
    #expect(read == shown)
  }

  /// Taking a call's changes back gives the account before; so they are all noted.
  private func expectChangesComplete(
    _ changes: [RowChange], from before: AccountState, to after: AccountState
  ) {
    var undone = after
    for change in changes { undone[row: change.key] = change.before }
    undone.serial = before.serial
    #expect(undone == before)
  }

  /// The first invariant that an account breaks; nil where it is whole.
  private func brokenInvariant(of state: AccountState) -> String? {
    for vpc in state.vpcs.keys {
      let mains = state.routeTables.values.count { $0.vpc == vpc && $0.isMain }
      if mains != 1 { return "\(vpc) has \(mains) main tables" }
      let defaults = state.networkACLs.values.count { $0.vpc == vpc && $0.isDefault }
      if defaults != 1 { return "\(vpc) has \(defaults) default network ACLs" }
      let groups = state.securityGroups.values.count { $0.vpc == vpc && $0.name == "default" }
      if groups != 1 { return "\(vpc) has \(groups) default groups" }
    }
    for subnet in state.subnets.values {
      let acls = state.networkACLs.values.filter { $0.associations.values.contains(subnet.id) }
      if acls.map(\.vpc) != [subnet.vpc] { return "\(subnet.id) has \(acls.count) network ACLs" }
      let tables = state.routeTables.values.filter {
        $0.associations.values.contains(subnet.id)
      }
      if tables.count > 1 { return "\(subnet.id) has \(tables.count) route tables" }
      if state.vpcs[subnet.vpc]?.cidr.contains(subnet.cidr) != true { return "\(subnet.id) is out" }
    }
    return brokenReference(of: state)
  }

  private func brokenReference(of state: AccountState) -> String? {
    for table in state.routeTables.values {
      for route in table.routes {
        guard case .internetGateway(let id) = route.target else { continue }
        let isAlive = state.internetGateways[id]?.vpc == table.vpc
        if isAlive == route.isBlackhole { return "\(table.id) has a wrong state of \(id)" }
      }
    }
    for group in state.securityGroups.values {
      for case .group(let peer) in (group.ingress + group.egress).map(\.peer)
      where state.securityGroups[peer]?.vpc != group.vpc {
        return "\(group.id) names \(peer), which is gone"
      }
      if group.ingress != group.ingress.sorted() { return "\(group.id) is not in order" }
    }
    var addresses: Set<String> = []
    for instance in state.instances.values where instance.state != .terminated {
      guard let subnet = state.subnets[instance.subnet] else { return "\(instance.id) is nowhere" }
      if !subnet.cidr.contains(instance.privateAddress) { return "\(instance.id) is outside" }
      if !addresses.insert("\(subnet.vpc) \(instance.privateAddress)").inserted {
        return "\(instance.id) shares its address"
      }
      if instance.groups.contains(where: { state.securityGroups[$0] == nil }) {
        return "\(instance.id) lacks a group"
      }
    }
    return nil
  }
}
