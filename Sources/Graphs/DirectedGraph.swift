/// A directed graph on nodes 0 ..< count, with edges kept in the order in which they were added.
package struct DirectedGraph: Hashable, Sendable {
  /// Successors of each node.
  package private(set) var successors: [[Int]]

  /// A graph without edges.
  package init(count: Int) { successors = Array(repeating: [], count: count) }

  /// A graph of edges, each kept once, at a cost that is near linear whatever the degrees are;
  /// successors stand in ascending order.
  package init(count: Int, edges: [(from: Int, to: Int)]) {
    self.init(count: count)
    for edge in edges { successors[edge.from].append(edge.to) }
    for node in successors.indices where successors[node].count > 1 {
      successors[node].sort()
      var last = -1
      successors[node].removeAll { next in
        defer { last = next }
        return next == last
      }
    }
  }

  /// How many nodes there are.
  package var count: Int { successors.count }

  /// Adds an edge; an edge added twice is kept once, at linear cost in the node's degree.
  package mutating func addEdge(from: Int, to: Int) {
    if !successors[from].contains(to) { successors[from].append(to) }
  }

  /// Predecessors of each node.
  package var predecessors: [[Int]] {
    var out: [[Int]] = Array(repeating: [], count: count)
    for node in successors.indices {
      for next in successors[node] { out[next].append(node) }
    }
    return out
  }

  /// Nodes so that each edge points forward, the least possible node first; nil on a cycle.
  package var topologicalOrder: [Int]? {
    var degree = predecessors.map(\.count)
    var ready = degree.indices.filter { degree[$0] == 0 }
    var order: [Int] = []
    var head = 0
    while head < ready.count {
      let node = ready[head]
      head += 1
      order.append(node)
      for next in successors[node] {
        degree[next] -= 1
        if degree[next] == 0 { ready.append(next) }
      }
    }
    return order.count == count ? order : nil
  }

  /// All nodes that can be reached from some nodes, themselves included, in ascending order.
  package func reachable(from starts: [Int]) -> [Int] {
    var seen = Array(repeating: false, count: count)
    var stack = starts
    while let node = stack.popLast() {
      if seen[node] { continue }
      seen[node] = true
      stack.append(contentsOf: successors[node])
    }
    return seen.indices.filter { seen[$0] }
  }

  /// Strongly connected components in reverse topological order, each in ascending order.
  /// Iterative, so that long chains do not overflow the stack. Source: Tarjan 1972.
  package var components: [[Int]] {
    var state = TarjanState(count: count)
    for root in successors.indices where state.index[root] == nil {
      state.search(from: root, in: successors)
    }
    return state.components
  }
}

private struct TarjanState {
  var index: [Int?]
  var low: [Int]
  var onStack: [Bool]
  var stack: [Int] = []
  var next = 0
  var components: [[Int]] = []

  init(count: Int) {
    index = Array(repeating: nil, count: count)
    low = Array(repeating: 0, count: count)
    onStack = Array(repeating: false, count: count)
  }

  mutating func search(from root: Int, in successors: [[Int]]) {
    var frames: [(node: Int, edge: Int)] = [(root, 0)]
    open(root)
    while let frame = frames.last {
      let node = frame.node
      guard frame.edge < successors[node].count else {
        frames.removeLast()
        if let parent = frames.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == index[node] { close(node) }
        continue
      }
      frames[frames.count - 1].edge += 1
      let target = successors[node][frame.edge]
      if index[target] == nil {
        open(target)
        frames.append((target, 0))
      } else if onStack[target], let seen = index[target] {
        low[node] = min(low[node], seen)
      }
    }
  }

  private mutating func open(_ node: Int) {
    index[node] = next
    low[node] = next
    next += 1
    stack.append(node)
    onStack[node] = true
  }

  private mutating func close(_ node: Int) {
    var component: [Int] = []
    while let top = stack.popLast() {
      onStack[top] = false
      component.append(top)
      if top == node { break }
    }
    components.append(component.sorted())
  }
}
