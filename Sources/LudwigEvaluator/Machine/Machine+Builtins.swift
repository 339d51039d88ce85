internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Machine {
  /// Begins a built-in function: its arguments are forced as far as it needs.
  mutating func startBuiltin(
    _ index: Int32?, _ arguments: [Ref], _ node: CoreID, _ site: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    guard let index else {
      guard case .builtin(let name, _) = program.core[node] else { throw EvaluationFailure(nil) }
      throw failure(
        "FG0307", "There is no built-in function '\(name)' of \(arguments.count) arguments",
        at: program.core.range(of: node),
        hint: "only the library's own sheets name built-in functions")
    }
    let levels = code.builtins[Int(index)].levels
    var pending: [(ref: Ref, levels: Int)] = []
    for (ref, level) in zip(arguments, levels).reversed() {
      guard let level else { continue }
      if level == 0, case .value = heap[ref] { continue }
      pending.append((ref: ref, levels: level))
    }
    return try advance(
      PendingBuiltin(
        builtin: index, arguments: arguments, pending: pending, levels: 0, node: node, site: site))
  }

  /// Goes on after an argument, or a part of one, of the topmost built-in function was forced.
  mutating func resumeBuiltin(
    with value: RuntimeValue
  ) throws(EvaluationFailure) -> Control {
    var pending = builtins.removeLast()
    if pending.levels > 0 {
      pending.pending += Self.parts(of: value).reversed().map { ($0, pending.levels - 1) }
    }
    return try advance(pending)
  }

  private mutating func advance(
    _ start: consuming PendingBuiltin
  ) throws(EvaluationFailure) -> Control {
    var pending = start
    while let (ref, levels) = pending.pending.popLast() {
      pending.levels = levels
      if case .value(let value) = heap[ref] {
        if levels > 0 {
          try takeStep()
          pending.pending += Self.parts(of: value).reversed().map { ($0, levels - 1) }
        }
        continue
      }
      builtins.append(pending)
      stack.append(.builtin)
      return .force(ref)
    }
    let call = BuiltinCall(
      arguments: pending.arguments, node: pending.node, site: pending.site)
    return try code.builtins[Int(pending.builtin)].run(&self, call)
  }

  private static func parts(of value: RuntimeValue) -> [Ref] {
    switch value {
    case .list(let elements): Array(elements)
    case .tuple(let parts): parts
    case .record(let record): record.values
    case .dictionary(let entries): entries.values
    case .some(let inner): [inner]
    case .pieces(let pieces):
      pieces.flatMap { piece -> [Ref] in
        if case .elements(let elements) = piece { Array(elements) } else { [] }
      }
    case .construct(let constructed):
      // Resources are equal when they are the same one, so nothing below them is needed.
      if constructed.identity == nil, let payload = constructed.payload { [payload] } else { [] }
    case .int, .float, .string, .bool, .closure, .external, .call, .none, .secret, .residual,
      .hole:
      []
    }
  }

  /// The value of a cell that was forced.
  func known(_ ref: Ref) throws(EvaluationFailure) -> RuntimeValue {
    if case .value(let value) = heap[ref] { return value }
    throw EvaluationFailure(nil)
  }
}
