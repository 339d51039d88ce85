import Canon
import ModelChecker

/// A system as a newcomer writes it: numbers for a state, and steps with words.
struct Steps: TransitionSystem {
  struct State: CanonicalEncodable, CustomStringConvertible {
    let numbers: [Int]
    func encode(into encoder: inout CanonicalEncoder) { encoder.write(numbers) }
    var description: String { numbers.map(String.init).joined(separator: " ") }
  }

  struct Action: ModelAction, CustomStringConvertible {
    let description: String
    let to: [Int]
    static let kinds = ["step"]
    var kind: Int { 0 }
  }

  let initial: [[Int]]
  var properties: [Property<State>] = []
  /// How words begin of steps that cannot be put off, one requirement each.
  var fair: [String] = []
  let steps: @Sendable ([Int]) -> [(String, [Int])]

  var initialStates: [State] { initial.map { State(numbers: $0) } }
  func actions(in state: State) -> [Action] {
    steps(state.numbers).map { Action(description: $0.0, to: $0.1) }
  }
  func next(_ state: State, _ action: Action) -> State? { State(numbers: action.to) }
  var fairness: [Fairness<State, Action>] {
    fair.map { words in Fairness(.weak, words) { $1.description.hasPrefix(words) } }
  }
}

extension Steps {
  /// A claim that something never is so, to be refuted by a shortest way to it.
  static func never(
    _ name: String, _ holds: @escaping ([Int]) -> Bool
  ) -> [Property<State>] {
    [Property(.always, name) { !holds($0.numbers) }]
  }

  /// The jugs of Die Hard: 3 and 5 gallons, and 4 are wanted.
  static var jugs: Steps {
    Steps(initial: [[0, 0]], properties: never("four are never measured") { $0[1] == 4 }) { jugs in
      let (small, big) = (jugs[0], jugs[1])
      let (over, under) = (min(small, 5 - big), min(big, 3 - small))
      return [
        ("fill the small one", [3, big]), ("fill the big one", [small, 5]),
        ("empty the small one", [0, big]), ("empty the big one", [small, 0]),
        ("pour small into big", [small - over, big + over]),
        ("pour big into small", [small + under, big - under]),
      ]
    }
  }

  /// Three missionaries and three cannibals at a river; on the first bank, and where the boat is.
  static var river: Steps {
    Steps(
      initial: [[3, 3, 0]], properties: never("they never all are across") { $0 == [0, 0, 1] }
    ) { state in
      var out: [(String, [Int])] = []
      let sign = state[2] == 0 ? -1 : 1
      for (missionaries, cannibals) in [(1, 0), (2, 0), (0, 1), (0, 2), (1, 1)] {
        let next = [state[0] + sign * missionaries, state[1] + sign * cannibals, 1 - state[2]]
        guard (0...3).contains(next[0]), (0...3).contains(next[1]) else { continue }
        let isSafe = (next[0] == 0 || next[0] >= next[1]) && (next[0] == 3 || next[0] <= next[1])
        if isSafe { out.append(("\(missionaries) and \(cannibals) cross", next)) }
      }
      return out
    }
  }

  /// The tower of Hanoi: for each disk, the smallest first, on which of three pegs it is.
  static func hanoi(_ disks: Int) -> Steps {
    let goal = Array(repeating: 2, count: disks)
    return Steps(
      initial: [Array(repeating: 0, count: disks)],
      properties: never("the tower never stands on the last peg") { $0 == goal }
    ) { pegs in
      pegs.indices.flatMap { disk -> [(String, [Int])] in
        if pegs[..<disk].contains(pegs[disk]) { return [] }
        return (0..<3).filter { $0 != pegs[disk] && !pegs[..<disk].contains($0) }.map { peg in
          var next = pegs
          next[disk] = peg
          return ("disk \(disk) to peg \(peg)", next)
        }
      }
    }
  }

