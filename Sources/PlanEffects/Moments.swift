package import Plans

/// Which sets of steps may be in force together: those that hold, with each step, every step that
/// has to be settled before it starts. That a step was acknowledged says nothing.
package struct Moments: Hashable, Sendable {
  /// How many steps the plan has.
  package let stepCount: Int
  private let settledBefore: [StepSet]
  private let startedBefore: [StepSet]

  /// The moments of a plan. Edges must point forward in the list of steps, as a plan's do; others
  /// are passed over, which only adds moments.
  package init(stepCount: Int, edges: [PlanEdge]) {
    self.stepCount = stepCount
    let edges = edges.filter {
      $0.from < $0.to && $0.from.index >= 0 && $0.to.index < stepCount
    }
    settledBefore = closures(stepCount, edges.filter { $0.kind == .afterSettled })
    startedBefore = closures(stepCount, edges)
  }

  /// The moments of a plan.
  package init(_ plan: Plan) { self.init(stepCount: plan.steps.count, edges: plan.edges) }

  /// The smallest moment at which these steps are in force.
  package func closure(of steps: [StepID]) -> StepSet {
    var out = StepSet(capacity: stepCount)
    for step in steps where step.index < stepCount {
      out.insert(step)
      out.formUnion(settledBefore[step.index])
    }
    return out
  }

  /// Whether a guard holds at any moment.
  package func arePossible(_ guardian: Guard) -> Bool {
    if guardian.inForce.isEmpty || guardian.notInForce.isEmpty { return true }
    let least = closure(of: guardian.inForce)
    return !guardian.notInForce.contains(where: least.contains)
  }

  /// Whether the calls of two steps are made in a fixed order, the first before the second.
  package func isOrdered(_ first: StepID, _ second: StepID) -> Bool {
    startedBefore[second.index].contains(first)
  }

  /// The moment before the plan.
  package var start: StepSet { StepSet(capacity: stepCount) }

  /// The moment when every step is in force.
  package var end: StepSet { StepSet(first: stepCount, capacity: stepCount) }
}

/// For each step, all steps that edges lead from to it. Edges point forward.
private func closures(_ count: Int, _ edges: [PlanEdge]) -> [StepSet] {
  var predecessors: [[StepID]] = Array(repeating: [], count: count)
  for edge in edges { predecessors[edge.to.index].append(edge.from) }
  var out: [StepSet] = []
  for step in 0..<count {
    var all = StepSet(capacity: count)
    for before in predecessors[step] {
      all.insert(before)
      all.formUnion(out[before.index])
    }
    out.append(all)
  }
  return out
}
