import Graphs
package import Plans

/// Which sets of steps may be in force together: those that hold, with each step, every step that
/// has to be settled before it starts. That a step was acknowledged says nothing.
package struct Moments: Hashable, Sendable {
  /// How many steps the plan has.
  package let stepCount: Int
  private let settledBefore: [StepSet]
  private let startedBefore: [StepSet]

  /// The moments of a plan. Edges that make a circle order nothing, which only adds moments.
  package init(stepCount: Int, edges: [PlanEdge]) {
    self.stepCount = stepCount
    let steps = 0..<stepCount
    let edges = edges.filter { steps.contains($0.from.index) && steps.contains($0.to.index) }
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

/// For each step, all steps that edges lead from to it.
private func closures(_ count: Int, _ edges: [PlanEdge]) -> [StepSet] {
  var out = Array(repeating: StepSet(capacity: count), count: count)
  var predecessors: [[Int]] = Array(repeating: [], count: count)
  var graph = DirectedGraph(count: count)
  for edge in edges {
    predecessors[edge.to.index].append(edge.from.index)
    graph.addEdge(from: edge.from.index, to: edge.to.index)
  }
  for step in graph.topologicalOrder ?? [] {
    for before in predecessors[step] {
      out[step].insert(StepID(before))
      out[step].formUnion(out[before])
    }
  }
  return out
}
