package import Canon
import CloudModel
package import Determinism
import Plans

/// The fold of a journal: everything that the kernel knows after a crash. The kernel changes it
/// only by applying the very records that it writes, so that folding cannot differ from living.
package struct Ledger: Hashable, Sendable {
  /// Whose attempt a call was.
  package struct Owner: Hashable, Sendable {
    /// The process, as an index of `processes`.
    package let process: Int
    /// The run of that process, by number.
    package let run: Int
    /// The step within the run's plan.
    package let step: Int
  }

  /// The number of the latest start; -1 before the first.
  package private(set) var incarnation = -1
  /// The settle window of the latest start.
  package private(set) var window = TimeSpan.zero
  /// Processes in the order in which they were first applied, killed ones included.
  package private(set) var processes: [ProcessLedger] = []
  /// Where a process stands in `processes`, by alias.
  package private(set) var indices: SortedMap<String, Int> = [:]
  /// Calls to which no reply has come; a late one finds its step here.
  package private(set) var open: [AttemptID: Owner] = [:]

  /// The empty journal's fold.
  package init() {}

  /// The fold of records, in their order.
  package init(_ records: some Sequence<JournalRecord>) {
    for record in records { apply(record) }
  }

  /// Whether a store may take a record in: not from a kernel that another has taken over from. A
  /// store that kernels share asks this in one transaction with the write, and a kernel whose
  /// record was refused is over: nothing of what it still wanted to do is done.
  package func accepts(_ record: JournalRecord) -> Bool {
    if case .started(let number, _) = record.entry { return number > incarnation }
    return record.fence.map { $0 >= incarnation } ?? true
  }

  /// Takes one record in. Records that speak of processes or steps that do not exist change
  /// nothing, nor do those that a store should have refused.
  package mutating func apply(_ record: JournalRecord) {
    guard accepts(record) else { return }
    let at = record.at
    switch record.entry {
    case .started(let number, let window):
      incarnation = number
      self.window = window
      for index in processes.indices {
        processes[index].loseCallsUnderWay(at: at, deadline: at + window)
      }
    case .applied(let alias, let blueprint, let approvals):
      if indices[alias] == nil {
        indices[alias] = processes.count
        processes.append(ProcessLedger(alias: alias, blueprint: blueprint))
      }
      change(alias) { $0.declare(blueprint, approvals: approvals) }
    case .killRequested(let alias, let approvals):
      change(alias) { $0.retireAll(approvals: approvals) }
    case .approved(let alias, let approvals): change(alias) { $0.approve(approvals) }
    case .adopted(let alias, let plan, let certificate):
      change(alias) { $0.adopt(plan, certificate: certificate, at: at) }
    case .intent(let alias, let step, let attempt, _):
      change(alias) { $0.intend(step, attempt, at: at) }
      if let index = indices[alias] {
        open[attempt] = Owner(process: index, run: processes[index].runCount, step: step.index)
      }
    case .outcome(let alias, let step, let attempt, let outcome, let resolution):
      if outcome != .unknown { open[attempt] = nil }
      change(alias) { $0.resolve(step, attempt, outcome, resolution, at: at) }
    case .found(let alias, let step, let item): change(alias) { $0.find(step, item, at: at) }
    case .notFound(let alias, let step): change(alias) { $0.lose(step, at: at) }
    case .settled(let alias, let step): change(alias) { $0.settle(step, at: at) }
    case .concluded(let alias, _): change(alias) { $0.conclude() }
    case .steady(let alias, let accountID, let region, let items):
      let window = window
      change(alias) {
        $0.rest(accountID: accountID, region: region, present: items, at: at, window: window)
      }
    case .blocked(let alias, let reason): change(alias) { $0.block(reason) }
    case .killed(let alias): change(alias) { $0.end(at: at) }
    }
  }

  private mutating func change(_ alias: String, _ body: (inout ProcessLedger) -> Void) {
    if let index = indices[alias] { body(&processes[index]) }
  }
}
