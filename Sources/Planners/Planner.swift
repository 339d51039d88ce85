package import Canon
package import CloudModel
internal import PlanEffects
internal import Plans

/// The engine that interprets lifecycles: it turns the difference between what is declared and
/// what is there into a plan. It knows no resource type by name, and it is a pure function.
package enum Planner {
  /// Makes a plan.
  ///
  /// - Parameters:
  ///   - blueprint: What is declared; without resources to delete everything of `previous`.
  ///   - previous: What was declared before and may still be there; nil for nothing.
  ///   - inventory: What is there, from a `Survey` of `Survey.subjects`. Of several items of one
  ///     address the first is kept, the others are removed.
  ///   - process: The process's name.
  /// - Returns: A plan whose steps are in an order that its edges allow and that does not depend
  ///   on the order of the input, or all problems.
  package static func plan(
    blueprint: Blueprint, previous: Blueprint?, inventory: Inventory, process: String
  ) -> Planning {
    let situation = Situation(
      blueprint: blueprint, previous: previous, inventory: inventory, process: process)
    var draft = Draft(situation: situation)
    draft.addChanges()
    draft.addRemovals()
    draft.addReadinessEdges()
    draft.addHoleEdges()
    guard draft.problems.isEmpty else { return .problems(draft.problems) }
    switch PlanOrder.order(draft) {
    case .cycle(let steps): return .problems([.cycle(steps)])
    case .ordered(let steps, let edges):
      let plan = Plan(
        composition: blueprint.composition, process: process,
        baseline: inventory.account.proofDigest, steps: steps, edges: edges,
        known: situation.known)
      return .plan(plan.ordered(whereNeededOn: inventory.account))
    }
  }

  /// Looks for resources by calls that are answered at once; for worlds that need not wait, and
  /// for tests.
  /// - Parameters:
  ///   - resources: Whom to look for.
  ///   - process: The process's name.
  ///   - ask: Makes a call.
  /// - Returns: What is there; the error of the first read that the planner does not explain.
  package static func observe(
    _ resources: [DeclaredResource], process: String, ask: (Call) -> Reply
  ) -> Result<SortedMap<ResourceAddress, [ObservedItem]>, CallError> {
    var survey = Survey(of: resources, process: process)
    var next = 0
    while let read = survey.read(next) {
      if let error = survey.answer(next, with: ask(read.call)) { return .failure(error) }
      next += 1
    }
    return .success(survey.items)
  }
}
