internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Machine {
  /// A value as a call carries it: fields under AWS's member names, `None` left out, an Optional
  /// unwrapped. Resources and functions are no data; their outputs are.
  mutating func awsData(_ ref: Ref) throws(EvaluationFailure) -> Value {
    try awsData(ref, depth: 0, within: nil)
  }

  private mutating func awsData(
    _ ref: Ref, depth: Int, within outer: SourceRange?
  ) throws(EvaluationFailure) -> Value {
    guard depth < limits.nesting else { throw tooLong() }
    if depth == 0 { parts = 0 }
    parts += 1
    try takeStep()
    guard parts <= limits.cells / 2 else { throw tooLarge("value") }
    let value = try force(ref)
    switch value {
    case .int(let number): return .int(number)
    case .float(let number): return .string("\(number)")
    case .string(let text): return .string(text)
    case .bool(let truth): return .bool(truth)
    case .none: return .null
    case .secret(let commitment): return .secret(commitment)
    case .residual(let residual): return .residual(residual)
    case .hole(let hole): return .residual(hole.residual)
    case .some(let inner): return try awsData(inner, depth: depth + 1, within: outer)
    case .list(let elements): return .list(try awsData(elements, depth, outer))
    case .tuple(let parts): return .list(try awsData(parts[...], depth, outer))
    case .pieces(let pieces):
      var out: [Value] = []
      for piece in pieces {
        switch piece {
        case .elements(let elements): out += try awsData(elements, depth, outer)
        case .residual(let residual): out.append(.residual(residual))
        }
      }
      return .list(out)
    case .record(let record):
      var out = SortedMap<String, Value>()
      out.reserveCapacity(record.values.count)
      for (name, field) in zip(record.shape.names, record.values) {
        let data = try awsData(field, depth: depth + 1, within: record.site ?? outer)
        if !data.isNull { out[AWSName.member(name)] = data }
      }
      return .record(out)
    case .dictionary(let entries):
      var out = SortedMap<String, Value>()
      for (key, entry) in entries {
        out[key] = try awsData(entry, depth: depth + 1, within: outer)
      }
      return .record(out)
    case .construct(let constructed):
      throw failure(
        "FG0309", "A '\(program[constructed.constructor].name)' cannot stand in an API call",
        at: constructed.site ?? outer, "this is no text, number, list or record",
        hint: "name one of its outputs or fields instead")
    case .closure, .external, .call:
      throw failure("FG0309", "A function cannot stand in an API call", at: outer)
    }
  }

  private mutating func awsData(
    _ elements: ArraySlice<Ref>, _ depth: Int, _ outer: SourceRange?
  ) throws(EvaluationFailure) -> [Value] {
    var out: [Value] = []
    for element in elements { out.append(try awsData(element, depth: depth + 1, within: outer)) }
    return out
  }
}
