import LudwigTypes

/// What holds of every program that was checked without errors: each local names a slot of a frame
/// that is there, nothing is left unfilled, and calls, constructors and globals are known.
struct CoreInvariants {
  let program: CheckedProgram
  private(set) var problems: [String] = []

  /// Walks all globals of all modules.
  init(of program: CheckedProgram) {
    self.program = program
    for name in program.moduleNames.flatMap({ program.module($0)?.globals ?? [] }) {
      guard let global = program.global(name) else {
        problems.append("\(name) has no value")
        continue
      }
      walk(global.body, [global.frameSize], name)
    }
  }

  private mutating func walk(_ root: CoreID, _ frames: [Int], _ name: GlobalName) {
    var stack: [(CoreID, [Int])] = [(root, frames)]
    while let (id, frames) = stack.popLast() {
      var inner = frames
      switch program.core[id] {
      case .invalid: problems.append("\(name) holds something invalid")
      case .local(let depth, let slot):
        if depth >= frames.count || slot >= frames[frames.count - 1 - depth] {
          problems.append("\(name): no slot \(slot) at \(depth)")
        }
      case .global(let target):
        if program.global(target) == nil { problems.append("\(name): no \(target)") }
      case .lambda(let lambda):
        if lambda.frameSize < lambda.arity { problems.append("\(name): a frame is too small") }
        inner.append(lambda.frameSize)
      case .construct(let constructor, let payload):
        if program[constructor].hasPayload != (payload != nil) {
          problems.append("\(name): \(program[constructor].name) is built wrongly")
        }
      case .letrec(let bindings, _):
        if bindings.contains(where: { $0.slot >= frames[frames.count - 1] }) {
          problems.append("\(name): a binding has no slot")
        }
      case .literal, .external, .apply, .record, .tuple, .list, .dictionary, .field, .payload,
        .update, .none, .some, .match, .condition, .flatMap, .primitive, .builtin, .error,
        .sequence:
        break
      }
      stack += children(of: id).map { ($0, inner) }
    }
  }

  private func children(of id: CoreID) -> [CoreID] {
    switch program.core[id] {
    case .literal, .local, .global, .external, .none, .invalid: []
    case .lambda(let lambda): [lambda.body]
    case .apply(let function, let arguments): [function] + arguments
    case .letrec(let bindings, let body): bindings.map(\.value) + [body]
    case .record(let fields): fields.map(\.value)
    case .tuple(let parts), .list(let parts), .primitive(_, let parts), .builtin(_, let parts):
      parts
    case .dictionary(let entries): entries.map(\.value)
    case .field(let base, _), .payload(let base, _), .some(let base), .error(let base): [base]
    case .update(let base, let changes): [base] + changes.map(\.value)
    case .construct(_, let payload): payload.map { [$0] } ?? []
    case .match(let subject, let branches): [subject] + branches.map(\.body)
    case .condition(let condition, let then, let otherwise): [condition, then, otherwise]
    case .flatMap(let list, let function): [list, function]
    case .sequence(let first, let second): [first, second]
    }
  }
}
