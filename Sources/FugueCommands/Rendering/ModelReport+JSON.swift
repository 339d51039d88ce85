import Canon
import ModelChecker

extension ModelReport {
  /// The members of a report as JSON: counts, what became of each claim, and traces.
  var jsonMembers: [JSON.Member] {
    [
      JSON.Member("isExhausted", .bool(isExhausted)), JSON.Member("distinct", .integer(distinct)),
      JSON.Member("generated", .integer(generated)), JSON.Member("depth", .integer(depth)),
      JSON.Member("terminal", .integer(terminal)),
      JSON.Member("claims", .array(verdicts.map(\.json))),
      JSON.Member("neverTaken", .array(neverTaken.map { .string($0) })),
      JSON.Member("idleFairness", .array(idleFairness.map { .string($0) })),
    ] + (stop.map { [JSON.Member("stop", .string("\($0)"))] } ?? [])
      + (refusal.map { [JSON.Member("refusal", .string($0))] } ?? [])
  }
}

extension PropertyVerdict {
  fileprivate var json: JSON {
    var members = [JSON.Member("claim", .string(property))]
    switch verdict {
    case .holds: members.append(JSON.Member("verdict", .string("holds")))
    case .unknown: members.append(JSON.Member("verdict", .string("unknown")))
    case .violated(let trace, let why):
      members += [
        JSON.Member("verdict", .string("violated")), JSON.Member("why", .string(why)),
        JSON.Member("trace", trace.json),
      ]
    }
    return .object(members)
  }
}

extension Trace {
  /// The trace as JSON; `returnsTo` is there where it goes on for ever.
  fileprivate var json: JSON {
    let steps = steps.map {
      JSON.object([
        JSON.Member("action", .string($0.action)), JSON.Member("state", .string($0.state)),
      ])
    }
    return .object(
      [
        JSON.Member("code", .string(code)), JSON.Member("start", .string(start)),
        JSON.Member("steps", .array(steps)),
      ] + (returnsTo.map { [JSON.Member("returnsTo", .integer($0))] } ?? []))
  }
}
