import CertificateChecker
import PlanEffects
import Plans
import SMT

/// Asks Z3 the same questions as the box engine, from the facts alone.
struct Witness {
  /// The facts.
  let index: FactIndex
  /// The moments.
  let moments: Moments

  /// Whether a forbidden flow is safe: never more open than before the plan, and closed in the end;
  /// nil where Z3 gives up.
  func isSafe(_ flow: Flow) -> Bool? {
    let stages = index.stages(of: flow)
    let z3 = Solver()
    let any = FlowSlice(z3, index, moments, .anyMoment)
    z3.assert(any.isIn(flow.start))
    z3.assert(any.passes(stages))
    any.order()
    guard let isEverOpen = isPossible(z3) else { return nil }
    if !isEverOpen { return true }
    guard let isOpenInTheEnd = isOpen(flow, stages, at: moments.end) else { return nil }
    if isOpenInTheEnd { return false }
    let start = FlowSlice(z3, index, moments, .at(moments.start))
    z3.assert(z3.not(z3.all([start.isIn(flow.start), start.passes(stages)])))
    return isPossible(z3).map { !$0 }
  }

  private func isOpen(_ flow: Flow, _ stages: [Stage], at moment: StepSet) -> Bool? {
    let z3 = Solver()
    let slice = FlowSlice(z3, index, moments, .at(moment))
    z3.assert(z3.all([slice.isIn(flow.start), slice.passes(stages)]))
    return isPossible(z3)
  }

  /// Whether packets of some regions are lost on their way through stations, at any moment; nil
  /// where Z3 gives up.
  func loses(_ start: [Region], _ stages: [Stage]) -> Bool? {
    if start.isEmpty { return true }
    let z3 = Solver()
    let slice = FlowSlice(z3, index, moments, .anyMoment)
    z3.assert(slice.isIn(start))
    z3.assert(z3.not(slice.passes(stages)))
    slice.order()
    return isPossible(z3)
  }

  private func isPossible(_ z3: Solver) -> Bool? {
    switch z3.check() {
    case .satisfiable: true
    case .unsatisfiable: false
    case .unknown: nil
    }
  }
}
