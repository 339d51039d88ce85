import Canon
import CloudModel
import CloudSemantics
import Planners
import Plans

/// From a blueprint and what is there to a plan.
enum PlanMeasures {
  static var all: [Benchmark] {
    [
      create("plan", 10_000), create("plan-many", 100_000), observe("observe", 10_000),
      observe("observe-many", 100_000),
    ]
  }

  private static func create(_ name: String, _ count: Int) -> Benchmark {
    .rate(name, "resources", "plan a full create of \(count) groups", of: count) {
      () throws(BenchmarkFailure) in
      let blueprint = try Groups.stamped(count)
      let account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
      return { () throws(BenchmarkFailure) in
        let plan = try Planned.plan(blueprint, Planned.inventory(of: account, blueprint))
        try BenchmarkFailure.unless(
          plan.steps.count == 2 * count + 1, "the plan has \(plan.steps.count) steps")
      }
    }
  }

  private static func observe(_ name: String, _ count: Int) -> Benchmark {
    .rate(name, "resources", "observe \(count) groups and find nothing to do", of: count) {
      () throws(BenchmarkFailure) in
      let blueprint = try Groups.stamped(count)
      let account = Groups.account(of: blueprint)
      return { () throws(BenchmarkFailure) in _ = try emptyPlan(blueprint, account) }
    }
  }

  private static func emptyPlan(
    _ blueprint: Blueprint, _ account: AccountState
  ) throws(BenchmarkFailure) -> Inventory {
    let items = Planner.observe(blueprint.resources, process: "bench") { call in
      CloudSemantics.step(account, call, Choice()).reply
    }
    guard case .success(let items) = items else {
      throw BenchmarkFailure("the account cannot be read")
    }
    let inventory = Planned.inventory(of: account, blueprint, items: items)
    let plan = try Planned.plan(blueprint, inventory)
    try BenchmarkFailure.unless(plan.steps.isEmpty, "\(plan.steps.count) steps are left")
    return inventory
  }

  /// What a resource takes while it is looked at; to be measured while memory is fresh.
  static var memory: Benchmark {
    Benchmark(
      name: "memory", what: "blueprint, account and inventory of 20,000 groups", unit: "B/resource"
    ) { () throws(BenchmarkFailure) in
      let before = Memory.residentBytes
      let blueprint = try Groups.stamped(20_000)
      let inventory = try emptyPlan(blueprint, Groups.account(of: blueprint))
      let after = Memory.residentBytes
      try BenchmarkFailure.unless(
        inventory.items.count == blueprint.resources.count, "not everything is there")
      return (after - before) / 20_000
    }
  }
}
