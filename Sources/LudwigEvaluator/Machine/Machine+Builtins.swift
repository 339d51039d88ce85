internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Machine {
  /// Begins a built-in function: its arguments are forced as far as it needs.
  mutating func startBuiltin(
    _ name: String, _ arguments: [Ref], _ node: CoreID, _ site: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    guard let builtin = Builtin.table[name], builtin.levels.count == arguments.count else {
      throw failure(
        "FG0307", "There is no built-in function '\(name)' of \(arguments.count) arguments",
        at: program.core.range(of: node),
        hint: "only the library's own sheets name built-in functions")
    }
    let pending = PendingBuiltin(
      name: name, arguments: arguments, base: pendingParts.count, levels: 0, node: node, site: site)
    for (ref, levels) in zip(arguments, builtin.levels).reversed() {
      if let levels { pendingParts.append((ref: ref, levels: levels)) }
    }
    return try advance(pending)
  }

  /// Goes on after an argument, or a part of one, was forced.
  mutating func resumeBuiltin(
    _ pending: PendingBuiltin, with value: RuntimeValue
  ) throws(EvaluationFailure) -> Control {
    addParts(of: value, pending.levels)
    return try advance(pending)
  }

  private mutating func addParts(of value: RuntimeValue, _ levels: Int) {
    guard levels > 0 else { return }
    for part in Self.parts(of: value).reversed() {
      pendingParts.append((ref: part, levels: levels - 1))
    }
  }

  private mutating func advance(
    _ pending: PendingBuiltin
  ) throws(EvaluationFailure) -> Control {
    var pending = pending
    while pendingParts.count > pending.base, let (ref, levels) = pendingParts.popLast() {
      pending.levels = levels
      if case .value(let value) = heap[ref] {
        try takeStep()
        addParts(of: value, levels)
        continue
      }
      stack.append(.builtin(pending))
      return .force(ref)
    }
    guard let builtin = Builtin.table[pending.name] else { throw EvaluationFailure(nil) }
    let call = BuiltinCall(
      arguments: pending.arguments, node: pending.node, site: pending.site)
    return try builtin.run(&self, call)
  }

  private static func parts(of value: RuntimeValue) -> [Ref] {
    switch value {
    case .list(let elements): Array(elements)
    case .tuple(let parts): parts
    case .record(let record): record.fields.values
    case .dictionary(let entries): entries.values
    case .some(let inner): [inner]
    case .pieces(let pieces):
      pieces.flatMap { piece -> [Ref] in
        if case .elements(let elements) = piece { Array(elements) } else { [] }
      }
    case .construct(let constructed):
      // Resources are equal when they are the same one, so nothing below them is needed.
      if constructed.identity == nil, let payload = constructed.payload { [payload] } else { [] }
    case .int, .float, .string, .bool, .closure, .external, .call, .none, .secret, .residual: []
    }
  }

  /// The value of a cell that was forced.
  func known(_ ref: Ref) throws(EvaluationFailure) -> RuntimeValue {
    if case .value(let value) = heap[ref] { return value }
    throw EvaluationFailure(nil)
  }
}
