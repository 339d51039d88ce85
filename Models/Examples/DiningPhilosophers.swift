package import Canon
package import ModelChecker

/// Philosophers round a table: each takes the fork on the left, then the one on the right, eats,
/// and puts both back. They can all hold one fork and wait for ever.
///
/// An example of who may get in whose way: with whom a philosopher shares the fork that it wants.
package struct DiningPhilosophers: ConcurrentSystem {
  /// How many sit there, at least 2.
  package let count: Int
  /// Whether the first one takes the fork on the right first, so that nobody waits for ever.
  package let hasLeftHander: Bool

  /// Makes a system.
  package init(count: Int, hasLeftHander: Bool = false) {
    precondition(count >= 2, "who sits alone has one fork")
    self.count = count
    self.hasLeftHander = hasLeftHander
  }

  /// How far a philosopher is.
  package enum Place: UInt8, Sendable {
    case thinking
    case holding
    case eating
  }

  /// A moment.
  package struct State: CanonicalEncodable, CustomStringConvertible, Sendable {
    var places: [Place]

    package func encode(into encoder: inout CanonicalEncoder) {
      for place in places { encoder.tag(place.rawValue) }
    }

    package var description: String { places.map { "\($0)" }.joined(separator: ", ") }
  }

  /// A philosopher goes on from where it is.
  package struct Action: ModelAction, CustomStringConvertible, Sendable {
    let philosopher: Int
    let from: Place

    /// The kinds of action, for people.
    package static let kinds = ["takes one fork", "takes the other fork", "puts both back"]
    /// Which of `kinds` it is.
    package var kind: Int { Int(from.rawValue) }
    package var description: String { "philosopher \(philosopher) \(Self.kinds[kind])" }
  }

  /// All think.
  package var initialStates: [State] { [State(places: Array(repeating: .thinking, count: count))] }

  /// Each may go on, if the fork is free.
  package func actions(in state: State) -> [Action] {
    state.places.enumerated().map { Action(philosopher: $0, from: $1) }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    let me = action.philosopher
    switch action.from {
    case .thinking:
      if holder(of: forks(of: me)[0], state) != nil { return nil }
      next.places[me] = .holding
    case .holding:
      if holder(of: forks(of: me)[1], state) != nil { return nil }
      next.places[me] = .eating
    case .eating: next.places[me] = .thinking
    }
    return next
  }

  /// The forks of a philosopher in the order of taking; fork i lies between i - 1 and i.
  private func forks(of me: Int) -> [Int] {
    let forks = [me, (me + 1) % count]
    return hasLeftHander && me == 0 ? forks.reversed() : forks
  }

  /// The two who share a fork.
  private func neighbours(of fork: Int) -> [Int] { [(fork + count - 1) % count, fork] }

  private func holder(of fork: Int, _ state: State) -> Int? {
    neighbours(of: fork).first { me in
      switch state.places[me] {
      case .thinking: false
      case .holding: forks(of: me)[0] == fork
      case .eating: true
      }
    }
  }

  /// Neighbours never eat at once, somebody can, and something always goes on.
  package var properties: [Property<State>] {
    [
      Property(.always, "neighbours never eat at the same time") { state in
        (0..<count).allSatisfy {
          state.places[$0] != .eating || state.places[($0 + 1) % count] != .eating
        }
      },
      Property(.sometimes, "somebody can eat") { $0.places.contains(.eating) },
      Property(.always, "somebody can go on") { state in
        actions(in: state).contains { next(state, $0) != nil }
      },
    ]
  }

  /// The philosopher.
  package func process(of action: Action) -> Int { action.philosopher }

  /// Putting forks back takes nothing from anybody.
  package func isLocal(_ action: Action, in state: State) -> Bool { action.from == .eating }

  /// Who shares the fork that it wants.
  package func rivals(of me: Int, in state: State) -> [Int]? {
    neighbours(of: forks(of: me)[state.places[me] == .thinking ? 0 : 1]).filter { $0 != me }
  }
}
