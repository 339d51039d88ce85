import Canon
import ModelChecker

/// Workers who each take some steps of their own, then add themselves to a shared list.
struct TokenWorkers: ConcurrentSystem, SymmetricSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    var done: [Int]
    var list: [Int] = []
    func encode(into encoder: inout CanonicalEncoder) {
      encoder.write(done)
      encoder.write(list)
    }
    var description: String { "\(done) \(list)" }
  }

  struct Action: ModelAction, CustomStringConvertible {
    let worker: Int
    static let kinds = ["works", "enlists"]
    let kind: Int
    var description: String { "worker \(worker) \(Self.kinds[kind])" }
  }

  let workers: Int
  let steps: Int
  /// Whether the shared step is said to be local: a lie.
  var lies = false
  var properties: [Property<State>] = []

  var initialStates: [State] { [State(done: Array(repeating: 0, count: workers))] }

  func actions(in state: State) -> [Action] {
    state.done.indices.filter { !state.list.contains($0) }.map {
      Action(worker: $0, kind: state.done[$0] < steps ? 0 : 1)
    }
  }

  func next(_ state: State, _ action: Action) -> State? {
    var next = state
    if action.kind == 0 { next.done[action.worker] += 1 } else { next.list.append(action.worker) }
    return next
  }

  func process(of action: Action) -> Int { action.worker }
  func isLocal(_ action: Action, in state: State) -> Bool { action.kind == 0 || lies }

  var interchangeable: Int { workers }
  func renamed(_ state: State, by names: [Int]) -> State {
    var out = state
    for (worker, name) in names.enumerated() { out.done[name] = state.done[worker] }
    out.list = state.list.map { names[$0] }
    return out
  }
}
