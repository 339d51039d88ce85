import Canon
import CloudModel
import CloudSemantics
import Determinism
import Foundation
import Journal
import Planners
import Plans
import Simulator
import Store

/// The embedded state as commands read it: the journal's fold and the simulated account.
struct Desk {
  /// The locked folder.
  let folder: StateFolder
  /// What the kernel knows.
  let ledger: Ledger
  /// The account.
  private(set) var account: EmbeddedAccount
  /// The secrets.
  let vault: Vault

  /// Opens the state of a folder.
  ///
  /// - Parameter mustExist: whether a folder without state is the user's mistake.
  init(_ options: StateOptions, region: String = "us-east-1", mustExist: Bool)
    throws(CommandFailure)
  {
    if mustExist, !StateFolder.exists(at: options.folder) {
      throw CommandFailure(
        .usage,
        "Error: there is no state in '\(options.folder)'. Apply a composition first, or name"
          + " another folder with --state.")
    }
    do throws(StoreFailure) {
      folder = try StateFolder(path: options.folder)
      ledger = Ledger(try JournalStore(path: folder.journal).records())
      vault = try Vault(path: folder.vault)
    } catch { throw CommandFailure(.outside, "Error: \(error)") }
    do throws(EmbeddedAccountError) {
      account = try EmbeddedAccount(path: folder.account, fresh: Desk.freshCloud(region: region))
    } catch {
      throw CommandFailure(
        .outside, "Error: the simulated account in \(error.path): \(error.reason)")
    }
  }

  /// The cloud that a new embedded account begins with: an ordinary day on AWS.
  static func freshCloud(region: String) -> SimulatedCloud {
    SimulatedCloud(account: freshAccount(region: region), seed: Seed(1), faults: .real)
  }

  /// An account with nothing in it but what AWS puts there.
  static func freshAccount(region: String) -> AccountState {
    .fresh(accountID: "123456789012", region: region)
  }

  /// What the kernel knows of a process; nil where it was never applied.
  func process(_ alias: String) -> ProcessLedger? {
    ledger.indices[alias].map { ledger.processes[$0] }
  }

  /// A process that must be there.
  func knownProcess(_ alias: String) throws(CommandFailure) -> ProcessLedger {
    if let process = process(alias) { return process }
    let names = ledger.processes.map(\.alias).joined(separator: ", ")
    throw CommandFailure(
      .usage,
      "Error: there is no process '\(alias)'. "
        + (names.isEmpty ? "There is none at all." : "There are: \(names)."))
  }

  /// Somebody changes the account by hand.
  mutating func edit(_ call: Call) throws(CommandFailure) -> Reply {
    do throws(EmbeddedAccountError) { return try account.edit(call) } catch {
      throw CommandFailure(
        .outside, "Error: the simulated account in \(error.path): \(error.reason)")
    }
  }
}

/// A plan for a blueprint, and what it was made from.
struct Draft {
  /// What is declared.
  let blueprint: Blueprint
  /// The plan.
  let plan: Plan
  /// The account before it.
  let account: AccountState

  /// Plans from an empty account: only AWS's own objects are there.
  init(_ blueprint: Blueprint) throws(CommandFailure) {
    try self.init(
      blueprint, previous: nil, account: Desk.freshAccount(region: blueprint.region),
      process: "new")
  }

  /// Plans from what a process has, looked at without lag.
  init(_ blueprint: Blueprint, alias: String, at desk: Desk) throws(CommandFailure) {
    try self.init(
      blueprint, previous: desk.process(alias)?.everDeclared, account: desk.account.cloud.account,
      process: alias)
  }

  private init(
    _ blueprint: Blueprint, previous: Blueprint?, account: AccountState, process: String
  ) throws(CommandFailure) {
    self.blueprint = blueprint
    self.account = account
    let subjects = Survey.subjects(of: blueprint, previous: previous)
    let seen = Planner.observe(subjects, process: process) { call in
      CloudSemantics.step(account, call, Choice()).reply
    }
    let items: SortedMap<ResourceAddress, [ObservedItem]>
    switch seen {
    case .success(let found): items = found
    case .failure(let error):
      throw CommandFailure(
        .outside, "Error: the account cannot be read: \(error.code), \(error.message)")
    }
    let inventory = Inventory(
      accountID: account.accountID, region: account.region, observedAt: .zero, items: items,
      account: account)
    let planning = Planner.plan(
      blueprint: blueprint, previous: previous, inventory: inventory, process: process)
    switch planning {
    case .plan(let plan): self.plan = plan
    case .problems(let problems):
      throw CommandFailure(
        .usage, problems.map { "Error: \($0.message)" }.joined(separator: "\n"))
    }
  }
}

extension ProcessLedger {
  /// Everything that was declared and may still be there.
  fileprivate var everDeclared: Blueprint {
    var all = blueprint
    all.resources += previous?.resources ?? []
    return all
  }
}