  /// Lamport's `Simple` with its step at the end that changes nothing: x, y and the place of each.
  static func teaching(_ count: Int) -> Steps {
    Steps(
      initial: [Array(repeating: 0, count: 3 * count)],
      properties: never("all are done, and no y is 1") { state in
        state[(2 * count)...].allSatisfy { $0 == 2 } && !state[count..<2 * count].contains(1)
      }
    ) { state in
      let steps = (0..<count).compactMap { me -> (String, [Int])? in
        var next = state
        switch state[2 * count + me] {
        case 0: next[me] = 1
        case 1: next[count + me] = state[(me + count - 1) % count]
        default: return nil
        }
        next[2 * count + me] += 1
        return ("\(me) goes on", next)
      }
      return steps.isEmpty ? [("all are done", state)] : steps
    }
  }

  /// Chang and Roberts' election on a ring of three: for each node its messages as bits, whether it
  /// began, its place, and whether it is a candidate (0), lost (1) or won (2).
  static var election: Steps {
    let initial = (0..<8).map { bits in
      (0..<3).flatMap { [0, bits >> $0 & 1, 0, 1 - bits >> $0 & 1] }
    }
    let won = Property<State>(
      "who begins brings about a winner",
      whenever: { state in (0..<3).contains { state.numbers[4 * $0 + 1] == 1 } },
      leadsTo: { state in (0..<3).contains { state.numbers[4 * $0 + 3] == 2 } })
    let least = Property<State>(.always, "who wins is the first of those who began") { state in
      let first = (0..<3).first { state.numbers[4 * $0 + 1] == 1 }
      return (0..<3).allSatisfy { state.numbers[4 * $0 + 3] != 2 || $0 == first }
    }
    return Steps(initial: initial, properties: [won, least], fair: ["0", "1", "2"]) { state in
      (0..<3).flatMap { me -> [(String, [Int])] in
        let after = 4 * ((me + 1) % 3)
        var next = state
        if state[4 * me + 2] == 0 {
          next[4 * me + 2] = 1
          if state[4 * me + 1] == 1 { next[after] |= 1 << me }
          return [("\(me) begins", next)]
        }
        return (0..<3).filter { state[4 * me] >> $0 & 1 == 1 }.map { id in
          var next = state
          next[4 * me] &= ~(1 << id)
          if state[4 * me + 3] == 1 || id < me { next[after] |= 1 << id }
          if state[4 * me + 3] != 1, id <= me { next[4 * me + 3] = id < me ? 1 : 2 }
          return ("\(me) takes \(id)", next)
        }
      }
    }
  }
}

/// Locks for two that are known to be wrong, each in its own way, and one that is right.
enum WrongLock: CaseIterable {
  /// Look whether the other one wants, then say that oneself does.
  case looksFirst
  /// Say so, then wait until the other one does not: Dekker's without a turn.
  case hasNoTurn
  /// Peterson's with two lines exchanged: give way, then say that one wants.
  case givesWayFirst
  /// Peterson's.
  case none

  /// For each process its place (0 outside, 3 inside) and whether it wants; then whose turn it is.
  var system: Steps {
    let claims = [
      Property<Steps.State>(.always, "at most one is inside") {
        $0.numbers[0] != 3 || $0.numbers[2] != 3
      },
      Property(.always, "somebody can go on") { !steps($0.numbers).isEmpty },
    ]
    return Steps(initial: [[0, 0, 0, 0, 0]], properties: claims, steps: { steps($0) })
  }

  private func steps(_ state: [Int]) -> [(String, [Int])] {
    [0, 1].compactMap { me in
      var next = state
      let (place, other) = (2 * me, 1 - me)
      let mayEnter = state[2 * other + 1] == 0
      next[place] = (state[place] + 1) % 4
      switch (state[place], self) {
      case (0, .looksFirst): if !mayEnter { return nil }
      case (0, .hasNoTurn), (0, .none), (1, .looksFirst), (1, .givesWayFirst): next[place + 1] = 1
      case (0, .givesWayFirst), (1, .none): next[4] = other
      case (2, .hasNoTurn): if !mayEnter { return nil }
      case (2, .givesWayFirst), (2, .none): if !mayEnter && state[4] != me { return nil }
      case (3, _): next[place + 1] = 0
      default: break
      }
      return ("\(me) goes on from \(state[place])", next)
    }
  }
}
