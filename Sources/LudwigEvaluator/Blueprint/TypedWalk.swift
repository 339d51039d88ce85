internal import Canon
internal import LudwigTypes
internal import OrderedCollections

/// Goes from a module's top-level values to all parts that have a type, by the types that the
/// checker found; so it finds records, which do not tell their type's name themselves.
struct TypedWalk {
  /// The values of the type, each once, in the order in which the walk meets them.
  private(set) var found: [Ref] = []

  private let program: CheckedProgram
  private let subject: CheckedType
  private var seen: Set<Place> = []
  private var queue: [Place] = []

  private struct Place: Hashable {
    var ref: Ref
    var type: CheckedType
  }

  /// Walks from all values of a module to those of a type.
  init(
    for subject: CheckedType, from root: ModuleName, in machine: inout Machine
  ) throws(EvaluationFailure) {
    program = machine.program
    self.subject = subject
    let wanted = expanded(subject)
    for name in program.modules[root]?.globals ?? [] {
      guard let type = program.globals[name]?.type else { continue }
      queue.append(Place(ref: machine.global(name), type: type))
    }
    var next = 0
    while next < queue.count, next < 1_000_000 {
      let place = queue[next]
      next += 1
      guard mayHold(place.type), seen.insert(place).inserted else { continue }
      if place.type == subject || expanded(place.type) == wanted { found.append(place.ref) }
      try visit(place, &machine)
    }
  }

  /// A named record as the record that it stands for.
  private func expanded(_ type: CheckedType) -> CheckedType {
    guard case .named(let name, let arguments) = type, let body = program.types[name]?.record else {
      return type
    }
    return body.replacing(arguments)
  }

  private func mayHold(_ type: CheckedType) -> Bool {
    switch type {
    case .function, .variable, .unknown: false
    case .named, .record, .tuple: true
    }
  }

  private mutating func visit(
    _ place: Place, _ machine: inout Machine
  ) throws(EvaluationFailure) {
    switch (try machine.force(place.ref), expanded(place.type)) {
    case (.record(let record), .record(let fields, _)):
      for field in fields {
        if let ref = record.fields[field.name] { add(ref, field.type) }
      }
    case (.tuple(let parts), .tuple(let types)):
      for (part, type) in zip(parts, types) { add(part, type) }
    case (.list(let elements), .named(_, let arguments)) where arguments.count == 1:
      for element in elements { add(element, arguments[0]) }
    case (.dictionary(let entries), .named(_, let arguments)) where arguments.count == 1:
      for (_, entry) in entries { add(entry, arguments[0]) }
    case (.some(let inner), .named(_, let arguments)) where arguments.count == 1:
      add(inner, arguments[0])
    case (.construct(let made), .named(_, let arguments)):
      guard let payload = made.payload, let type = program[made.constructor].payload else { return }
      add(payload, type.replacing(arguments))
    case (_, _): break
    }
  }

  private mutating func add(_ ref: Ref, _ type: CheckedType) {
    queue.append(Place(ref: ref, type: type))
  }
}

extension CheckedType {
  /// The type with others in place of its variables.
  fileprivate func replacing(_ arguments: [CheckedType]) -> CheckedType {
    if arguments.isEmpty { return self }
    return switch self {
    case .variable(let index): index < arguments.count ? arguments[index] : self
    case .named(let name, let parts): .named(name, parts.map { $0.replacing(arguments) })
    case .tuple(let parts): .tuple(parts.map { $0.replacing(arguments) })
    case .function(let parts, let result):
      .function(parts.map { $0.replacing(arguments) }, result.replacing(arguments))
    case .record(let fields, let isOpen):
      .record(
        fields.map { CheckedTypeField(name: $0.name, type: $0.type.replacing(arguments)) },
        isOpen: isOpen)
    case .unknown: self
    }
  }
}
