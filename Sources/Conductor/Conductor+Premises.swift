import CertificateChecker
import CloudModel
import CloudSemantics
import Determinism
import Journal
import PlanEffects
import Plans

/// Before a step that opens something: a look that is fresh, held against what the proof assumes.
///
/// The window that remains: what somebody does by hand after that look began is not seen. It is at
/// most `KernelSettings.freshness`, or as long as the look itself took where that is longer, and
/// the time for which the cloud's reads may show an earlier state.
extension Conductor {
  /// Whether a step that is ready may start on what was last seen.
  func mayStart(_ step: Int, _ process: Int) -> Bool {
    if settings.mutations.contains(.openOnOldLook) { return true }
    guard let premises = activities[process].premises, premises.isOpening.indices.contains(step)
    else { return false }
    return !premises.isOpening[step] || now <= activities[process].freshUntil
  }

  /// Whether a step waits for a fresh look.
  func needsPremises(_ process: Int) -> Bool {
    guard activities[process].stopping == nil, let queue = activities[process].queue else {
      return false
    }
    return !queue.held.isEmpty
  }

  /// Holds what a look has shown against what the proof assumes: the steps that waited start, or,
  /// where a second look shows a breach as well, the rest of the plan is dropped, so that a new
  /// plan and a new proof follow.
  mutating func confirm(_ look: Look, _ process: Int) {
    guard activities[process].stopping == nil, let premises = activities[process].premises,
      let account = look.account?.account
    else {
      advance(process)
      return
    }
    if let breach = premises.breach(in: account, progress(of: premises.plan, look, process)) {
      guard activities[process].isSuspicious else {
        activities[process].isSuspicious = true
        advance(process)
        return
      }
      stop(process, because: "the account is not as the proof assumes: \(breach)")
    } else {
      activities[process].isSuspicious = false
      activities[process].freshUntil = max(now, look.startedAt + settings.freshness)
      let steps = activities[process].queue?.releaseHeld() ?? []
      report(process, .confirmed(steps.sorted().map { StepID($0) }, age: now - look.startedAt))
    }
    advance(process)
  }

  /// How far the plan in hand had come when a look began. An acknowledged effect outranks a
  /// contrary read until its settle window ends.
  private func progress(of plan: Plan, _ look: Look, _ process: Int) -> Premises.Progress {
    var out = Premises.Progress(plan)
    guard let run = ledger.processes[process].run else { return out }
    for (index, progress) in run.steps.enumerated() where progress.tries > 0 {
      out.begun.insert(StepID(index))
      if case .settled(let at) = progress.state, at + settings.settleWindow <= look.startedAt {
        out.shown.insert(StepID(index))
      }
    }
    return out
  }
}
