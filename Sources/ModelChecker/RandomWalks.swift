import Canon
package import Determinism

/// What random walks saw.
package struct WalkReport: Hashable, Sendable {
  /// How many walks were made.
  package var walks = 0
  /// How many steps they took together.
  package var steps = 0
  /// Different states seen.
  package var distinct = 0
  /// How many walks came to a state that leads only to itself.
  package var ended = 0
  /// How many states there are, where that is known.
  package var known: Int?
  /// What was found of each claim, in the system's order.
  package var findings: [WalkFinding] = []
  /// How often each kind of action was taken.
  package var coverage: [ActionCoverage] = []
  /// Why nobody walked; nil if all is well.
  package var refusal: String?

  /// The share of all states that was seen, in parts per thousand; nil where their number is not
  /// known.
  package var permille: Int? { known.map { distinct * 1000 / max($0, 1) } }
  /// The claim that failed, if one did.
  package var violated: String? { failure?.claim }
  /// A way that shows it, as short as it could be made.
  package var trace: Trace? { failure?.trace }

  private var failure: (claim: String, trace: Trace)? {
    for entry in findings {
      if case .violated(let trace) = entry.verdict { return (entry.claim, trace) }
    }
    return nil
  }
}

/// What random walks found of one claim.
package struct WalkFinding: Hashable, Sendable {
  /// What walks can say of a claim; that it holds of all states is never among it.
  package enum Verdict: Hashable, Sendable {
    /// It fails; a way that shows it.
    case violated(Trace)
    /// What is claimed to happen some time did.
    case happened
    /// Nothing on a walk speaks against it, which proves nothing; in words.
    case notRefuted(String)
    /// Walks cannot judge it, and why.
    case unjudged(String)
  }

  /// The claim.
  package let claim: String
  /// What was found.
  package let verdict: Verdict
}

extension WalkReport: CustomStringConvertible {
  /// For people: how much was seen, what became of each claim, what never happened.
  package var description: String {
    if let refusal { return "refused: \(refusal)" }
    var lines = ["\(walks) walks, \(steps) steps, \(distinct) distinct states, \(ended) ends"]
    if let known, let permille {
      lines.append("that is \(permille / 10).\(permille % 10) % of all \(known)")
      if distinct > known { lines.append("there are more than \(known), so that number is wrong") }
    }
    for entry in findings {
      switch entry.verdict {
      case .violated(let trace): lines += ["✗ \(entry.claim)", "\(trace)"]
      case .happened: lines.append("✓ \(entry.claim)")
      case .notRefuted(let words): lines.append("? \(entry.claim): \(words)")
      case .unjudged(let why): lines.append("? \(entry.claim): not judged, \(why)")
      }
    }
    let never = coverage.filter { $0.count == 0 }.map(\.kind)
    if !never.isEmpty { lines.append("never taken: \(never.joined(separator: ", "))") }
    return lines.joined(separator: "\n")
  }
}

/// Walks at random from the beginning, again and again, until a claim on states or on ends fails.
///
/// - Parameters:
///   - walks: how many walks.
///   - length: the most steps of each.
///   - seed: the same seed, the same walks.
///   - known: how many states an exhaustive search counted, to tell the share that was seen.
package func exploreAtRandom<System: TransitionSystem>(
  _ system: System, walks: Int, length: Int, seed: Seed, known: Int? = nil
) -> WalkReport {
  var search = RandomSearch(system, seed)
  search.report.known = known
  search.report.refusal = generalRefusal(of: system)
  if search.report.refusal == nil { search.run(walks, length) }
  return search.finished
}

/// Random walks under way.
private struct RandomSearch<System: TransitionSystem> {
  private let system: System
  private let properties: [Property<System.State>]
  private let beginnings: [System.State]
  private let initial: [Int]
  private var random: RandomSource
  private var taken: [Int]
  private var seen: Set<Fingerprint> = []
  /// By a claim's place, what decides it.
  private var decided: [WalkFinding.Verdict?]
  var report = WalkReport()

