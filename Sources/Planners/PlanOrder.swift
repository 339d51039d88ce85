internal import CloudModel
internal import Graphs
internal import Plans

/// The last part of planning: a list in which every edge points forward, and no edge that others
/// imply.
enum PlanOrder {
  /// The steps of a plan and their order, or a smallest circle among them, in words.
  case ordered([Step], [PlanEdge])
  case cycle([String])

  /// Orders a draft. Edges that may be given up are, where they would close a circle.
  static func order(_ draft: Draft) -> PlanOrder {
    let count = draft.steps.count
    let hard = DirectedGraph(
      count: count, edges: draft.edges.filter { !$0.isSoft }.map { ($0.from, $0.to) })
    if hard.topologicalOrder == nil {
      return .cycle(smallestCycle(in: hard).map { name(draft.steps[$0]) })
    }
    let edges = acyclic(draft)
    let graph = DirectedGraph(count: count, edges: edges.map { ($0.from, $0.to) })
    guard let order = graph.topologicalOrder else {
      preconditionFailure("soft edges within circles were given up")
    }
    var place = Array(repeating: 0, count: count)
    for (position, step) in order.enumerated() { place[step] = position }
    let placed = edges.map { edge in
      PlanEdge(from: StepID(place[edge.from]), to: StepID(place[edge.to]), kind: edge.kind)
    }
    return .ordered(
      order.map { draft.steps[$0] }, TransitiveReduction.reduce(placed, count: count))
  }

  private static func acyclic(_ draft: Draft) -> [Draft.Edge] {
    guard draft.edges.contains(where: \.isSoft) else { return draft.edges }
    let graph = DirectedGraph(
      count: draft.steps.count, edges: draft.edges.map { ($0.from, $0.to) })
    if graph.topologicalOrder != nil { return draft.edges }
    var component = Array(repeating: 0, count: draft.steps.count)
    for (number, members) in graph.components.enumerated() {
      for step in members { component[step] = number }
    }
    return draft.edges.filter { !$0.isSoft || component[$0.from] != component[$0.to] }
  }

  private static func name(_ step: Step) -> String {
    "\(step.verb.rawValue) \(step.address.text)" + (step.part.isEmpty ? "" : " (\(step.part))")
  }

  /// A shortest circle, found by breadth from each step of the first component that has one.
  private static func smallestCycle(in graph: DirectedGraph) -> [Int] {
    guard let members = graph.components.first(where: { $0.count > 1 }) else { return [] }
    let inside = Set(members)
    var best: [Int] = []
    for start in members.prefix(1000) {
      let found = shortestCycle(from: start, in: graph, inside: inside)
      if !found.isEmpty, best.isEmpty || found.count < best.count { best = found }
      if best.count == 2 { break }
    }
    return best
  }

  private static func shortestCycle(
    from start: Int, in graph: DirectedGraph, inside: Set<Int>
  ) -> [Int] {
    var parent: [Int: Int] = [:]
    var queue = [start]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for next in graph.successors[node] where inside.contains(next) {
        if next == start {
          var path = [node]
          while let last = path.last, last != start, let before = parent[last] {
            path.append(before)
          }
          return path.reversed()
        }
        if parent[next] == nil {
          parent[next] = node
          queue.append(next)
        }
      }
    }
    return []
  }
}
