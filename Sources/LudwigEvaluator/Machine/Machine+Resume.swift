internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Machine {
  /// Hands a value to a continuation.
  mutating func resume(
    _ continuation: Continuation, with value: RuntimeValue
  ) throws(EvaluationFailure) -> Control {
    switch continuation {
    case .keep(let ref, _):
      heap[ref] = .value(value)
      return .give(value)
    case .apply(let count, let site, let node):
      return try apply(value, to: Int(count), node, site)
    case .field(let use, let node): return try select(use, of: value, node)
    case .payload(let constructor, let node): return try open(value, constructor, node)
    case .change(let changes):
      var changed = value
      for change in changes { changed = try self.change(changed, change) }
      return .give(changed)
    case .match(let node, let branch, let subject, let frame, let site):
      return try match(node, branch: branch, subject, frame, site)
    case .condition(let then, let otherwise, let frame, let site, let node):
      guard case .bool(let truth) = value else {
        throw unexpected(value, wanted: "A truth value", node, site)
      }
      return .evaluate(truth ? then : otherwise, frame, site)
    case .iterate(let function, let node, let site):
      return try iterate(over: value, function, node, site)
    case .collect: return try collect(value)
    case .operand(let primitive, let second, let frame, let site, let node):
      return try resumeOperation(primitive, value, second, frame, site, node)
    case .operate(let primitive, let first, let node):
      return try operate(primitive, first, value, node)
    case .operateAlone(let primitive, let node): return try operate(primitive, value, node)
    case .truth(let node):
      guard case .bool = value else {
        throw unexpected(value, wanted: "A truth value", node, nil)
      }
      return .give(value)
    case .compare: return try resumeComparison(with: value)
    case .builtin: return try resumeBuiltin(with: value)
    case .walk(let walk): return try resumeWalk(walk, with: value)
    case .message(let node, let site):
      guard case .string(let text) = value else {
        throw unexpected(value, wanted: "A text", node, site)
      }
      throw failure(
        "FG0303", text, at: self.site(of: node, within: site), "stopped here")
    case .then(let node, let frame, let site): return .evaluate(node, frame, site)
    case .look(let part): return .give(try look(at: part, value))
    case .addOutputs(let identity, let names): return .give(adding(names, identity, to: value))
    }
  }

  /// Applies a function to the topmost arguments.
  private mutating func apply(
    _ function: RuntimeValue, to count: Int, _ node: CoreID?, _ site: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    let first = arguments.count - count
    switch function {
    case .closure(let lambda, let parent):
      let size = max(count, code.lambdas[Int(lambda.index)].frameSize)
      let frame = heap.addFrame(parent: parent, size: size)
      for index in 0..<count { heap.fill(index, of: frame, with: arguments[first + index]) }
      arguments.removeLast(count)
      return .evaluate(code.lambdas[Int(lambda.index)].body, frame, site)
    case .external(let name):
      guard count > 0 else { throw EvaluationFailure(nil) }
      let input = arguments[first]
      arguments.removeLast(count)
      return .give(.call(name, input))
    case .int, .float, .string, .bool, .list, .pieces, .tuple, .record, .dictionary, .call,
      .construct, .none, .some, .secret, .residual, .hole:
      throw unexpected(function, wanted: "A function", node, site)
    }
  }

  /// Selects a field; where the record has the shape that was met here last, without a search.
  mutating func select(
    _ use: FieldUse, of value: RuntimeValue, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
    let place = Int(use.index)
    switch value {
    case .record(let record):
      if code.fieldPlaces[place].shape === record.shape {
        return .force(record.values[code.fieldPlaces[place].index])
      }
      let name = code.fieldNames[place]
      if let index = record.shape.index(of: name) {
        code.fieldPlaces[place] = (shape: record.shape, index: index)
        return .force(record.values[index])
      }
      throw failure(
        "FG0304", "There is no field '\(name)' here", at: site(of: node, within: record.site),
        notes: ["It has: " + record.shape.names.joined(separator: ", ")])
    case .residual(let residual):
      let name =
        residual.isOfNeighbour
        ? code.fieldNames[place] : AWSName.member(code.fieldNames[place])
      return .give(.residual(try path(residual, extendedBy: name, node)))
    case .int, .float, .string, .bool, .list, .pieces, .tuple, .dictionary, .closure, .external,
      .call, .construct, .none, .some, .secret, .hole:
      throw unexpected(value, wanted: "A record", node, nil)
    }
  }

  /// A path one step further into a value that is known only later.
  func path(
    _ residual: Residual, extendedBy name: String, _ node: CoreID?
  ) throws(EvaluationFailure) -> Residual {
    switch residual {
    case .path(let variable, let path): return .path(variable, path + [name])
    case .find(let source, let key, let equals, let path):
      return .find(source: source, key: key, equals: equals, path: path + [name])
    case .output, .concat, .each:
      throw branching("Taking a part of this", by: .residual(residual), at: node, nil)
    }
  }

  /// What a constructor holds.
  mutating func open(
    _ value: RuntimeValue, _ id: ConstructorID, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
    if case .residual(let residual) = value, residual.isOfNeighbour { return .give(value) }
    guard case .construct(let constructed) = value else {
      throw unexpected(value, wanted: "A '\(program[id].name)'", node, nil)
    }
    guard constructed.constructor == id, let payload = constructed.payload else {
      throw failure(
        "FG0304",
        "This is a '\(program[constructed.constructor].name)', not a '\(program[id].name)'",
        at: site(of: node, within: constructed.site), "a '\(program[id].name)' is wanted here",
        hint: "use 'case' where a value may be one or the other")
    }
    return .force(payload)
  }

  private mutating func change(
    _ value: RuntimeValue, _ change: Change
  ) throws(EvaluationFailure) -> RuntimeValue {
    guard let step = change.steps.first else { return value }
    var rest = change
    rest.steps = change.steps.dropFirst()
    switch (step, value) {
    case (.field(let name), .record(var record)):
      record.site = change.site ?? record.site
      if let index = record.shape.index(of: name) {
        record.values[index] =
          rest.steps.isEmpty
          ? change.value : heap.add(.changed(of: record.values[index], rest))
      } else if rest.steps.isEmpty {
        record.fields[name] = change.value
      } else {
        throw failure("FG0304", "There is no field '\(name)' here", at: change.site)
      }
      return .record(record)
    case (.payload(let id), .construct(let constructed)):
      guard constructed.constructor == id, let payload = constructed.payload else {
        throw failure(
          "FG0304",
          "This is a '\(program[constructed.constructor].name)', not a '\(program[id].name)'",
          at: change.site)
      }
      let held = heap.add(.changed(of: payload, rest))
      return construct(id, held, change.site ?? constructed.site)
    case (.field, _): throw unexpected(value, wanted: "A record", change.node, change.site)
    case (.payload(let id), _):
      throw unexpected(value, wanted: "A '\(program[id].name)'", change.node, change.site)
    }
  }

  private mutating func adding(
    _ names: [String], _ identity: ResourceIdentity, to value: RuntimeValue
  ) -> RuntimeValue {
    guard case .record(let record) = value else { return value }
    var fields = record.fields
    for name in names {
      fields[name] = heap.add(.residual(.output(Self.placeholder(identity), name: name)))
    }
    let constructor = resources[identity.number].constructor
    if let known = payloadShapes[constructor], known.names == fields.keys {
      return .record(RecordValue(shape: known, values: fields.values, site: record.site))
    }
    let whole = RecordValue(fields: fields, site: record.site)
    payloadShapes[constructor] = whole.shape
    return .record(whole)
  }

  /// Stands for a resource's address until addresses are known; no address begins like it.
  static func placeholder(_ identity: ResourceIdentity) -> ResourceAddress {
    ResourceAddress("\u{1}\(identity.number)")
  }

  /// The resource for which a placeholder stands.
  static func identity(of placeholder: ResourceAddress) -> ResourceIdentity? {
    guard placeholder.text.utf8.first == 1 else { return nil }
    return Int(placeholder.text.dropFirst()).map(ResourceIdentity.init(number:))
  }
}

extension Residual {
  /// Whether it is a part of another process's values.
  fileprivate var isOfNeighbour: Bool {
    if case .path(.neighbour, _) = self { true } else { false }
  }
}
