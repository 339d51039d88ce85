import CloudModel
import Determinism
import Graphs
import Planners
import Plans
import Testing

@Suite struct OrderTests {
  /// Every way between two steps, by its first edge's kind, found without cleverness.
  private func implied(_ edges: [PlanEdge], count: Int) -> [[(any: Bool, settled: Bool)]] {
    var out = Array(
      repeating: Array(repeating: (any: false, settled: false), count: count), count: count)
    for from in (0..<count).reversed() {
      for edge in edges where edge.from.index == from {
        let isSettled = edge.kind == .afterSettled
        for to in 0..<count where to == edge.to.index || out[edge.to.index][to].any {
          out[from][to].any = true
          if isSettled { out[from][to].settled = true }
        }
      }
    }
    return out
  }

  @Test func `the reduction keeps every order, and no edge that the others imply`() {
    var random = RandomSource(Seed(3))
    for _ in 0..<300 {
      let count = 2 + random.below(8)
      var edges: [PlanEdge] = []
      for to in 1..<count {
        for from in 0..<to where random.below(3) == 0 {
          edges.append(
            PlanEdge(
              from: StepID(from), to: StepID(to),
              kind: random.below(2) == 0 ? .afterSettled : .afterAcknowledged))
        }
      }
      let reduced = TransitiveReduction.reduce(edges.reversed(), count: count)
      let before = implied(edges, count: count)
      let after = implied(reduced, count: count)
      for from in 0..<count {
        for to in 0..<count {
          #expect(before[from][to] == after[from][to])
        }
      }
      for (index, edge) in reduced.enumerated() {
        var rest = reduced
        rest.remove(at: index)
        let without = implied(rest, count: count)[edge.from.index][edge.to.index]
        #expect(!(edge.kind == .afterSettled ? without.settled : without.any))
      }
    }
  }

  @Test func `a graph of many edges keeps each once`() {
    let graph = DirectedGraph(count: 3, edges: [(0, 2), (0, 1), (0, 2), (1, 2)])
    #expect(graph.successors == [[1, 2], [2], []])
  }
}
