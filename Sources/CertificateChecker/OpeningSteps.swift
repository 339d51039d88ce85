import CloudModel
import PlanEffects
import Plans

/// Which steps of a plan open something: may let a packet through, or somebody at a bucket, that
/// the step before could not.
///
/// What a step adds to or takes from a thing that only it makes opens nothing, since nothing else
/// leads to that thing yet. Everything that is not known to close or to be harmless counts as
/// opening.
struct OpeningSteps {
  /// For each step, whether it opens something.
  private(set) var isOpening: [Bool]
  private let moments: Moments
  /// Steps that add something about a thing; nil stands for the baseline.
  private var mentions: [String: Set<StepID?>] = [:]
  /// Steps that end a VPC or a subnet.
  private var endings: [String: [StepID]] = [:]

  init(_ model: EffectModel, of plan: Plan) {
    moments = model.moments
    isOpening = Array(repeating: false, count: plan.steps.count)
    for it in model.occurrences {
      for thing in it.fact.things { mentions[thing, default: []].insert(it.addedBy) }
      if let place = it.fact.place { endings[place, default: []] += it.removedBy }
    }
    for it in model.occurrences {
      if let step = it.addedBy, it.fact.opensWhenAdded, !isNew(it.fact, to: step) {
        isOpening[step.index] = true
      }
      if it.fact.opensWhenRemoved {
        for step in it.removedBy where !isNew(it.fact, to: step) && !ends(it.fact, step) {
          isOpening[step.index] = true
        }
      }
    }
    // A step whose effect is not known may do anything.
    if !model.doubts.isEmpty {
      for index in plan.steps.indices where plan.steps[index].verb != .read {
        isOpening[index] = true
      }
    }
  }

  /// Whether a step takes away what a fact is about as a whole.
  private func ends(_ fact: Fact, _ step: StepID) -> Bool {
    fact.newcomer.map { endings[$0]?.contains(step) ?? false } ?? false
  }

  /// Whether what a fact is about is made by this very step.
  private func isNew(_ fact: Fact, to step: StepID) -> Bool {
    guard let subject = fact.newcomer else { return false }
    return (mentions[subject] ?? []).allSatisfy { other in
      guard let other else { return false }
      return other == step || moments.isOrdered(step, other)
    }
  }
}

extension Fact {
  /// Whether its coming may open something.
  fileprivate var opensWhenAdded: Bool {
    switch self {
    case .vpc, .subnet, .named: false
    case .aclEntry(_, let entry): entry.isAllow
    case .gateway, .route, .mainTable, .tableOf, .aclOf, .rule, .instance, .member, .publicAddress,
      .forwards, .mapsPublic, .bucket, .bucketPolicy:
      true
    }
  }

  /// Whether its going may open something: what it hid, or kept out, counts from then on.
  fileprivate var opensWhenRemoved: Bool {
    switch self {
    case .vpc, .subnet, .named, .gateway, .rule, .instance, .member, .publicAddress, .forwards,
      .mapsPublic:
      false
    case .aclEntry(_, let entry): !entry.isAllow
    // With the bucket goes what it allowed; a lesser block is another fact that comes.
    case .bucket: false
    case .route, .mainTable, .tableOf, .aclOf, .bucketPolicy: true
    }
  }

  /// The thing through which alone it can have an effect; nil where it brings in somebody new.
  fileprivate var newcomer: String? {
    switch self {
    case .vpc(let id, _), .subnet(let id, _, _): id
    case .gateway(let id, _): id
    case .route(let table, _, _): table
    case .mainTable(let vpc, _): vpc
    case .tableOf(let subnet, _), .aclOf(let subnet, _), .mapsPublic(let subnet): subnet
    case .aclEntry(let acl, _): acl
    case .rule(let group, _, _): group
    case .bucket(let name, _), .bucketPolicy(let name, _): name
    case .instance, .member, .publicAddress, .forwards, .named: nil
    }
  }

  /// The VPC or subnet that it says is there; nil where it says something else.
  fileprivate var place: String? {
    switch self {
    case .vpc(let id, _), .subnet(let id, _, _): id
    case .gateway, .route, .mainTable, .tableOf, .aclOf, .aclEntry, .rule, .instance, .member,
      .publicAddress, .forwards, .mapsPublic, .named, .bucket, .bucketPolicy:
      nil
    }
  }

  /// Every thing that it is about.
  fileprivate var things: [String] {
    switch self {
    case .vpc(let id, _): [id]
    case .subnet(let id, let vpc, _): [id, vpc]
    case .gateway(let id, let vpc): [id, vpc]
    case .route(let table, _, .internetGateway(let target)),
      .route(let table, _, .instance(let target)):
      [table, target]
    case .route(let table, _, .local): [table]
    case .mainTable(let vpc, let table): [vpc, table]
    case .tableOf(let subnet, let table): [subnet, table]
    case .aclOf(let subnet, let acl): [subnet, acl]
    case .aclEntry(let acl, _): [acl]
    case .rule(let group, _, let rule):
      if case .group(let peer) = rule.peer { [group, peer] } else { [group] }
    case .instance(let id, let subnet, _): [id, subnet]
    case .member(let instance, let group): [instance, group]
    case .publicAddress(let instance, _), .forwards(let instance): [instance]
    case .mapsPublic(let subnet): [subnet]
    case .named(_, _, let id): [id]
    case .bucket(let name, _), .bucketPolicy(let name, _): [name]
    }
  }
}
