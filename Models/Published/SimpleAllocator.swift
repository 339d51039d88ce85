package import Canon
package import ModelChecker

/// Clients who ask for sets of resources, get them bit by bit, and give them back.
///
/// Source: the TLA+ examples collection, `SimpleAllocator`: 400 distinct states of 1,633 generated,
/// depth 6; and its remark that of `SimpleAllocator2` two of the claims do not hold.
package struct SimpleAllocator: TransitionSystem {
  /// How many clients there are.
  package let clients = 3
  /// How many resources there are.
  package let resources = 2
  /// Whether who has not got all it asked for may keep what it has: a planted mistake.
  package let isLax: Bool

  /// Makes a system.
  package init(isLax: Bool = false) { self.isLax = isLax }

  /// A moment: sets of resources by client, a bit each.
  package struct State: CanonicalEncodable, CustomStringConvertible, Sendable {
    var wanted: [UInt8]
    var held: [UInt8]

    package func encode(into encoder: inout CanonicalEncoder) {
      for set in wanted + held { encoder.tag(set) }
    }

    package var description: String {
      zip(wanted, held).enumerated().map { client, sets in
        "\(client) holds \(Self.names(sets.1)) and wants \(Self.names(sets.0))"
      }.joined(separator: "; ")
    }

    private static func names(_ set: UInt8) -> String {
      let names = ["a", "b"].enumerated().filter { set >> $0.offset & 1 == 1 }.map(\.element)
      return names.isEmpty ? "nothing" : names.joined()
    }
  }

  /// A client asks for, gets or gives back a set.
  package struct Action: ModelAction, CustomStringConvertible, Sendable {
    let client: Int
    let set: UInt8
    /// Which of `kinds` it is.
    package let kind: Int
    /// The kinds of action, for people.
    package static let kinds = ["asks for", "gets", "gives back"]
    package var description: String {
      "client \(client) \(Self.kinds[kind]) \(["", "a", "b", "ab"][Int(set)])"
    }
  }

  /// Nobody has or wants anything.
  package var initialStates: [State] {
    let none = Array(repeating: UInt8(0), count: clients)
    return [State(wanted: none, held: none)]
  }

  /// Each client, each set.
  package func actions(in state: State) -> [Action] {
    (0..<clients).flatMap { client in
      (1..<UInt8(1 << resources)).flatMap { set in
        Action.kinds.indices.map { Action(client: client, set: set, kind: $0) }
      }
    }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    let (client, set) = (action.client, action.set)
    switch action.kind {
    case 0:
      if state.wanted[client] != 0 || state.held[client] != 0 { return nil }
      next.wanted[client] = set
    case 1:
      let free = ~state.held.reduce(0, |)
      if set & free & state.wanted[client] != set { return nil }
      next.held[client] |= set
      next.wanted[client] &= ~set
    default:
      if set & state.held[client] != set { return nil }
      next.held[client] &= ~set
    }
    return next
  }

  /// Nothing is held twice; all is given back; all who ask get it, again and again.
  package var properties: [Property<State>] {
    var out: [Property<State>] = [
      Property(.always, "nothing is held by two") { state in
        state.held.reduce(0) { $0 + $1.nonzeroBitCount } == state.held.reduce(0, |).nonzeroBitCount
      }
    ]
    for client in 0..<clients {
      out.append(
        Property(
          "client \(client) gives back", whenever: { $0.wanted[client] == 0 },
          leadsTo: { $0.held[client] == 0 }))
      for bit in 0..<resources {
        out.append(
          Property(
            "client \(client) gets \(bit == 0 ? "a" : "b")",
            whenever: { $0.wanted[client] >> bit & 1 == 1 },
            leadsTo: { $0.held[client] >> bit & 1 == 1 }))
      }
      out.append(
        Property(.alwaysEventually, "client \(client) wants nothing") { $0.wanted[client] == 0 })
    }
    return out
  }

  /// Nothing but fairness keeps it going.
  package var mayStop: Bool { true }

  /// Who can give back all does in the end; who can get something again and again gets it.
  package var fairness: [Fairness<State, Action>] {
    let isLax = isLax
    return (0..<clients).flatMap { client in
      [
        Fairness<State, Action>(.weak, "client \(client) gives back all") { state, action in
          action.client == client && action.kind == 2 && action.set == state.held[client]
            && (!isLax || state.wanted[client] == 0)
        },
        Fairness(.strong, "client \(client) gets something") {
          $1.client == client && $1.kind == 1
        },
      ]
    }
  }
}
