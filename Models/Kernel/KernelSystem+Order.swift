import CloudModel
import Journal
import Plans

/// What a call needs of what came before it: told by what hangs on what, not by the edges.
extension KernelSystem {
  /// Whether a step comes before what it needs is in force.
  func comesTooEarly(_ step: Step, of run: PlanRun, _ process: ProcessLedger) -> Bool {
    uses(step, of: run) || replaces(step, of: run) || isHeld(step, of: run, process)
  }

  /// Whether a step uses something that the plan makes and that is not as it should be yet.
  private func uses(_ step: Step, of run: PlanRun) -> Bool {
    let used = step.call.parameters.holes.compactMap { hole -> ResourceAddress? in
      if case .output(let address, _) = hole, address != step.address { address } else { nil }
    }
    return run.plan.steps.indices.contains { index in
      let other = run.plan.steps[index]
      return used.contains(other.address) && other.verb != .delete
        && !run.steps[index].isDone(other)
    }
  }

  /// Whether a step deletes what is being replaced while its successor is on its way.
  private func replaces(_ step: Step, of run: PlanRun) -> Bool {
    guard step.verb == .delete else { return false }
    return run.plan.steps.indices.contains { index in
      let other = run.plan.steps[index]
      return other.verb == .create && other.address == step.address
        && run.steps[index].tries > 0 && !run.steps[index].isDone(other)
    }
  }

  /// Whether a step deletes something before what hung on it has gone.
  private func isHeld(_ step: Step, of run: PlanRun, _ process: ProcessLedger) -> Bool {
    guard step.verb == .delete else { return false }
    return run.plan.steps.indices.contains { index in
      let other = run.plan.steps[index]
      return other.verb == .delete && other.address != step.address
        && !run.steps[index].isDone(other)
        && process.resource(other.address)?.dependencies.contains(step.address) == true
    }
  }
}

extension StepProgress {
  /// Whether a step is as far as it is to be before others build on it.
  fileprivate func isDone(_ step: Step) -> Bool {
    step.settle == .acknowledged ? state.isAcknowledged : state.isSettled
  }
}
