import Canon
package import CloudModel
import CloudSemantics
import Conductor
package import Determinism
import Journal
import PacketWalker
import Planners
import Plans
import Runtime
import Simulator

/// Runs a scenario: the Conductor in the simulated world, and what the scenario does to it.
package struct ScenarioRun {
  /// The address that stands for the internet when openness is tried: one of the public ones.
  private static let outsider = IPv4Address(bits: 0xCB00_7107)

  private let scenario: Scenario
  private let blueprint: Blueprint
  private var world: SimulatedWorld
  private var entries: [ScenarioOutcome.Entry] = []
  private var told = 0
  private var open: [(at: Instant, edit: Scenario.Edit)] = []
  private var repairs: [ScenarioOutcome.Repair] = []
  private var convergedAt: Instant?
  private var callsToConverge = 0
  private var openings: SortedMap<Int, Instant> = [:]
  private var seenAccount: AccountState?

  /// Runs a scenario from its start to its end.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - blueprint: What its composition comes to.
  ///   - seed: What chance follows from.
  ///   - keepsHistory: Whether each line of what happens is kept.
  package static func run(
    _ scenario: Scenario, blueprint: Blueprint, seed: Seed, keepsHistory: Bool = false
  ) throws(ScenarioProblem) -> ScenarioOutcome {
    var run = ScenarioRun(scenario, blueprint, seed)
    if keepsHistory { run.world.keepHistory() }
    return try run.run()
  }

  private init(_ scenario: Scenario, _ blueprint: Blueprint, _ seed: Seed) {
    self.scenario = scenario
    self.blueprint = blueprint
    var faults = FaultProfile.real
    faults.windows = scenario.windows
    faults.throttling = scenario.throttling
    world = SimulatedWorld(
      cloud: SimulatedCloud(
        account: .fresh(accountID: "123456789012", region: blueprint.region), seed: seed,
        faults: faults))
  }

  private mutating func run() throws(ScenarioProblem) -> ScenarioOutcome {
    if let start = scenario.applyAt {
      pass(to: start)
      world.send(.apply(alias: scenario.process, blueprint, .none))
    }
    var edits = scenario.edits[...]
    var crashes = scenario.crashes[...]
    while let time = [edits.first?.at, crashes.first?.at].compactMap({ $0 }).min() {
      pass(to: time)
      if let crash = crashes.first, crash.at == time {
        crashes.removeFirst()
        world.crash(restartAfter: crash.restartAfter)
        entries.append(.crash(at: time))
      } else if let edit = edits.popFirst() {
        try make(edit)
      }
    }
    pass(to: scenario.end)
    return outcome
  }

  /// Lets time pass, looking at every event what came of it.
  private mutating func pass(to moment: Instant) {
    while let time = world.nextTime, time <= moment {
      _ = world.step()
      look()
    }
    world.run(until: moment)
    look()
  }

  private mutating func look() {
    for report in world.reports[told...] {
      entries.append(.report(report))
      switch report.kind {
      case .steady, .carriedOut: notice()
      case .phase, .looking, .differs, .proof, .running, .confirmed, .started, .done, .settled,
        .retrying, .unknownOutcome, .found, .failed, .givenUp, .blocked, .killed:
        break
      }
    }
    told = world.reports.count
    if world.cloud.account != seenAccount { tryPackets() }
  }

  /// The kernel says that it is as declared: whether it is, the account itself tells.
  private mutating func notice() {
    guard convergedAt == nil || !open.isEmpty, isAsDeclared else { return }
    if convergedAt == nil {
      convergedAt = world.now
      callsToConverge = world.cloud.submitted
    }
    for (at, edit) in open {
      let repair = ScenarioOutcome.Repair(at: world.now, edit: edit, latency: world.now - at)
      repairs.append(repair)
      entries.append(.repaired(repair))
    }
    open = []
  }

  /// Whether a look without any lag finds nothing to do.
  private var isAsDeclared: Bool {
    let account = world.cloud.account
    let items = Planner.observe(blueprint.resources, process: scenario.process) { call in
      CloudSemantics.step(account, call, Choice(now: world.now)).reply
    }
    guard case .success(let items) = items else { return false }
    let inventory = Inventory(
      accountID: account.accountID, region: account.region, observedAt: world.now, items: items,
      account: account)
    let planning = Planner.plan(
      blueprint: blueprint, previous: nil, inventory: inventory, process: scenario.process)
    if case .plan(let plan) = planning { return plan.steps.isEmpty }
    return false
  }
}

