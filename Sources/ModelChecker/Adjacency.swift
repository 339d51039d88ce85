/// Transitions between numbered states, kept as pairs.
struct Adjacency {
  private var from: [Int32] = []
  private var to: [Int32] = []

  /// Adds a transition.
  mutating func add(from: Int, to: Int) {
    self.from.append(Int32(from))
    self.to.append(Int32(to))
  }

  /// The first of `count` states from which none of the given ones can be reached; nil if all can.
  func firstState(of count: Int, notReaching goals: [Int32]) -> Int? {
    let predecessors = reversed(count)
    var reaches = Array(repeating: false, count: count)
    var open = goals
    for goal in goals { reaches[Int(goal)] = true }
    while let state = open.popLast() {
      let range = predecessors.starts[Int(state)]..<predecessors.starts[Int(state) + 1]
      for predecessor in predecessors.states[range] where !reaches[Int(predecessor)] {
        reaches[Int(predecessor)] = true
        open.append(predecessor)
      }
    }
    return reaches.firstIndex(of: false)
  }

  /// All transitions by the state they lead to: those into state s stand at
  /// `starts[s]..<starts[s + 1]`.
  private func reversed(_ count: Int) -> (starts: [Int], states: [Int32]) {
    var starts = Array(repeating: 0, count: count + 1)
    for state in to { starts[Int(state) + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    var next = starts
    var states = Array(repeating: Int32(0), count: to.count)
    for (source, target) in zip(from, to) {
      states[next[Int(target)]] = source
      next[Int(target)] += 1
    }
    return (starts, states)
  }
}
