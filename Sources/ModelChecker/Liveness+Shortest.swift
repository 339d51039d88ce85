extension Liveness {
  /// States with what was kept of fairness that are looked at for shorter ways, before the search
  /// is content with what it has.
  private static var patience: Int { 1 << 20 }

  /// A way of the fewest steps that ends in a state, or comes into a part and goes round in it
  /// fairly; nil if there is neither.
  ///
  /// - Parameters:
  ///   - parts: can all be gone round fairly.
  ///   - rest: the nearest state in which a way may end.
  ///   - depths: all states. Where a round begins that meets a premise, it does not matter what was
  ///     before.
  func shortest(
    among parts: [[Int32]], rest: Int32?, in region: Region, _ depths: Region
  ) -> Lasso? {
    var best = rest.map { Lasso(stem: region.path(to: $0), cycle: []) }
    var part = Array(repeating: Int32(-1), count: parts.isEmpty ? 0 : graph.bound)
    for (index, members) in parts.enumerated() {
      for member in members { part[Int(member)] = Int32(index) }
    }
    let entries = parts.isEmpty ? [] : region.states.filter { part[Int($0)] >= 0 }
    if let first = entries.first {
      let round = self.round(in: parts[Int(part[Int(first)])], from: first)
      let lasso = Lasso(stem: region.path(to: first), cycle: round)
      if best.map({ lasso.steps < $0.steps }) ?? true { best = lasso }
    }
    var patience = Self.patience
    let fails = { (state: Int32) in kind != .eventuallyAlways || !holds(state) }
    shorten(&best, part, in: region, &patience, meeting: fails)
    if kind == .leadsTo { shorten(&best, part, in: depths, &patience, meeting: isPremise) }
    return best
  }

  /// Looks for a shorter way that comes into a part from the beginning, and there goes round
  /// fairly, meeting a state that is wanted.
  private func shorten(
    _ best: inout Lasso?, _ part: [Int32], in region: Region, _ patience: inout Int,
    meeting isWanted: @escaping (Int32) -> Bool
  ) {
    if part.isEmpty { return }
    for entry in region.states where part[Int(entry)] >= 0 {
      guard let known = best?.steps else { return }
      let most = known - 1 - region.distance(entry)
      if most < 2 { return }
      var search = RoundSearch(self, from: entry, meeting: isWanted) {
        part[Int($0)] == part[Int(entry)]
      }
      if let round = search.round(ofAtMost: most, &patience) {
        best = Lasso(stem: region.path(to: entry), cycle: round)
      }
      if patience <= 0 {
        best?.isShortest = false
        return
      }
    }
  }

  /// A way once around a part, from a state of it, that keeps fairness.
  private func round(in part: [Int32], from entry: Int32) -> [Int32] {
    var walk = Walk(successors, Set(part), from: entry)
    let (_, ever, taken) = sums(of: part)
    for bit in 0..<64 {
      let requirement = UInt64(1) << UInt64(bit)
      guard (weak | strong) & ever & requirement != 0 else { continue }
      if taken & requirement != 0 {
        walk.go { _, taken in taken & requirement != 0 }
      } else {
        walk.go { state, _ in graph.enabled[Int(state)] & requirement == 0 }
      }
    }
    if kind == .eventuallyAlways { walk.go { state, _ in !holds(state) } }
    walk.close()
    return walk.states
  }
}

/// Looks breadth first for a shortest way from a state back to it that keeps fairness: what is
/// looked at is a state together with what was kept on the way there.
private struct RoundSearch {
  private struct Node: Hashable {
    let state: Int32
    /// Requirements that are kept: by a step, or, if weak, by a state in which they are not
    /// enabled.
    var kept: UInt64
    /// Strong requirements that were enabled, and are not kept.
    var owed: UInt64
    /// Whether a state was met that is wanted.
    var isMet: Bool
  }

  private let liveness: Liveness
  private let entry: Int32
  private let isInside: (Int32) -> Bool
  private let isWanted: (Int32) -> Bool
  private var nodes: [Node] = []
  private var cameFrom: [Int32] = []
  private var known: Set<Node> = []

