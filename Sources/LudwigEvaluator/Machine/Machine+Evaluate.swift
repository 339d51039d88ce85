internal import Canon
internal import CloudModel
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Machine {
  /// One step into an expression.
  mutating func evaluate(
    _ node: CoreID, _ frame: FrameRef, _ outer: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    switch instruction(node) {
    case .constant(let ref): return .force(ref)
    case .local(let depth, let slot):
      return .force(heap.slot(Int(slot), depth: Int(depth), from: frame))
    case .global(let index): return .force(global(at: Int(index)))
    case .external(let index): return .give(.external(code.externals[Int(index)]))
    case .lambda(let index): return .give(.closure(LambdaRef(index: index), frame))
    case .apply(let function, let operands):
      let site = site(of: node, within: outer)
      for index in 0..<Int(operands.count) {
        arguments.append(delay(code.operand(operands, index), frame, site))
      }
      stack.append(.apply(count: operands.count, site, node))
      return .evaluate(function, frame, site)
    case .letrec(let slots, let values, let body):
      let site = site(of: node, within: outer)
      for index in 0..<Int(slots.count) {
        let ref = heap.add(.delayed(code.operand(values, index), frame, site))
        heap.fill(code.slot(slots, index), of: frame, with: ref)
      }
      return .evaluate(body, frame, outer)
    case .condition(let condition, let then, let otherwise):
      stack.append(.condition(then: then, otherwise: otherwise, frame, outer, node))
      return .evaluate(condition, frame, site(of: node, within: outer))
    case .match(let subject, _):
      let ref = delay(subject, frame, site(of: node, within: outer))
      return try match(node, branch: 0, ref, frame, outer)
    case .sequence(let first, let second):
      stack.append(.then(second, frame, outer))
      return .evaluate(first, frame, site(of: node, within: outer))
    case .error(let message):
      let site = site(of: node, within: outer)
      stack.append(.message(node, site))
      return .evaluate(message, frame, site)
    case .invalid, .unread: throw EvaluationFailure(nil)
    case .record, .tuple, .list, .dictionary, .construct, .none, .some:
      return .give(compound(node, frame, site(of: node, within: outer)))
    case .field(let record, let use):
      let site = site(of: node, within: outer)
      if let known = peek(record, frame) { return try select(use, of: known, node) }
      stack.append(.field(use, node))
      return .evaluate(record, frame, site)
    case .payload(let value, let constructor):
      let site = site(of: node, within: outer)
      if let known = peek(value, frame) { return try open(known, constructor, node) }
      stack.append(.payload(constructor, node))
      return .evaluate(value, frame, site)
    case .update(let record, let changes):
      return update(node, record, Int(changes), frame, site(of: node, within: outer))
    case .flatMap(let list, let function):
      let site = site(of: node, within: outer)
      stack.append(.iterate(function: delay(function, frame, site), node, site))
      return .evaluate(list, frame, site)
    case .unary(let primitive, let operand):
      stack.append(.operateAlone(primitive, node))
      return .evaluate(operand, frame, site(of: node, within: outer))
    case .binary(let primitive, let first, let second):
      let site = site(of: node, within: outer)
      stack.append(.operand(primitive, second: second, frame, site, node))
      return .evaluate(first, frame, site)
    case .builtin(let index, let operands):
      let site = site(of: node, within: outer)
      let refs = delayed(operands, frame, site)
      return try startBuiltin(index, refs, node, site)
    }
  }

  /// The instruction of an expression.
  mutating func instruction(_ node: CoreID) -> Instruction {
    let known = code.instructions[Int(node.index)]
    if case .unread = known { return code.read(node, of: program, &heap) }
    return known
  }

  /// A value whose outermost shape the expression itself shows.
  private mutating func compound(
    _ node: CoreID, _ frame: FrameRef, _ site: SourceRange?
  ) -> RuntimeValue {
    switch instruction(node) {
    case .record(let shape, let operands):
      return .record(
        RecordValue(
          shape: code.shapes[Int(shape)], values: delayed(operands, frame, site), site: site))
    case .tuple(let operands): return .tuple(delayed(operands, frame, site))
    case .list(let operands): return .list(ArraySlice(delayed(operands, frame, site)))
    case .dictionary(let keys, let operands):
      let values = delayed(operands, frame, site)
      return .dictionary(SortedMap(zip(code.keys[Int(keys)], values).map { ($0, $1) }))
    case .construct(let constructor, let payload):
      return construct(constructor, payload.map { delay($0, frame, site) }, site)
    case .some(let inner): return .some(delay(inner, frame, site))
    case .none, .unread, .constant, .local, .global, .external, .lambda, .apply, .letrec, .field,
      .payload, .update, .match, .condition, .flatMap, .unary, .binary, .builtin, .error,
      .sequence, .invalid:
      return .none
    }
  }

  private mutating func update(
    _ node: CoreID, _ record: CoreID, _ index: Int, _ frame: FrameRef, _ site: SourceRange?
  ) -> Control {
    let changes = code.updates[index].map { change in
      Change(
        steps: change.path[...], value: delay(change.value, frame, site), node: node, site: site)
    }
    stack.append(.change(changes))
    return .evaluate(record, frame, site)
  }

  /// The value of an expression that is a name whose value is known; nil otherwise.
  private mutating func peek(_ node: CoreID, _ frame: FrameRef) -> RuntimeValue? {
    let ref: Ref
    switch instruction(node) {
    case .local(let depth, let slot):
      ref = heap.slot(Int(slot), depth: Int(depth), from: frame)
    case .global(let index): ref = global(at: Int(index))
    case .constant, .unread, .external, .lambda, .apply, .letrec, .record, .tuple, .list,
      .dictionary, .field, .payload, .update, .construct, .none, .some, .match, .condition,
      .flatMap, .unary, .binary, .builtin, .error, .sequence, .invalid:
      return nil
    }
    if case .value(let value) = heap[ref] { return value }
    return nil
  }

  private mutating func delayed(
    _ operands: Operands, _ frame: FrameRef, _ site: SourceRange?
  ) -> [Ref] {
    var refs: [Ref] = []
    refs.reserveCapacity(Int(operands.count))
    for index in 0..<Int(operands.count) {
      refs.append(delay(code.operand(operands, index), frame, site))
    }
    return refs
  }

  /// A cell for an expression that may be needed later; what is a value already is not delayed.
  mutating func delay(_ node: CoreID, _ frame: FrameRef, _ site: SourceRange?) -> Ref {
    switch instruction(node) {
    case .constant(let ref): return ref
    case .global(let index): return global(at: Int(index))
    case .none: return heap.add(RuntimeValue.none)
    case .lambda(let index): return heap.add(.closure(LambdaRef(index: index), frame))
    case .local(let depth, let slot):
      let ref = heap.slot(Int(slot), depth: Int(depth), from: frame)
      return ref != Heap.unfilled ? ref : heap.add(.delayed(node, frame, site))
    case .unread, .external, .apply, .letrec, .record, .tuple, .list, .dictionary, .field,
      .payload, .update, .construct, .some, .match, .condition, .flatMap, .unary, .binary,
      .builtin, .error, .sequence, .invalid:
      return heap.add(.delayed(node, frame, site))
    }
  }

  /// A value of a sum type; for a resource, with an identity of its own.
  mutating func construct(
    _ id: ConstructorID, _ payload: Ref?, _ site: SourceRange?
  ) -> RuntimeValue {
    guard let payload, !program.constructors[id.index].outputs.isEmpty else {
      return .construct(ConstructedValue(constructor: id, payload: payload, site: site))
    }
    let identity = ResourceIdentity(number: resources.count)
    let held = heap.add(.outputs(of: payload, identity, program[id].outputs))
    let resource = ConstructedValue(
      constructor: id, payload: held, site: site, identity: identity)
    resources.append(resource)
    return .construct(resource)
  }
}
