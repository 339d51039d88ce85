import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Looks into the bodies of all declared types.
  mutating func resolveTypeBodies() {
    let ids = pendingTypes.keys.elements
    // Other names for types first, since uses of them are replaced at once.
    for id in ids { resolveAlias(id) }
    for id in ids { resolveConstructors(of: id) }
  }

  /// Makes a pending type other than a sum into what it stands for.
  mutating func resolveAlias(_ id: TypeConstructorID) {
    guard let pending = pendingTypes[id], case .alias(let body) = pending.declaration.body,
      case .pending = types.constructors[Int(id.index)].kind
    else { return }
    if pending.isDamaged {
      types.constructors[Int(id.index)].kind = .alias(types.error())
      return
    }
    guard let tree = sheets[pending.module]?.tree else { return }
    if case .record(let fields) = tree[body] {
      // Named records may contain themselves, so the name is usable before the body is known.
      let node = types.error()
      types.constructors[Int(id.index)].kind = .record(node)
      let record = within(pending) { $0.type(record: fields) }
      types.arena.set(node, .link(record))
      return
    }
    guard resolvingAliases.insert(id).inserted else {
      let name = pending.declaration.name
      report(
        Diagnostic(
          "FG0222", "The type \(name.text) stands for itself",
          at: name.range, "this name leads back to itself",
          hint: "give it a constructor: | \(name.text) …"))
      types.constructors[Int(id.index)].kind = .alias(types.error())
      return
    }
    let target = within(pending) { $0.type(body, .known) }
    if case .pending = types.constructors[Int(id.index)].kind {
      types.constructors[Int(id.index)].kind = .alias(target)
    }
    resolvingAliases.remove(id)
  }

  private mutating func resolveConstructors(of id: TypeConstructorID) {
    guard let pending = pendingTypes[id],
      case .sum(let ids) = types.constructors[Int(id.index)].kind,
      case .constructors(let declarations) = pending.declaration.body
    else { return }
    for (constructor, declaration) in zip(ids, declarations) {
      guard let payload = declaration.payload else { continue }
      let arity = pending.declaration.parameters.count
      if pending.isDamaged {
        let unknown = types.error()
        payloads[constructor.index] = ConstructorPayload(
          given: unknown, held: unknown, arity: arity)
        continue
      }
      payloads[constructor.index] = within(pending) {
        $0.payload(payload, of: constructor, arity: arity)
      }
    }
  }

  private mutating func payload(
    _ syntax: TypeID, of id: ConstructorID, arity: Int
  ) -> ConstructorPayload {
    guard case .record(let fields) = tree[syntax] else {
      let type = type(syntax, .known)
      if let view = types.record(type) {
        program.constructors[id.index].fields = view.fields.map(\.name)
      }
      return ConstructorPayload(given: type, held: type, arity: arity)
    }
    let names = fields.map(\.name.text)
    program.constructors[id.index].fields = names
    program.constructors[id.index].outputs = fields.filter { isOutput($0.type) }.map(\.name.text)
    let held = type(record: fields)
    guard fields.contains(where: { isOutput($0.type) }), let view = types.record(held) else {
      return ConstructorPayload(given: held, held: held, arity: arity)
    }
    let outputs = program.constructors[id.index].outputs
    let given = view.fields.filter { !outputs.contains($0.name) }
    return ConstructorPayload(
      given: types.arena.add(.record(given, rest: nil)), held: held, arity: arity)
  }

  private func isOutput(_ syntax: TypeID) -> Bool {
    if case .named(let name, _) = tree[syntax] {
      name.text == BuiltinType.output.name && sheet.own.types[name.text] == nil
    } else {
      false
    }
  }

  /// Runs something in the scope of a type declaration: its module and its variables.
  private mutating func within<T>(_ pending: PendingType, _ body: (inout Checker) -> T) -> T {
    let saved = (current, typeVariables)
    current = pending.module
    typeVariables = [:]
    for (index, parameter) in pending.declaration.parameters.enumerated() {
      typeVariables[parameter.text] = types.arena.add(.generic(Int32(index)))
    }
    let result = body(&self)
    (current, typeVariables) = saved
    return result
  }
}
