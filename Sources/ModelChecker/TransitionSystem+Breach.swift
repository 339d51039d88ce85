import Canon

extension TransitionSystem {
  /// The first breach in the 10,000 states nearest to the beginning; nil if there is none.
  package func breach() -> String? { breach(states: 10_000) }

  /// Looks, in the states nearest to the beginning, whether the system keeps what a search relies
  /// on: whether the same state always answers alike, whether states that `encode` writes alike are
  /// alike to `next` and to every claim, and whether each kind of action has a name.
  ///
  /// - Parameter limit: how many different states are looked at; what they lead to is, too.
  /// - Returns: the first breach, for people; nil if there is none.
  package func breach(states limit: Int) -> String? {
    if let refusal = generalRefusal(of: self) { return refusal }
    var known: [Fingerprint: Int] = [:]
    var seen: [(state: State, conduct: Conduct)] = []
    var open: [State] = []
    for state in initialStates.prefix(limit) where isInScope(state) {
      if let breach = meet(state, &known, &seen, &open) { return breach }
    }
    var next = 0
    while next < open.count, seen.count < limit {
      let state = open[next]
      next += 1
      for action in actions(in: state) {
        if !Action.kinds.indices.contains(action.kind) {
          return "\"\(describe(action, in: state))\" is of kind \(action.kind), and `kinds` has no"
            + " such place"
        }
        guard let successor = self.next(state, action), isInScope(successor) else { continue }
        if let breach = meet(successor, &known, &seen, &open) { return breach }
      }
    }
    return nil
  }

  /// Compares a state with the one that has the same bytes, or keeps it.
  private func meet(
    _ state: State, _ known: inout [Fingerprint: Int],
    _ seen: inout [(state: State, conduct: Conduct)], _ open: inout [State]
  ) -> String? {
    let print = Fingerprint(of: state)
    let conduct = conduct(of: state)
    guard let place = known[print] else {
      if self.conduct(of: state) != conduct {
        return "\(quoted(state)) was asked twice what can happen, and gave two answers: the system"
          + " is not deterministic (chance, a clock, an unsorted set)"
      }
      known[print] = seen.count
      seen.append((state, conduct))
      open.append(state)
      return nil
    }
    let other = seen[place]
    if other.conduct == conduct { return nil }
    let pair = "\(quoted(other.state)) and \(quoted(state)) are written alike by `encode`, but"
    for (index, property) in properties.enumerated()
    where other.conduct.claims[index] != conduct.claims[index] {
      return "\(pair) the claim \"\(property.name)\" tells them apart: `encode` leaves something"
        + " out"
    }
    return "\(pair) what can happen differs: `encode` leaves something out, or is not deterministic"
  }

  private func quoted(_ state: State) -> String { "\"\(describe(state))\"" }

  private func conduct(of state: State) -> Conduct {
    Conduct(
      claims: properties.map { [$0.holds(state), $0.premise(state)] },
      steps: actions(in: state).map { action in
        Conduct.Step(kind: action.kind, to: next(state, action).map { Fingerprint(of: $0) })
      })
  }
}

/// What can be observed of a state.
private struct Conduct: Equatable {
  /// An action, and where it leads.
  struct Step: Equatable {
    let kind: Int
    let to: Fingerprint?
  }

  /// Which claims and premises hold.
  let claims: [[Bool]]
  /// What can happen, in order.
  let steps: [Step]
}

extension SymmetricSystem {
  /// Looks, in the states nearest to the beginning, whether things differ by name alone: whether
  /// `renamed` exchanges names in one way and everywhere, whether a state with two names exchanged
  /// can do the same with these names exchanged, whether claims say the same of both, and whether
  /// signatures do not depend on names.
  ///
  /// - Parameter limit: how many states are looked at.
  /// - Returns: the first breach, for people; nil if there is none.
  package func symmetryBreach(states limit: Int) -> String? {
    if let countRefusal { return countRefusal }
    let exchanges = (0..<max(0, interchangeable - 1)).map { thing in
      var names = Array(0..<interchangeable)
      names.swapAt(thing, thing + 1)
      return names
    }
    let initial = initialStates
    let beginnings = Set(initial.map { Fingerprint(of: $0) })
    for state in initial.prefix(limit) {
      for names in exchanges
      where !beginnings.contains(Fingerprint(of: renamed(state, by: names))) {
        return "\"\(describe(state))\" is initial, and with names exchanged it is not"
      }
    }
    var seen: Set<Fingerprint> = []
    var open: [State] = []
    for state in initial where isInScope(state) {
      if seen.insert(Fingerprint(of: state)).inserted { open.append(state) }
    }
    var next = 0
    while next < min(open.count, limit) {
      let state = open[next]
      next += 1
      if let breach = symmetryBreach(in: state, exchanges) { return breach }
      if seen.count >= limit { continue }
      for successor in successors(of: state) where isInScope(successor) {
        if seen.insert(Fingerprint(of: successor)).inserted { open.append(successor) }
      }
    }
    return nil
  }

  /// Why so many things cannot be interchangeable; nil if they can.
  var countRefusal: String? {
    interchangeable >= 0 ? nil : "`interchangeable` is \(interchangeable), and no number of things"
  }

  private func symmetryBreach(in state: State, _ exchanges: [[Int]]) -> String? {
    let name = "in \"\(describe(state))\""
    let print = Fingerprint(of: state)
    if Fingerprint(of: renamed(state, by: Array(0..<interchangeable))) != print {
      return "\(name), `renamed` changes something though every name stays"
    }
    for (index, names) in exchanges.enumerated() {
      let other = renamed(state, by: names)
      let pair = "things \(index) and \(index + 1)"
      for property in properties where property.holds(state) != property.holds(other) {
        return "\(name), the claim \"\(property.name)\" tells \(pair) apart, or `renamed` leaves a"
          + " name out"
      }
      let after = successors(of: state).map { Fingerprint(of: renamed($0, by: names)) }
      if Set(after) != Set(successors(of: other).map { Fingerprint(of: $0) }) {
        return "\(name), something else can happen once \(pair) have exchanged names: an action"
          + " tells them apart, or `renamed` leaves a name out"
      }
      for thing in 0..<interchangeable
      where signature(of: names[thing], in: other) != signature(of: thing, in: state) {
        return "\(name), the signature of thing \(thing) depends on names: exchange \(pair)"
      }
      let second = exchanges[(index + 1) % exchanges.count]
      let both = Fingerprint(of: renamed(state, by: names.map { second[$0] }))
      if Fingerprint(of: renamed(other, by: second)) != both {
        return "\(name), one exchange after another is not what both are at once: `renamed` must"
          + " call thing i `names[i]`, and in some place does it the other way round"
      }
    }
    return nil
  }

  private func successors(of state: State) -> [State] {
    actions(in: state).compactMap { next(state, $0) }
  }
}
