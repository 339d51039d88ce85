/// Tries every state that a system can reach, breadth first, so that each counterexample is a
/// shortest one.
///
/// This form is for systems that are not `Sendable`; it uses one core.
///
/// - Parameters:
///   - limits: how far to go; without any, until every state has been seen.
///   - watch: is told after each round how far the search is; false ends it.
///   - checkpoints: when to write down how far the search is, and where to go on.
///   - spill: how much memory it may take, and where the rest goes.
package func explore<System: TransitionSystem>(
  _ system: System, limits: SearchLimits = SearchLimits(),
  watch: (SearchProgress) -> Bool = { _ in true }, checkpoints: Checkpoints? = nil,
  spill: Spill? = nil
) -> ModelReport {
  explore(system, limits, watch, checkpoints, spill) { count, system, body in
    for index in 0..<count { body(index, system) }
  }
}

/// Tries every state that a system can reach, breadth first, so that each counterexample is a
/// shortest one; on all cores. Counts, verdicts and traces are those of a search on one.
///
/// - Parameters:
///   - limits: how far to go; without any, until every state has been seen.
///   - watch: is told after each round how far the search is; false ends it.
///   - checkpoints: when to write down how far the search is, and where to go on.
///   - spill: how much memory it may take, and where the rest goes.
package func explore<System: TransitionSystem & Sendable>(
  _ system: System, limits: SearchLimits = SearchLimits(),
  watch: (SearchProgress) -> Bool = { _ in true }, checkpoints: Checkpoints? = nil,
  spill: Spill? = nil
) -> ModelReport {
  explore(system, limits, watch, checkpoints, spill) { count, system, body in
    onAllCores(count) { body($0, system) }
  }
}

private func explore<System: TransitionSystem>(
  _ system: System, _ limits: SearchLimits, _ watch: (SearchProgress) -> Bool,
  _ checkpoints: Checkpoints?, _ spill: Spill?, spread: @escaping Search<System>.Spread
) -> ModelReport {
  if let refusal = refusal(of: system) { return ModelReport(refusal: refusal) }
  if let spill {
    if let refusal = spillRefusal(of: system, checkpoints) { return ModelReport(refusal: refusal) }
    var search = SpilledSearch(system, limits: limits, spill: spill, spread: spread)
    return search.run(watch)
  }
  var search = Search(system, limits: limits, spread: spread)
  guard let checkpoints else {
    search.run(watch)
    return search.report()
  }
  if search.graph != nil {
    return ModelReport(
      refusal: "claims on ways and ends keep every step, and checkpoints do not: check them"
        + " without checkpoints")
  }
  if let bytes = checkpoints.resume, !search.restore(from: bytes) {
    return ModelReport(refusal: "this is no checkpoint of this system")
  }
  var last = search.distinct
  search.run(watch) { search in
    if search.distinct - last < checkpoints.every { return }
    last = search.distinct
    checkpoints.write(search.checkpoint)
  }
  return search.report()
}

/// Why a system cannot be searched in any way; nil if it can.
func generalRefusal(of system: some TransitionSystem) -> String? {
  if let refusal = system.refusal { return refusal }
  var names: Set<String> = []
  let twice = system.properties.first { !names.insert($0.name).inserted }
  return twice.map {
    "two claims are called \"\($0.name)\", and a verdict is told by name: call them apart"
  }
}

/// Why claims and reduction do not go together; nil if they do.
private func refusal(of system: some TransitionSystem) -> String? {
  if let refusal = generalRefusal(of: system) { return refusal }
  let (claims, requirements) = (system.properties.count, system.fairness.count)
  if claims > 32 || requirements > 64 {
    return "there is room for 32 claims and 64 requirements of fairness, and here are \(claims) and"
      + " \(requirements): join some, or search twice"
  }
  for property in system.properties {
    switch system.reduction {
    case .none: continue
    case .symmetry where property.kind.isTemporal:
      return "\"\(property.name)\" speaks of whole ways, and symmetry mixes up who does what on a"
        + " way: check it without symmetry"
    case .partialOrder where property.kind.isTemporal || property.kind == .inTheEnd:
      return "\"\(property.name)\" speaks of ways, and partial-order reduction leaves ways out:"
        + " check it without"
    case .symmetry, .partialOrder: continue
    }
  }
  return nil
}

/// Why a system cannot be searched with little memory; nil if it can.
private func spillRefusal(
  of system: some TransitionSystem, _ checkpoints: Checkpoints?
) -> String? {
  if checkpoints != nil {
    return "a search that puts states on disk writes no checkpoints: take one of the two"
  }
  if system.reduction == .partialOrder {
    return "partial-order reduction asks at once whether a state is known, and a search that puts"
      + " states on disk tells later: take one of the two"
  }
  let claim = system.properties.first { $0.kind.isTemporal || $0.kind == .inTheEnd }
  return claim.map {
    "\"\($0.name)\" speaks of ways or ends, for which every step is kept in memory: check it"
      + " without a limit of memory"
  }
}

/// How far a search is.
package struct SearchProgress: Hashable, Sendable {
  /// Different states seen.
  package let distinct: Int
  /// States produced.
  package let generated: Int
  /// The level that is being expanded, from 1.
  package let depth: Int
  /// States that are known and not yet expanded.
  package let waiting: Int
}
