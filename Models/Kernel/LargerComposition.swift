import Canon
import CloudModel

/// Three and four resources: a VPC, one or two subnets, and a group with a rule.
enum LargerComposition {
  private static let network = TinyComposition.network
  private static let second = ResourceAddress("net.subnet2")

  /// Three.
  static let three = composition("three", subnets: 1)
  /// Four.
  static let four = composition("four", subnets: 2)

  /// Four, and then the VPC alone.
  static let shrunk: SmallComposition = {
    var out = four
    out.updated = Blueprint(
      composition: Digest(of: Array("shrunk".utf8)), region: "us-east-1",
      resources: [TinyComposition.vpcResource(network, "10.0.0.0/16")], invariants: [])
    let things = out.things
    out.isAsUpdated = { account in account.vpcs.count == 1 && things(account).count == 1 }
    return out
  }()

  private static func composition(_ name: String, subnets count: Int) -> SmallComposition {
    var resources = [
      TinyComposition.vpcResource(network, "10.0.0.0/16"),
      TinyComposition.subnetResource(TinyComposition.subnet, "10.0.1.0/24", in: network),
    ]
    if count > 1 {
      resources.append(TinyComposition.subnetResource(second, "10.0.2.0/24", in: network))
    }
    return SmallComposition(
      blueprint: Blueprint(
        composition: Digest(of: Array(name.utf8)), region: "us-east-1",
        resources: resources + [OpenComposition.groupResource], invariants: []),
      edits: [TinyComposition.small.edits[0], OpenComposition.small.edits[0]],
      things: { account in
        account.vpcs.keys + account.subnets.keys + OpenComposition.made(in: account).map(\.id)
      },
      keepsTwice: { account in
        TinyComposition.keepsTwice(account) || OpenComposition.made(in: account).count > 1
      },
      isAsDeclared: { account in
        guard let vpc = account.vpcs.values.first, account.vpcs.count == 1,
          let group = OpenComposition.made(in: account).first,
          OpenComposition.made(in: account).count == 1
        else { return false }
        let blocks = account.subnets.values.map { "\($0.cidr)" }.sorted()
        return blocks == Array(["10.0.1.0/24", "10.0.2.0/24"].prefix(count))
          && account.subnets.values.allSatisfy { $0.vpc == vpc.id && !$0.mapPublicIpOnLaunch }
          && group.ingress.map(\.ports) == [443...443]
      }, opening: [])
  }
}
