import Determinism
import Graphs
import Testing

@Suite struct GraphTests {
  /// All graphs of a size, as adjacency bits without self-loops.
  private func graphs(_ size: Int) -> [DirectedGraph] {
    let pairs = (0..<size).flatMap { a in (0..<size).compactMap { a == $0 ? nil : (a, $0) } }
    return (0..<(1 << pairs.count)).map { bits in
      var graph = DirectedGraph(count: size)
      for (index, pair) in pairs.enumerated() where bits >> index & 1 == 1 {
        graph.addEdge(from: pair.0, to: pair.1)
      }
      return graph
    }
  }

  private func closure(_ graph: DirectedGraph) -> [[Bool]] {
    (0..<graph.count).map { start in
      let set = graph.reachable(from: graph.successors[start])
      return (0..<graph.count).map { set.contains($0) }
    }
  }

  @Test(arguments: 0...4)
  func `order, cycles and components agree with the closure on every small graph`(size: Int) {
    for graph in graphs(size) {
      let reaches = closure(graph)
      let isCyclic = (0..<size).contains { reaches[$0][$0] }
      if let order = graph.topologicalOrder {
        #expect(!isCyclic)
        for (place, node) in order.enumerated() {
          #expect(!order[..<place].contains { reaches[node][$0] })
        }
      } else {
        #expect(isCyclic)
      }
      for component in graph.components {
        for a in component {
          for b in 0..<size where a != b {
            #expect(component.contains(b) == (reaches[a][b] && reaches[b][a]))
          }
        }
      }
      #expect(graph.components.flatMap { $0 }.sorted() == Array(0..<size))
    }
  }

  @Test func `a chain of a hundred thousand nodes overflows nothing`() {
    var graph = DirectedGraph(count: 100_000)
    for node in 0..<99_999 { graph.addEdge(from: node, to: node + 1) }
    #expect(graph.components.count == 100_000)
    #expect(graph.topologicalOrder?.last == 99_999)
  }
}
