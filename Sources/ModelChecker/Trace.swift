/// A way from an initial state, as texts.
package struct Trace: Hashable, Sendable {
  /// One action and where it led.
  package struct Step: Hashable, Sendable {
    /// What happened.
    package let action: String
    /// The state afterwards.
    package let state: String
  }

  /// Where it begins.
  package let start: String
  /// What happened, in order.
  package private(set) var steps: [Step]
  /// The choices that make it, from which it can be taken again: the initial state's place, then
  /// the place of each action among those of its state.
  package private(set) var choices: [Int] = []
  /// For a way that goes on for ever: the number of steps before the part that repeats, which goes
  /// on to the last step. If there is no step after it, nothing more happens there.
  package var returnsTo: Int?

  /// A way of texts alone.
  init(start: String, steps: [Step]) {
    self.start = start
    self.steps = steps
  }
}

extension Trace {
  /// Takes the steps again that lead through states of known fingerprints; nil if the system gives
  /// other answers than before.
  init?<System: TransitionSystem>(
    following prints: [Fingerprint], from ordinal: Int, in system: System
  ) {
    let initial = system.initialStates
    guard initial.indices.contains(ordinal) else { return nil }
    var state = initial[ordinal]
    self.init(start: system.describe(state), steps: [])
    choices = [ordinal]
    for print in prints.dropFirst() {
      guard let choice = system.choice(from: state, to: print) else { return nil }
      take(choice.ordinal, choice.action, choice.next, in: system, from: state)
      state = choice.next
    }
  }

  /// Takes the choices of a trace that was kept; nil where they do not fit the system.
  package init?<System: TransitionSystem>(replaying choices: [Int], in system: System) {
    let initial = system.initialStates
    guard let first = choices.first, initial.indices.contains(first) else { return nil }
    var state = initial[first]
    self.init(start: system.describe(state), steps: [])
    self.choices = [first]
    for ordinal in choices.dropFirst() {
      let actions = system.actions(in: state)
      guard actions.indices.contains(ordinal), let next = system.next(state, actions[ordinal])
      else { return nil }
      take(ordinal, actions[ordinal], next, in: system, from: state)
      state = next
    }
  }

  private mutating func take<System: TransitionSystem>(
    _ ordinal: Int, _ action: System.Action, _ next: System.State, in system: System,
    from state: System.State
  ) {
    choices.append(ordinal)
    steps.append(
      Step(action: system.describe(action, in: state), state: system.describe(next)))
  }

  /// The trace as one line that can be kept and replayed: `0.3.1.4`, and `~2` behind it where it
  /// returns to the state after two steps.
  package var code: String {
    choices.map(String.init).joined(separator: ".") + (returnsTo.map { "~\($0)" } ?? "")
  }

  /// Takes a kept trace again; nil if the line is none, or does not fit the system.
  package init?<System: TransitionSystem>(code: String, in system: System) {
    let parts = code.split(separator: "~", omittingEmptySubsequences: false)
    let choices = parts[0].split(separator: ".").map { Int($0) }
    guard parts.count <= 2, !choices.contains(nil) else { return nil }
    self.init(replaying: choices.compactMap { $0 }, in: system)
    if parts.count == 2 {
      guard let returnsTo = Int(parts[1]), (0...steps.count).contains(returnsTo) else { return nil }
      self.returnsTo = returnsTo
    }
  }
}

extension TransitionSystem {
  /// The first action of a state that leads to a state of this fingerprint.
  func choice(from state: State, to print: Fingerprint)
    -> (ordinal: Int, action: Action, next: State)?
  {
    for (ordinal, action) in actions(in: state).enumerated() {
      guard let next = next(state, action),
        Fingerprint(of: representative(of: next)) == print
      else { continue }
      return (ordinal, action, next)
    }
    return nil
  }
}

extension Trace: CustomStringConvertible {
  /// For people: each action on a line of its own, each state indented below it.
  package var description: String {
    var lines = ["0. initially", indented(start)]
    for (number, step) in steps.enumerated() {
      lines.append("\(number + 1). \(step.action)")
      lines.append(indented(step.state))
    }
    if let returnsTo {
      lines.append(
        returnsTo == steps.count
          ? "and nothing more happens"
          : "and so on for ever, from the state after step \(returnsTo)")
    }
    if !choices.isEmpty { lines.append("to replay: \(code)") }
    return lines.joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "     \($0)" }
      .joined(separator: "\n")
  }
}
