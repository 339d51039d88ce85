/// How far a search goes.
package struct SearchLimits: Hashable, Sendable {
  /// At most so many distinct states.
  package var states: Int
  /// At most so many states on a way from the beginning, the first included.
  package var depth: Int
  /// Whether the search ends with the first claim that is found violated.
  package var stopsAtViolation: Bool

  /// Makes limits; without any, the search ends when every state has been seen.
  package init(states: Int = Int(Int32.max), depth: Int = .max, stopsAtViolation: Bool = true) {
    self.states = states
    self.depth = depth
    self.stopsAtViolation = stopsAtViolation
  }
}

/// What a search found.
package struct ModelReport: Hashable, Sendable {
  /// Whether every reachable state was seen.
  package var isExhausted = false
  /// How many different states were seen.
  package var distinct = 0
  /// How many states were produced: the initial ones, and one for each action taken, those that
  /// lead back to a known state included.
  package var generated = 0
  /// How many states the longest of the shortest ways has; 1 if there are only initial states.
  package var depth = 0
  /// How many states lead only to themselves.
  package var terminal = 0
  /// The claims, in the system's order, with what became of them.
  package var verdicts: [PropertyVerdict] = []
  /// How often each kind of action was taken, in the system's order.
  package var coverage: [ActionCoverage] = []

  /// Kinds of actions that were never taken.
  package var neverTaken: [String] { coverage.filter { $0.count == 0 }.map(\.kind) }
  /// Whether every claim was shown to hold on all states.
  package var holds: Bool { verdicts.allSatisfy { $0.verdict == .holds } }
  /// The first claim that was found violated.
  package var violation: PropertyVerdict? {
    verdicts.first {
      switch $0.verdict {
      case .violated: true
      case .holds, .unknown: false
      }
    }
  }
}

/// What became of one claim.
package struct PropertyVerdict: Hashable, Sendable {
  /// What a search can say of a claim.
  package enum Verdict: Hashable, Sendable {
    /// It holds of every reachable state.
    case holds
    /// It does not; the shortest way to a state that shows it, and why it does.
    case violated(Trace, why: String)
    /// The search ended before it could tell.
    case unknown
  }

  /// The claim.
  package let property: String
  /// What became of it.
  package let verdict: Verdict
}

/// How often a kind of action was taken.
package struct ActionCoverage: Hashable, Sendable {
  /// The kind's name.
  package let kind: String
  /// How often.
  package let count: Int
}

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
  package let steps: [Step]
}

extension Trace: CustomStringConvertible {
  /// For people: each action on a line of its own, each state indented below it.
  package var description: String {
    var lines = ["0. initially", indented(start)]
    for (number, step) in steps.enumerated() {
      lines.append("\(number + 1). \(step.action)")
      lines.append(indented(step.state))
    }
    return lines.joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "     \($0)" }
      .joined(separator: "\n")
  }
}

extension ModelReport: CustomStringConvertible {
  /// For people: the numbers, the verdicts, what never happened, and the first trace.
  package var description: String {
    let end = isExhausted ? "every state was seen" : "NOT exhausted: the search ended early"
    var lines = [
      "\(distinct) distinct states, \(generated) generated, depth \(depth), "
        + "\(terminal) terminal; \(end)"
    ]
    for entry in verdicts {
      switch entry.verdict {
      case .holds: lines.append("✓ \(entry.property)")
      case .unknown: lines.append("? \(entry.property): not known")
      case .violated(let trace, let why):
        lines.append("✗ \(entry.property): \(why)")
        lines.append("\(trace)")
      }
    }
    if !neverTaken.isEmpty {
      lines.append("never taken: \(neverTaken.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }
}
