package import Canon
package import ModelChecker

/// Philosophers who hand each other forks, clean: the solution of Chandy and Misra. Whoever holds a
/// dirty fork gives it away; eating makes forks dirty.
///
/// Source: K. M. Chandy, J. Misra, "The drinking philosophers problem", ACM TOPLAS 6 (1984), as
/// specified in the TLA+ examples collection, `DiningPhilosophers`.
package struct HygienicPhilosophers: TransitionSystem {
  /// How many sit there, 2–8.
  package let count: Int
  /// Whether eating leaves forks clean: a planted mistake, by which somebody can starve.
  package let isGreedy: Bool

  /// Makes a system.
  package init(count: Int, isGreedy: Bool = false) {
    precondition((2...8).contains(count), "a state has room for 8 philosophers")
    self.count = count
    self.isGreedy = isGreedy
  }

  /// Where a philosopher is in the program.
  package enum Place: UInt8, Hashable, Sendable {
    case loop
    case eat
    case think
  }

  /// A moment.
  package struct State: Hashable, Sendable {
    /// Who holds each fork. Fork i lies between philosophers i and i - 1.
    var holders: [UInt8]
    /// Clean forks, a bit each.
    var clean: UInt8 = 0
    /// Hungry philosophers, a bit each.
    var hungry: UInt8
    /// Where each is.
    var places: [Place]
  }

  /// A philosopher goes on from where it is.
  package struct Action: Hashable, Sendable {
    let philosopher: Int
    let place: Place
  }

  /// All are hungry; each fork is held, dirty, by its neighbour of the lowest number.
  package var initialStates: [State] {
    [
      State(
        holders: (0..<count).map { $0 == 1 ? 0 : UInt8($0) },
        hungry: UInt8(truncatingIfNeeded: (1 << count) - 1),
        places: Array(repeating: .loop, count: count))
    ]
  }

  /// Everybody can always go on.
  package func actions(in state: State) -> [Action] {
    state.places.enumerated().map { Action(philosopher: $0, place: $1) }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    let me = action.philosopher
    let (left, right) = (me, (me + 1) % count)
    switch action.place {
    case .loop:
      if gives(left, me, state) {
        next.holders[left] = UInt8((me + count - 1) % count)
        next.clean |= 1 << UInt8(left)
      } else if gives(right, me, state) {
        next.holders[right] = UInt8(right)
        next.clean |= 1 << UInt8(right)
      }
      if state.hungry >> UInt8(me) & 1 == 0 {
        next.places[me] = .think
      } else if holdsClean(left, me, state), holdsClean(right, me, state) {
        next.places[me] = .eat
      }
    case .eat:
      next.hungry &= ~(1 << UInt8(me))
      if !isGreedy { next.clean &= ~(1 << UInt8(left) | 1 << UInt8(right)) }
      next.places[me] = .loop
    case .think:
      next.hungry |= 1 << UInt8(me)
      next.places[me] = .loop
    }
    return next
  }

  private func gives(_ fork: Int, _ me: Int, _ state: State) -> Bool {
    Int(state.holders[fork]) == me && state.clean >> UInt8(fork) & 1 == 0
  }

  private func holdsClean(_ fork: Int, _ me: Int, _ state: State) -> Bool {
    Int(state.holders[fork]) == me && state.clean >> UInt8(fork) & 1 == 1
  }

  /// Neighbours never eat at once, and everybody eats again and again.
  package var properties: [Property<State>] {
    [
      Property(.always, "neighbours never eat at the same time") { state in
        (0..<count).allSatisfy {
          state.places[$0] != .eat || state.places[($0 + 1) % count] != .eat
        }
      }
    ]
      + (0..<count).map { me in
        Property(.alwaysEventually, "philosopher \(me) is fed again and again") {
          $0.hungry >> UInt8(me) & 1 == 0
        }
      }
  }

  /// Nothing but fairness keeps it going.
  package var mayStop: Bool { true }

  /// Nobody pauses for ever.
  package var fairness: [Fairness<State, Action>] {
    (0..<count).map { me in Fairness(.weak) { $1.philosopher == me } }
  }
}

extension HygienicPhilosophers.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    for (holder, place) in zip(holders, places) { encoder.tag(holder << 4 | place.rawValue) }
    encoder.tag(clean)
    encoder.tag(hungry)
  }
}

extension HygienicPhilosophers.State: CustomStringConvertible {
  package var description: String {
    let forks = holders.enumerated().map { fork, holder in
      "\(holder)\(clean >> UInt8(fork) & 1 == 1 ? "" : " (dirty)")"
    }
    let people = places.enumerated().map { me, place in
      "\(place)\(hungry >> UInt8(me) & 1 == 1 ? ", hungry" : "")"
    }
    return "forks held by \(forks.joined(separator: ", "))\n"
      + "philosophers: \(people.joined(separator: "; "))"
  }
}

extension HygienicPhilosophers.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] { ["looks at its forks", "eats", "thinks"] }

  package var kind: Int { Int(place.rawValue) }

  package var description: String { "philosopher \(philosopher) \(Self.kinds[kind])" }
}
