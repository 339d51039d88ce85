internal import Canon
internal import CloudModel
internal import LudwigTypes
internal import Text

extension Machine {
  /// A value as data for tools and people: a constructor is a record whose field `$` is the
  /// constructor's name (its payload's fields beside it, or under `value`), an Optional is
  /// unwrapped, a resource is its address, or a whole record at the top.
  mutating func plainData(
    _ ref: Ref, isTop: Bool = false, depth: Int = 0
  ) throws(EvaluationFailure) -> Value {
    guard depth < limits.nesting else { throw tooLong() }
    if depth == 0 { parts = 0 }
    parts += 1
    try takeStep()
    guard parts <= limits.cells / 2 else { throw tooLarge("value") }
    switch try force(ref) {
    case .int(let number): return .int(number)
    case .float(let number): return .string("\(number)")
    case .string(let text): return .string(text)
    case .bool(let truth): return .bool(truth)
    case .none: return .null
    case .secret(let commitment): return .secret(commitment)
    case .residual(let residual): return .residual(residual)
    case .hole(let hole): return .residual(hole.residual)
    case .some(let inner): return try plainData(inner, depth: depth + 1)
    case .list(let elements): return .list(try plainData(elements, depth))
    case .tuple(let parts): return .list(try plainData(parts[...], depth))
    case .pieces(let pieces):
      var out: [Value] = []
      for piece in pieces {
        switch piece {
        case .elements(let elements): out += try plainData(elements, depth)
        case .residual(let residual): out.append(.residual(residual))
        }
      }
      return .list(out)
    case .record(let record): return .record(try plainData(record.fields, depth))
    case .dictionary(let entries): return .record(try plainData(entries, depth))
    case .construct(let constructed):
      return try plainData(constructed, isTop: isTop, depth)
    case .closure(let lambda, _):
      return ["$": "function", "name": .string(code.lambdas[Int(lambda.index)].name)]
    case .external(let name): return ["$": "function", "name": .string(name.name)]
    case .call(let name, let input):
      return [
        "$": "Call", "operation": .string(name.description),
        "parameters": try plainData(input, depth: depth + 1),
      ]
    }
  }

  private mutating func plainData(
    _ constructed: ConstructedValue, isTop: Bool, _ depth: Int
  ) throws(EvaluationFailure) -> Value {
    if let identity = constructed.identity, !isTop {
      if let address = addresses[identity] { return .string(address.text) }
      return .string(Self.placeholder(identity).text)
    }
    let name = Value.string(program[constructed.constructor].name)
    guard let payload = constructed.payload else { return .record(["$": name]) }
    guard case .record(var fields) = try plainData(payload, depth: depth + 1) else {
      return .record(["$": name, "value": try plainData(payload, depth: depth + 1)])
    }
    if constructed.identity != nil {
      for output in program[constructed.constructor].outputs { fields[output] = nil }
    }
    fields["$"] = name
    return .record(fields)
  }

  private mutating func plainData(
    _ elements: ArraySlice<Ref>, _ depth: Int
  ) throws(EvaluationFailure) -> [Value] {
    var out: [Value] = []
    out.reserveCapacity(elements.count)
    for element in elements { out.append(try plainData(element, depth: depth + 1)) }
    return out
  }

  private mutating func plainData(
    _ fields: SortedMap<String, Ref>, _ depth: Int
  ) throws(EvaluationFailure) -> SortedMap<String, Value> {
    var out = SortedMap<String, Value>()
    out.reserveCapacity(fields.count)
    for (name, field) in fields {
      let data = try plainData(field, depth: depth + 1)
      if !data.isNull { out[name] = data }
    }
    return out
  }
}

extension Value {
  /// Whether it is null.
  var isNull: Bool { if case .null = self { true } else { false } }
}
