import Canon
import Determinism
import ModelChecker
import Models
import Testing

/// Partial-order reduction against full searches.
@Suite struct OrderTests {
  private let all = SearchLimits(stopsAtViolation: false)

  private func verdicts(_ report: ModelReport) -> [Bool] {
    report.verdicts.map { $0.verdict == .holds }
  }

  @Test(arguments: [false, true])
  func `of dining philosophers few states are left, and every verdict`(hasLeftHander: Bool) {
    for count in 2...8 {
      let system = DiningPhilosophers(count: count, hasLeftHander: hasLeftHander)
      let (full, reduced) = (
        explore(system, limits: all), explore(UpToOrder(system), limits: all)
      )
      #expect(verdicts(full) == [true, true, hasLeftHander])
      #expect(verdicts(reduced) == verdicts(full))
      #expect(reduced.terminal == full.terminal)
      #expect(reduced.distinct <= 4 * count * count)
      #expect(system.localityBreach() == nil)
    }
    #expect(
      explore(UpToOrder(DiningPhilosophers(count: 24, hasLeftHander: true))).holds)
  }

  /// Whatever is said of who gets in whose way: if no state breaks it, reduction changes no
  /// verdict.
  @Test func `what is checked in all states is enough, of random programs`() {
    var (kept, fewer, broken) = (0, 0, 0)
    for seed in UInt64(0)..<2_000 {
      let system = RandomPrograms(Seed(seed))
      guard system.localityBreach() == nil else {
        broken += 1
        continue
      }
      let (full, reduced) = (
        explore(system, limits: all), explore(UpToOrder(system), limits: all)
      )
      kept += 1
      if reduced.distinct < full.distinct { fewer += 1 }
      #expect(verdicts(reduced) == verdicts(full), "seed \(seed)")
      #expect(reduced.terminal == full.terminal, "seed \(seed)")
    }
    #expect(kept > 500 && fewer > 50 && broken > 50, "\(kept), \(fewer), \(broken)")
  }
}

/// Some small programs that read and write variables, drawn by chance; and, by chance too, what is
/// said of them, true or not.
private struct RandomPrograms: ConcurrentSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    var places: [Int]
    var values: [Int]

    func encode(into encoder: inout CanonicalEncoder) {
      encoder.write(places)
      encoder.write(values)
    }

    var description: String { "\(places) \(values)" }
  }

  /// From one place to another, if a variable has a value; another is given a value.
  struct Action: ModelAction, CustomStringConvertible {
    let process: Int
    let from: Int
    let to: Int
    let guardVariable: Int
    let guardValue: Int?
    let variable: Int
    let value: Int?

    static let kinds = ["goes on"]
    var kind: Int { 0 }
    var description: String {
      "\(process): \(from) to \(to), v\(guardVariable) = \(guardValue ?? -1), "
        + "v\(variable) := \(value ?? -1)"
    }
  }

  private let steps: [Action]
  private let processes: Int
  private let saysTruth: Bool
  private let claimed: [(variable: Int, process: Int, place: Int)]
  private let lies: UInt64

  init(_ seed: Seed) {
    var random = RandomSource(seed.split("programs"))
    processes = 2 + random.below(2)
    saysTruth = random.below(4) > 0
    lies = UInt64(random.below(1 << 30))
    var steps: [Action] = []
    for process in 0..<processes {
      let places = 2 + random.below(3)
      for from in 0..<places {
        for _ in 0..<random.below(3) {
          steps.append(
            Action(
              process: process, from: from, to: random.below(places),
              guardVariable: random.below(4),
              guardValue: random.below(2) == 0 ? random.below(2) : nil,
              variable: random.below(3) == 0 ? random.below(4) : process,
              value: random.below(2) == 0 ? random.below(2) : nil))
        }
      }
    }
    self.steps = steps
    var claimed: [(variable: Int, process: Int, place: Int)] = []
    for _ in 0..<3 {
      claimed.append((random.below(4), random.below(processes), random.below(3)))
    }
    self.claimed = claimed
  }

  var initialStates: [State] {
    [State(places: Array(repeating: 0, count: processes), values: [0, 0, 0, 0])]
  }

  func actions(in state: State) -> [Action] {
    steps.filter { state.places[$0.process] == $0.from }
  }

  func next(_ state: State, _ action: Action) -> State? {
    if let value = action.guardValue, state.values[action.guardVariable] != value { return nil }
    var next = state
    next.places[action.process] = action.to
    if let value = action.value { next.values[action.variable] = value }
    return next
  }

  var properties: [Property<State>] {
    let values = claimed.enumerated().map { index, claim in
      Property<State>(index == 0 ? .sometimes : .always, "claim \(index)") { state in
        (state.values[claim.variable] == 1 && state.places[claim.process] == claim.place)
          == (index == 0)
      }
    }
    return values + [
      Property(.always, "something can happen") { state in
        actions(in: state).contains { next(state, $0) != nil }
      }
    ]
  }

  private func touches(_ action: Action) -> Set<Int> {
    Set(
      (action.guardValue == nil ? [] : [action.guardVariable])
        + (action.value == nil ? [] : [action.variable]))
  }

  func process(of action: Action) -> Int { action.process }

  func isLocal(_ action: Action, in state: State) -> Bool {
    if !saysTruth { return lies >> UInt64(action.from * 3 + action.process) & 1 == 1 }
    return steps.allSatisfy {
      $0.process == action.process || touches($0).isDisjoint(with: touches(action))
    }
  }

  func rivals(of process: Int, in state: State) -> [Int]? {
    if !saysTruth {
      return (0..<processes).filter {
        lies >> UInt64(9 + state.places[process] * 3 + $0) & 1 == 1
      }
    }
    let own = actions(in: state).filter { $0.process == process }
    return Set(
      steps.filter { step in
        step.process != process
          && own.contains { !touches($0).isDisjoint(with: touches(step)) }
      }.map(\.process)
    ).sorted()
  }
}
