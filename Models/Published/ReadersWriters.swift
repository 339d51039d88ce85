package import Canon
package import ModelChecker

/// Readers and writers who are served in the order in which they ask, by a queue.
///
/// Source: the TLA+ examples collection, `ReadersWriters`: 21,527 distinct states of 59,674
/// generated, depth 13.
package struct ReadersWriters: TransitionSystem {
  /// How many actors there are, 1–8.
  package let actors: Int

  /// Makes a system.
  package init(actors: Int = 3) {
    precondition((1...8).contains(actors), "a state has room for 8 actors")
    self.actors = actors
  }

  /// A moment: sets of actors, a bit each.
  package struct State: CanonicalEncodable, CustomStringConvertible, Sendable {
    var readers: UInt8 = 0
    var writers: UInt8 = 0
    /// Who waits, in order of asking, for what.
    var queue: [Wish] = []

    package func encode(into encoder: inout CanonicalEncoder) {
      encoder.tag(readers)
      encoder.tag(writers)
      for wish in queue { encoder.tag(UInt8(wish.actor) << 1 | (wish.isToWrite ? 1 : 0)) }
    }

    package var description: String {
      let waiting = queue.map { "\($0.actor) to \($0.isToWrite ? "write" : "read")" }
      return "read: \(Self.names(readers)), write: \(Self.names(writers)), waiting: "
        + waiting.joined(separator: ", ")
    }

    private static func names(_ set: UInt8) -> [Int] { (0..<8).filter { set >> $0 & 1 == 1 } }
  }

  /// That an actor wants to read or to write.
  struct Wish: Equatable {
    let actor: Int
    let isToWrite: Bool
  }

  /// What happens.
  package enum Action: ModelAction, CustomStringConvertible, Sendable {
    case asksToRead(Int)
    case asksToWrite(Int)
    case firstIsServed
    case stops(Int)

    /// The kinds of action, for people.
    package static let kinds = ["asks to read", "asks to write", "is served", "stops"]
    /// Which of `kinds` it is.
    package var kind: Int {
      switch self {
      case .asksToRead: 0
      case .asksToWrite: 1
      case .firstIsServed: 2
      case .stops: 3
      }
    }
    package var description: String {
      switch self {
      case .asksToRead(let actor), .asksToWrite(let actor), .stops(let actor):
        "actor \(actor) \(Self.kinds[kind])"
      case .firstIsServed: "the first who waits is served"
      }
    }
  }

  /// Nobody is there.
  package var initialStates: [State] { [State()] }

  /// Whoever does not wait for it may ask, the first may be served, whoever is at it may stop.
  package func actions(in state: State) -> [Action] {
    (0..<actors).flatMap { [Action.asksToRead($0), .asksToWrite($0)] } + [.firstIsServed]
      + (0..<actors).map { Action.stops($0) }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action {
    case .asksToRead(let actor), .asksToWrite(let actor):
      let wish = Wish(actor: actor, isToWrite: action.kind == 1)
      if state.queue.contains(wish) { return nil }
      next.queue.append(wish)
    case .firstIsServed:
      guard let first = state.queue.first, state.writers == 0 else { return nil }
      if first.isToWrite && state.readers != 0 { return nil }
      next.queue.removeFirst()
      if first.isToWrite {
        next.writers |= bit(first.actor)
      } else {
        next.readers |= bit(first.actor)
      }
    case .stops(let actor):
      if (state.readers | state.writers) & bit(actor) == 0 { return nil }
      if state.readers & bit(actor) != 0 {
        next.readers &= ~bit(actor)
      } else {
        next.writers &= ~bit(actor)
      }
    }
    return next
  }

  private func bit(_ actor: Int) -> UInt8 { 1 << UInt8(actor) }

  /// Nobody reads while somebody writes, and everybody does both again and again.
  package var properties: [Property<State>] {
    var out = [
      Property<State>(.always, "nobody reads while somebody writes") {
        $0.readers == 0 || $0.writers == 0
      },
      Property(.always, "at most one writes") { $0.writers.nonzeroBitCount <= 1 },
    ]
    for actor in 0..<actors {
      out += [
        Property(.alwaysEventually, "actor \(actor) reads") { $0.readers & bit(actor) != 0 },
        Property(.alwaysEventually, "actor \(actor) writes") { $0.writers & bit(actor) != 0 },
        Property(.alwaysEventually, "actor \(actor) does not read") {
          $0.readers & bit(actor) == 0
        },
        Property(.alwaysEventually, "actor \(actor) does not write") {
          $0.writers & bit(actor) == 0
        },
      ]
    }
    return out
  }

  /// Nothing but fairness keeps it going.
  package var mayStop: Bool { true }

  /// Everybody asks, somebody is served, somebody stops.
  package var fairness: [Fairness<State, Action>] {
    var out: [Fairness<State, Action>] = []
    for actor in 0..<actors {
      out.append(Fairness(.weak) { if case .asksToRead(actor) = $1 { true } else { false } })
      out.append(Fairness(.weak) { if case .asksToWrite(actor) = $1 { true } else { false } })
    }
    return out + [Fairness(.weak) { $1.kind == 2 }, Fairness(.weak) { $1.kind == 3 }]
  }
}
