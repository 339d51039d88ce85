package import CloudModel
package import Plans

/// What planning comes to.
package enum Planning: Hashable, Sendable {
  /// A plan; without steps where nothing is to be done.
  case plan(Plan)
  /// It cannot be planned; at least one problem, in an order that does not vary.
  case problems([PlanningProblem])
}

/// Why there is no plan.
package enum PlanningProblem: Hashable, Sendable {
  /// A resource is not there, and its planner has no call that would make it.
  case missingPlanner(ResourceAddress, type: String)
  /// A call of one resource needs an output that nothing will yield.
  case unresolvedHole(ResourceAddress, operation: String, needs: ResourceAddress, output: String)
  /// A call holds something that is not known at that point, for instance the observed item in a
  /// call that creates it.
  case openVariable(ResourceAddress, operation: String, Variable)
  /// Steps wait for each other in a circle; each in words, the first once.
  case cycle([String])

  /// The problem in a sentence.
  package var message: String {
    switch self {
    case .missingPlanner(let address, let type):
      "\(address.text) is not there, and the planner of \(type) has no call that creates it."
    case .unresolvedHole(let address, let operation, let needs, let output):
      "\(operation) of \(address.text) needs \(needs.text).\(output), which nothing yields."
    case .openVariable(let address, let operation, let variable):
      "\(operation) of \(address.text) uses `\(variable)`, which is not known at that point."
    case .cycle(let steps):
      "These steps wait for each other: \(steps.joined(separator: " → ")) → the first."
    }
  }
}
