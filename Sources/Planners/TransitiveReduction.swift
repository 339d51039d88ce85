internal import Plans

/// Leaves out what other edges imply. "After it is acknowledged" is implied by any other way from
/// the earlier step to the later one, "after it is in force" only by a way that starts with such an
/// edge.
enum TransitiveReduction {
  /// The edges that are needed, sorted.
  ///
  /// For each step all steps before it are walked back once, no farther than its earliest
  /// immediate predecessor, so that the cost is small where a step hangs on few and near ones.
  /// - Parameter edges: Edges that all point from a lower to a higher step.
  static func reduce(_ edges: [PlanEdge], count: Int) -> [PlanEdge] {
    var before: [[PlanEdge]] = Array(repeating: [], count: count)
    for edge in edges { before[edge.to.index].append(edge) }
    for step in before.indices { before[step] = strongest(before[step]) }
    var walk = Walk(before: before)
    return before.indices.flatMap { walk.needed(of: $0) }.sorted()
  }

  /// Of edges between the same two steps the one that asks for more, in order of the earlier step.
  private static func strongest(_ edges: [PlanEdge]) -> [PlanEdge] {
    if edges.count < 2 { return edges }
    var out: [PlanEdge] = []
    for edge in edges.sorted() {
      if out.last?.from == edge.from { out.removeLast() }
      out.append(edge)
    }
    return out
  }

  private struct Walk {
    let before: [[PlanEdge]]
    /// The step whose walk last came by, and last came by over an edge that orders effects.
    var reached: [Int]
    var settled: [Int]
    /// The step whose walk last looked at what is before.
    private var seen: [Int]

    init(before: [[PlanEdge]]) {
      self.before = before
      self.reached = Array(repeating: -1, count: before.count)
      self.settled = reached
      self.seen = reached
    }

    mutating func needed(of step: Int) -> [PlanEdge] {
      let own = before[step]
      guard own.count > 1, let earliest = own.first?.from.index else { return own }
      var stack = own.map(\.from.index)
      for at in stack { seen[at] = step }
      while let at = stack.popLast() {
        for edge in before[at] where edge.from.index >= earliest {
          reached[edge.from.index] = step
          if edge.kind == .afterSettled { settled[edge.from.index] = step }
          if seen[edge.from.index] == step { continue }
          seen[edge.from.index] = step
          stack.append(edge.from.index)
        }
      }
      return own.filter { edge in
        (edge.kind == .afterSettled ? settled : reached)[edge.from.index] != step
      }
    }
  }
}
