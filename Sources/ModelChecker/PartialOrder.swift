/// A system of processes some of whose actions are their own affair.
package protocol ConcurrentSystem: TransitionSystem {
  /// The process that takes an action, numbered from 0.
  func process(of action: Action) -> Int
  /// Whether an action is local: as long as its process rests, nothing that others do, now or
  /// later, makes a difference to what the process can do, or to what comes of the action; it makes
  /// none to what others can do; and no claim sees it. `localityBreach` checks this.
  func isLocal(_ action: Action, in state: State) -> Bool
}

/// A system searched up to the order of independent actions: where all that one process can do is
/// local, nothing else is tried yet.
///
/// A state of which only such actions were taken is looked at again, in full, if all of these lead
/// to states that are known; so nothing can be put off for ever. Claims on states and deadlocks
/// are preserved; claims on ways and ends are refused.
///
/// Source: D. Bošnački, G. J. Holzmann, "Improving Spin's partial-order reduction for breadth-first
/// search", SPIN 2005.
package struct UpToOrder<Base: ConcurrentSystem>: TransitionSystem {
  /// The system itself.
  package let base: Base

  /// Makes a system up to order.
  package init(_ base: Base) { self.base = base }

  /// The system's own.
  package var initialStates: [Base.State] { base.initialStates }
  /// The system's own.
  package var properties: [Property<Base.State>] { base.properties }
  /// Orders are left out.
  package var reduction: Reduction { .partialOrder }

  /// The system's own.
  package func actions(in state: Base.State) -> [Base.Action] { base.actions(in: state) }
  /// The system's own.
  package func next(_ state: Base.State, _ action: Base.Action) -> Base.State? {
    base.next(state, action)
  }
  /// The system's own.
  package func isInScope(_ state: Base.State) -> Bool { base.isInScope(state) }
  /// The system's own.
  package func describe(_ state: Base.State) -> String { base.describe(state) }
  /// The system's own.
  package func describe(_ action: Base.Action, in state: Base.State) -> String {
    base.describe(action, in: state)
  }

  /// What the system itself breaks, or what it says of local actions.
  package func breach(states limit: Int) -> String? {
    base.breach(states: limit) ?? base.localityBreach(states: limit)
  }

  /// The actions of the first process all of whose actions are local.
  package func selection(of actions: [Base.Action], in state: Base.State) -> [Base.Action]? {
    let processes = actions.map(base.process)
    for (place, process) in processes.enumerated()
    where processes.firstIndex(of: process) == place {
      let own = actions.indices.filter { processes[$0] == process }
      if own.count == actions.count { return nil }
      if own.allSatisfy({ base.isLocal(actions[$0], in: state) }) { return own.map { actions[$0] } }
    }
    return nil
  }
}

extension UpToOrder: Sendable where Base: Sendable {}

extension ConcurrentSystem {
  /// Looks, in all reachable states up to a number, whether actions that are said to be local are:
  /// whether each commutes with what every other process can do, leaves that possible and stays
  /// possible itself, whether others leave its process with the same actions, and whether no claim
  /// sees it.
  ///
  /// - Returns: the first breach, for people; nil if there is none.
  package func localityBreach(states limit: Int = 100_000) -> String? {
    var seen: Set<Fingerprint> = []
    var open = initialStates
    for state in open { seen.insert(Fingerprint(of: state)) }
    var next = 0
    while next < open.count, seen.count < limit {
      let state = open[next]
      next += 1
      let steps = actions(in: state).compactMap { action in
        self.next(state, action).map { (action: action, state: $0) }
      }
      if let breach = breach(in: state, steps) { return breach }
      for step in steps where isInScope(step.state) {
        if seen.insert(Fingerprint(of: step.state)).inserted { open.append(step.state) }
      }
    }
    return nil
  }

  private func breach(in state: State, _ steps: [(action: Action, state: State)]) -> String? {
    for mine in steps where isLocal(mine.action, in: state) {
      let name = "in \(describe(state)), \"\(describe(mine.action, in: state))\""
      for property in properties where property.holds(state) != property.holds(mine.state) {
        return "\(name) is seen by \"\(property.name)\""
      }
      for other in steps where process(of: other.action) != process(of: mine.action) {
        let text = describe(other.action, in: state)
        guard let ab = successor(like: other.action, of: state, in: mine.state),
          let ba = successor(like: mine.action, of: state, in: other.state)
        else { return "\(name) and \"\(text)\" do not leave each other possible" }
        if Fingerprint(of: ab) != Fingerprint(of: ba) {
          return "\(name) and \"\(text)\" do not commute"
        }
        if names(of: process(of: mine.action), in: state)
          != names(of: process(of: mine.action), in: other.state)
        {
          return "\(name): after \"\(text)\" the process can do something else"
        }
      }
    }
    return nil
  }

  private func names(of process: Int, in state: State) -> [String] {
    actions(in: state).filter { self.process(of: $0) == process }.map {
      describe($0, in: state)
    }
  }

  private func successor(like action: Action, of state: State, in other: State) -> State? {
    let name = describe(action, in: state)
    for candidate in actions(in: other) where candidate.kind == action.kind {
      if process(of: candidate) == process(of: action), describe(candidate, in: other) == name {
        return next(other, candidate)
      }
    }
    return nil
  }
}
