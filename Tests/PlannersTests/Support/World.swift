import Canon
import CloudModel
import CloudSemantics
import Determinism
import Planners
import Plans

/// An account without lag, and plans carried out on it in any order that their edges allow.
struct World {
  var account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
  let process = "test"

  mutating func ask(_ call: Call) -> Reply { CloudSemantics.perform(call, on: &account).reply }

  /// What is there of a blueprint's resources and of the previous one's.
  mutating func inventory(of blueprint: Blueprint, previous: Blueprint?) throws -> Inventory {
    var survey = Survey(of: Survey.subjects(of: blueprint, previous: previous), process: process)
    var next = 0
    while let read = survey.read(next) {
      if let error = survey.answer(next, with: ask(read.call)) { throw error }
      next += 1
    }
    return Inventory(
      accountID: account.accountID, region: account.region, observedAt: .zero,
      items: survey.items, account: account)
  }

  mutating func plan(_ blueprint: Blueprint, previous: Blueprint? = nil) throws -> Planning {
    let inventory = try inventory(of: blueprint, previous: previous)
    return Planner.plan(
      blueprint: blueprint, previous: previous, inventory: inventory, process: process)
  }

  /// Carries a plan out, drawing at each moment one of the steps that may start.
  /// - Parameters:
  ///   - limit: How many steps are carried out at most.
  ///   - isStrict: Whether nothing may be refused since something hangs on it.
  mutating func carryOut(
    _ plan: Plan, random: inout RandomSource, limit: Int = .max, isStrict: Bool = false
  ) throws {
    var outputs: [ResourceAddress: [String: Value]] = [:]
    for known in plan.known { outputs[known.address, default: [:]][known.name] = known.value }
    let waits = plan.predecessors
    var open = Array(plan.steps.indices)
    var isDone = Array(repeating: false, count: plan.steps.count)
    var refusals = 0
    while !open.isEmpty, plan.steps.count - open.count < limit {
      let ready = open.filter { step in waits[step].allSatisfy { isDone[$0.from.index] } }
      let step = ready[random.below(ready.count)]
      let found = outputs
      var bindings = Bindings { found[$0]?[$1] }
      bindings.token = .string("\(plan.digest.hex.prefix(40))-\(step)")
      let call = plan.steps[step].call
      let filled = Call(
        service: call.service, operation: call.operation,
        parameters: call.parameters.resolve(bindings))
      switch ask(filled) {
      case .success(let reply):
        for (name, path) in plan.steps[step].yields {
          outputs[plan.steps[step].address, default: [:]][name] = reply.at(path)
        }
      case .failure(let error):
        guard let verb = plan.steps[step].errors[error.code],
          !isStrict || error.code != "DependencyViolation"
        else { throw error }
        switch verb {
        case .present: break
        case .absent: if plan.steps[step].verb != .delete { throw error }
        case .retry, .retryAfterDependents:
          refusals += 1
          if refusals > 10 * plan.steps.count { throw error }
          continue
        case .fail: throw error
        }
      }
      for transition in CloudSemantics.transitions(of: account) {
        if case .instance = transition {
          _ = CloudSemantics.advance(&account, transition, now: .zero)
        }
      }
      isDone[step] = true
      open.removeAll { $0 == step }
    }
  }
}

func blueprint(_ resources: [DeclaredResource]) -> Blueprint {
  Blueprint(
    composition: Digest(of: "test"), region: "us-east-1",
    resources: resources.sorted { $0.address < $1.address }, invariants: [])
}
