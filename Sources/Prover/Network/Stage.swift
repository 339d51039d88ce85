import CertificateChecker
import PlanEffects

/// A station on a packet's way.
enum Stage: Hashable {
  /// Leaving an instance's interface; `to` is the instance it goes to by private address.
  case leaving(FactIndex.Interface, to: FactIndex.Interface?)
  /// Leaving a subnet.
  case leavingSubnet(String)
  /// Being routed within the VPC of a subnet.
  case routedLocally(String)
  /// Being routed from a subnet to a gateway, with an instance's public address as source.
  case routedOut(String, FactIndex.Interface)
  /// Coming in through a gateway, to an instance.
  case comingIn(FactIndex.Interface)
  /// Entering a subnet.
  case enteringSubnet(String)
  /// Arriving at an instance's interface; `from` is the instance it comes from by private address.
  case arriving(FactIndex.Interface, from: FactIndex.Interface?)
}

extension FactIndex {
  /// The stations of a flow, in order; none where a party is unknown.
  func stages(of flow: Flow) -> [Stage] {
    let (from, to) = (interface(flow.sender), interface(flow.receiver))
    if flow.way == .privately, let from, let to {
      if from.subnet == to.subnet { return [.leaving(from, to: to), .arriving(to, from: from)] }
      return [
        .leaving(from, to: to), .leavingSubnet(from.subnet), .routedLocally(from.subnet),
        .enteringSubnet(to.subnet), .arriving(to, from: from),
      ]
    }
    var stages: [Stage] = []
    if let from {
      stages += [
        .leaving(from, to: nil), .leavingSubnet(from.subnet), .routedOut(from.subnet, from),
      ]
    }
    if let to {
      stages += [.comingIn(to), .enteringSubnet(to.subnet), .arriving(to, from: nil)]
    }
    return stages
  }

  /// The interface of a party; nil for the internet.
  func interface(_ party: Flow.Party) -> Interface? {
    guard case .instance(let id) = party else { return nil }
    return instances.first { $0.content.id == id }?.content
  }
}
