import Canon
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Runtime
import Simulator

/// One seed of a campaign: a composition applied while everything goes wrong, edited by hand,
/// crashed; then the faults cease, and the end must be right.
struct Trial {
  let seed: UInt64
  let blueprint: Blueprint
  var mutations: KernelMutations = []
  var faults = Trial.everything

  /// A very bad day on which launches, references and new roles fail even more often.
  static let everything: FaultProfile = {
    var profile = FaultProfile.rough
    profile.rates[.capacity] = 250_000
    profile.rates[.staleReference] = 900_000
    profile.propagationWindow = .minutes(5)
    profile.visibilityWindow = .seconds(40)
    return profile
  }()

  /// What came of a trial.
  struct Outcome: Sendable {
    var faultsOfEnd: [String]
    var fired: [String: Int]
  }

  func run() -> Outcome {
    var settings = KernelSettings()
    settings.mutations = mutations
    settings.rounds = 60
    var bench = Bench(seed: seed, faults: faults, settings: settings)
    var random = RandomSource(Seed(seed).split("trial"))
    let crashes = Set((0..<random.below(4)).map { _ in random.below(400) }).sorted()
    bench.world.crashPlan = SimulatedWorld.CrashPlan(points: crashes)
    bench.apply(blueprint)
    bench.world.run(until: .zero + .seconds(Int64(60 + random.below(600))))
    var edits = 0
    for _ in 0..<random.below(4) {
      if drift(&bench, &random) { edits += 1 }
      bench.world.run(until: bench.world.now + .seconds(Int64(random.below(120))))
    }
    bench.world.run(until: bench.world.now + .minutes(3))
    bench.world.setFaults(.none)
    bench.world.crashPlan.points = []
    let alias = bench.alias
    bench.world.run(until: bench.world.now + .minutes(4))
    for _ in 0..<3 {
      bench.world.send(.approve(alias: alias, Approvals(coversData: true)))
      _ = bench.rest()
    }
    bench.world.send(.enforce(alias: alias))
    // A command that was not durable when the kernel died is the person's to repeat.
    if Ledger(bench.world.journal).indices[alias] == nil { bench.apply(blueprint) }
    let rests = bench.rest()
    var found = bench.faultsOfEnd(blueprint)
    if !rests || bench.world.conductor.phase(of: alias) != .enforcing {
      let last = bench.world.reports.suffix(4).map { "\($0.kind)".prefix(200) }
      found.append("it does not come to rest: \(last)")
    }
    if seed.isMultiple(of: 2) { found += end(&bench) }
    var fired: [String: Int] = [:]
    for (kind, count) in bench.world.cloud.fired { fired[kind.rawValue] = count }
    fired["crash"] = bench.world.crashes
    fired["drift"] = edits
    return Outcome(faultsOfEnd: found, fired: fired)
  }

  /// Kills the process while everything goes wrong again; what is left over, in sentences.
  private func end(_ bench: inout Bench) -> [String] {
    let alias = bench.alias
    bench.world.setFaults(faults)
    bench.world.send(.kill(alias: alias, Approvals(coversData: true)))
    bench.world.run(until: bench.world.now + .minutes(3))
    bench.world.setFaults(.none)
    for _ in 0..<3 where bench.world.conductor.phase(of: alias) != .killed {
      bench.world.send(.approve(alias: alias, Approvals(coversData: true)))
      _ = bench.rest()
    }
    let left = bench.world.cloud.account.owners(process: alias).map { "\($0) survives" }
    let isOver = bench.world.conductor.phase(of: alias) == .killed
    return left + bench.faultsOfJournal + (isOver ? [] : ["it is not killed"])
  }

  /// Changes something of the process by hand; false where there was nothing to change.
  private func drift(_ bench: inout Bench, _ random: inout RandomSource) -> Bool {
    let account = bench.world.cloud.account
    switch random.below(3) {
    case 0:
      guard
        let group = account.securityGroups.values.first(where: {
          $0.tags["fugue:address"] != nil && !$0.ingress.isEmpty
        }), case .group(let peer) = group.ingress[0].peer
      else { return false }
      let rule = group.ingress[0]
      let reply = bench.world.edit(
        Call(
          service: "ec2", operation: "RevokeSecurityGroupIngress",
          parameters: [
            "GroupId": .string(group.id),
            "IpPermissions": [
              [
                "IpProtocol": .string(rule.transport.aws),
                "FromPort": .int(Int64(rule.ports.lowerBound)),
                "ToPort": .int(Int64(rule.ports.upperBound)),
                "UserIdGroupPairs": [["GroupId": .string(peer)]],
              ]
            ],
          ]))
      return reply.isSuccess
    case 1:
      guard let table = account.routeTables.values.first(where: { $0.routes.count > 1 }) else {
        return false
      }
      let reply = bench.world.edit(
        Call(
          service: "ec2", operation: "DeleteRoute",
          parameters: [
            "RouteTableId": .string(table.id),
            "DestinationCidrBlock": .string(table.routes[1].destination.description),
          ]))
      return reply.isSuccess
    default:
      guard let instance = account.instances.values.first(where: { $0.state == .running }) else {
        return false
      }
      let reply = bench.world.edit(
        Call(
          service: "ec2", operation: "TerminateInstances",
          parameters: ["InstanceIds": [.string(instance.id)]]))
      return reply.isSuccess
    }
  }
}

extension Reply {
  var isSuccess: Bool {
    switch self {
    case .success: true
    case .failure: false
    }
  }
}
