internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Builtin {
  /// `Fugue.Planner`, `Fugue.Any`: values that stand for what is known only later, and values
  /// whose type is forgotten.
  static let symbols: [String: Builtin] = [
    "any.same": Builtin([nil]) { _, call throws(EvaluationFailure) in
      .force(call.arguments[0])
    },
    "any.isList": Builtin([0]) { machine, call throws(EvaluationFailure) in
      if case .list = try machine.known(call.arguments[0]) { return .give(.bool(true)) }
      return .give(.bool(false))
    },
    "any.constructor": Builtin([0]) { machine, call throws(EvaluationFailure) in
      guard case .construct(let value) = try machine.known(call.arguments[0]) else {
        return .give(.string(""))
      }
      let constructor = machine.program[value.constructor]
      return .give(.string("\(constructor.type.module).\(constructor.name)"))
    },
    "any.name": Builtin([0]) { machine, call throws(EvaluationFailure) in
      guard case .construct(let value) = try machine.known(call.arguments[0]) else {
        return .give(.string(""))
      }
      return .give(.string(machine.program[value.constructor].name))
    },
    "any.field": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      guard case .record(let record) = try machine.known(call.arguments[1]) else {
        return .give(.none)
      }
      return .give(record.fields[try machine.text(call, 0)].map { .some($0) } ?? .none)
    },
    "resource.external": Builtin([0, nil]) { machine, call throws(EvaluationFailure) in
      let name = try machine.text(call, 0)
      let type = machine.program.types.first { $0.key.description == name }
      guard let constructor = type?.value.constructors.first else {
        throw machine.failure("FG0307", "There is no type \(name)", at: call.site)
      }
      return .give(
        .construct(
          ConstructedValue(
            constructor: constructor, payload: call.arguments[1], site: call.site)))
    },
    "planner.symbol": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let variables: [String: Variable] = [
        "item": .item, "reply": .reply, "added": .added, "removed": .removed,
        "element": .element, "token": .token, "process": .process,
      ]
      let name = try machine.text(call, 0)
      if name == "identities" { return .give(.residual(Machine.identities)) }
      guard let variable = variables[name] else {
        throw machine.failure("FG0307", "There is no such symbol", at: call.site)
      }
      return .give(.residual(.path(variable, [])))
    },
    "planner.address": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let value = try machine.known(call.arguments[0])
      guard case .construct(let constructed) = value, let identity = constructed.identity else {
        throw machine.unexpected(value, wanted: "A resource", call.node, call.site)
      }
      if let place = Hole.place(of: identity) { return .give(.hole(Hole(place: place))) }
      let address = Machine.placeholder(identity)
      return .give(.string(machine.addresses[identity]?.text ?? address.text))
    },
    "planner.output": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let value = try machine.known(call.arguments[1])
      guard case .construct(let constructed) = value, let identity = constructed.identity else {
        throw machine.unexpected(value, wanted: "A resource", call.node, call.site)
      }
      let name = try machine.text(call, 0)
      return .give(.residual(.output(Machine.placeholder(identity), name: name)))
    },
    "planner.part": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let value = try machine.known(call.arguments[1])
      guard case .residual(let residual) = value else {
        throw machine.unexpected(
          value, wanted: "A value that is known only later", call.node, call.site)
      }
      let name = try machine.text(call, 0)
      return .give(.residual(try machine.path(residual, extendedBy: name, call.node)))
    },
    "planner.from": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let site = Machine.site(of: try machine.known(call.arguments[0]))
      return .give(Machine.placed(try machine.known(call.arguments[1]), at: site))
    },
    "planner.find": Builtin([0, nil, 0, nil]) { machine, call throws(EvaluationFailure) in
      try machine.find(call)
    },
  ]
}

extension Machine {
  /// Marks the place of the identities in a batched read's parameters.
  static let identities = Residual.path(.element, ["\u{1}identities"])

  /// Of a list known only later, a part of the element whose key equals a value.
  mutating func find(_ call: BuiltinCall) throws(EvaluationFailure) -> Control {
    let list = try known(call.arguments[0])
    guard case .residual(let source) = list else {
      throw unexpected(list, wanted: "A list that is known only later", call.node, call.site)
    }
    guard Self.depth(of: source) < limits.nesting else { throw tooLong() }
    let variable = nextVariable
    nextVariable += 1
    let element = heap.add(.residual(.path(.bound(variable), [])))
    let key = try path(of: element, by: call.arguments[1], variable, call)
    let get = try path(of: element, by: call.arguments[3], variable, call)
    let equals = try awsData(call.arguments[2])
    return .give(.residual(.find(source: source, key: key, equals: equals, path: get)))
  }

  private mutating func path(
    of element: Ref, by function: Ref, _ variable: Int, _ call: BuiltinCall
  ) throws(EvaluationFailure) -> [String] {
    nestedRuns += 1
    defer { nestedRuns -= 1 }
    guard nestedRuns < 16 else { throw tooLong() }
    let result = heap.add(.application(function, [element], call.site))
    guard case .residual(.path(.bound(variable), let path)) = try force(result) else {
      throw failure("FG0313", "This must be a path into the element", at: call.site)
    }
    return path
  }

  /// The user's place that a value comes from.
  static func site(of value: RuntimeValue) -> SourceRange? {
    switch value {
    case .record(let record): record.site
    case .construct(let constructed): constructed.site
    case .int, .float, .string, .bool, .list, .pieces, .tuple, .dictionary, .closure, .external,
      .call, .none, .some, .secret, .residual, .hole:
      nil
    }
  }

  /// The value, said to come from a place.
  static func placed(_ value: RuntimeValue, at site: SourceRange?) -> RuntimeValue {
    guard let site else { return value }
    if case .record(var record) = value {
      record.site = site
      return .record(record)
    }
    if case .construct(var constructed) = value {
      constructed.site = site
      return .construct(constructed)
    }
    return value
  }
}
