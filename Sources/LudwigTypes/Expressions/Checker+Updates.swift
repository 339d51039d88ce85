import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// `base with …`: each change in order, the type following along.
  mutating func update(
    _ base: ExpressionID, _ updates: [FieldUpdate], _ range: SourceRange
  ) -> Typed {
    let value = infer(base)
    settle()
    var type = value.type
    var changes: [CoreChange] = []
    for update in updates {
      var path: [CoreChange.Step] = []
      guard let changed = change(type, update.path[...], update.value, &path) else {
        // What else is wrong in the update is of interest, too.
        _ = infer(update.value)
        type = types.error()
        continue
      }
      type = changed.type
      changes.append(CoreChange(path: path, value: changed.core))
    }
    return Typed(core: add(.update(value.core, changes), range), type: type)
  }

  /// Goes one step of the way; gives the new value and the type of the whole after the change.
  private mutating func change(
    _ type: TypeRef, _ steps: ArraySlice<UpdateStep>, _ value: ExpressionID,
    _ path: inout [CoreChange.Step]
  ) -> Typed? {
    depth += 1
    defer { depth -= 1 }
    guard let step = steps.first, isShallow(tree.range(of: value)) else { return nil }
    if case .error = types.arena[type] { return nil }
    switch step {
    case .constructor(let name): return change(type, through: name, steps, value, &path)
    case .field(let name):
      path.append(contentsOf: transparentStep(type).map { [.payload($0.0)] } ?? [])
      let inner = transparentStep(type)
      path.append(.field(name.text))
      let holder = inner?.1 ?? type
      let isFixed = inner != nil
      return change(type, holder, isFixed, name, steps.dropFirst(), value, &path)
    }
  }

  private mutating func transparentStep(_ type: TypeRef) -> (ConstructorID, TypeRef)? {
    types.record(type) == nil ? singlePayload(of: type) : nil
  }

  /// Through a named constructor, or a type's name, which changes nothing about the way.
  private mutating func change(
    _ type: TypeRef, through name: QualifiedName, _ steps: ArraySlice<UpdateStep>,
    _ value: ExpressionID, _ path: inout [CoreChange.Step]
  ) -> Typed? {
    guard let id = declared(name, of: type) else {
      guard let named = findType(name, in: current).first else {
        reportUnknown(name, .constructor)
        return nil
      }
      let wanted = instance(of: named)
      guard types.unify(wanted, type) else {
        reportMismatch(wanted, type, .through(name.text), name.range)
        return nil
      }
      return change(type, steps.dropFirst(), value, &path)
    }
    let (payload, result) = instance(of: id)
    guard types.unify(result, type) else {
      reportMismatch(result, type, .through(name.text), name.range)
      return nil
    }
    let further = steps.dropFirst()
    guard let payload, case .field(let field)? = further.first else { return nil }
    path += [.payload(id), .field(field.text)]
    return change(type, payload.held, true, field, further.dropFirst(), value, &path)
  }

  /// Changes a field of `holder`. Where the holder is fixed (a constructor's payload) the field
  /// must be there and keeps its type; a plain record may get a new field or a new type.
  private mutating func change(
    _ whole: TypeRef, _ holder: TypeRef, _ isFixed: Bool, _ name: Identifier,
    _ further: ArraySlice<UpdateStep>, _ value: ExpressionID, _ path: inout [CoreChange.Step]
  ) -> Typed? {
    if case .error = types.arena[holder] { return nil }
    if case .variable = types.arena[holder] {
      let row = types.arena.variable(.row)
      if further.isEmpty, !isFixed {
        // Whether it has the field already makes no difference: the new one stands before it.
        _ = types.unify(holder, types.arena.add(.record([], rest: row)))
        let new = infer(value)
        return Typed(core: new.core, type: with(([], row), name, new.type))
      }
      let field = TypeField(name: name.text, type: types.arena.variable())
      _ = types.unify(holder, types.arena.add(.record([field], rest: row)))
    }
    guard let view = types.record(holder) else {
      reportNoField(name, holder)
      return nil
    }
    let known = view.fields.field(named: name.text)?.type
    if isFixed && known == nil {
      reportNoField(name, whole)
      return nil
    }
    guard further.isEmpty else {
      guard let known else {
        reportNoField(name, holder)
        return nil
      }
      guard let inner = change(known, further, value, &path) else { return nil }
      if isFixed, !types.unify(known, inner.type) {
        reportMismatch(known, inner.type, .field(name), tree.range(of: value))
      }
      return Typed(core: inner.core, type: replaced(whole, view, name, known, inner.type))
    }
    if let known, isFixed || types.argument(of: known, in: .optional) != nil || view.rest != nil {
      return Typed(core: check(value, known, .lifting, .field(name)), type: whole)
    }
    let new = infer(value)
    settle()
    if let known {
      return Typed(core: new.core, type: replaced(whole, view, name, known, new.type))
    }
    return Typed(core: new.core, type: with(view, name, new.type))
  }

  /// The type of the whole after a field's type has changed; the same where it has not.
  private mutating func replaced(
    _ whole: TypeRef, _ view: (fields: [TypeField], rest: TypeRef?), _ name: Identifier,
    _ old: TypeRef, _ new: TypeRef
  ) -> TypeRef {
    if types.tryUnify(old, new) || types.record(whole) == nil { return whole }
    return with(view, name, new)
  }

  private mutating func with(
    _ view: (fields: [TypeField], rest: TypeRef?), _ name: Identifier, _ type: TypeRef
  ) -> TypeRef {
    // Each change makes a type of all fields: very many changes are too much work.
    types.fuel -= view.fields.count
    guard types.fuel > 0 else {
      types.failure = .tooLarge
      reportMismatch(types.error(), types.error(), .nothing, name.range)
      return types.error()
    }
    var fields = view.fields.filter { $0.name != name.text }
    fields.append(TypeField(name: name.text, type: type))
    return types.arena.add(.record(fields.sorted { $0.name < $1.name }, rest: view.rest))
  }
}
