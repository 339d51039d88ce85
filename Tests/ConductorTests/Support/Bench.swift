import Canon
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Planners
import Plans
import Runtime
import Simulator
import TestSupport
import Testing

/// Compositions for tests of the kernel, small first.
enum Compositions {
  static func blueprint(
    _ name: String, _ resources: [DeclaredResource], _ invariants: [Invariant] = []
  ) -> Blueprint {
    Blueprint(
      composition: Digest(of: name), region: "us-east-1",
      resources: resources.sorted { $0.address < $1.address }, invariants: invariants)
  }

  /// A network and a subnet.
  static let two = blueprint(
    "two",
    [
      Lives.vpc("net", cidr: "10.0.0.0/16"),
      Lives.subnet("net.a", vpc: "net", cidr: "10.0.1.0/24"),
    ])

  /// A network, a group with a rule to itself, and one more group.
  static let three = blueprint(
    "three",
    [
      Lives.vpc("net", cidr: "10.0.0.0/16"),
      Lives.group("web", vpc: "net", from: [("app", 80)]),
      Lives.group("app", vpc: "net", from: [("web", 8080)]),
    ])

  /// Everything that the hand-built lifecycles have.
  static let nine = blueprint("nine", nineResources)

  /// A composition for a seed of a campaign.
  static func of(_ seed: UInt64) -> Blueprint { seed.isMultiple(of: 3) ? three : ten }

  /// The nine with a role and a profile that an instance uses.
  static let ten = blueprint(
    "ten",
    nineResources.filter { $0.address.text != "app.one" } + [
      Lives.role("role"), Lives.profile("profile", role: "role"),
      Lives.instance("app.one", subnet: "net.b", groups: ["app"], profile: "profile"),
    ])

  static let named = ["two": two, "three": three, "nine": nine, "ten": ten]

  static let nineResources = [
    Lives.vpc("net", cidr: "10.0.0.0/16", hostnames: true),
    Lives.subnet("net.a", vpc: "net", cidr: "10.0.1.0/24"),
    Lives.subnet("net.b", vpc: "net", cidr: "10.0.2.0/24"),
    Lives.gateway("net.gateway", vpc: "net"),
    Lives.table(
      "net.table", vpc: "net", cidr: "10.0.0.0/16", routes: [("0.0.0.0/0", "net.gateway")],
      subnets: ["net.a"]),
    Lives.group("web", vpc: "net", from: [("app", 80)]),
    Lives.group("app", vpc: "net", from: [("web", 8080)]),
    Lives.instance("web.one", subnet: "net.a", groups: ["web"]),
    Lives.instance("app.one", subnet: "net.b", groups: ["app"]),
  ]
}

/// A world for one test, and what can be said of its end.
struct Bench {
  var world: SimulatedWorld
  let alias = "dev"

  init(
    seed: UInt64 = 1, faults: FaultProfile = .none, settings: KernelSettings = KernelSettings(),
    prove: @escaping @Sendable (ProofRequest) -> ProofAnswer = { Deliberation.answer($0) }
  ) {
    let account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    world = SimulatedWorld(
      cloud: SimulatedCloud(account: account, seed: Seed(seed), faults: faults),
      settings: settings, prove: prove)
    world.keepsCalls = true
  }

  mutating func apply(_ blueprint: Blueprint, _ approvals: Approvals = .none) {
    world.send(.apply(alias: alias, blueprint, approvals))
  }

  /// Lets the kernel come to rest; whether it did within so many minutes of logical time.
  mutating func rest(minutes: Int64 = 120) -> Bool {
    world.runUntilQuiescent(limit: world.now + .minutes(minutes))
  }

  /// Lets the kernel come to rest, and fails the test where it does not.
  mutating func mustRest(_ location: SourceLocation = #_sourceLocation) {
    let rests = rest()
    #expect(rests, "it rests: \(world.reports.suffix(8).map(\.kind))", sourceLocation: location)
  }

  /// What is wrong with the end, in sentences; empty where everything is as declared, once, and
  /// nothing else is left over.
  func faultsOfEnd(_ blueprint: Blueprint) -> [String] {
    var faults: [String] = []
    let account = world.cloud.account
    let observed = Planner.observe(blueprint.resources, process: alias) {
      CloudSemantics.step(account, $0).reply
    }
    guard case .success(let items) = observed else { return ["the account cannot be read"] }
    for resource in blueprint.resources {
      let count = items[resource.address]?.count ?? 0
      if count != 1 { faults.append("\(resource.address) is there \(count) times") }
    }
    let inventory = Inventory(
      accountID: account.accountID, region: account.region, observedAt: .zero, items: items,
      account: CloudSemantics.read(account))
    let planning = Planner.plan(
      blueprint: blueprint, previous: nil, inventory: inventory, process: alias)
    if case .plan(let plan) = planning {
      for step in plan.steps {
        faults.append("\(step.call.operation) of \(step.address) is still to be done")
      }
    } else {
      faults.append("it cannot be planned")
    }
    let declared = Set(blueprint.resources.map(\.address.text))
    for owner in account.owners(process: alias) where !declared.contains(owner) {
      faults.append("\(owner) is left over")
    }
    return faults + faultsOfJournal
  }

  /// What is wrong with the journal: a rule that it breaks, a writing call without an earlier
  /// intent, a reply that is not in it, or a fold that differs from the living ledger.
  var faultsOfJournal: [String] {
    let window = world.conductor.settings.settleWindow
    var faults = JournalAudit(world.journal, window: window).faults
    var intents: [AttemptID: Int] = [:]
    var outcomes: Set<AttemptID> = []
    for (place, record) in world.journal.enumerated() {
      switch record.entry {
      case .intent(_, _, let attempt, _): intents[attempt] = intents[attempt] ?? place
      case .outcome(_, _, let attempt, .replied, _): outcomes.insert(attempt)
      default: break
      }
    }
    for sent in world.calls where CloudSemantics.writes(sent.call) {
      let place = intents[sent.attempt] ?? Int.max
      if place >= sent.durable {
        faults.append("\(sent.call.operation) went out before its intent")
      }
    }
    for attempt in world.replies where intents[attempt] != nil && !outcomes.contains(attempt) {
      faults.append("a reply to \(attempt) is not in the journal")
    }
    if world.isUp, Ledger(world.journal) != world.conductor.ledger {
      faults.append("the fold of the journal is not the ledger")
    }
    return faults
  }
}

extension AccountState {
  /// The addresses in the tags of everything that belongs to a process and still lives.
  func owners(process: String) -> [String] {
    var all: [Tags] = vpcs.values.map(\.tags) + subnets.values.map(\.tags)
    all += internetGateways.values.map(\.tags) + routeTables.values.map(\.tags)
    all += securityGroups.values.map(\.tags) + networkACLs.values.map(\.tags)
    all += instances.values.filter { $0.state != .terminated && $0.state != .shuttingDown }
      .map(\.tags)
    all += buckets.values.map(\.tags) + roles.values.map(\.tags) + secrets.values.map(\.tags)
    all += instanceProfiles.values.map(\.tags)
    return all.filter { $0["fugue:process"] == process }.compactMap { $0["fugue:address"] }.sorted()
  }
}
