import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// A field that has been found: the node that selects it, and its type.
  typealias Selection = (node: CoreNode, type: TypeRef)

  /// `base.name`. Where the base's type is unknown as yet, the access waits for it.
  mutating func field(
    of base: ExpressionID, _ name: Identifier, _ range: SourceRange
  ) -> Typed {
    let value = infer(base)
    settle()
    if name.text.isEmpty { return invalid(range) }
    let node = add(.invalid, range)
    if case .variable = types.arena[value.type] {
      let result = types.arena.variable()
      let kind = Waiting.Kind.field(
        base: value.core, baseType: value.type, name, result: result)
      wait(kind, value.type, node)
      return Typed(core: node, type: result)
    }
    guard let found = select(name, from: value.core, value.type, range) else {
      return invalid(range)
    }
    program.core.replace(node, with: found.node)
    return Typed(core: node, type: found.type)
  }

  /// Selects a field of a value whose type is known; a type with a single constructor is looked
  /// through. Reports where there is no such field.
  mutating func select(
    _ name: Identifier, from base: CoreID, _ type: TypeRef, _ range: SourceRange
  ) -> Selection? {
    if case .error = types.arena[type] { return (.invalid, types.error()) }
    if let view = types.record(type) { return select(name, from: base, view, type) }
    if let (id, held) = singlePayload(of: type), let view = types.record(held),
      let field = view.fields.first(where: { $0.name == name.text })
    {
      let payload = add(.payload(base, id), range)
      return (.field(payload, name: name.text), reading(field.type))
    }
    if let (_, held) = singlePayload(of: type), case .error = types.arena[held] {
      return (.invalid, types.error())
    }
    reportNoField(name, type)
    return nil
  }

  private mutating func select(
    _ name: Identifier, from base: CoreID, _ view: (fields: [TypeField], rest: TypeRef?),
    _ type: TypeRef
  ) -> Selection? {
    let node = CoreNode.field(base, name: name.text)
    if let field = view.fields.first(where: { $0.name == name.text }) {
      return (node, reading(field.type))
    }
    guard let rest = view.rest else {
      reportNoField(name, type)
      return nil
    }
    let result = types.arena.variable()
    let row = types.arena.variable(.row)
    let field = TypeField(name: name.text, type: result)
    _ = types.unify(rest, types.arena.add(.record([field], rest: row)))
    return (node, result)
  }

  /// An output reads as what the cloud will yield.
  private func reading(_ type: TypeRef) -> TypeRef {
    types.argument(of: type, in: .output) ?? type
  }

  /// What the only constructor of a type holds, where there is only one and it is not hidden.
  mutating func singlePayload(of type: TypeRef) -> (ConstructorID, TypeRef)? {
    guard case .named(let id, let arguments) = types.arena[type],
      case .sum(let ids) = types.constructors[Int(id.index)].kind, ids.count == 1,
      !isHidden(ids[0])
    else { return nil }
    return held(by: ids[0], arguments).map { (ids[0], $0) }
  }

  private mutating func held(by id: ConstructorID, _ arguments: [TypeRef]) -> TypeRef? {
    guard let payload = payloads[id.index] else { return nil }
    return types.instantiate(payload.held, arguments)
  }

  /// Whether a constructor belongs to a type that its module exports without it.
  mutating func isHidden(_ id: ConstructorID) -> Bool {
    let type = program[id].type
    guard type.module != current else { return false }
    let shown = exports(of: type.module)
    return shown.types[type.name] != nil && shown.constructors[program[id].name] == nil
  }

  /// `base.(Constructor).name`: a field of what the constructor or type holds; all of it where
  /// there is no name.
  mutating func field(
    of base: ExpressionID, through constructor: QualifiedName, _ name: Identifier?,
    _ range: SourceRange
  ) -> Typed {
    let value = infer(base)
    settle()
    if constructor.qualifier.isEmpty, case .error = types.arena[value.type] {
      return invalid(range)
    }
    let why = Why.through(constructor.text)
    if let id = declared(constructor, of: value.type) {
      let (payload, type) = instance(of: id)
      if !types.unify(type, value.type) {
        reportMismatch(type, value.type, why, tree.range(of: base))
        return invalid(range)
      }
      if let payload, case .error = types.arena[payload.held] { return invalid(range) }
      guard let name else { return content(of: value, id, payload?.held, constructor, range) }
      guard let payload, let view = types.record(payload.held) else {
        reportNoField(name, type)
        return invalid(range)
      }
      let core = add(.payload(value.core, id), range)
      guard let found = select(name, from: core, view, type) else { return invalid(range) }
      return Typed(core: add(found.node, range), type: found.type)
    }
    guard let id = findType(constructor, in: current).first else {
      if let name, isHiddenConstructor(constructor, of: value.type) {
        reportNoField(name, value.type)
      } else {
        reportUnknown(constructor, .constructor)
      }
      return invalid(range)
    }
    let type = instance(of: id)
    if !types.unify(type, value.type) {
      reportMismatch(type, value.type, why, tree.range(of: base))
      return invalid(range)
    }
    guard let name else {
      if types.record(type) != nil { return value }
      guard let (id, held) = singlePayload(of: type) else {
        return content(of: value, nil, nil, constructor, range)
      }
      return content(of: value, id, held, constructor, range)
    }
    guard let found = select(name, from: value.core, type, range) else { return invalid(range) }
    return Typed(core: add(found.node, range), type: found.type)
  }

  /// What a constructor holds, as a value of its own.
  private mutating func content(
    of value: Typed, _ id: ConstructorID?, _ held: TypeRef?, _ constructor: QualifiedName,
    _ range: SourceRange
  ) -> Typed {
    guard let id, let held else {
      reportNoContent(constructor)
      return invalid(range)
    }
    return Typed(core: add(.payload(value.core, id), range), type: held)
  }

  /// Whether a name is that of a constructor which the module of a value's type does not show.
  private mutating func isHiddenConstructor(_ name: QualifiedName, of type: TypeRef) -> Bool {
    guard case .named(let id, _) = types.arena[type],
      case .sum(let ids) = types.constructors[Int(id.index)].kind
    else { return false }
    for constructor in ids where program[constructor].name == name.name.text {
      if isHidden(constructor) { return true }
    }
    return false
  }

  /// The declared constructor that a name means, where it means one. A plain name that is not in
  /// scope may be one of the value's own type, since there is no doubt about it.
  mutating func declared(_ name: QualifiedName, of type: TypeRef) -> ConstructorID? {
    if case .declared(let id)? = findConstructor(name, in: current).first { return id }
    guard name.qualifier.isEmpty, case .named(let id, _) = types.arena[type],
      findType(name, in: current).isEmpty,
      case .sum(let ids) = types.constructors[Int(id.index)].kind
    else { return nil }
    return ids.first { program[$0].name == name.name.text && !isHidden($0) }
  }

  /// A named type with unknowns for its variables.
  mutating func instance(of id: TypeConstructorID) -> TypeRef {
    let constructor = types.constructors[Int(id.index)]
    var arguments: [TypeRef] = []
    for _ in 0..<constructor.arity { arguments.append(types.arena.variable()) }
    if case .alias(let target) = constructor.kind { return types.instantiate(target, arguments) }
    return types.arena.add(.named(id, arguments))
  }
}
