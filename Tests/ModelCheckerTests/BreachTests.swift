import Canon
import ModelChecker
import Testing

/// What a search relies on is tried out, and what does not keep it is told, not searched wrongly.
@Suite struct BreachTests {
  @Test func `a system that keeps what a search relies on has no breach`() {
    #expect(Lamps().breach() == nil)
    #expect(UpToSymmetry(Lamps()).breach() == nil)
  }

  @Test(arguments: [
    (Lamps.Mistake.forgetsHolder, "leaves something"),
    (.draws, "not deterministic"), (.numbersKindsFrom1, "`kinds` has no such place"),
  ])
  func `a mistake of a system is found in its first states`(mistake: Lamps.Mistake, says: String) {
    let breach = Lamps(mistake: mistake).breach()
    #expect(breach?.contains(says) == true, "\(breach ?? "none")")
  }

  @Test(arguments: [
    (Lamps.Mistake.renamesNoHolder, "leaves a name out"),
    (.renamesTheOtherWayRound, "the other way round"),
    (.firstLampIsSpecial, "an action tells them apart"),
    (.claimsByName, "the claim \"two are full\" tells"),
    (.signsByName, "depends on names"), (.renamesByOne, "though every name stays"),
  ])
  func `a mistake of a renaming is found in the first states`(mistake: Lamps.Mistake, says: String)
  {
    let breach = UpToSymmetry(Lamps(mistake: mistake)).breach()
    #expect(breach?.contains(says) == true, "\(breach ?? "none")")
  }

  @Test func `a local action that is none is found without being asked for`() {
    #expect(UpToOrder(Locks(lies: false)).breach() == nil)
    #expect(UpToOrder(Locks(lies: true)).breach() != nil)
  }

  @Test func `a search of nothing has no verdict`() {
    let report = explore(Bounded(first: 9, claims: .eventually))
    #expect(!report.holds)
    #expect(report.refusal?.contains("no initial state in scope") == true)
    #expect(!exploreDepthFirst(Bounded(first: 9, claims: .always)).holds)
  }

  @Test func `what leads out of scope is possible, and to put it off for ever is not fair`() {
    #expect(explore(Bounded(first: 0, claims: .eventually)).holds)
    #expect(!explore(Bounded(first: 0, claims: .eventually, isFair: false)).holds)
  }

  @Test func `more claims than there is room for are refused`() {
    let report = explore(Bounded(first: 0, claims: .always, count: 33))
    #expect(report.refusal?.contains("room for 32 claims") == true)
  }
}

/// Three lamps that can be turned up, and a hand that holds one, with one mistake at a time.
struct Lamps: SymmetricSystem {
  enum Mistake {
    case none, forgetsHolder, draws, numbersKindsFrom1
    case renamesNoHolder, renamesTheOtherWayRound, renamesByOne, firstLampIsSpecial, claimsByName
    case signsByName
  }

  struct State: CanonicalEncodable, CustomStringConvertible {
    var levels = [0, 0, 0]
    var holder: Int?
    var forgetsHolder = false

    func encode(into encoder: inout CanonicalEncoder) {
      encoder.write(levels) { $1.write($0) }
      if !forgetsHolder { encoder.write(holder) }
    }

    var description: String { "\(levels), \(holder.map { "\($0)" } ?? "none") held" }
  }

  struct Action: ModelAction, CustomStringConvertible {
    let kind: Int
    let lamp: Int
    static let kinds = ["turn up", "take", "let go"]
    var description: String { "\(kind) of \(lamp)" }
  }

  var mistake = Mistake.none
  var initialStates: [State] { [State(forgetsHolder: mistake == .forgetsHolder)] }

  func actions(in state: State) -> [Action] {
    let first = mistake == .numbersKindsFrom1 ? 1 : 0
    let all = (0..<3).flatMap { lamp in (0..<3).map { Action(kind: $0 + first, lamp: lamp) } }
    return mistake == .draws ? all.shuffled() : all
  }

