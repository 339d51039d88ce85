/// Finds the strongly connected components of parts of a graph, by Tarjan's algorithm with a stack
/// of its own.
struct Components {
  private let successors: Neighbours
  /// Which part each state is in at the moment; 0 for none.
  private var part: [Int32]
  private var parts: Int32 = 0
  private var index: [Int32]
  private var low: [Int32]
  private var isOnStack: [Bool]

  init(_ successors: Neighbours, bound: Int) {
    self.successors = successors
    part = Array(repeating: 0, count: bound)
    index = Array(repeating: 0, count: bound)
    low = index
    isOnStack = Array(repeating: false, count: bound)
  }

  /// The components of some states and the steps among them; each component's states as they stand
  /// on the stack, components in order of completion.
  mutating func components(of states: [Int32]) -> [[Int32]] {
    parts += 1
    for state in states {
      part[Int(state)] = parts
      index[Int(state)] = 0
    }
    var out: [[Int32]] = []
    var stack: [Int32] = []
    var counter: Int32 = 0
    for root in states where index[Int(root)] == 0 {
      visit(root, &counter, &stack, &out)
    }
    return out
  }

  private mutating func enter(_ state: Int32, _ counter: inout Int32, _ stack: inout [Int32]) {
    counter += 1
    index[Int(state)] = counter
    low[Int(state)] = counter
    isOnStack[Int(state)] = true
    stack.append(state)
  }

  private mutating func visit(
    _ root: Int32, _ counter: inout Int32, _ stack: inout [Int32], _ out: inout [[Int32]]
  ) {
    var calls: [(state: Int32, next: Int)] = [(root, successors.range(of: root).lowerBound)]
    enter(root, &counter, &stack)
    while let (state, next) = calls.last {
      if next < successors.range(of: state).upperBound {
        calls[calls.count - 1].next += 1
        let to = successors.states[next]
        guard part[Int(to)] == parts else { continue }
        if index[Int(to)] == 0 {
          enter(to, &counter, &stack)
          calls.append((to, successors.range(of: to).lowerBound))
        } else if isOnStack[Int(to)] {
          low[Int(state)] = min(low[Int(state)], index[Int(to)])
        }
        continue
      }
      calls.removeLast()
      if let caller = calls.last?.state {
        low[Int(caller)] = min(low[Int(caller)], low[Int(state)])
      }
      if low[Int(state)] == index[Int(state)] {
        let start = stack.lastIndex(of: state) ?? 0
        for member in stack[start...] { isOnStack[Int(member)] = false }
        out.append(Array(stack[start...]))
        stack.removeSubrange(start...)
      }
    }
  }
}
