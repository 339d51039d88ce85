extension ConcurrentSystem {
  /// A process and all with whom it, and they, and so on, may collide; nil if that is anybody.
  func circle(of process: Int, _ actions: [Action], in state: State) -> [Int]? {
    var circle = [process]
    var next = 0
    while next < circle.count {
      let member = circle[next]
      next += 1
      let own = actions.filter { self.process(of: $0) == member }
      if !own.isEmpty, own.allSatisfy({ isLocal($0, in: state) }) { continue }
      guard let rivals = rivals(of: member, in: state) else { return nil }
      for rival in rivals where !circle.contains(rival) { circle.append(rival) }
    }
    return circle
  }

  /// Looks, in all reachable states up to a number, whether actions that are said to be local are,
  /// and whether processes collide with those alone of whom it is said: whether each action
  /// commutes with what every other process can do, leaves that possible and stays possible itself,
  /// whether others leave its process with the same actions and the same rivals, and whether no
  /// claim sees who was first. If it is so in all states, nothing is left out by reduction that a
  /// claim on states asks for.
  ///
  /// - Returns: the first breach, for people; nil if there is none.
  package func localityBreach(states limit: Int = 100_000) -> String? {
    var seen: Set<Fingerprint> = []
    var open = initialStates
    for state in open { seen.insert(Fingerprint(of: state)) }
    // Processes that were met, also such as can do nothing at the moment.
    var processes: [Int] = []
    var next = 0
    while next < open.count, seen.count < limit {
      let state = open[next]
      next += 1
      let moment = Moment(self, state)
      for step in moment.steps where !processes.contains(step.process) {
        processes.append(step.process)
      }
      var circles: [[Int]] = []
      for process in processes {
        guard let circle = circle(of: process, moment.actions, in: state) else { continue }
        processes += circle.filter { !processes.contains($0) }
        circles.append(circle)
      }
      for circle in circles {
        if let breach = breach(of: circle, at: moment) { return breach }
      }
      for step in moment.steps where isInScope(step.state) {
        if seen.insert(Fingerprint(of: step.state)).inserted { open.append(step.state) }
      }
    }
    return nil
  }

  /// What those in a circle may do, held against what all others can do.
  private func breach(of circle: [Int], at moment: Moment<Self>) -> String? {
    for other in moment.steps where !circle.contains(other.process) {
      let text = describe(other.action, in: moment.state)
      let after = Moment(self, other.state)
      for member in circle {
        let now = moment.steps.first { $0.process == member }
        let who = now.map { "\"\(describe($0.action, in: moment.state))\"" } ?? "process \(member)"
        if names(of: member, moment) != names(of: member, after) {
          return "in \(describe(moment.state)), \(who): after \"\(text)\" the process can do"
            + " something else"
        }
        let others = self.circle(of: member, after.actions, in: other.state)
        if others.map({ Set($0).isSubset(of: circle) }) != true {
          return "in \(describe(moment.state)), \(who): after \"\(text)\" the process may collide"
            + " with others than before, or what it can do is local no more"
        }
      }
      for mine in moment.steps where circle.contains(mine.process) {
        if let breach = breach(between: mine, other, at: moment, after) { return breach }
      }
    }
    return nil
  }

  private func breach(
    between mine: Moment<Self>.Step, _ other: Moment<Self>.Step, at moment: Moment<Self>,
    _ after: Moment<Self>
  ) -> String? {
    let state = moment.state
    let name = "in \(describe(state)), \"\(describe(mine.action, in: state))\""
    let text = describe(other.action, in: state)
    let first = Moment(self, mine.state)
    guard let ab = successor(like: other.action, of: state, at: first),
      let ba = successor(like: mine.action, of: state, at: after)
    else { return "\(name) and \"\(text)\" do not leave each other possible" }
    if Fingerprint(of: ab) != Fingerprint(of: ba) {
      return "\(name) and \"\(text)\" do not commute"
    }
    if isInScope(other.state), !(isInScope(mine.state) && isInScope(ab)) {
      return "\(name) leads out of scope, and \"\(text)\" alone does not"
    }
    for property in properties where property.kind == .always || property.kind == .sometimes {
      // A state that decides the claim, which only comes about if `other` is first.
      let decides = { (state: State) in property.holds(state) == (property.kind == .sometimes) }
      if decides(other.state), ![state, mine.state, ab].contains(where: decides) {
        return "\(name) is seen by \"\(property.name)\""
      }
    }
    return nil
  }

  /// What a process can do, in words, in order.
  private func names(of process: Int, _ moment: Moment<Self>) -> [String] {
    moment.steps.filter { $0.process == process }.map { describe($0.action, in: moment.state) }
  }

  private func successor(
    like action: Action, of state: State, at moment: Moment<Self>
  ) -> State? {
    let name = describe(action, in: state)
    return moment.steps.first {
      $0.action.kind == action.kind && $0.process == process(of: action)
        && describe($0.action, in: moment.state) == name
    }?.state
  }
}

/// A state, and what can happen in it.
private struct Moment<System: ConcurrentSystem> {
  /// An action, who takes it, and where it leads.
  struct Step {
    let action: System.Action
    let process: Int
    let state: System.State
  }

  let state: System.State
  let actions: [System.Action]
  let steps: [Step]

  init(_ system: System, _ state: System.State) {
    self.state = state
    actions = system.actions(in: state)
    steps = actions.compactMap { action in
      system.next(state, action).map {
        Step(action: action, process: system.process(of: action), state: $0)
      }
    }
  }
}
