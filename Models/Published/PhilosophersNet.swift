package import Canon
package import ModelChecker

/// Philosophers round a table as a Petri net: each takes the fork on one side, then that on the
/// other, eats, and puts both back. They can all hold one fork and wait for ever.
///
/// A marking is told by who has each fork: nobody, the one on its left or the one on its right; so
/// there are 3ⁿ.
///
/// Source: Model Checking Contest, the net "Philosophers".
package struct PhilosophersNet: TransitionSystem {
  /// How many sit there, 2–16.
  package let count: Int

  /// Makes a system.
  package init(count: Int) {
    precondition((2...16).contains(count), "a state has room for 16 philosophers")
    self.count = count
  }

  /// Who holds which fork; a bit a fork. Fork i lies between philosophers i and i - 1.
  package struct State: Hashable, Sendable {
    /// Forks that the philosopher of the same number holds.
    var own: UInt16 = 0
    /// Forks that the one before holds.
    var before: UInt16 = 0
  }

  /// What happens; the number is a philosopher's.
  package enum Action: Hashable, Sendable {
    case takesOwn(Int)
    case takesNext(Int)
    case returnsBoth(Int)
  }

  /// All forks lie on the table.
  package var initialStates: [State] { [State()] }

  /// Any fork on the table may be taken by either neighbour; who has two may put them back.
  package func actions(in state: State) -> [Action] {
    var out: [Action] = []
    let taken = state.own | state.before
    for index in 0..<count {
      let (own, next) = (bit(index), bit((index + 1) % count))
      if taken & own == 0 { out.append(.takesOwn(index)) }
      if taken & next == 0 { out.append(.takesNext(index)) }
      if state.own & own != 0, state.before & next != 0 { out.append(.returnsBoth(index)) }
    }
    return out
  }

  /// Where an action leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action {
    case .takesOwn(let index): next.own |= bit(index)
    case .takesNext(let index): next.before |= bit((index + 1) % count)
    case .returnsBoth(let index):
      next.own &= ~bit(index)
      next.before &= ~bit((index + 1) % count)
    }
    return next
  }

  /// Neighbours never eat at once; somebody can; and everybody can be stuck.
  package var properties: [Property<State>] {
    [
      Property(.always, "neighbours never eat at the same time") { state in
        (0..<count).allSatisfy { !eats($0, state) || !eats(($0 + 1) % count, state) }
      },
      Property(.sometimes, "somebody can eat") { state in (0..<count).contains { eats($0, state) }
      },
      Property(.sometimes, "all can hold one fork and wait for ever") { actions(in: $0).isEmpty },
    ]
  }

  private func bit(_ index: Int) -> UInt16 { 1 << UInt16(index) }

  private func eats(_ index: Int, _ state: State) -> Bool {
    state.own & bit(index) != 0 && state.before & bit((index + 1) % count) != 0
  }
}

extension PhilosophersNet.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(unsigned: UInt64(own))
    encoder.write(unsigned: UInt64(before))
  }
}

extension PhilosophersNet.State: CustomStringConvertible {
  package var description: String {
    "\((0..<16).map { own >> $0 & 1 == 1 ? ">" : before >> $0 & 1 == 1 ? "<" : "." }.joined())"
  }
}

extension PhilosophersNet.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] {
    ["takes own fork", "takes next fork", "puts both back"]
  }

  package var kind: Int {
    switch self {
    case .takesOwn: 0
    case .takesNext: 1
    case .returnsBoth: 2
    }
  }

  package var description: String {
    switch self {
    case .takesOwn(let index), .takesNext(let index), .returnsBoth(let index):
      "philosopher \(index) \(Self.kinds[kind])"
    }
  }
}
