import Canon
import CloudModel
import LudwigEvaluator
import Plans

extension SourceGraph {
  /// The graph as docs/graph.md describes it.
  func json(_ path: String) -> JSON {
    .object([
      JSON.Member("format", .string("fugue.graph/1")),
      JSON.Member("level", .string("source")),
      JSON.Member("file", .string(path)),
      JSON.Member("kind", .string(isComposition ? "composition" : "library")),
      JSON.Member("resources", .array(resources.map(\.json))),
      JSON.Member(
        "values",
        .array(
          values.map { value in
            .object([
              JSON.Member("name", .string(value.name)), JSON.Member("type", .string(value.type)),
              JSON.Member("value", value.value.json),
            ])
          })),
      JSON.Member(
        "functions",
        .array(
          functions.map { function in
            .object([
              JSON.Member("name", .string(function.name)),
              JSON.Member("type", .string(function.type)),
            ])
          })),
      JSON.Member("invariants", .array(invariants.map(\.summary))),
    ])
  }
}

extension SourceResource {
  fileprivate var json: JSON {
    .object([
      JSON.Member("address", .string(address.text)),
      JSON.Member("type", .string(type)),
      JSON.Member("origin", origin.json),
      JSON.Member("fields", fields.json),
      JSON.Member("references", .array(references.map { .string($0.text) })),
      JSON.Member("ignored", .array(ignored.map(\.json))),
    ])
  }
}

extension Ignored {
  fileprivate var json: JSON {
    switch self {
    case .field(let name): .object([JSON.Member("field", .string(name))])
    case .tags(let prefix): .object([JSON.Member("tagPrefix", .string(prefix))])
    case .rules(let owner): .object([JSON.Member("rulesOwnedBy", .string(owner))])
    }
  }
}

extension Invariant {
  fileprivate var summary: JSON {
    .object([JSON.Member("title", .string(title)), JSON.Member("origin", origin.json)])
  }
}

extension Draft {
  /// What the planners make of the blueprint, as docs/graph.md describes it: per resource the
  /// calls of the plan from an empty account.
  func graph(_ path: String) -> JSON {
    let waits = plan.predecessors
    var calls: [ResourceAddress: [JSON]] = [:]
    for index in plan.steps.indices {
      let call = json(of: plan.steps[index], number: index + 1, after: waits[index])
      calls[plan.steps[index].address, default: []].append(call)
    }
    let resources = blueprint.resources.map { resource in
      JSON.object([
        JSON.Member("address", .string(resource.address.text)),
        JSON.Member("type", .string(resource.type)),
        JSON.Member("origin", resource.origin.json),
        JSON.Member("dependsOn", .array(resource.dependencies.map { .string($0.text) })),
        JSON.Member("calls", .array(calls[resource.address] ?? [])),
      ])
    }
    return .object([
      JSON.Member("format", .string("fugue.graph/1")),
      JSON.Member("level", .string("aws")),
      JSON.Member("file", .string(path)),
      JSON.Member("kind", .string("composition")),
      JSON.Member("region", .string(blueprint.region)),
      JSON.Member("resources", .array(resources)),
      JSON.Member("invariants", .array(blueprint.invariants.map(\.summary))),
    ])
  }

  private func json(of step: Step, number: Int, after: [PlanEdge]) -> JSON {
    .object([
      JSON.Member("step", .integer(number)),
      JSON.Member("part", .string(step.part)),
      JSON.Member("service", .string(step.call.service)),
      JSON.Member("operation", .string(step.call.operation)),
      JSON.Member("parameters", step.call.parameters.json),
      JSON.Member("yields", .array(step.yields.keys.map { .string($0) })),
      JSON.Member("after", .array(after.map { .integer($0.from.index + 1) })),
    ])
  }
}
