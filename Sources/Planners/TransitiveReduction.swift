package import Plans

/// Leaves out what other edges imply. "After it is acknowledged" is implied by any other way from
/// the earlier step to the later one, "after it is in force" only by a way that starts with such an
/// edge.
package enum TransitiveReduction {
  /// The edges that are needed, sorted.
  ///
  /// For each step those before it are walked back once. A step can only lie behind another one if
  /// it does so in every order that the edges allow; two very different orders, the list's own and
  /// one by depth, keep the walk near the step's immediate predecessors, so that the cost is near
  /// linear in plans as they come.
  /// - Parameter edges: Edges that all point from a lower to a higher step.
  package static func reduce(_ edges: [PlanEdge], count: Int) -> [PlanEdge] {
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
    /// Each step's place in an order by depth: a step comes right after what it waits for.
    let depthPlace: [Int]
    /// The step whose walk last came by, and last came by over an edge that orders effects.
    var reached: [Int]
    var settled: [Int]
    /// The step whose walk last looked at what is before.
    private var seen: [Int]

    init(before: [[PlanEdge]]) {
      self.before = before
      self.depthPlace = TransitiveReduction.depthOrder(before)
      self.reached = Array(repeating: -1, count: before.count)
      self.settled = reached
      self.seen = reached
    }

    mutating func needed(of step: Int) -> [PlanEdge] {
      let own = before[step]
      guard own.count > 1, let earliest = own.first?.from.index else { return own }
      let shallowest = own.reduce(Int.max) { min($0, depthPlace[$1.from.index]) }
      var stack = own.map(\.from.index)
      for at in stack { seen[at] = step }
      while let at = stack.popLast() {
        for edge in before[at]
        where edge.from.index >= earliest && depthPlace[edge.from.index] >= shallowest {
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

  /// The place of each step in an order that the edges allow, in which a step stands as late as
  /// those that follow it permit: the latest ones are asked for first, and a step is placed once
  /// what it waits for has been.
  private static func depthOrder(_ before: [[PlanEdge]]) -> [Int] {
    var place = Array(repeating: -1, count: before.count)
    var next = 0
    var stack: [(step: Int, edge: Int)] = []
    for root in before.indices.reversed() where place[root] < 0 {
      stack.append((root, 0))
      while let (step, edge) = stack.last {
        if edge < before[step].count {
          stack[stack.count - 1].edge += 1
          let earlier = before[step][before[step].count - 1 - edge].from.index
          if place[earlier] < 0 { stack.append((earlier, 0)) }
        } else {
          stack.removeLast()
          if place[step] < 0 {
            place[step] = next
            next += 1
          }
        }
      }
    }
    return place
  }
}
