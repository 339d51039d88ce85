extension Search {
  /// The report on what was found.
  func report() -> ModelReport {
    var report = counts
    report.distinct = distinct
    report.bytesKept = bytesKept
    report.coverage = coverage
    report.isBySymmetry = system.reduction == .symmetry
    let verdicts = properties.indices.map { verdict($0) }
    if verdicts.contains(nil) { report.refusal = fickleness }
    report.verdicts = zip(properties, verdicts).map {
      PropertyVerdict(property: $0.name, verdict: $1 ?? .unknown)
    }
    report.idleFairness = idleFairness
    if distinct == 0 { report.refusal = nothingToSearch }
    if asymmetric >= 0 {
      report.refusal = asymmetryRefusal(properties[asymmetric].name)
    }
    return report
  }

  /// What is asked for by fairness and never is possible, where all that is possible was seen.
  private var idleFairness: [String] {
    guard counts.isExhausted, let graph, properties.contains(where: \.kind.isTemporal) else {
      return []
    }
    let ever = graph.enabled.reduce(0, |)
    let fairness = system.fairness
    return fairness.indices.filter { ever >> UInt64($0) & 1 == 0 }.map { index in
      let name = fairness[index].name
      return "the \(fairness[index].strength.rawValue) fairness of "
        + (name.isEmpty ? "`fairness[\(index)]`" : "\"\(name)\"")
    }
  }

  /// What became of a claim; nil if the way that refutes it cannot be taken a second time.
  private func verdict(_ index: Int) -> PropertyVerdict.Verdict? {
    if asymmetric >= 0 { return .unknown }
    let property = properties[index]
    if let (state, why) = decided[index] {
      return property.kind == .sometimes ? .holds : refuted(by: trace(to: state), why)
    }
    guard counts.isExhausted else { return .unknown }
    switch property.kind {
    case .always: return .holds
    case .sometimes:
      return refuted(by: trace(to: firstState), "it never happens, here or later")
    case .inTheEnd:
      guard let stuck = graph?.firstStateWithoutEnd() else { return .holds }
      return refuted(by: trace(to: stuck), "no end can be reached from here")
    case .eventually, .alwaysEventually, .eventuallyAlways, .leadsTo:
      guard let graph else { return .unknown }
      let liveness = Liveness(
        graph, strengths: system.fairness.map(\.strength), mayStop: system.mayStop, claim: index,
        kind: property.kind)
      guard let lasso = liveness.counterexample() else { return .holds }
      let doubt = lasso.isShortest ? "" : "; there may be a shorter one"
      return refuted(by: trace(of: lasso), property.kind.failure + doubt)
    }
  }

  private func refuted(by trace: Trace?, _ why: String) -> PropertyVerdict.Verdict? {
    trace.map { .violated($0, why: why) }
  }

  /// The first initial state's number.
  private var firstState: Int32 {
    guard let first = system.initialStates.first else { return -1 }
    let print = Fingerprint(of: system.representative(of: first))
    return number(of: print) ?? -1
  }

  /// The way to a state, taken again from the beginning; nil if the system answers otherwise now.
  func trace(to number: Int32) -> Trace? {
    guard number >= 0 else { return Trace(start: "there is no initial state", steps: []) }
    let path = path(to: number)
    return Trace(
      following: path.map(fingerprint), from: -1 - Int(predecessor(path[0])), in: system)
  }

  /// The way into a cycle and once around it.
  private func trace(of lasso: Lasso) -> Trace? {
    let stem = path(to: lasso.stem[0]) + lasso.stem.dropFirst()
    let all = stem + lasso.cycle
    var trace = Trace(
      following: all.map(fingerprint), from: -1 - Int(predecessor(stem[0])), in: system)
    trace?.returnsTo = stem.count - 1
    return trace
  }

  private func path(to number: Int32) -> [Int32] {
    var path: [Int32] = []
    var at = number
    while at >= 0 {
      path.append(at)
      at = predecessor(at)
    }
    return path.reversed()
  }
}

extension Property.Kind {
  /// What a lasso shows of a claim on whole ways.
  fileprivate var failure: String {
    switch self {
    case .always, .sometimes, .inTheEnd: "it does not hold"
    case .eventually: "it never happens on this way"
    case .alwaysEventually: "from some moment on it never happens again on this way"
    case .eventuallyAlways: "on this way it fails again and again"
    case .leadsTo: "what should follow never does on this way"
    }
  }
}

/// What is said of a claim that does not bear symmetry.
func asymmetryRefusal(_ claim: String) -> String {
  "the claim \"\(claim)\" tells apart what symmetry takes to be the same: it asks for something by"
    + " name, or `renamed` leaves a name out or turns names round; `breach()` tells which state"
    + " shows it"
}

/// What is said of a system that gives other answers the second time.
let fickleness =
  "the way to a state could not be taken a second time: the system is not deterministic (chance, a"
  + " clock, an unsorted set), or `encode` leaves out what `next` looks at"

/// What is said of a search of nothing.
let nothingToSearch = "there is no initial state in scope, so nothing was searched"
