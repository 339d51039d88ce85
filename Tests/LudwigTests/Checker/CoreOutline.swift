import LudwigTypes

/// The core as text: one expression a line of parentheses, for golden files.
struct CoreOutline {
  let program: CheckedProgram

  /// All values of the root, each on a line of its own.
  var text: String {
    (program.module(program.root)?.globals ?? []).compactMap { name in
      program.global(name).map { "\(name.name) = \(write($0.body))\n" }
    }.joined()
  }

  private func write(_ id: CoreID) -> String {
    switch program.core[id] {
    case .literal(let value): write(value)
    case .local(let depth, let slot): depth == 0 ? "%\(slot)" : "%\(slot)^\(depth)"
    case .global(let name), .external(let name): name.name
    case .lambda(let lambda):
      "(fun/\(lambda.arity) [\(lambda.frameSize)] \(write(lambda.body)))"
    case .apply(let function, let arguments): call("apply", [function] + arguments)
    case .letrec(let bindings, let body):
      "(let "
        + bindings.map { "%\($0.slot)=\(write($0.value))" }.joined(separator: " ")
        + " in \(write(body)))"
    case .record(let fields):
      "{" + fields.map { "\($0.name): \(write($0.value))" }.joined(separator: ", ") + "}"
    case .tuple(let parts): call("tuple", parts)
    case .list(let parts): "[" + parts.map(write).joined(separator: ", ") + "]"
    case .dictionary(let entries):
      "{" + entries.map { "\"\($0.key)\": \(write($0.value))" }.joined(separator: ", ") + "}"
    case .field(let base, let name): "\(write(base)).\(name)"
    case .payload(let base, let id): "\(write(base)).(\(program[id].name))"
    case .update(let base, let changes):
      "(\(write(base)) with "
        + changes.map { "\(path($0.path)): \(write($0.value))" }.joined(separator: ", ") + ")"
    case .construct(let id, let payload):
      payload.map { "(\(program[id].name) \(write($0)))" } ?? program[id].name
    case .none: "None"
    case .some(let value): "(Some \(write(value)))"
    case .match(let subject, let branches):
      "(case \(write(subject))"
        + branches.map { " | \(write($0.pattern)) -> \(write($0.body))" }.joined() + ")"
    case .condition(let condition, let then, let otherwise):
      call("if", [condition, then, otherwise])
    case .flatMap(let list, let function): call("flatMap", [list, function])
    case .primitive(let primitive, let operands): call(primitive.rawValue, operands)
    case .builtin(let name, let arguments): call("builtin \"\(name)\"", arguments)
    case .error(let message): call("error", [message])
    case .sequence(let first, let second): call("sequence", [first, second])
    case .invalid: "INVALID"
    }
  }

  private func call(_ name: String, _ parts: [CoreID]) -> String {
    "(" + ([name] + parts.map(write)).joined(separator: " ") + ")"
  }

  private func path(_ steps: [CoreChange.Step]) -> String {
    steps.map { step in
      switch step {
      case .field(let name): name
      case .payload(let id): "(\(program[id].name))"
      }
    }.joined(separator: ".")
  }

  private func write(_ literal: CoreLiteral) -> String {
    switch literal {
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .bool(let value): value ? "True" : "False"
    }
  }

  private func write(_ pattern: CorePattern) -> String {
    switch pattern {
    case .wildcard: "_"
    case .bind(let slot): "%\(slot)"
    case .literal(let value): write(value)
    case .tuple(let parts): "(" + parts.map(write).joined(separator: ", ") + ")"
    case .list(let parts): "[" + parts.map(write).joined(separator: ", ") + "]"
    case .record(let fields):
      "{" + fields.map { "\($0.name): \(write($0.pattern))" }.joined(separator: ", ") + "}"
    case .construct(let id, let inner):
      program[id].name + (inner.map { " \(write($0))" } ?? "")
    case .none: "None"
    case .some(let inner): "Some \(write(inner))"
    }
  }
}
