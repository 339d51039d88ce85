import Certificates
import CloudModel
import Determinism
import Journal
import Plans

/// Rules that every journal keeps, checked from its records alone and without the kernel's code.
struct JournalAudit {
  struct StepName: Hashable {
    let process: String
    let run: Int
    let step: Int
  }

  private(set) var faults: [String] = []
  private let window: TimeSpan
  private var plans: [String: (run: Int, plan: Plan)] = [:]
  private var attempts: Set<AttemptID> = []
  private var acknowledged: Set<StepName> = []
  private var settled: Set<StepName> = []
  private var underWay: Set<StepName> = []
  private var deadlines: [StepName: Instant] = [:]
  private var changed: [ProcessLedger.Part: Instant] = [:]

  init(_ journal: [JournalRecord], window: TimeSpan) {
    self.window = window
    for record in journal { take(record) }
  }

  private mutating func take(_ record: JournalRecord) {
    switch record.entry {
    case .started(_, let window):
      for name in underWay { deadlines[name] = record.at + window }
      underWay = []
    case .applied, .killRequested, .approved, .concluded, .steady, .blocked, .killed:
      break
    case .adopted(let process, let plan, let certificate):
      if certificate.plan != plan.digest { faults.append("a plan began without its certificate") }
      for step in plan.steps {
        if let at = changed[ProcessLedger.Part(step)], record.at < at + window {
          faults.append("\(step.call.operation) of \(step.address) is planned on a stale read")
        }
      }
      plans[process] = ((plans[process]?.run ?? 0) + 1, plan)
    case .intent(let process, let step, let attempt, _): intend(process, step, attempt)
    case .outcome(let process, let step, _, _, let resolution):
      guard let name = name(process, step) else { return }
      if resolution != .late { underWay.remove(name) }
      switch resolution {
      case .acknowledged: acknowledge(name, at: record.at)
      case .unknown(let deadline), .present(let deadline): deadlines[name] = deadline
      case .retry, .failed: deadlines[name] = nil
      case .late: break
      }
    case .found(let process, let step, _):
      if let name = name(process, step) { acknowledge(name, at: record.at) }
    case .notFound(let process, let step):
      guard let name = name(process, step) else { return }
      if let deadline = deadlines.removeValue(forKey: name), record.at < deadline {
        faults.append("step \(step.index) was given up before its deadline")
      }
    case .settled(let process, let step):
      if let name = name(process, step) { settled.insert(name) }
    }
  }

  private mutating func intend(_ process: String, _ step: StepID, _ attempt: AttemptID) {
    if !attempts.insert(attempt).inserted { faults.append("\(attempt) was intended twice") }
    guard let name = name(process, step), let plan = plans[process]?.plan else {
      faults.append("a call without a plan")
      return
    }
    if plan.steps[step.index].duplicates, deadlines[name] != nil {
      faults.append("step \(step.index) was repeated without being looked for")
    }
    underWay.insert(name)
    for edge in plan.edges where edge.to == step {
      let before = StepName(process: process, run: name.run, step: edge.from.index)
      let isMet = edge.kind == .afterSettled ? settled : acknowledged
      if !isMet.contains(before) {
        faults.append("step \(step.index) began before step \(edge.from.index) was that far")
      }
    }
  }

  private mutating func acknowledge(_ name: StepName, at: Instant) {
    deadlines[name] = nil
    acknowledged.insert(name)
    if let step = plans[name.process]?.plan.steps[name.step] {
      changed[ProcessLedger.Part(step)] = at
    }
  }

  private func name(_ process: String, _ step: StepID) -> StepName? {
    plans[process].map { StepName(process: process, run: $0.run, step: step.index) }
  }
}
