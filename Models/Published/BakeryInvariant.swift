package import Canon
package import ModelChecker

/// Whether the invariant of Lamport's bakery is inductive: the search begins in every state that
/// satisfies it, with numbers up to a bound, and no step may leave it.
///
/// Source: L. Lamport, "A new solution of Dijkstra's concurrent programming problem", CACM 17
/// (1974), as specified in the TLA+ examples collection, `MCBakery` with two processes and numbers
/// up to 2.
package struct BakeryInvariant: TransitionSystem {
  /// The largest number that is tried, 1–7.
  package let largest: UInt8

  /// Makes a system.
  package init(largest: UInt8 = 2) {
    precondition((1...7).contains(largest), "numbers up to 7")
    self.largest = largest
  }

  /// Where a process is in the program.
  package enum Place: UInt8, CaseIterable, Hashable, Sendable {
    /// Outside.
    case outside
    /// Begins to choose a number.
    case e1
    /// Looks at the others' numbers.
    case e2
    /// Takes a larger one.
    case e3
    /// Ends choosing.
    case e4
    /// Waits until another does not choose.
    case w1
    /// Waits until another's number is larger or none.
    case w2
    /// In the critical section.
    case critical
    /// Gives its number back.
    case exit
  }

  /// A process.
  package struct Process: Hashable, Sendable {
    var place = Place.outside
    var number: UInt8 = 0
    /// Whether it says that it chooses.
    var flag = false
    /// Processes that it has not looked at, a bit each.
    var unchecked: UInt8 = 0
    /// The largest number that it has seen.
    var seen: UInt8 = 0
    /// Which it looks at, 0 or 1.
    var next: UInt8 = 0
  }

  /// A moment of two processes.
  package struct State: Hashable, Sendable {
    var first = Process()
    var second = Process()

    subscript(index: Int) -> Process {
      get { index == 0 ? first : second }
      set { if index == 0 { first = newValue } else { second = newValue } }
    }
  }

  /// What a process does where it is, and with which choice.
  package struct Action: Hashable, Sendable {
    /// Which way it goes on.
    enum Way: UInt8 {
      case on
      case flips
      case writes
    }
    let process: Int
    let place: Place
    var way = Way.on
    var choice: UInt8 = 0
  }

  /// All states in which the invariant holds.
  package var initialStates: [State] {
    let processes = self.processes
    var out: [State] = []
    for first in processes {
      for second in processes {
        let state = State(first: first, second: second)
        if isInvariant(state) { out.append(state) }
      }
    }
    return out
  }

  private var processes: [Process] {
    var out: [Process] = []
    for place in Place.allCases {
      for number in 0...largest {
        for flag in [false, true] {
          for unchecked in UInt8(0)..<4 {
            for seen in 0...largest {
              for next in UInt8(0)..<2 {
                out.append(
                  Process(
                    place: place, number: number, flag: flag, unchecked: unchecked, seen: seen,
                    next: next))
              }
            }
          }
        }
      }
    }
    return out
  }

  /// Each process goes on; while it writes, its flag or number may be anything in between.
  package func actions(in state: State) -> [Action] {
    (0..<2).flatMap { actions(of: $0, state[$0], state) }
  }

  private func actions(of index: Int, _ process: Process, _ state: State) -> [Action] {
    let on = Action(process: index, place: process.place)
    var flips = on
    flips.way = .flips
    let others = [UInt8(0), 1].filter { process.unchecked >> $0 & 1 == 1 }
    let writes = (0...largest).map {
      Action(process: index, place: process.place, way: .writes, choice: $0)
    }
    switch process.place {
    case .outside, .critical: return [on]
    case .e1, .e4: return [flips, on]
    case .e2: return others.isEmpty ? [on] : others.map { chosen(on, $0) }
    case .e3:
      let larger = (0...largest).filter { $0 > process.seen }
      return writes + larger.map { chosen(on, $0) }
    case .w1:
      if others.isEmpty { return [on] }
      return others.filter { !state[Int($0)].flag }.map { chosen(on, $0) }
    case .w2: return mayPass(index, process, state) ? [on] : []
    case .exit: return writes + [on]
    }
  }

  private func chosen(_ action: Action, _ choice: UInt8) -> Action {
    var action = action
    action.choice = choice
    return action
  }

  private func mayPass(_ index: Int, _ process: Process, _ state: State) -> Bool {
    let other = state[Int(process.next)]
    return other.number == 0 || isBefore(index, process.number, Int(process.next), other.number)
  }

  private func isBefore(_ a: Int, _ numberA: UInt8, _ b: Int, _ numberB: UInt8) -> Bool {
    (numberA, a) < (numberB, b)
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    var process = state[action.process]
    switch action.way {
    case .flips: process.flag.toggle()
    case .writes: process.number = action.choice
    case .on: goOn(&process, action, state)
    }
    next[action.process] = process
    return next
  }

  private func goOn(_ process: inout Process, _ action: Action, _ state: State) {
    let others = UInt8(3) & ~(1 << UInt8(action.process))
    switch process.place {
    case .outside: process.place = .e1
    case .e1:
      process.flag = true
      process.unchecked = others
      process.seen = 0
      process.place = .e2
    case .e2:
      if process.unchecked == 0 {
        process.place = .e3
      } else {
        process.unchecked &= ~(1 << action.choice)
        process.seen = max(process.seen, state[Int(action.choice)].number)
      }
    case .e3:
      process.number = action.choice
      process.place = .e4
    case .e4:
      process.flag = false
      process.unchecked = others
      process.place = .w1
    case .w1:
      if process.unchecked == 0 {
        process.place = .critical
      } else {
        process.next = action.choice
        process.place = .w2
      }
    case .w2:
      process.unchecked &= ~(1 << process.next)
      process.place = .w1
    case .critical: process.place = .exit
    case .exit:
      process.number = 0
      process.place = .outside
    }
  }

  /// The invariant holds after every step, and nobody disturbs another.
  package var properties: [Property<State>] {
    [
      Property(.always, "at most one is in the critical section") {
        $0.first.place != .critical || $0.second.place != .critical
      },
      Property(.always, "the invariant is kept") { isInvariant($0) },
    ]
  }

  private func isInvariant(_ state: State) -> Bool {
    (0..<2).allSatisfy { index in
      let (me, other) = (state[index], state[1 - index])
      let isUnchecked = me.unchecked >> UInt8(1 - index) & 1 == 1
      let isPastOther = !isUnchecked
      let before = isAhead(index, me, other)
      switch me.place {
      case .outside, .e1, .exit: return true
      case .e2, .e3: return me.flag
      case .e4: return me.number != 0
      case .critical: return me.number != 0 && before
      case .w1, .w2:
        if me.number == 0 || me.unchecked >> UInt8(index) & 1 == 1 { return false }
        if isPastOther, !before { return false }
        if me.place == .w1 { return true }
        if Int(me.next) == index { return false }
        let hasLooked = other.unchecked >> UInt8(index) & 1 == 0
        let isChoosing = other.place == .e2 && hasLooked || other.place == .e3
        return !isChoosing || other.seen >= me.number
      }
    }
  }

  /// Whether a process that has a number will be served before another that chooses now.
  private func isAhead(_ index: Int, _ me: Process, _ other: Process) -> Bool {
    guard me.number > 0 else { return false }
    switch other.place {
    case .outside, .e1, .exit: return true
    case .e2: return other.unchecked >> UInt8(index) & 1 == 1 || other.seen >= me.number
    case .e3: return other.seen >= me.number
    case .e4: return isBefore(index, me.number, 1 - index, other.number)
    case .w1, .w2:
      return isBefore(index, me.number, 1 - index, other.number)
        && other.unchecked >> UInt8(index) & 1 == 1
    case .critical: return false
    }
  }
}

extension BakeryInvariant.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    for process in [first, second] {
      encoder.tag(process.place.rawValue << 4 | process.number << 1 | (process.flag ? 1 : 0))
      encoder.tag(process.unchecked << 6 | process.seen << 2 | process.next)
    }
  }
}

extension BakeryInvariant.State: CustomStringConvertible {
  package var description: String {
    [first, second].map { process in
      "at \(process.place), number \(process.number)\(process.flag ? ", choosing" : ""), "
        + "not looked at \(process.unchecked), seen \(process.seen), looks at \(process.next)"
    }.joined(separator: "\n")
  }
}

extension BakeryInvariant.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] { BakeryInvariant.Place.allCases.map { "\($0)" } }

  package var kind: Int { Int(place.rawValue) }

  package var description: String { "process \(process) at \(place), \(way), choice \(choice)" }
}
