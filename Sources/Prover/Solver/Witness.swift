import CertificateChecker
import PlanEffects
import Plans
import SMT

/// Asks Z3 the same questions as the box engine, from the facts alone.
struct Witness {
  /// How many flows one question is about at most.
  private static let flowsPerQuestion = 16

  /// The facts.
  let index: FactIndex
  /// The moments.
  let moments: Moments
  /// Where terms live.
  let home: SolverContext

  /// Whether none of some flows is open at any moment; nil where Z3 gives up.
  func areClosed(_ flows: [Flow]) -> Bool? {
    none(of: flows) { $0.crosses($1.start, index.stages(of: $1)) }
  }

  /// Whether a forbidden flow is safe: never more open than before the plan, and closed in the end;
  /// nil where Z3 gives up.
  func isSafe(_ flow: Flow) -> Bool? {
    let stages = index.stages(of: flow)
    let z3 = Solver(in: home)
    let any = FlowSlice(z3, index, moments, .anyMoment)
    z3.assert(any.crosses(flow.start, stages))
    any.order()
    guard let isEverOpen = isPossible(z3) else { return nil }
    if !isEverOpen { return true }
    guard let isOpenInTheEnd = isOpen(flow, stages, at: moments.end) else { return nil }
    if isOpenInTheEnd { return false }
    z3.assert(FlowSlice(z3, index, moments, .at(moments.start)).isKept(flow.start, stages))
    return isPossible(z3).map { !$0 }
  }

  private func isOpen(_ flow: Flow, _ stages: [Stage], at moment: StepSet) -> Bool? {
    let z3 = Solver(in: home)
    z3.assert(FlowSlice(z3, index, moments, .at(moment)).crosses(flow.start, stages))
    return isPossible(z3)
  }

  /// Whether packets of some regions are lost on their way through stations, at any moment; nil
  /// where Z3 gives up.
  func loses(_ start: [Region], _ stages: [Stage]) -> Bool? {
    if start.isEmpty { return true }
    return losesNone([(start, stages)]).map { !$0 }
  }

  /// Whether on none of some ways packets are lost, at any moment; nil where Z3 gives up.
  func losesNone(_ ways: [(start: [Region], stages: [Stage])]) -> Bool? {
    if ways.contains(where: \.start.isEmpty) { return false }
    return none(of: ways) { $0.isLost($1.start, $1.stages) }
  }

  /// Whether nothing of some is possible: one question for many, each with a packet of its own.
  private func none<Item>(
    of items: [Item], _ formula: (FlowSlice, Item) -> Solver.Term
  ) -> Bool? {
    for first in stride(from: 0, to: items.count, by: Self.flowsPerQuestion) {
      let z3 = Solver(in: home)
      let mentioned = FlowSlice.Mentioned()
      let part = items[first..<min(first + Self.flowsPerQuestion, items.count)]
      z3.assert(
        z3.any(
          part.enumerated().map { number, item in
            formula(
              FlowSlice(z3, index, moments, .anyMoment, number: number, mentioned), item)
          }))
      FlowSlice(z3, index, moments, .anyMoment, mentioned).order()
      guard let isPossible = isPossible(z3) else { return nil }
      if isPossible { return false }
    }
    return true
  }

  private func isPossible(_ z3: Solver) -> Bool? {
    switch z3.check() {
    case .satisfiable: true
    case .unsatisfiable: false
    case .unknown: nil
    }
  }
}
