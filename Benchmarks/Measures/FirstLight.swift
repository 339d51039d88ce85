import Canon
import CloudModel
import Determinism
import Foundation
import Ludwig
import Planners
import Plans

/// What stands for a secret here.
func commitment(_ name: String, _ bytes: [UInt8]) -> SecretCommitment {
  SecretCommitment(digest: keyedDigest(of: bytes, key: [1]), name: name)
}

/// The composition of `Scenarios/first-light`, planned for an empty account.
struct FirstLight {
  /// What it declares.
  let blueprint: Blueprint
  /// The account before.
  let account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
  /// All that is to be done.
  let plan: Plan

  /// Compiles and plans it; the current folder is the project's top.
  init() throws(BenchmarkFailure) {
    let blueprint = try Sheet.blueprint(
      path: "Scenarios/first-light/main.lw",
      CompilationInputs(
        readFile: { FileManager.default.contents(atPath: $0).map(Array.init) },
        environment: { _ in "benchmark" }, commit: commitment))
    self.blueprint = blueprint
    plan = try Planned.plan(blueprint, Planned.inventory(of: account, blueprint))
  }
}

/// Planning without a kernel.
enum Planned {
  /// What the account shows of a blueprint.
  static func inventory(
    of account: AccountState, _ blueprint: Blueprint,
    items: SortedMap<ResourceAddress, [ObservedItem]> = [:]
  ) -> Inventory {
    Inventory(
      accountID: account.accountID, region: account.region, observedAt: .zero, items: items,
      account: account)
  }

  /// The plan that brings an inventory to a blueprint.
  static func plan(
    _ blueprint: Blueprint, _ inventory: Inventory
  ) throws(BenchmarkFailure) -> Plan {
    let planning = Planner.plan(
      blueprint: blueprint, previous: nil, inventory: inventory, process: "bench")
    guard case .plan(let plan) = planning else {
      throw BenchmarkFailure("the composition cannot be planned")
    }
    return plan
  }
}
