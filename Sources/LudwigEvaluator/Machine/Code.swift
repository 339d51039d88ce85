internal import Canon
internal import LudwigTypes
internal import OrderedCollections
internal import Text

/// A program's expressions as instructions, each made when it is first run.
struct Code: Sendable {
  /// Instructions by expression.
  private(set) var instructions: [Instruction]
  /// Operands of applications, records, lists and built-in functions; slots of `letrec`.
  private(set) var operands: [Int32] = []
  /// Functions.
  private(set) var lambdas: [CoreLambda] = []
  /// Branches of choices.
  private(set) var branches: [[CoreBranch]] = []
  /// Changes of records.
  private(set) var updates: [[CoreChange]] = []
  /// Shapes of records.
  private(set) var shapes: [RecordShape] = []
  /// Names of selected fields.
  private(set) var fieldNames: [String] = []
  /// For each selected field where it was found last: the shape, and the index in it.
  var fieldPlaces: [(shape: RecordShape?, index: Int)] = []
  /// Keys of dictionaries.
  private(set) var keys: [[String]] = []
  /// Functions of virtual modules.
  private(set) var externals: [GlobalName] = []
  /// Built-in functions that are used, each with its name.
  private(set) var builtins: [Builtin] = []
  /// Expressions whose instructions name cells of the heap, in the order in which they were made.
  private(set) var constants: [CoreID] = []
  private var builtinIndex: [String: Int32] = [:]

  /// Code for so many expressions.
  init(count: Int) { instructions = Array(repeating: .unread, count: count) }

  /// An operand.
  func operand(_ operands: Operands, _ index: Int) -> CoreID {
    CoreID(index: self.operands[Int(operands.start) + index])
  }

  /// The slot of a binding.
  func slot(_ slots: Operands, _ index: Int) -> Int {
    Int(operands[Int(slots.start) + index])
  }

  /// Forgets the newest constants, whose cells are given back.
  mutating func forgetConstants(after count: Int) {
    while constants.count > count { instructions[Int(constants.removeLast().index)] = .unread }
  }

  /// Makes the instruction of an expression.
  mutating func read(_ id: CoreID, of program: CheckedProgram, _ heap: inout Heap) -> Instruction {
    let instruction = make(program.core[id], id, program, &heap)
    instructions[Int(id.index)] = instruction
    return instruction
  }

  private mutating func make(
    _ node: CoreNode, _ id: CoreID, _ program: CheckedProgram, _ heap: inout Heap
  ) -> Instruction {
    switch node {
    case .literal(let literal):
      constants.append(id)
      return .constant(heap.add(RuntimeValue(literal)))
    case .local(let depth, let slot): return .local(depth: Int32(depth), slot: Int32(slot))
    case .global(let name):
      return program.globals.index(forKey: name).map { .global(Int32($0)) } ?? .invalid
    case .external(let name): return .external(Self.add(name, to: &externals))
    case .lambda(let lambda): return .lambda(Self.add(lambda, to: &lambdas))
    case .apply(let function, let arguments):
      return .apply(function: function, add(arguments))
    case .letrec(let bindings, let body):
      let start = Int32(operands.count)
      operands += bindings.map { Int32($0.slot) }
      let slots = Operands(start: start, count: Int32(bindings.count))
      return .letrec(slots: slots, values: add(bindings.map(\.value)), body: body)
    case .record(let fields): return record(fields)
    case .tuple(let parts): return .tuple(add(parts))
    case .list(let elements): return .list(add(elements))
    case .dictionary(let entries):
      return .dictionary(
        keys: Self.add(entries.map(\.key), to: &keys), add(entries.map(\.value)))
    case .field(let record, let name):
      fieldPlaces.append((shape: nil, index: 0))
      return .field(record, FieldUse(index: Self.add(name, to: &fieldNames)))
    case .payload(let value, let constructor): return .payload(value, constructor)
    case .update(let record, let changes): return .update(record, Self.add(changes, to: &updates))
    case .construct(let constructor, let payload): return .construct(constructor, payload)
    case .none: return .none
    case .some(let inner): return .some(inner)
    case .match(let subject, let cases): return .match(subject, Self.add(cases, to: &branches))
    case .condition(let condition, let then, let otherwise):
      return .condition(condition, then: then, otherwise: otherwise)
    case .flatMap(let list, let function): return .flatMap(list, function: function)
    case .primitive(let primitive, let parts):
      if parts.count == 2 { return .binary(primitive, parts[0], parts[1]) }
      return parts.first.map { .unary(primitive, $0) } ?? .invalid
    case .builtin(let name, let arguments):
      return .builtin(builtin(name, arguments.count), add(arguments))
    case .error(let message): return .error(message)
    case .sequence(let first, let second): return .sequence(first, second)
    case .invalid: return .invalid
    }
  }

  /// A later field of the same name replaces an earlier one.
  private mutating func record(_ fields: [CoreField]) -> Instruction {
    let sorted = SortedMap(fields.lazy.map { ($0.name, $0.value) })
    // Records that follow each other in the source are often of one shape.
    for index in stride(from: shapes.count - 1, through: max(0, shapes.count - 4), by: -1)
    where shapes[index].names == sorted.keys {
      return .record(shape: Int32(index), add(sorted.values))
    }
    return .record(shape: Self.add(RecordShape(sorted.keys), to: &shapes), add(sorted.values))
  }

  private mutating func builtin(_ name: String, _ arity: Int) -> Int32? {
    if let known = builtinIndex[name] { return known }
    guard let builtin = Builtin.table[name], builtin.levels.count == arity else { return nil }
    let index = Self.add(builtin, to: &builtins)
    builtinIndex[name] = index
    return index
  }

  private mutating func add(_ nodes: [CoreID]) -> Operands {
    let start = Int32(operands.count)
    operands += nodes.lazy.map(\.index)
    return Operands(start: start, count: Int32(nodes.count))
  }

  private static func add<T>(_ element: T, to table: inout [T]) -> Int32 {
    table.append(element)
    return Int32(table.count - 1)
  }
}

extension RuntimeValue {
  /// The value of a literal.
  init(_ literal: CoreLiteral) {
    self =
      switch literal {
      case .int(let number): .int(number)
      case .float(let number): .float(number)
      case .string(let text): .string(text)
      case .bool(let truth): .bool(truth)
      }
  }
}
