import Plans

/// Whether calls are made in a fixed order, asked of a plan's edges pair by pair: without a table
/// of all pairs, since in most plans few steps meet.
struct StepOrder {
  private var before: [[Int]]
  /// The question that last came by a step.
  private var seen: [Int]
  private var question = 0

  /// Reads a plan's edges; one that does not point forward orders nothing.
  init(_ plan: Plan) {
    before = Array(repeating: [], count: plan.steps.count)
    seen = Array(repeating: 0, count: plan.steps.count)
    for edge in plan.edges
    where edge.from < edge.to && edge.from.index >= 0 && edge.to.index < plan.steps.count {
      before[edge.to.index].append(edge.from.index)
    }
  }

  /// Whether the first step's call is always made before the second's.
  mutating func isOrdered(_ first: StepID, _ second: StepID) -> Bool {
    question += 1
    var open = [second.index]
    while let step = open.popLast() {
      for earlier in before[step] where earlier >= first.index && seen[earlier] != question {
        if earlier == first.index { return true }
        seen[earlier] = question
        open.append(earlier)
      }
    }
    return false
  }
}
