import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// A use of a value by its name.
  mutating func use(_ name: QualifiedName, _ range: SourceRange) -> Typed {
    if name.qualifier.isEmpty,
      let local = locals.last(where: { $0.name == name.name.text })
    {
      return use(local, range)
    }
    let found = find(name, in: current, \.values)
    if found.count > 1 {
      reportAmbiguous(name, found.map(\.description))
      return invalid(range)
    }
    if let global = found.first { return use(global, range) }
    if isOperatorName(name) {
      for isPrefix in [false, true] {
        if let entry = findOperator(name, isPrefix, in: current) {
          return use(entry.global, range)
        }
      }
    }
    if name.text == "error" { return errorFunction(range) }
    reportUnknown(name, .value)
    return invalid(range)
  }

  /// A use of a local.
  mutating func use(_ local: Local, _ range: SourceRange) -> Typed {
    let depth = frames.count - 1 - local.frame
    let type = types.use(local.scheme)
    switch local.place {
    case .slot(let slot):
      return Typed(core: add(.local(depth: depth, slot: slot), range), type: type)
    case .field(let slot, let name):
      let base = add(.local(depth: depth, slot: slot), range)
      return Typed(core: add(.field(base, name: name), range), type: type)
    }
  }

  /// A use of a top-level binding.
  mutating func use(_ global: GlobalName, _ range: SourceRange) -> Typed {
    let core = add(.global(global), range)
    if let scheme = definitions[global]?.scheme {
      return Typed(core: core, type: types.use(scheme))
    }
    return Typed(core: core, type: groupTypes[global] ?? types.error())
  }

  private mutating func errorFunction(_ range: SourceRange) -> Typed {
    let message = add(.local(depth: 0, slot: 0), range)
    let lambda = CoreLambda(
      arity: 1, frameSize: 1, body: add(.error(message), range), name: "error",
      parameterTypes: [nil])
    let type = types.arena.add(.function([types.builtin(.string)], types.arena.variable()))
    return Typed(core: add(.lambda(lambda), range), type: type)
  }

  /// The one constructor that a name means; reports where it means none or several.
  mutating func resolve(constructor name: QualifiedName) -> ConstructorReference? {
    let found = findConstructor(name, in: current)
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      reportUnknown(name, .constructor)
    } else {
      reportAmbiguous(
        name,
        found.compactMap {
          if case .declared(let id) = $0 {
            "\(program[id].type.module).\(program[id].name)"
          } else {
            nil
          }
        })
    }
    return nil
  }

  /// A constructor that stands alone: a value, or a function where it takes a payload.
  mutating func constructorValue(_ name: QualifiedName, _ range: SourceRange) -> Typed {
    guard let reference = resolve(constructor: name) else { return invalid(range) }
    switch reference {
    case .bool(let value): return literal(.bool(value), .bool, range)
    case .none:
      return Typed(
        core: add(.none, range), type: types.builtin(.optional, types.arena.variable()))
    case .some:
      let inner = types.arena.variable()
      let body = add(.some(add(.local(depth: 0, slot: 0), range)), range)
      return function(inner, types.builtin(.optional, inner), body, name.name.text, range)
    case .external(let global):
      let (parameter, result) = externalTypes(global)
      return Typed(
        core: add(.external(global), range),
        type: types.arena.add(.function([parameter], result)))
    case .declared(let id):
      let (payload, result) = instance(of: id)
      guard let payload else {
        return Typed(core: add(.construct(id, payload: nil), range), type: result)
      }
      let body = add(.construct(id, payload: add(.local(depth: 0, slot: 0), range)), range)
      return function(payload.given, result, body, name.name.text, range)
    }
  }

  private mutating func function(
    _ parameter: TypeRef, _ result: TypeRef, _ body: CoreID, _ name: String, _ range: SourceRange
  ) -> Typed {
    let lambda = CoreLambda(
      arity: 1, frameSize: 1, body: body, name: name, parameterTypes: [nil])
    return Typed(
      core: add(.lambda(lambda), range), type: types.arena.add(.function([parameter], result)))
  }

  /// A constructor's payload and its type, with unknowns for the type's variables.
  mutating func instance(
    of id: ConstructorID
  ) -> (payload: (given: TypeRef, held: TypeRef)?, result: TypeRef) {
    let typeName = program[id].type
    guard let type = sheets[typeName.module]?.own.types[typeName.name] else {
      preconditionFailure("a constructor's type is declared")
    }
    let arity = types.constructors[Int(type.index)].arity
    var arguments: [TypeRef] = []
    for _ in 0..<arity { arguments.append(types.arena.variable()) }
    let result = types.arena.add(.named(type, arguments))
    guard program[id].hasPayload else { return (nil, result) }
    guard let payload = payloads[id.index] else { return ((types.error(), types.error()), result) }
    let given = types.instantiate(payload.given, arguments)
    return ((given, types.instantiate(payload.held, arguments)), result)
  }

  /// What a function of a virtual module takes and gives.
  mutating func externalTypes(_ global: GlobalName) -> (parameter: TypeRef, result: TypeRef) {
    let function = interface(of: global.module)?.function(global.name)
    let empty = types.arena.add(.record([], rest: nil))
    let parameter =
      function?.parameter.map { types.shape($0, of: global.module, isReply: false) } ?? empty
    let reply = function?.reply.map { types.shape($0, of: global.module, isReply: true) } ?? empty
    return (parameter, types.builtin(.call, reply))
  }
}
