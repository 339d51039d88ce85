import Canon
import ModelChecker

/// A system given by its transitions, to try the checker on.
struct GraphSystem: TransitionSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    let number: Int
    func encode(into encoder: inout CanonicalEncoder) { encoder.write(number) }
    var description: String { "state \(number)" }
  }

  struct Action: ModelAction, CustomStringConvertible {
    let to: Int
    static let kinds = ["forward", "back", "stay"]
    let kind: Int
    var description: String { "go to \(to)" }
  }

  var initial = [0]
  let edges: [Int: [Int]]
  var properties: [Property<State>] = []
  /// Kinds of actions that cannot be put off.
  var fairKinds: [(strength: Fairness<State, Action>.Strength, kind: Int)] = []

  var mayStop = false

  var initialStates: [State] { initial.map { State(number: $0) } }

  var fairness: [Fairness<State, Action>] {
    fairKinds.map { fair in Fairness(fair.strength) { $1.kind == fair.kind } }
  }

  func actions(in state: State) -> [Action] {
    edges[state.number, default: []].map {
      Action(to: $0, kind: $0 > state.number ? 0 : $0 < state.number ? 1 : 2)
    }
  }

  func next(_ state: State, _ action: Action) -> State? {
    action.to < 0 ? nil : State(number: action.to)
  }
}