  init(_ system: System, _ seed: Seed) {
    self.system = system
    properties = system.properties
    let beginnings = system.initialStates
    self.beginnings = beginnings
    initial = beginnings.indices.filter { system.isInScope(beginnings[$0]) }
    random = RandomSource(seed)
    taken = Array(repeating: 0, count: System.Action.kinds.count)
    decided = Array(repeating: nil, count: properties.count)
    if initial.isEmpty { report.refusal = nothingToSearch }
  }

  mutating func run(_ walks: Int, _ length: Int) {
    while report.walks < walks, report.refusal == nil, walk(length) {}
  }

  /// Walks once; false if a claim failed.
  private mutating func walk(_ length: Int) -> Bool {
    report.walks += 1
    let first = initial[random.below(initial.count)]
    var state = beginnings[first]
    var choices = [first]
    while true {
      let print = Fingerprint(of: system.representative(of: state))
      seen.insert(print)
      if judge(state, choices, isEnd: false) { return false }
      let step = choices.count <= length ? system.step(from: state, &random) : nil
      let goesOn = step.map { Fingerprint(of: system.representative(of: $0.next)) != print }
      if goesOn != true, system.isEnd(state) {
        report.ended += 1
        return !judge(state, choices, isEnd: true)
      }
      guard let step else { return true }
      taken[step.kind] += 1
      choices.append(step.ordinal)
      report.steps += 1
      state = step.next
    }
  }

  /// Looks at what claims say of a state, or of an end; true if one fails.
  private mutating func judge(_ state: System.State, _ choices: [Int], isEnd: Bool) -> Bool {
    for (index, property) in properties.enumerated() where decided[index] == nil {
      switch property.kind {
      case .sometimes where property.holds(state): decided[index] = .happened
      case .always where !isEnd, .inTheEnd where isEnd:
        if property.holds(state) { continue }
        guard let trace = Trace(replaying: choices, in: system) else { continue }
        let system = system
        decided[index] = .violated(
          trace.shrunk(in: system) {
            !property.holds($0) && (property.kind == .always || system.isEnd($0))
          })
        return true
      case .always, .sometimes, .inTheEnd, .eventually, .alwaysEventually, .eventuallyAlways,
        .leadsTo:
        continue
      }
    }
    return false
  }

  /// The report on what was found.
  var finished: WalkReport {
    var report = report
    report.distinct = seen.count
    report.coverage = zip(System.Action.kinds, taken).map {
      ActionCoverage(kind: $0.0, count: $0.1)
    }
    report.findings = zip(properties, decided).map { property, verdict in
      WalkFinding(claim: property.name, verdict: verdict ?? undecided(property.kind))
    }
    return report
  }

  private func undecided(_ kind: Property<System.State>.Kind) -> WalkFinding.Verdict {
    switch kind {
    case .always: .notRefuted("it holds in all states that were seen, which proves nothing")
    case .sometimes: .notRefuted("it did not happen on these walks")
    case .inTheEnd where report.ended == 0: .unjudged("since no walk came to an end")
    case .inTheEnd:
      .notRefuted(
        "it holds of all ends that were seen; whether an end can always be reached, walks cannot"
          + " tell")
    case .eventually, .alwaysEventually, .eventuallyAlways, .leadsTo:
      .unjudged("since it speaks of whole ways, and walks break off")
    }
  }
}

extension TransitionSystem {
  /// One of the possible steps that stay in scope, all alike probable.
  fileprivate func step(
    from state: State, _ random: inout RandomSource
  ) -> (ordinal: Int, kind: Int, next: State)? {
    let actions = actions(in: state)
    var open = Array(actions.indices)
    while !open.isEmpty {
      let ordinal = open.remove(at: random.below(open.count))
      if let next = next(state, actions[ordinal]), isInScope(next) {
        return (ordinal, actions[ordinal].kind, next)
      }
    }
    return nil
  }

  /// Whether a state leads only to itself.
  fileprivate func isEnd(_ state: State) -> Bool {
    let bytes = state.canonicalBytes
    return actions(in: state).allSatisfy { action in
      next(state, action).map { isInScope($0) && $0.canonicalBytes == bytes } ?? true
    }
  }
}
