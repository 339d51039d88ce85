import Canon
import ModelChecker

/// Peterson's algorithm: two processes that never are in the critical section at the same time.
struct Peterson: TransitionSystem {
  /// Where a process is.
  enum Place: UInt8 {
    case outside
    case asking
    case waiting
    case inside
  }

  /// A moment.
  struct State: CanonicalEncodable, CustomStringConvertible {
    var places: [Place] = [.outside, .outside]
    /// Whose turn it is.
    var turn = 0

    func encode(into encoder: inout CanonicalEncoder) {
      for place in places { encoder.tag(place.rawValue) }
      encoder.write(turn)
    }

    var description: String { "0 is \(places[0]), 1 is \(places[1]), turn of \(turn)" }
  }

  /// A process goes on from where it is.
  struct Action: ModelAction, CustomStringConvertible {
    let process: Int
    let from: Place

    static let kinds = ["asks", "gives way", "enters", "leaves"]
    var kind: Int { Int(from.rawValue) }
    var description: String { "process \(process) \(Self.kinds[kind])" }
  }

  /// Whether a process forgets to give way: a planted mistake.
  var isRude = false

  var initialStates: [State] { [State()] }

  func actions(in state: State) -> [Action] {
    [0, 1].map { Action(process: $0, from: state.places[$0]) }
  }

  func next(_ state: State, _ action: Action) -> State? {
    var next = state
    let (me, other) = (action.process, 1 - action.process)
    switch action.from {
    case .outside: next.places[me] = .asking
    case .asking:
      next.places[me] = .waiting
      if !isRude { next.turn = other }
    case .waiting:
      guard state.places[other] == .outside || state.turn == me else { return nil }
      next.places[me] = .inside
    case .inside: next.places[me] = .outside
    }
    return next
  }

  var properties: [Property<State>] {
    [
      Property(.always, "at most one is inside") { $0.places != [.inside, .inside] },
      Property(.sometimes, "both can wait at once") { $0.places == [.waiting, .waiting] },
      Property(
        "who asks gets in", whenever: { $0.places[0] == .asking },
        leadsTo: { $0.places[0] == .inside }),
    ]
  }

  /// A process may stay outside for ever, but never stops anywhere else.
  var fairness: [Fairness<State, Action>] {
    [0, 1].map { me in Fairness(.weak) { $1.process == me && $1.from != .outside } }
  }
}
