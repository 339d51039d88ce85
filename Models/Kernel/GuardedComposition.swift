import Canon
import CloudModel
import Journal

/// The pair again: with a subnet that bears data, and beside another process.
enum GuardedComposition {
  private static let network = TinyComposition.network
  private static let tiny = TinyComposition.small

  /// A subnet that may not go without approval.
  static let small: SmallComposition = {
    SmallComposition(
      blueprint: Blueprint(
        composition: Digest(of: Array("guarded".utf8)), region: "us-east-1",
        resources: [
          TinyComposition.vpcResource(network, "10.0.0.0/16"),
          TinyComposition.subnetResource(
            TinyComposition.subnet, "10.0.1.0/24", in: network, bearsData: true),
        ], invariants: []),
      edits: [tiny.edits[1]], things: tiny.things, keepsTwice: tiny.keepsTwice,
      isAsDeclared: tiny.isAsDeclared, opening: [], updated: moved,
      isGuarded: true)
  }()

  /// A subnet that is protected, so that it may not go though all that bears data may.
  static let protected: SmallComposition = {
    var out = small
    out.blueprint = tiny.blueprint
    for index in out.blueprint.resources.indices
    where out.blueprint.resources[index].address == TinyComposition.subnet {
      out.blueprint.resources[index].isProtected = true
    }
    out.approvals = Approvals(coversData: true)
    return out
  }()

  /// A VPC alone.
  static let alone = SmallComposition(
    blueprint: Blueprint(
      composition: Digest(of: Array("alone".utf8)), region: "us-east-1",
      resources: [TinyComposition.vpcResource(network, "10.0.0.0/16")], invariants: []),
    edits: [], things: tiny.things, keepsTwice: tiny.keepsTwice,
    isAsDeclared: { $0.vpcs.count == 1 }, opening: [])

  /// A subnet that nobody outside may reach, whatever is done.
  static let kept: SmallComposition = {
    var out = tiny
    out.blueprint.composition = Digest(of: Array("kept".utf8))
    out.blueprint.invariants = [
      Invariant(
        title: "never (internet reaches net.subnet)",
        claim: .never(from: [.internet], to: [.resource(TinyComposition.subnet)], .any),
        origin: Origin(file: "tiny.lw", line: 1, column: 1, length: 1, text: "never"))
    ]
    return out
  }()

  /// The same with other blocks.
  private static let moved = Blueprint(
    composition: Digest(of: Array("guarded, moved".utf8)), region: "us-east-1",
    resources: [
      TinyComposition.vpcResource(network, "10.0.0.0/16"),
      TinyComposition.subnetResource(
        TinyComposition.subnet, "10.0.2.0/24", in: network, bearsData: true),
    ], invariants: [])

  /// Two processes in one account: a proof of either is about the whole of it.
  static let neighbours: SmallComposition = {
    SmallComposition(
      blueprint: tiny.blueprint, edits: tiny.edits, things: tiny.things,
      keepsTwice: tiny.keepsTwice,
      isAsDeclared: { account in
        let owners = account.vpcs.values.map { $0.tags["fugue:process"] ?? "" }.sorted()
        return owners == [SmallComposition.alias, SmallComposition.neighbour]
          && account.subnets.count == 1
      }, opening: [],
      neighbour: Blueprint(
        composition: Digest(of: Array("neighbour".utf8)), region: "us-east-1",
        resources: [TinyComposition.vpcResource(network, "10.0.0.0/16")], invariants: []))
  }()
}