  init(
    _ liveness: Liveness, from entry: Int32, meeting isWanted: @escaping (Int32) -> Bool,
    inside: @escaping (Int32) -> Bool
  ) {
    self.isWanted = isWanted
    self.liveness = liveness
    self.entry = entry
    isInside = inside
  }

  /// The states after the entry, which is the last again; nil if there is no way of so few steps,
  /// or if it takes more patience than there is.
  mutating func round(ofAtMost most: Int, _ patience: inout Int) -> [Int32]? {
    enter(node(at: entry, taken: 0, after: nil), from: -1)
    var start = 0
    for _ in 0..<most {
      let end = nodes.count
      for place in start..<end {
        for index in liveness.successors.range(of: nodes[place].state) {
          let to = liveness.successors.states[index]
          guard isInside(to) else { continue }
          let next = node(
            at: to, taken: liveness.successors.taken[index], after: nodes[place])
          if to == entry, isFair(next) { return way(to: place) + [entry] }
          enter(next, from: Int32(place))
        }
      }
      patience -= nodes.count - end
      if nodes.count == end || patience <= 0 { return nil }
      start = end
    }
    return nil
  }

  private func isFair(_ node: Node) -> Bool {
    liveness.weak & ~node.kept == 0 && node.owed == 0 && node.isMet
  }

  private func node(at state: Int32, taken: UInt64, after before: Node?) -> Node {
    let enabled = liveness.graph.enabled[Int(state)]
    let kept =
      (before?.kept ?? 0) | taken & (liveness.weak | liveness.strong) | liveness.weak & ~enabled
    return Node(
      state: state, kept: kept, owed: ((before?.owed ?? 0) | liveness.strong & enabled) & ~kept,
      isMet: before?.isMet == true || isWanted(state))
  }

  private mutating func enter(_ node: Node, from: Int32) {
    guard known.insert(node).inserted else { return }
    nodes.append(node)
    cameFrom.append(from)
  }

  private func way(to place: Int) -> [Int32] {
    var out: [Int32] = []
    var at = Int32(place)
    while at > 0 {
      out.append(nodes[Int(at)].state)
      at = cameFrom[Int(at)]
    }
    return out.reversed()
  }
}

/// A walk inside a strongly connected part.
private struct Walk {
  private let successors: Neighbours
  private let members: Set<Int32>
  private let entry: Int32
  /// States after the entry.
  private(set) var states: [Int32] = []
  private var taken: [UInt64] = []

  init(_ successors: Neighbours, _ members: Set<Int32>, from entry: Int32) {
    self.successors = successors
    self.members = members
    self.entry = entry
  }

  /// Goes on until a step or the state after it is one that is wanted, if none was yet.
  mutating func go(_ isWanted: (Int32, UInt64) -> Bool) {
    if isWanted(entry, 0) || zip(states, taken).contains(where: { isWanted($0.0, $0.1) }) { return }
    extend(isWanted)
  }

  /// Goes back to the entry.
  mutating func close() {
    let entry = entry
    if states.last == entry { return }
    extend { state, _ in state == entry }
  }

  private mutating func extend(_ isWanted: (Int32, UInt64) -> Bool) {
    let start = states.last ?? entry
    var cameFrom: [Int32: (state: Int32, taken: UInt64)] = [:]
    var open = [start]
    var next = 0
    while next < open.count {
      let state = open[next]
      next += 1
      for index in successors.range(of: state) {
        let (to, mask) = (successors.states[index], successors.taken[index])
        guard members.contains(to) else { continue }
        if isWanted(to, mask) {
          append(to, mask, from: state, back: start, cameFrom)
          return
        }
        if to == start || cameFrom[to] != nil { continue }
        cameFrom[to] = (state, mask)
        open.append(to)
      }
    }
  }

  private mutating func append(
    _ to: Int32, _ mask: UInt64, from state: Int32, back start: Int32,
    _ cameFrom: [Int32: (state: Int32, taken: UInt64)]
  ) {
    var leg = [(to, mask)]
    var at = state
    while at != start, let step = cameFrom[at] {
      leg.append((at, step.taken))
      at = step.state
    }
    for (state, mask) in leg.reversed() {
      states.append(state)
      taken.append(mask)
    }
  }
}
