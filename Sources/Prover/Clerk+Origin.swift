import Canon
import CloudModel
import PlanEffects
import Plans

extension Clerk {
  /// Where a fact was written: among the origins of the step that brings it, or among the parts of
  /// the declared resource that it belongs to.
  func origin(_ occurrence: Occurrence) -> Origin? {
    // A declared rule names a group by its address, the account by its identifier.
    let texts = occurrence.fact.words
    let words = Set(texts + texts.filter { $0.hasPrefix("sg-") }.map(label))
    if let step = occurrence.addedBy {
      let origins = plan.steps[step.index].origins
      if let best = best(of: origins, words) { return best.origin }
      let address = plan.steps[step.index].address
      return resources.first { $0.address == address }?.origin
    }
    guard let id = occurrence.fact.owner else { return nil }
    let address = label(id)
    guard let resource = resources.first(where: { $0.address.text == address }) else { return nil }
    return best(of: resource.parts, words)?.origin ?? resource.origin
  }

  /// The part that shares most words with a fact; the first of equals, the only one in any case.
  func best(of parts: [PartOrigin], _ words: Set<String>) -> PartOrigin? {
    let scored = parts.map {
      (part: $0, score: leaves(of: $0.element).count { words.contains($0) })
    }
    let most = scored.map(\.score).max() ?? 0
    return scored.first { $0.score == most }?.part
  }

  private func leaves(of value: Value) -> Set<String> {
    switch value {
    case .string(let text): [text]
    case .int(let number): [String(number)]
    case .list(let items): items.reduce(into: []) { $0.formUnion(leaves(of: $1)) }
    case .record(let fields): fields.values.reduce(into: []) { $0.formUnion(leaves(of: $1)) }
    case .residual(.output(let address, _)): [address.text]
    case .null, .bool, .secret, .residual: []
    }
  }
}

extension Fact {
  /// Texts and numbers by which its declaration is recognised.
  fileprivate var words: [String] {
    switch self {
    case .rule(_, _, let rule):
      let peer =
        switch rule.peer {
        case .cidr(let block): block.description
        case .cidr6(let text): text
        case .group(let id): id
        }
      return [
        rule.transport.aws, String(rule.ports.lowerBound), String(rule.ports.upperBound), peer,
      ]
    case .aclEntry(_, let entry): return [String(entry.number), entry.cidr.description]
    case .route(_, let block, _): return [block.description]
    case .vpc, .subnet, .gateway, .mainTable, .tableOf, .aclOf, .instance, .member,
      .publicAddress, .forwards, .mapsPublic, .named, .bucket, .bucketPolicy:
      return []
    }
  }

  /// The thing it is part of.
  fileprivate var owner: String? {
    switch self {
    case .vpc(let id, _), .subnet(let id, _, _), .gateway(let id, _), .instance(let id, _, _),
      .bucket(let id, _), .bucketPolicy(let id, _), .forwards(let id), .mapsPublic(let id),
      .named(_, _, let id):
      id
    case .route(let id, _, _), .mainTable(_, let id), .tableOf(_, let id), .aclOf(_, let id),
      .aclEntry(let id, _), .rule(let id, _, _), .member(let id, _), .publicAddress(let id, _):
      id
    }
  }
}
