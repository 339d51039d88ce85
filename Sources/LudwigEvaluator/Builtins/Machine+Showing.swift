internal import Canon
internal import CloudModel
internal import LudwigTypes

/// Values as people write them, for traces. A resource is its type's name, a secret its own name.
extension Machine {
  /// A value all parts of which are forced, as Ludwig writes it; long ones are cut short.
  func shown(_ ref: Ref) throws(EvaluationFailure) -> String {
    var out = ""
    try show(ref, into: &out, 0)
    return out
  }

  /// What a trace prints of a value: a text as it is, anything else as Ludwig writes it.
  func line(of ref: Ref, _ call: BuiltinCall) throws(EvaluationFailure) -> String {
    if case .string(let text) = try known(ref) { return text }
    return try shown(ref)
  }

  private func show(
    _ ref: Ref, into out: inout String, _ depth: Int
  ) throws(EvaluationFailure) {
    guard depth < limits.nesting, out.utf8.count < 100_000 else {
      out += "…"
      return
    }
    let value = try known(ref)
    if let place = Hole.place(in: value) { throw EvaluationFailure(reading: place) }
    switch value {
    case .int(let number): out += "\(number)"
    case .float(let number): out += "\(number)"
    case .string(let text): out += Self.quoted(text)
    case .bool(let truth): out += truth ? "True" : "False"
    case .none: out += "None"
    case .some(let inner):
      out += "Optional "
      try show(inner, into: &out, depth + 1)
    case .list(let parts): try show(parts, "[", "]", into: &out, depth)
    case .tuple(let parts): try show(parts[...], "(", ")", into: &out, depth)
    case .record(let record): try show(record.fields, into: &out, depth) { $0 }
    case .dictionary(let entries): try show(entries, into: &out, depth) { Self.quoted($0) }
    case .construct(let value):
      out += program[value.constructor].name
      if value.identity == nil, let payload = value.payload {
        out += " "
        try show(payload, into: &out, depth + 1)
      }
    case .closure(let lambda, _): out += "fun \(code.lambdas[Int(lambda.index)].name)"
    case .external(let name): out += "fun \(name.name)"
    case .call(let name, _): out += "\(name.name) …"
    case .secret(let commitment): out += "(secret \(commitment.name))"
    case .residual, .pieces, .hole: out += "(known later)"
    }
  }

  private func show(
    _ parts: ArraySlice<Ref>, _ open: String, _ close: String, into out: inout String,
    _ depth: Int
  ) throws(EvaluationFailure) {
    out += open
    for (index, part) in parts.enumerated() {
      if index > 0 { out += ", " }
      try show(part, into: &out, depth + 1)
    }
    out += close
  }

  private func show(
    _ fields: SortedMap<String, Ref>, into out: inout String, _ depth: Int,
    _ name: (String) -> String
  ) throws(EvaluationFailure) {
    out += "{"
    for (index, field) in fields.keys.enumerated() {
      out += (index > 0 ? ", " : "") + name(field) + ": "
      try show(fields.values[index], into: &out, depth + 1)
    }
    out += "}"
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
