import Diagnostics
import Graphs
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Infers all top-level bindings, those that use each other together.
  mutating func checkDefinitions() {
    let names = definitions.keys.elements
    for name in names { annotate(name) }
    // Each use as an edge; those of values whose annotations tell their types stand apart, since
    // they bind no group together.
    var (loose, firm): ([(from: Int, to: Int)], [(from: Int, to: Int)]) = ([], [])
    for (index, name) in names.enumerated() {
      for target in uses(of: name) {
        guard let number = definitions.index(forKey: target) else { continue }
        if definitions.values[number].scheme == nil {
          loose.append((index, number))
        } else {
          firm.append((index, number))
        }
      }
    }
    let groups = DirectedGraph(count: names.count, edges: loose).componentRanges
    program.globals.reserveCapacity(names.count)
    for group in ordered(groups, loose + firm, isOrdered: firm.isEmpty) {
      // After very many mistakes the rest is not looked at.
      guard hasRoom else { return }
      checkGroup(groups.members[groups.range(of: group)].map { names[$0] })
    }
  }

  /// Groups after those that they use also where annotations tell the types, so that a value that
  /// is not what its annotation says is known before its uses are looked at.
  private func ordered(
    _ groups: ComponentRanges, _ edges: [(from: Int, to: Int)], isOrdered: Bool
  ) -> [Int] {
    if isOrdered { return Array(0..<groups.count) }
    var home = Array(repeating: 0, count: groups.members.count)
    for group in 0..<groups.count {
      for member in groups.members[groups.range(of: group)] { home[member] = group }
    }
    let between = edges.map { (from: home[$0.from], to: home[$0.to]) }.filter { $0.from != $0.to }
    return DirectedGraph(count: groups.count, edges: between).componentRanges.members
  }

  /// The type of a binding whose annotation says all of it; so it may be used before it is
  /// checked, and at several types within its own group.
  private mutating func annotate(_ name: GlobalName) {
    guard let definition = definitions[name] else { return }
    current = name.module
    if definition.isDamaged, isOnDamagedLine(definition.nameRange) { return }
    typeVariables = [:]
    var type: TypeRef?
    switch definition.kind {
    case .binding(let binding): type = binding.annotation.map { self.type($0, .generic) }
    case .function(let function): type = annotation(of: function)
    case .expression, .part: break
    }
    guard let type else { return }
    let kinds = Array(repeating: VariableKind.any, count: typeVariables.count)
    definitions[name]?.scheme = TypeScheme(type: type, kinds: kinds)
  }

  private mutating func annotation(of function: Function) -> TypeRef? {
    guard let result = function.result else { return nil }
    var parameters: [TypeRef] = []
    switch function.parameters {
    case .positional(let list):
      guard list.allSatisfy({ $0.annotation != nil }) else { return nil }
      for parameter in list {
        if let written = parameter.annotation { parameters.append(type(written, .generic)) }
      }
    case .record(let list):
      guard list.allSatisfy({ $0.annotation != nil }) else { return nil }
      var fields: [TypeField] = []
      var names = NameSet()
      for parameter in list where names.insert(parameter.name.text) {
        guard let written = parameter.annotation else { continue }
        fields.append(TypeField(name: parameter.name.text, type: type(written, .generic)))
      }
      fields.sort { $0.name < $1.name }
      parameters = [types.arena.add(.record(fields, rest: nil))]
    }
    return types.arena.add(.function(parameters, type(result, .generic)))
  }

  private mutating func uses(of name: GlobalName) -> [GlobalName] {
    guard let definition = definitions[name] else { return [] }
    current = name.module
    let free: FreeNames
    switch definition.kind {
    case .binding(let binding): free = FreeNames(of: binding.body, in: tree)
    case .function(let function): free = FreeNames(of: function, in: tree)
    case .expression(let id): free = FreeNames(of: id, in: tree)
    case .part(let whole, _): return [whole]
    }
    var out: [GlobalName] = []
    for value in free.values { out += find(value, in: current, \.values) }
    for name in free.operators + free.values where isOperatorName(name) {
      for isPrefix in [false, true] {
        if let entry = findOperator(name, isPrefix, in: current) { out.append(entry.global) }
      }
    }
    return out
  }

  private mutating func checkGroup(_ names: [GlobalName]) {
    types.arena.level = 1
    waiting = []
    groupTypes = [:]
    for name in names where definitions[name]?.scheme == nil {
      groupTypes[name] = types.arena.variable()
    }
    for name in groupTypes.isEmpty ? [] : names {
      guard let definition = definitions[name], !definition.isDamaged,
        case .binding(let binding) = definition.kind, binding.annotation == nil
      else { continue }
      current = name.module
      foresee(binding, definition.nameRange)
    }
    var bodies: [(name: GlobalName, body: Typed, frame: Int)] = []
    for name in names {
      guard let definition = definitions[name] else { continue }
      current = name.module
      (typeVariables, locals, frames, depth) = ([:], [], [Frame(size: 0, parameters: 0)], 0)
      isDamaged = definition.isDamaged
      var body = check(definition)
      // Of a value that lacks a part, or is not what it is said to be, nothing is known.
      if isDamaged { body.type = types.error() }
      if let place = resultAnnotation(of: definition), failedAnnotations.contains(place) {
        definitions[name]?.scheme = TypeScheme(type: types.error(), kinds: [])
      }
      if let known = groupTypes[name], !types.unify(known, body.type) {
        let use = ownUse(of: name, definition)
        if let use { subject = use }
        let place = use.map { tree.range(of: $0) } ?? definition.nameRange
        reportMismatch(known, body.type, .nothing, place)
      }
      bodies.append((name, body, frames[0].size))
    }
    isDamaged = false
    force(since: 0)
    patchLambdas()
    checkShown()
    types.arena.level = 0
    for entry in bodies where !isFunction(entry.body.type) { settleNumbers(entry.body.type) }
    let free = bodies.filter { groupTypes[$0.name] != nil }.map(\.body.type)
    let kinds = types.generalize(free)
    for entry in bodies {
      if groupTypes[entry.name] != nil {
        definitions[entry.name]?.scheme = TypeScheme(type: entry.body.type, kinds: kinds)
      }
      record(entry.name, entry.body, entry.frame)
    }
    groupTypes = [:]
  }

  /// Where the type of a value, or of a function's result, is written.
  private func resultAnnotation(of definition: Definition) -> SourceRange? {
    switch definition.kind {
    case .binding(let binding): binding.annotation.map { tree.range(of: $0) }
    case .function(let function): function.result.map { tree.range(of: $0) }
    case .expression, .part: nil
    }
  }

  private mutating func check(_ definition: Definition) -> Typed {
    switch definition.kind {
    case .binding(let binding):
      guard let annotation = binding.annotation else { return infer(binding.body) }
      let wanted = type(annotation, .rigid)
      let why = Why.annotation(tree.range(of: annotation))
      return Typed(core: check(binding.body, wanted, .none, why), type: wanted)
    case .function(let function):
      return lambda(function, nil, tree.range(of: function.body), .rigid)
    case .expression(let id): return infer(id)
    case .part(let whole, let id): return part(definition.nameRange, of: whole, id)
    }
  }

  /// Gives a value that a constructor or a function with a known result makes its type before its
  /// parts are looked at, so that a use of the value within itself is judged by that type.
  private mutating func foresee(_ binding: Binding, _ nameRange: SourceRange) {
    guard case .name(let own) = tree[binding.pattern], own.range == nameRange,
      let known = groupTypes[GlobalName(module: current, name: own.text)],
      case .call(let callee, _) = tree[binding.body], case .name(let name) = tree[callee],
      !name.qualifier.isEmpty
    else { return }
    let found = find(name, in: current, \.values)
    guard found.count == 1, let scheme = definitions[found[0]]?.scheme else { return }
    let function = types.use(scheme)
    guard case .function(_, let result) = types.arena[function],
      case .named(_, let arguments) = types.arena[result], arguments.isEmpty
    else { return }
    _ = types.tryUnify(known, result)
  }

  /// Where a value without annotation uses its own name, for the first time.
  private func ownUse(of name: GlobalName, _ definition: Definition) -> ExpressionID? {
    guard case .binding(let binding) = definition.kind else { return nil }
    let body = tree.range(of: binding.body)
    return tree.expressionIDs.first { id in
      guard case .name(let used) = tree[id], used.qualifier.isEmpty, used.text == name.name
      else { return false }
      let range = tree.range(of: id)
      return body.lower <= range.lower && range.upper <= body.upper
    }
  }

  /// One name of a top-level binding whose left side is a pattern.
  private mutating func part(
    _ nameRange: SourceRange, of whole: GlobalName, _ id: PatternID
  ) -> Typed {
    let range = tree.range(of: id)
    let value = use(whole, range)
    let pattern = irrefutable(id, value.type)
    guard let local = locals.first(where: { $0.range == nameRange }),
      case .slot(let bound) = local.place
    else { return invalid(range) }
    let slot = newSlot()
    let body = add(.local(depth: 0, slot: slot), nameRange)
    let branch = CoreBranch(pattern: pattern.keeping(bound, as: slot), body: body)
    return Typed(core: add(.match(value.core, [branch]), range), type: local.scheme.type)
  }

  private mutating func record(_ name: GlobalName, _ body: Typed, _ frame: Int) {
    guard let definition = definitions[name] else { return }
    let type = definition.scheme?.type ?? body.type
    program.globals[name] = CheckedGlobal(
      body: body.core, frameSize: frame, type: types.closed(type),
      nameRange: definition.nameRange,
      isExported: exports(of: name.module).values[name.name] == name)
  }

  /// Whether a type is that of a function.
  func isFunction(_ type: TypeRef) -> Bool {
    if case .function = types.arena[type] { true } else { false }
  }

  /// A number that nothing makes a Float is an Int.
  mutating func settleNumbers(_ type: TypeRef) {
    var seen: Set<TypeRef> = []
    var stack = [type]
    while let next = stack.popLast() {
      let ref = types.arena.resolve(next)
      guard seen.insert(ref).inserted else { continue }
      if case .variable(_, .number) = types.arena[ref] {
        _ = types.unify(ref, types.builtin(.int))
      }
      stack += types.children(of: ref)
    }
  }

  /// Tells functions which named types their parameters have, now that they are known.
  mutating func patchLambdas() {
    for (node, parameters) in lambdas {
      guard case .lambda(var lambda) = program.core[node] else { continue }
      lambda.parameterTypes = parameters.map { type in
        if case .named(let id, _) = types.arena[type] {
          types.constructors[Int(id.index)].name
        } else {
          nil
        }
      }
      program.core.replace(node, with: .lambda(lambda))
    }
    lambdas = []
  }
}
