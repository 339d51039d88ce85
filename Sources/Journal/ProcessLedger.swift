package import Canon
import Certificates
package import CloudModel
package import Determinism
package import Plans

/// What the journal tells of one process.
package struct ProcessLedger: Hashable, Sendable {
  /// A part of a resource that a step changes.
  package struct Part: Hashable, Sendable {
    /// The resource.
    package let address: ResourceAddress
    /// Why the step is there.
    package let verb: Step.Verb
    /// The aspect; empty for the whole.
    package let name: String

    /// A resource as a whole, as it is made or deleted.
    package init(_ address: ResourceAddress, _ verb: Step.Verb) {
      self.address = address
      self.verb = verb
      self.name = ""
    }

    /// The part that a step changes.
    package init(_ step: Step) {
      address = step.address
      verb = step.verb
      name = step.part
    }
  }

  /// Its name.
  package let alias: String
  /// What is declared; without resources while the process is being killed.
  package internal(set) var blueprint: Blueprint
  /// Counts changes of what is declared; a plan for an older number is void.
  package internal(set) var generation = 0
  /// Resources as they were declared and are not any more, the oldest first, as long as they may
  /// still be there.
  package internal(set) var retired: [ResourceAddress: [DeclaredResource]] = [:]
  /// Resources that may never be deleted or replaced, whatever the text says now.
  package internal(set) var protected: Set<ResourceAddress> = []
  /// Whether everything is to be deleted.
  package internal(set) var isKilling = false
  /// What people let the kernel do with what is declared now.
  package internal(set) var approvals = Approvals.none
  /// Where it stands.
  package internal(set) var standing = Standing.working
  /// The plan in hand.
  package internal(set) var run: PlanRun?
  /// How many plans have begun; the number of the one in hand.
  package internal(set) var runCount = 0
  /// How many plans have begun since it was last as declared.
  package internal(set) var rounds = 0
  /// Outputs by resource, as far as replies and looks have told.
  package internal(set) var known: [ResourceAddress: SortedMap<String, Value>] = [:]
  /// Resources that are there, as far as replies and looks have told.
  package internal(set) var present: Set<ResourceAddress> = []
  /// When the kernel last changed a part.
  package internal(set) var changedAt: [Part: Instant] = [:]
  /// Parts that were changed again and again since a person last spoke.
  package internal(set) var contests: [Part: Contest] = [:]
  /// Until when the effect of a lost call may still appear.
  package internal(set) var quietAfter = Instant.zero
  /// The account that answered when it was last as declared; empty before.
  package internal(set) var accountID = ""
  /// The region that answered then; empty before.
  package internal(set) var region = ""

  init(alias: String, blueprint: Blueprint) {
    self.alias = alias
    self.blueprint = blueprint
  }

  /// What was declared before and may still be there; nil for nothing.
  package var previous: Blueprint? {
    if retired.isEmpty { return nil }
    return Blueprint(
      composition: blueprint.composition, region: blueprint.region,
      resources: retired.keys.sorted().flatMap { retired[$0] ?? [] }, invariants: [])
  }

  /// Whether a resource is declared now.
  package func isDeclared(_ address: ResourceAddress) -> Bool { declared(address) != nil }

  /// A declared or retired resource.
  package func resource(_ address: ResourceAddress) -> DeclaredResource? {
    declared(address) ?? retired[address]?.last
  }

  private func declared(_ address: ResourceAddress) -> DeclaredResource? {
    var low = 0
    var high = blueprint.resources.count
    while low < high {
      let middle = (low + high) / 2
      if blueprint.resources[middle].address < address { low = middle + 1 } else { high = middle }
    }
    guard low < blueprint.resources.count, blueprint.resources[low].address == address else {
      return nil
    }
    return blueprint.resources[low]
  }

  /// All as what something may be there at an address, what is declared now first.
  private func versions(_ address: ResourceAddress) -> [DeclaredResource] {
    (declared(address).map { [$0] } ?? []) + (retired[address] ?? []).reversed()
  }

  /// A declared or retired resource of one type, or of any where none has that type.
  package func resource(_ address: ResourceAddress, type: String) -> DeclaredResource? {
    versions(address).first { $0.type == type } ?? resource(address)
  }

  /// The same, each in whose way it is looked for.
  package func resources(_ address: ResourceAddress, type: String) -> [DeclaredResource] {
    var out: [DeclaredResource] = []
    for version in versions(address) where version.type == type {
      let isKnown = out.contains { known in
        var observation = version.lifecycle.observation
        observation.details = known.lifecycle.observation.details
        return observation == known.lifecycle.observation
      }
      if !isKnown { out.append(version) }
    }
    return out.isEmpty ? resource(address).map { [$0] } ?? [] : out
  }

  /// Whether a resource may be deleted or replaced: what is there may be so as it was declared.
  package func mayDelete(_ address: ResourceAddress) -> Bool {
    let isProtected = protected.contains(address)
    let versions = versions(address)
    let bearsData = versions.isEmpty || versions.contains(where: \.lifecycle.bearsData)
    return !(isProtected || bearsData) || approvals.cover(address, isProtected: isProtected)
  }
}

