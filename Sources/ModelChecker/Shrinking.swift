extension Trace {
  /// A shorter way to a state that is wanted: loops are cut out, then actions are left out as long
  /// as what remains can be taken and still leads there. Actions are known again by their words.
  ///
  /// What breadth-first search gives is a shortest way already.
  package func shrunk<System: TransitionSystem>(
    in system: System, to isWanted: (System.State) -> Bool
  ) -> Trace {
    guard let first = choices.first else { return self }
    var best = self
    var names = steps.map(\.action)
    var width = max(1, names.count / 2)
    while width >= 1 {
      var start = 0
      while start < names.count {
        var fewer = names
        fewer.removeSubrange(start..<min(start + width, names.count))
        if let shorter = Trace(taking: fewer, from: first, in: system, until: isWanted) {
          best = shorter
          names = shorter.steps.map(\.action)
        } else {
          start += width
        }
      }
      width /= 2
    }
    return best
  }

  /// Takes actions of these words, in order, up to the first wanted state; nil where one cannot be
  /// taken or none is wanted.
  private init?<System: TransitionSystem>(
    taking names: [String], from first: Int, in system: System,
    until isWanted: (System.State) -> Bool
  ) {
    var state = system.initialStates[first]
    var choices = [first]
    var index = 0
    while !isWanted(state) {
      guard index < names.count else { return nil }
      let actions = system.actions(in: state)
      let ordinal = actions.firstIndex {
        system.describe($0, in: state) == names[index] && system.next(state, $0) != nil
      }
      guard let ordinal, let next = system.next(state, actions[ordinal]) else { return nil }
      choices.append(ordinal)
      state = next
      index += 1
    }
    self.init(replaying: choices, in: system)
  }
}