  func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action.kind {
    case 0:
      if mistake == .firstLampIsSpecial, action.lamp == 0, state.levels[1] == 0 { return nil }
      if state.levels[action.lamp] == 2 { return nil }
      next.levels[action.lamp] += 1
    case 1:
      if state.holder != nil || state.levels[action.lamp] != 1 { return nil }
      next.holder = action.lamp
    default:
      if state.holder != action.lamp || state.levels[action.lamp] != 2 { return nil }
      next.holder = nil
    }
    return next
  }

  var properties: [Property<State>] {
    let byName = mistake == .claimsByName
    return [
      Property(.sometimes, "two are full") { state in
        byName ? state.levels[0] == 2 && state.levels[1] == 2 : state.levels.count { $0 == 2 } == 2
      }
    ]
  }

  var interchangeable: Int { 3 }

  func renamed(_ state: State, by names: [Int]) -> State {
    var out = state
    for lamp in 0..<3 {
      if mistake == .renamesTheOtherWayRound {
        out.levels[lamp] = state.levels[names[lamp]]
      } else {
        out.levels[names[lamp]] = state.levels[lamp]
      }
    }
    if mistake != .renamesNoHolder { out.holder = state.holder.map { names[$0] } }
    if mistake == .renamesByOne { out.levels.swapAt(0, 1) }
    return out
  }

  func signature(of lamp: Int, in state: State) -> UInt64 {
    UInt64(mistake == .signsByName ? lamp : state.levels[lamp])
  }
}

/// Two processes that each get ready, take a lock and give it back.
private struct Locks: ConcurrentSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    var places = [0, 0]
    func encode(into encoder: inout CanonicalEncoder) { encoder.write(places) { $1.write($0) } }
    var description: String { "\(places)" }
  }

  struct Action: ModelAction, CustomStringConvertible {
    let process: Int
    let kind: Int
    static let kinds = ["get ready", "take", "give back"]
    var description: String { "\(process): \(Self.kinds[kind])" }
  }

  let lies: Bool
  var initialStates: [State] { [State()] }

  func actions(in state: State) -> [Action] {
    [0, 1].map { Action(process: $0, kind: state.places[$0]) }
  }

  func next(_ state: State, _ action: Action) -> State? {
    if action.kind == 1, state.places.contains(2) { return nil }
    var next = state
    next.places[action.process] = (action.kind + 1) % 3
    return next
  }

  func process(of action: Action) -> Int { action.process }
  func isLocal(_ action: Action, in state: State) -> Bool { action.kind == 0 || lies }
}

/// A number that can turn a light on and off, and that grows out of scope at 3.
private struct Bounded: TransitionSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    var number: Int
    var isLit = false

    func encode(into encoder: inout CanonicalEncoder) {
      encoder.write(number)
      encoder.write(isLit)
    }

    var description: String { "\(number)\(isLit ? ", lit" : "")" }
  }

  struct Action: ModelAction, CustomStringConvertible {
    let kind: Int
    static let kinds = ["grow", "switch"]
    var description: String { Self.kinds[kind] }
  }

  let first: Int
  let claims: Property<State>.Kind
  var isFair = true
  var count = 1
  var initialStates: [State] { [State(number: first)] }
  func actions(in state: State) -> [Action] { [Action(kind: 0), Action(kind: 1)] }

  func next(_ state: State, _ action: Action) -> State? {
    action.kind == 0
      ? State(number: state.number + 1, isLit: state.isLit)
      : State(number: state.number, isLit: !state.isLit)
  }

  func isInScope(_ state: State) -> Bool { state.number < 3 }

  var properties: [Property<State>] {
    (0..<count).map { index in
      Property(claims, "it comes to 3, \(index)") { $0.number >= 3 || claims == .always }
    }
  }

  var mayStop: Bool { true }
  var fairness: [Fairness<State, Action>] { isFair ? [Fairness(.weak) { $1.kind == 0 }] : [] }
}
