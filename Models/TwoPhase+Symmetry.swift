import ModelChecker

/// Resource managers differ by name alone.
extension TwoPhase: SymmetricSystem {
  package var interchangeable: Int { managers }

  package func renamed(_ state: State, by names: [Int]) -> State {
    var out = state
    for path in Self.sets {
      var set: UInt16 = 0
      for (manager, name) in names.enumerated() where state[keyPath: path] >> manager & 1 == 1 {
        set |= 1 << UInt16(name)
      }
      out[keyPath: path] = set
    }
    return out
  }

  package func signature(of manager: Int, in state: State) -> UInt64 {
    Self.sets.reduce(0) { $0 << 1 | UInt64(state[keyPath: $1] >> manager & 1) }
  }

  private static var sets: [WritableKeyPath<State, UInt16>] {
    [\.working, \.prepared, \.committed, \.aborted, \.sent, \.received]
  }
}
