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
    let ranges = componentRanges
    return (0..<ranges.count).map { Array(ranges.members[ranges.range(of: $0)]) }
  }

  /// The same components, one behind the other in one array: for graphs of very many nodes.
  package var componentRanges: ComponentRanges {
    var state = TarjanState(count: count)
    for root in successors.indices where state.index[root] < 0 {
      state.search(from: root, in: successors)
    }
    return state.components
  }
}

/// Groups of nodes, one behind the other.
package struct ComponentRanges: Hashable, Sendable {
  /// The nodes of all groups.
  package fileprivate(set) var members: [Int] = []
  /// Where each group ends among the members.
  fileprivate var ends: [Int] = []

  /// How many groups there are.
  package var count: Int { ends.count }

  /// Where a group stands among the members.
  package func range(of group: Int) -> Range<Int> {
    (group == 0 ? 0 : ends[group - 1])..<ends[group]
  }
}

private struct TarjanState {
  /// When each node was met; -1 for one that was not.
  var index: [Int32]
  var low: [Int32]
  var onStack: [Bool]
  var stack: [Int] = []
  var next: Int32 = 0
  var components = ComponentRanges()

  init(count: Int) {
    index = Array(repeating: -1, count: count)
    low = Array(repeating: 0, count: count)
    onStack = Array(repeating: false, count: count)
    components.members.reserveCapacity(count)
    components.ends.reserveCapacity(count)
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
      if index[target] < 0 {
        open(target)
        frames.append((target, 0))
      } else if onStack[target] {
        low[node] = min(low[node], index[target])
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
    let start = components.members.count
    while let top = stack.popLast() {
      onStack[top] = false
      components.members.append(top)
      if top == node { break }
    }
    if components.members.count > start + 1 { components.members[start...].sort() }
    components.ends.append(components.members.count)
  }
}
