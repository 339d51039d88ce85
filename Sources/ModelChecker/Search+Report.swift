extension Search {
  /// The report on what was found.
  func report() -> ModelReport {
    var report = counts
    report.distinct = distinct
    report.bytesKept = bytesKept
    report.coverage = coverage
    report.isBySymmetry = system.reduction == .symmetry
    report.verdicts = properties.indices.map {
      PropertyVerdict(property: properties[$0].name, verdict: verdict($0))
    }
    if asymmetric >= 0 {
      report.refusal = asymmetryRefusal(properties[asymmetric].name)
    }
    return report
  }

  private func verdict(_ index: Int) -> PropertyVerdict.Verdict {
    if asymmetric >= 0 { return .unknown }
    let property = properties[index]
    if let (state, why) = decided[index] {
      return property.kind == .sometimes ? .holds : .violated(trace(to: state), why: why)
    }
    guard counts.isExhausted else { return .unknown }
    switch property.kind {
    case .always: return .holds
    case .sometimes:
      return .violated(trace(to: firstState), why: "it never happens, here or later")
    case .inTheEnd:
      guard let stuck = graph?.firstStateWithoutEnd() else { return .holds }
      return .violated(trace(to: stuck), why: "no end can be reached from here")
    case .eventually, .alwaysEventually, .eventuallyAlways, .leadsTo:
      guard let graph else { return .unknown }
      let liveness = Liveness(
        graph, strengths: system.fairness.map(\.strength), mayStop: system.mayStop, claim: index,
        kind: property.kind)
      guard let lasso = liveness.counterexample() else { return .holds }
      return .violated(trace(of: lasso), why: property.kind.failure)
    }
  }

  /// The first initial state's number.
  private var firstState: Int32 {
    guard let first = system.initialStates.first else { return -1 }
    let print = Fingerprint(of: system.representative(of: first))
    return number(of: print) ?? -1
  }

  /// The way to a state, taken again from the beginning.
  func trace(to number: Int32) -> Trace {
    guard number >= 0 else { return Trace(start: "there is no initial state", steps: []) }
    let path = path(to: number)
    return Trace(
      following: path.map(fingerprint), from: -1 - Int(predecessor(path[0])), in: system)
  }

  /// The way into a cycle and once around it.
  private func trace(of lasso: Lasso) -> Trace {
    let stem = path(to: lasso.stem[0]) + lasso.stem.dropFirst()
    let all = stem + lasso.cycle
    var trace = Trace(
      following: all.map(fingerprint), from: -1 - Int(predecessor(stem[0])), in: system)
    trace.returnsTo = stem.count - 1
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
  "the claim \"\(claim)\" tells apart what symmetry takes to be the same: rename the claim's"
    + " states, or search without symmetry"
}
