import ArgumentParser
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Diagnostics
import Foundation
import Journal
import Ludwig
import Planners
import Plans
import Runtime
import Simulator
import Store

/// `fugue bench`: how fast it is, on this machine.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure this build on this machine.",
    subcommands: [Reconcile.self])

  /// `fugue bench reconcile --resources N`.
  struct Reconcile: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Measure planning, applying and reconciling on the simulated cloud, one core.",
      discussion: """
        One VPC and security groups with a rule each, compiled from Ludwig; quotas lifted, no \
        faults. Wall time; memory is the process's peak.
        """)

    @Option(help: "How many resources, at least 2.") var resources = 1000

    func validate() throws {
      guard (2...1_000_000).contains(resources) else {
        throw ValidationError("--resources is a number from 2 to 1000000.")
      }
    }

    func run() throws {
      var meter = Meter(resources: resources)
      let blueprint = try meter.time("compile") { () throws(CommandFailure) in try compiled() }
      var account = Desk.freshAccount(region: blueprint.region)
      account.quotas.securityGroups = resources + 1
      _ = try meter.time("plan a full create") { () throws(CommandFailure) in
        try plan(blueprint, account)
      }
      var cloud = SimulatedCloud(account: account, seed: Seed(1), faults: .none)
      cloud.faults.hasBuckets = false
      var settings = KernelSettings()
      settings.enforcePeriod = nil
      var world = SimulatedWorld(cloud: cloud, settings: settings)
      let calls = try meter.time("apply through the Conductor") { () throws(CommandFailure) in
        world.send(.apply(alias: "bench", blueprint, .none))
        return try rest(&world, blueprint)
      }
      let after = world.cloud.account
      let left = try meter.time("observe and compare") { () throws(CommandFailure) in
        try plan(blueprint, after)
      }
      guard left.steps.isEmpty else {
        throw CommandFailure(.bug, "Error: \(left.steps.count) steps are left after applying.")
      }
      _ = try meter.time("empty reconcile, Conductor") { () throws(CommandFailure) in
        world.send(.enforce(alias: "bench"))
        return try rest(&world, blueprint)
      }
      Terminal.standard.say("\(calls) calls to apply; peak memory \(Meter.peakMemory)")
    }

    private func rest(
      _ world: inout SimulatedWorld, _ blueprint: Blueprint
    ) throws(CommandFailure) -> Int {
      let limit = world.now + .minutes(60 * 24 * 30)
      guard world.runUntilQuiescent(limit: limit), world.conductor.phase(of: "bench") == .enforcing
      else {
        throw CommandFailure(.bug, "Error: the Conductor did not come to rest as declared.")
      }
      return world.cloud.submitted
    }

    private func compiled() throws(CommandFailure) -> Blueprint {
      let text = """
        composition

        import Fugue.AWS as AWS
        import Fugue.AWS.EC2 as EC2

        vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }

        groups: [
          EC2.SecurityGroup.new {
            vpc: vpc,
            description: "one of many",
            ipPermissions: [
              EC2.IpPermission.tcp(443, EC2.IpPermission.Target.ipRange("10.0.0.0/8"))],
          } for i in List.range(0, \(resources - 1))]
        """
      let vault = Vault()
      let inputs = CompilationInputs(
        readFile: { $0 == "bench.lw" ? Array(text.utf8) : nil }, environment: { _ in nil },
        commit: { name, bytes in
          var vault = vault
          return vault.commit(name: name, value: bytes)
        })
      let compilation = compile(path: "bench.lw", inputs: inputs)
      guard let blueprint = compilation.blueprint else {
        let codes = compilation.diagnostics.map(\.headline).joined(separator: "; ")
        throw CommandFailure(.bug, "Error: the benchmark's composition does not compile: \(codes)")
      }
      return blueprint
    }

    private func plan(
      _ blueprint: Blueprint, _ account: AccountState
    ) throws(CommandFailure) -> Plan {
      let items = Planner.observe(blueprint.resources, process: "bench") { call in
        CloudSemantics.step(account, call, Choice()).reply
      }
      guard case .success(let items) = items else {
        throw CommandFailure(.bug, "Error: the account cannot be read.")
      }
      let inventory = Inventory(
        accountID: account.accountID, region: account.region, observedAt: .zero, items: items,
        account: account)
      let planning = Planner.plan(
        blueprint: blueprint, previous: nil, inventory: inventory, process: "bench")
      guard case .plan(let plan) = planning else {
        throw CommandFailure(.bug, "Error: the benchmark's composition cannot be planned.")
      }
      return plan
    }
  }
}

/// Times parts of a benchmark and prints a line for each.
struct Meter {
  /// How many resources each part handles.
  let resources: Int

  /// Runs a part and prints how long it took.
  mutating func time<T>(
    _ name: String, _ body: () throws(CommandFailure) -> T
  ) throws(CommandFailure) -> T {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    let (seconds, attoseconds) = (clock.now - start).components
    let time = Double(seconds) + Double(attoseconds) / 1e18
    let rate = Int(Double(resources) / max(time, 1e-9))
    let pad = String(repeating: " ", count: max(1, 30 - name.count))
    Terminal.standard.say("\(name)\(pad)\(Int(time * 1000)) ms, \(rate) resources/s")
    return result
  }

  /// The process's peak memory, as the system tells it.
  static var peakMemory: String {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") } ?? ""
    return line.dropFirst(6).trimmingPrefix(while: \.isWhitespace).description
  }
}
