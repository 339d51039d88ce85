import CloudModel

/// What a fact is about. Facts of one key exclude each other or are the same, so steps that touch
/// one key need an order for their result to be certain.
enum FactKey: Hashable {
  /// A setting that has one value at a time, by its kind and place.
  case setting(Int, String)
  /// The route of a table for a block.
  case route(String, CIDR)
  /// The entry of a network ACL with a number, in a direction.
  case entry(String, Int, Bool)
  /// The fact is there or not, by itself.
  case itself(Fact)
}

extension Fact {
  /// What it is about.
  var key: FactKey {
    switch self {
    case .vpc, .subnet, .rule, .member, .forwards, .named: .itself(self)
    case .gateway(let id, _): .setting(0, id)
    case .route(let table, let cidr, _): .route(table, cidr)
    case .mainTable(let vpc, _): .setting(1, vpc)
    case .tableOf(let subnet, _): .setting(2, subnet)
    case .aclOf(let subnet, _): .setting(3, subnet)
    case .aclEntry(let acl, let entry): .entry(acl, entry.number, entry.isEgress)
    case .instance(let id, _, _): .setting(4, id)
    case .publicAddress(let id, _): .setting(5, id)
    case .mapsPublic(let subnet): .setting(6, subnet)
    case .bucket(let name, _): .setting(7, name)
    case .bucketPolicy(let name, _): .setting(8, name)
    }
  }

  /// What a doubt about it is about.
  var subject: Doubt.Subject {
    switch self {
    case .bucket, .bucketPolicy: .policies
    case .vpc, .subnet, .rule, .member, .forwards, .named, .gateway, .route, .mainTable, .tableOf,
      .aclOf, .aclEntry, .instance, .publicAddress, .mapsPublic:
      .network
    }
  }
}
