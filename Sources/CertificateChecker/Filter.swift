import PlanEffects

/// One thing between sender and receiver that lets packets through or not, and may rewrite an
/// address.
enum Filter: Hashable {
  /// An instance's security groups. References to groups mean members that have the private
  /// address of `peer`; nil where the other side is seen by a public address.
  case groups(instance: String, isEgress: Bool, peer: String?)
  /// The network ACL of a subnet.
  case acl(subnet: String, isEgress: Bool)
  /// The local route in a subnet's table.
  case localRoute(subnet: String)
  /// A subnet's way to the internet: a route to an attached gateway, which replaces the private
  /// source by the instance's public address.
  case outward(subnet: String, instance: String)
  /// The gateway of an instance's VPC, which replaces the public destination by its private one.
  case inward(instance: String)
}

/// Which filters stand between sender and receiver, in order.
struct Itinerary {
  let index: FactIndex
  private let byID: [String: FactIndex.Interface]

  init(_ index: FactIndex) {
    self.index = index
    byID = Dictionary(index.instances.map { ($0.content.id, $0.content) }) { first, _ in first }
  }

  /// An instance's interface.
  func interface(_ id: String) -> FactIndex.Interface? { byID[id] }

  /// The filters that packets of a flow meet; nil where a party is unknown.
  func filters(of flow: Flow) -> [Filter]? {
    switch (flow.sender, flow.receiver, flow.way) {
    case (.internet, .internet, _): return nil
    case (.internet, .instance(let id), _):
      guard let to = byID[id] else { return nil }
      return arrival(at: to, peer: nil)
    case (.instance(let id), .internet, _):
      guard let from = byID[id] else { return nil }
      return departure(of: from)
    case (.instance(let a), .instance(let b), .publicly):
      guard let from = byID[a], let to = byID[b] else { return nil }
      return departure(of: from) + arrival(at: to, peer: nil)
    case (.instance(let a), .instance(let b), .privately):
      guard let from = byID[a], let to = byID[b] else { return nil }
      let crossing: [Filter] = [
        .acl(subnet: from.subnet, isEgress: true), .localRoute(subnet: from.subnet),
        .acl(subnet: to.subnet, isEgress: false),
      ]
      return [.groups(instance: a, isEgress: true, peer: b)]
        + (from.subnet == to.subnet ? [] : crossing)
        + [.groups(instance: b, isEgress: false, peer: a)]
    }
  }

  /// The filters that answers to a flow meet. Security groups let answers pass.
  func filtersBack(of flow: Flow) -> [Filter]? {
    let answer = Flow(sender: flow.receiver, receiver: flow.sender, way: flow.way, start: [])
    return filters(of: answer).map { filters in
      filters.filter { if case .groups = $0 { false } else { true } }
    }
  }

  private func departure(of from: FactIndex.Interface) -> [Filter] {
    [
      .groups(instance: from.id, isEgress: true, peer: nil),
      .acl(subnet: from.subnet, isEgress: true),
      .outward(subnet: from.subnet, instance: from.id),
    ]
  }

  private func arrival(at to: FactIndex.Interface, peer: String?) -> [Filter] {
    [
      .inward(instance: to.id), .acl(subnet: to.subnet, isEgress: false),
      .groups(instance: to.id, isEgress: false, peer: peer),
    ]
  }
}
