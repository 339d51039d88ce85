internal import Canon
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Machine {
  /// One step into an expression.
  mutating func evaluate(
    _ node: CoreID, _ frame: FrameRef, _ outer: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    let site = site(of: node, within: outer)
    switch program.core[node] {
    case .literal(let literal): return .give(value(of: literal))
    case .local(let depth, let slot): return .force(heap.slot(slot, depth: depth, from: frame))
    case .global(let name): return .force(global(name))
    case .external(let name): return .give(.external(name))
    case .lambda(let lambda): return .give(.closure(lambda, frame))
    case .apply(let function, let arguments):
      stack.append(.apply(arguments.map { delay($0, frame, site) }, site, node))
      return .evaluate(function, frame, site)
    case .letrec(let bindings, let body):
      bind(bindings, frame, site)
      return .evaluate(body, frame, outer)
    case .condition(let condition, let then, let otherwise):
      stack.append(.condition(then: then, otherwise: otherwise, frame, outer, node))
      return .evaluate(condition, frame, site)
    case .match(let subject, let branches):
      return try startMatch(node, subject, branches, frame, outer)
    case .sequence(let first, let second):
      stack.append(.then(second, frame, outer))
      return .evaluate(first, frame, site)
    case .error(let message):
      stack.append(.message(node, site))
      return .evaluate(message, frame, site)
    case .invalid: throw EvaluationFailure(nil)
    case .record(let fields):
      var out = SortedMap<String, Ref>()
      for field in fields { out[field.name] = delay(field.value, frame, site) }
      return .give(.record(RecordValue(fields: out, site: site)))
    case .tuple(let parts): return .give(.tuple(parts.map { delay($0, frame, site) }))
    case .list(let elements):
      return .give(.list(ArraySlice(elements.map { delay($0, frame, site) })))
    case .dictionary(let entries):
      var out = SortedMap<String, Ref>()
      for entry in entries { out[entry.key] = delay(entry.value, frame, site) }
      return .give(.dictionary(out))
    case .construct(let constructor, let payload):
      let held = payload.map { delay($0, frame, site) }
      return .give(construct(constructor, held, site))
    case .none: return .give(.none)
    case .some(let inner): return .give(.some(delay(inner, frame, site)))
    case .field(let record, let name):
      stack.append(.field(name, node))
      return .evaluate(record, frame, site)
    case .payload(let value, let constructor):
      stack.append(.payload(constructor, node))
      return .evaluate(value, frame, site)
    case .update(let record, let changes):
      let changes = changes.map { change in
        Change(
          steps: change.path[...], value: delay(change.value, frame, site), node: node,
          site: site)
      }
      stack.append(.change(changes))
      return .evaluate(record, frame, site)
    case .flatMap(let list, let function):
      stack.append(.iterate(function: delay(function, frame, site), node, site))
      return .evaluate(list, frame, site)
    case .primitive(let primitive, let operands):
      return try startOperation(primitive, operands, node, frame, site)
    case .builtin(let name, let arguments):
      return try startBuiltin(name, arguments.map { delay($0, frame, site) }, node, site)
    }
  }

  /// A cell for an expression that may be needed later.
  mutating func delay(_ node: CoreID, _ frame: FrameRef, _ site: SourceRange?) -> Ref {
    let expression = program.core[node]
    if case .literal(let literal) = expression { return heap.add(value(of: literal)) }
    if case .global(let name) = expression { return global(name) }
    if case .none = expression { return heap.add(RuntimeValue.none) }
    if case .local(let depth, let slot) = expression {
      let ref = heap.slot(slot, depth: depth, from: frame)
      if ref != Heap.unfilled { return ref }
    }
    return heap.add(.delayed(node, frame, site))
  }

  private func value(of literal: CoreLiteral) -> RuntimeValue {
    switch literal {
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    case .bool(let truth): .bool(truth)
    }
  }

  private mutating func bind(
    _ bindings: [CoreBinding], _ frame: FrameRef, _ site: SourceRange?
  ) {
    for binding in bindings {
      let ref = heap.add(.delayed(binding.value, frame, site))
      heap.fill(binding.slot, of: frame, with: ref)
    }
  }

  /// A value of a sum type; for a resource, with an identity of its own.
  mutating func construct(
    _ id: ConstructorID, _ payload: Ref?, _ site: SourceRange?
  ) -> RuntimeValue {
    let constructor = program[id]
    guard let payload, !constructor.outputs.isEmpty else {
      return .construct(ConstructedValue(constructor: id, payload: payload, site: site))
    }
    let identity = ResourceIdentity(number: resources.count)
    let held = heap.add(.outputs(of: payload, identity, constructor.outputs))
    let resource = ConstructedValue(
      constructor: id, payload: held, site: site, identity: identity)
    resources.append(resource)
    return .construct(resource)
  }
}
