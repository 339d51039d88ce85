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
  /// How many there are, where that is known.
  package var known: Int?
  /// The claim that failed, if one did.
  package var violated: String?
  /// A way that shows it, as short as it could be made.
  package var trace: Trace?
  /// How often each kind of action was taken.
  package var coverage: [ActionCoverage] = []

  /// The share of all states that was seen, in parts per thousand; nil where their number is not
  /// known.
  package var permille: Int? { known.map { distinct * 1000 / max($0, 1) } }
}

extension WalkReport: CustomStringConvertible {
  /// For people: how much was seen, what failed, what never happened.
  package var description: String {
    var lines = ["\(walks) walks, \(steps) steps, \(distinct) distinct states"]
    if let known, let permille {
      lines.append("that is \(permille / 10).\(permille % 10) % of all \(known)")
    }
    if let violated, let trace { lines += ["✗ \(violated)", "\(trace)"] }
    let never = coverage.filter { $0.count == 0 }.map(\.kind)
    if !never.isEmpty { lines.append("never taken: \(never.joined(separator: ", "))") }
    return lines.joined(separator: "\n")
  }
}

/// Walks at random from the beginning, again and again, until a claim on states fails.
///
/// - Parameters:
///   - walks: how many walks.
///   - length: the most steps of each.
///   - seed: the same seed, the same walks.
///   - known: how many states an exhaustive search counted, to tell the share that was seen.
package func exploreAtRandom<System: TransitionSystem>(
  _ system: System, walks: Int, length: Int, seed: Seed, known: Int? = nil
) -> WalkReport {
  var report = WalkReport(known: known)
  var taken = Array(repeating: 0, count: System.Action.kinds.count)
  var seen: Set<Fingerprint> = []
  let claims = system.properties.filter { $0.kind == .always }
  let beginnings = system.initialStates
  let initial = beginnings.indices.filter { system.isInScope(beginnings[$0]) }
  var random = RandomSource(seed)
  while report.walks < walks, report.violated == nil, !initial.isEmpty {
    report.walks += 1
    let first = initial[random.below(initial.count)]
    var state = beginnings[first]
    var choices = [first]
    while true {
      seen.insert(Fingerprint(of: system.representative(of: state)))
      if let claim = claims.first(where: { !$0.holds(state) }) {
        report.violated = claim.name
        report.trace =
          Trace(replaying: choices, in: system)?.shrunk(in: system) { !claim.holds($0) }
        break
      }
      guard choices.count <= length, let step = system.step(from: state, &random) else { break }
      taken[step.kind] += 1
      choices.append(step.ordinal)
      report.steps += 1
      state = step.next
    }
  }
  report.distinct = seen.count
  report.coverage = zip(System.Action.kinds, taken).map {
    ActionCoverage(kind: $0.0, count: $0.1)
  }
  return report
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
}
