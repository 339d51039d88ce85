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

/// Why a search ended before every state was seen.
package enum SearchStop: Hashable, Sendable {
  /// No more than so many states were wanted.
  case states(Int)
  /// No longer ways than of so many states were wanted.
  case depth(Int)
  /// A claim failed.
  case violation
  /// Whoever watched the search wanted no more.
  case watcher
}

extension SearchStop: CustomStringConvertible {
  /// For people: half a sentence.
  package var description: String {
    switch self {
    case .states(let limit): "stopped at \(limit) states"
    case .depth(let limit): "stopped at ways of \(limit) states"
    case .violation: "stopped at the first claim that fails"
    case .watcher: "stopped from outside"
    }
  }
}

/// What a search found.
package struct ModelReport: Hashable, Sendable {
  /// Whether every reachable state was seen.
  package var isExhausted = false
  /// Why it ended before; nil if every state was seen.
  package var stop: SearchStop?
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
  /// Requirements of fairness that ask for nothing, since none of their actions is possible in any
  /// state; only where a claim on whole ways was checked.
  package var idleFairness: [String] = []

  /// Why nothing was searched, or nothing can be concluded; nil if all is well.
  package var refusal: String?
  /// Whether each state stands for all that are the same but for names.
  package var isBySymmetry = false
  /// Bytes that were kept for all the states.
  package var bytesKept = 0
  /// The most bytes that were on disk at one time; 0 where all was kept in memory.
  package var bytesOnDisk = 0

  /// A report on nothing yet.
  package init() {}

  /// A report that says why nothing was searched.
  init(refusal: String) { self.refusal = refusal }

  /// Kinds of actions that were never taken.
  package var neverTaken: [String] { coverage.filter { $0.count == 0 }.map(\.kind) }
  /// Whether every claim was shown to hold on all states.
  package var holds: Bool { refusal == nil && verdicts.allSatisfy { $0.verdict == .holds } }
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

extension ModelReport: CustomStringConvertible {
  /// For people: the numbers, the verdicts, what never happened, and the first trace.
  package var description: String {
    let end =
      isExhausted
      ? "every state was seen" : "NOT exhausted: \(stop.map { "\($0)" } ?? "it ended early")"
    if let refusal, distinct == 0 { return "refused: \(refusal)" }
    var lines = [
      "\(distinct) distinct states, \(generated) generated, depth \(depth), "
        + "\(terminal) terminal; \(end)"
    ]
    if isBySymmetry { lines.append("each state stands for all that are it with names exchanged") }
    lines.append(collisionEstimate)
    if bytesOnDisk > 0 { lines.append("at most \(bytesOnDisk) bytes were on disk") }
    if let refusal { lines.append("no conclusion: \(refusal)") }
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
      lines.append(
        "\(isExhausted ? "never taken" : "not taken so far"): "
          + neverTaken.joined(separator: ", "))
    }
    lines += idleFairness.map { "\($0) asks for nothing: none of its actions is ever possible" }
    return lines.joined(separator: "\n")
  }

  /// How probable it is that two different states were taken for one.
  package var collisionEstimate: String {
    // n² / 2¹²⁹, as a power of ten that is not smaller.
    let bits = 129 - 2 * (Double(max(distinct, 1)).exponent + 1)
    return "states are told apart by 128 bits: the chance that two were taken for one is below"
      + " 10^-\(Int(Double(bits) * 0.30102))"
  }
}