extension ScenarioRun {
  private mutating func make(_ edit: Scenario.Edit) throws(ScenarioProblem) {
    let call = Call(
      service: edit.call.service, operation: edit.call.operation,
      parameters: try filled(edit.call.parameters))
    let filled = Scenario.Edit(at: edit.at, by: edit.by, call: call)
    let reply = world.edit(call)
    entries.append(.edit(at: edit.at, filled, reply))
    if case .success = reply { open.append((edit.at, filled)) }
    if case .failure(let error) = reply {
      throw ScenarioProblem(
        "The edit \(call.operation) by \(edit.by) was refused: \(error.code), \(error.message)")
    }
    look()
  }

  /// Fills in `${address#output}`.
  private func filled(_ value: Value) throws(ScenarioProblem) -> Value {
    switch value {
    case .string(let text):
      guard text.hasPrefix("${"), text.hasSuffix("}") else { return value }
      let parts = text.dropFirst(2).dropLast().split(separator: "#").map(String.init)
      guard parts.count == 2 else { throw ScenarioProblem("'\(text)' names no output") }
      let process = world.conductor.ledger.processes.first { $0.alias == scenario.process }
      guard let found = process?.known[ResourceAddress(parts[0])]?[parts[1]] else {
        throw ScenarioProblem(
          "No output \(parts[1]) of \(parts[0]) is known at that time; apply it earlier")
      }
      return found
    case .list(let items):
      var out: [Value] = []
      for item in items { out.append(try filled(item)) }
      return .list(out)
    case .record(let fields):
      var out = SortedMap<String, Value>()
      for (name, field) in fields { out[name] = try filled(field) }
      return .record(out)
    case .null, .bool, .int, .secret, .residual: return value
    }
  }

  /// Sends a packet for each `neverOpen` after each change of the account.
  private mutating func tryPackets() {
    let account = world.cloud.account
    seenAccount = account
    for (index, expectation) in scenario.expectations.enumerated() {
      guard case .neverOpen(let address, let port) = expectation, openings[index] == nil else {
        continue
      }
      for (id, instance) in account.instances
      where instance.tags["fugue:address"] == address.text {
        guard let target = instance.publicAddress else { continue }
        let packet = Packet(
          source: Self.outsider, destination: target,
          payload: .tcp(source: 40_001, destination: port))
        let receiver = walk(packet, from: .internet, in: account).receiver
        if receiver == .instance(id) { openings[index] = world.now }
      }
    }
  }

  private var outcome: ScenarioOutcome {
    ScenarioOutcome(
      entries: entries, repairs: repairs,
      judgements: scenario.expectations.enumerated().map { judge($0.element, $0.offset) },
      history: world.history, lines: world.lines, fired: world.cloud.fired,
      calls: world.cloud.submitted,
      end: world.now)
  }

  private func judge(
    _ expectation: Scenario.Expectation, _ index: Int
  ) -> ScenarioOutcome.Judgement {
    let (isMet, seen): (Bool, String)
    switch expectation {
    case .converges(let within):
      isMet = convergedAt.map { $0 - Instant.zero <= within } ?? false
      seen = convergedAt.map { "after \(($0 - .zero).text)" } ?? "not before the end"
    case .repaired(let within):
      let worst = repairs.map(\.latency).max() ?? .zero
      isMet = open.isEmpty && worst <= within
      seen = open.isEmpty ? "at most \(worst.text)" : "\(open.count) not repaired by the end"
    case .neverOpen:
      isMet = openings[index] == nil
      seen = openings[index].map { "open at \(($0 - .zero).text)" } ?? "closed throughout"
    case .callsPerResource(let atMost):
      let count = blueprint.resources.count
      isMet = convergedAt != nil && callsToConverge <= atMost * count
      let tenths = count == 0 ? 0 : callsToConverge * 10 / count
      seen = "\(tenths / 10).\(tenths % 10), reads included"
    }
    return ScenarioOutcome.Judgement(expectation: expectation, isMet: isMet, seen: seen)
  }
}

extension TimeSpan {
  /// The span for people: `1:02:03.4`, `2:03.4` or `3.4 s`.
  package var text: String {
    let tenths = milliseconds / 100
    let (seconds, minutes, hours) = (tenths / 10 % 60, tenths / 600 % 60, tenths / 36_000)
    let tail = "\(seconds).\(tenths % 10)"
    let padded = seconds < 10 ? "0\(tail)" : tail
    if hours > 0 { return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(padded)" }
    return minutes > 0 ? "\(minutes):\(padded)" : "\(tail) s"
  }
}
