/// States that can be reached in some way, and by how many steps from the beginning.
struct Region {
  /// By distance, nearest first.
  var states: [Int32] = []
  private var distances: [Int32]
  private var cameFrom: [Int32]
  /// By a state's number, how far it is from the beginning at all, and from which state.
  private let before: (distances: [Int32], cameFrom: [Int32])?

  /// An empty one.
  ///
  /// - Parameter whole: all states, where its ways begin elsewhere than at the beginning.
  init(bound: Int, after whole: Region? = nil) {
    distances = Array(repeating: -1, count: bound)
    cameFrom = distances
    before = whole.map { ($0.distances, $0.cameFrom) }
  }

  /// How many steps lead to a state at least.
  func distance(_ state: Int32) -> Int { Int(distances[Int(state)]) }

  /// The states of a shortest way to one, from the beginning.
  func path(to state: Int32) -> [Int32] {
    var path = [state]
    while case let from = cameFrom[Int(path[path.count - 1])], from >= 0 { path.append(from) }
    while let from = before?.cameFrom[Int(path[path.count - 1])], from >= 0 { path.append(from) }
    return path.reversed()
  }

  /// Goes breadth first from some states, the nearest first, through states that are wanted.
  mutating func reach(
    from starts: [Int32], _ successors: Neighbours, through isWanted: (Int32) -> Bool
  ) {
    var open: [Int32] = []
    var next = 0
    var distance: Int32 = 0
    while !open.isEmpty || next < starts.count {
      if open.isEmpty { distance = max(distance, offset(of: starts[next])) }
      while next < starts.count, offset(of: starts[next]) <= distance {
        enter(starts[next], at: distance, from: -1, &open)
        next += 1
      }
      states += open
      var later: [Int32] = []
      for state in open {
        for index in successors.range(of: state) where isWanted(successors.states[index]) {
          enter(successors.states[index], at: distance + 1, from: state, &later)
        }
      }
      open = later
      distance += 1
    }
  }

  private func offset(of start: Int32) -> Int32 { before?.distances[Int(start)] ?? 0 }

  private mutating func enter(
    _ state: Int32, at distance: Int32, from: Int32, _ open: inout [Int32]
  ) {
    if distances[Int(state)] >= 0 { return }
    distances[Int(state)] = distance
    cameFrom[Int(state)] = from
    open.append(state)
  }
}
