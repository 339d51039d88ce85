internal import Canon
package import CloudModel

/// Why a plan is not one that may be carried out.
package enum PlanDefect: Hashable, Sendable {
  /// An edge names a step that is not there, or does not point forward in the list.
  case badEdge(PlanEdge)
  /// A step needs an output that neither an earlier step gives nor is known.
  case unfilled(StepID, ResourceAddress, output: String)
  /// A step's call holds something that no one fills in when it is carried out.
  case open(StepID, Variable)

  /// The defect in a sentence.
  package var message: String {
    switch self {
    case .badEdge(let edge):
      "The order from step \(edge.from.index + 1) to step \(edge.to.index + 1) is not forward."
    case .unfilled(let step, let address, let output):
      "Step \(step.index + 1) needs \(address.text).\(output), which no step before it yields."
    case .open(let step, let variable):
      "Step \(step.index + 1) holds a place that nothing fills: \(variable)."
    }
  }
}

extension Plan {
  /// What is wrong with the plan, in order of steps; empty for a plan that may be carried out.
  /// The cost is linear where a hole is filled by a near step, as in plans that `Planner` makes.
  package var defects: [PlanDefect] {
    let bad = edges.filter { edge in
      !steps.indices.contains(edge.from.index) || !steps.indices.contains(edge.to.index)
        || edge.from >= edge.to
    }
    guard bad.isEmpty else { return bad.map(PlanDefect.badEdge) }
    var givers: [Hole: Int] = [:]
    for (index, step) in steps.enumerated() {
      for name in step.yields.keys { givers[.output(step.address, name)] = index }
    }
    let known = Set(known.map { Hole.output($0.address, $0.name) })
    let waits = predecessors
    var out: [PlanDefect] = []
    for (index, step) in steps.enumerated() {
      for hole in step.call.parameters.holes {
        switch hole {
        case .path(.token, _), .path(.process, _): continue
        case .path(let variable, _): out.append(.open(StepID(index), variable))
        case .output(let address, let name):
          if known.contains(hole) { continue }
          guard let giver = givers[hole], isOrdered(giver, before: index, waits) else {
            out.append(.unfilled(StepID(index), address, output: name))
            continue
          }
        }
      }
    }
    return out
  }

  private func isOrdered(_ first: Int, before last: Int, _ waits: [[PlanEdge]]) -> Bool {
    var seen: Set<Int> = []
    var stack = [last]
    while let step = stack.popLast() {
      for edge in waits[step] where edge.from.index >= first {
        if edge.from.index == first { return true }
        if seen.insert(edge.from.index).inserted { stack.append(edge.from.index) }
      }
    }
    return false
  }
}