extension DeclaredResource {
  /// Whether the same is done for both, whatever they are called.
  fileprivate func isDeclared(like other: DeclaredResource) -> Bool {
    type == other.type && dependencies == other.dependencies && lifecycle == other.lifecycle
  }
}

extension ProcessLedger {
  mutating func declare(_ next: Blueprint, approvals: Approvals) {
    var next = next
    next.resources.sort { $0.address < $1.address }
    retireDeclared()
    for resource in next.resources {
      if let old = retired[resource.address]?.filter({ !$0.isDeclared(like: resource) }) {
        retired[resource.address] = old.isEmpty ? nil : old
      }
      if resource.isProtected {
        protected.insert(resource.address)
      } else {
        protected.remove(resource.address)
      }
    }
    blueprint = next
    isKilling = false
    restart(approvals)
  }

  /// What is declared may still be there when it is declared no more, or otherwise.
  private mutating func retireDeclared() {
    for resource in blueprint.resources
    where retired[resource.address]?.contains(where: { $0.isDeclared(like: resource) }) != true {
      retired[resource.address, default: []].append(resource)
    }
  }

  mutating func retireAll(approvals: Approvals) {
    retireDeclared()
    blueprint.resources = []
    isKilling = true
    restart(approvals)
  }

  mutating func approve(_ more: Approvals) {
    restart(
      Approvals(
        coversData: approvals.coversData || more.coversData,
        addresses: approvals.addresses + more.addresses))
    if case .blocked(.massVanishing(let gone)) = standing { present.subtract(gone) }
    standing = .working
  }

  private mutating func restart(_ approvals: Approvals) {
    self.approvals = approvals
    generation += 1
    rounds = 0
    contests = [:]
    if case .blocked(.massVanishing(let gone)) = standing, !approvals.isNone {
      present.subtract(gone)
    }
    standing = .working
  }

  mutating func adopt(_ plan: Plan, certificate: Certificate, at: Instant) {
    run = PlanRun(plan: plan, certificate: certificate, beganAt: at)
    runCount += 1
    rounds += 1
    standing = .working
    for output in plan.known { known[output.address, default: [:]][output.name] = output.value }
  }

  mutating func block(_ reason: BlockReason) { standing = .blocked(reason) }

  mutating func conclude() { run = nil }

  mutating func rest(
    accountID: String, region: String, present items: PresentResources, at: Instant,
    window: TimeSpan
  ) {
    self.accountID = accountID
    self.region = region
    known = [:]
    for (address, outputs) in items { known[address] = outputs }
    present = Set(items.keys)
    retired = [:]
    rounds = 0
    changedAt = changedAt.filter { at - $0.value < window }
    standing = .steady(at: at)
  }

  mutating func end(at: Instant) {
    retired = [:]
    protected = []
    known = [:]
    present = []
    changedAt = [:]
    isKilling = false
    standing = .killed(at: at)
  }
}
