package import Canon
internal import CloudModel

extension Plan {
  /// The plan as JSON, format `fugue.plan/1`: steps are numbered from 1, `after` lists what a step
  /// waits for.
  package var json: JSON {
    let waits = predecessors
    return .object([
      JSON.Member("format", .string("fugue.plan/1")),
      JSON.Member("digest", .string(digest.hex)),
      JSON.Member("composition", .string(composition.hex)),
      JSON.Member("process", .string(process)),
      JSON.Member("baseline", .string(baseline.hex)),
      JSON.Member(
        "steps", .array(steps.indices.map { json(ofStep: $0, after: waits[$0]) })),
    ])
  }

  private func json(ofStep index: Int, after: [PlanEdge]) -> JSON {
    let step = steps[index]
    return .object([
      JSON.Member("step", .integer(index + 1)),
      JSON.Member("address", .string(step.address.text)),
      JSON.Member("type", .string(step.type)),
      JSON.Member("verb", .string(step.verb.rawValue)),
      JSON.Member("part", .string(step.part)),
      JSON.Member("service", .string(step.call.service)),
      JSON.Member("operation", .string(step.call.operation)),
      JSON.Member("parameters", step.call.parameters.json),
      JSON.Member("yields", .array(step.yields.keys.map { .string($0) })),
      JSON.Member(
        "after",
        .array(
          after.map { edge in
            .object([
              JSON.Member("step", .integer(edge.from.index + 1)),
              JSON.Member(
                "until", .string(edge.kind == .afterSettled ? "settled" : "acknowledged")),
            ])
          })),
    ])
  }

  /// For each step the edges that lead to it, in order of the earlier step.
  package var predecessors: [[PlanEdge]] {
    var out: [[PlanEdge]] = Array(repeating: [], count: steps.count)
    for edge in edges.sorted() where out.indices.contains(edge.to.index) {
      out[edge.to.index].append(edge)
    }
    return out
  }
}
