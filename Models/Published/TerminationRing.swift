package import Canon
package import ModelChecker

/// Finding out that everybody on a ring has stopped, by a token that goes round: EWD 840.
///
/// Source: E. W. Dijkstra, W. H. J. Feijen, A. J. M. van Gasteren, "Derivation of a termination
/// detection algorithm for distributed computations" (1983), as specified in the TLA+ examples
/// collection, `EWD840`.
package struct TerminationRing: TransitionSystem {
  /// How many nodes the ring has, 2–8.
  package let count: Int
  /// Whether a node that wakes one of a higher number forgets to become black: a planted mistake.
  package let isForgetful: Bool

  /// Makes a system.
  package init(count: Int, isForgetful: Bool = false) {
    precondition((2...8).contains(count), "a state has room for 8 nodes")
    self.count = count
    self.isForgetful = isForgetful
  }

  /// A moment; sets of nodes have a bit each.
  package struct State: Hashable, Sendable {
    /// Nodes that are at work.
    var active: UInt8
    /// Black nodes.
    var black: UInt8
    /// Where the token is.
    var token: UInt8
    /// Whether it is black.
    var tokenIsBlack: Bool
  }

  /// Why the token may move. Each reason that holds makes an action of its own, as TLC counts.
  package enum Witness: Hashable, Sendable {
    case tokenIsBlack
    case nodeIsBlack
    case nodeHasStopped
  }

  /// What happens.
  package enum Action: Hashable, Sendable {
    case startsProbe(Witness)
    case passesToken(Int, Witness)
    case wakes(Int, Int)
    case stops(Int)
  }

  /// Anything goes, as long as the token is black.
  package var initialStates: [State] {
    let sets = UInt8(0)..<UInt8(1 << count)
    return sets.flatMap { active in
      sets.flatMap { black in
        (0..<UInt8(count)).map {
          State(active: active, black: black, token: $0, tokenIsBlack: true)
        }
      }
    }
  }

  /// The token may move on, active nodes may wake others or stop.
  package func actions(in state: State) -> [Action] {
    var out: [Action] = []
    let place = Int(state.token)
    let isBlack = state.black >> state.token & 1 == 1
    var witnesses: [Witness] = []
    if state.tokenIsBlack { witnesses.append(.tokenIsBlack) }
    if isBlack { witnesses.append(.nodeIsBlack) }
    if place > 0, state.active >> state.token & 1 == 0 { witnesses.append(.nodeHasStopped) }
    out += witnesses.map { place == 0 ? .startsProbe($0) : .passesToken(place, $0) }
    for node in 0..<count where state.active >> UInt8(node) & 1 == 1 {
      for other in 0..<count where other != node { out.append(.wakes(node, other)) }
      out.append(.stops(node))
    }
    return out
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action {
    case .startsProbe:
      next.token = UInt8(count - 1)
      next.tokenIsBlack = false
      next.black &= ~1
    case .passesToken(let node, _):
      next.token = UInt8(node - 1)
      next.tokenIsBlack = state.tokenIsBlack || state.black >> UInt8(node) & 1 == 1
      next.black &= ~(1 << UInt8(node))
    case .wakes(let node, let other):
      next.active |= 1 << UInt8(other)
      if other > node, !isForgetful { next.black |= 1 << UInt8(node) }
    case .stops(let node): next.active &= ~(1 << UInt8(node))
    }
    return next
  }

  /// What is detected is so; and what is so is detected.
  package var properties: [Property<State>] {
    let isDetected: (State) -> Bool = {
      $0.token == 0 && !$0.tokenIsBlack && $0.black & 1 == 0 && $0.active & 1 == 0
    }
    return [
      Property(.always, "when the end is detected, everybody has stopped") {
        !isDetected($0) || $0.active == 0
      },
      Property(
        "that everybody has stopped is detected", whenever: { $0.active == 0 },
        leadsTo: isDetected),
    ]
  }

  /// Nothing but fairness keeps it going.
  package var mayStop: Bool { true }

  /// The token does not rest for ever where it can move.
  package var fairness: [Fairness<State, Action>] {
    [Fairness(.weak) { $1.kind < 2 }]
  }
}

extension TerminationRing.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.tag(active)
    encoder.tag(black)
    encoder.tag(token << 1 | (tokenIsBlack ? 1 : 0))
  }
}

extension TerminationRing.State: CustomStringConvertible {
  package var description: String {
    let names: (UInt8) -> [Int] = { set in (0..<8).filter { set >> $0 & 1 == 1 } }
    return "active \(names(active)), black \(names(black)), "
      + "\(tokenIsBlack ? "black" : "white") token at \(token)"
  }
}

extension TerminationRing.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] { ["starts a probe", "passes the token", "wakes", "stops"] }

  package var kind: Int {
    switch self {
    case .startsProbe: 0
    case .passesToken: 1
    case .wakes: 2
    case .stops: 3
    }
  }

  package var description: String {
    switch self {
    case .startsProbe: "node 0 starts a probe"
    case .passesToken(let node, _): "node \(node) passes the token"
    case .wakes(let node, let other): "node \(node) wakes \(other)"
    case .stops(let node): "node \(node) stops"
    }
  }
}
