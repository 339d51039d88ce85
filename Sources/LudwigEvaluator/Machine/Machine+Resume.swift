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
    case .apply(let arguments, let site, let node):
      return try apply(value, to: arguments, node, site)
    case .field(let name, let node): return try select(name, of: value, node)
    case .payload(let constructor, let node): return try open(value, constructor, node)
    case .change(let changes):
      var changed = value
      for change in changes { changed = try self.change(changed, change) }
      return .give(changed)
    case .match(let matching): return try resumeMatch(matching, with: value)
    case .condition(let then, let otherwise, let frame, let site, let node):
      guard case .bool(let truth) = value else {
        throw unexpected(value, wanted: "A truth value", node, site)
      }
      return .evaluate(truth ? then : otherwise, frame, site)
    case .iterate(let function, let node, let site):
      return try iterate(over: value, function, node, site)
    case .collect(let collection): return try collect(collection, value)
    case .operand(let primitive, let second, let frame, let site, let node):
      return try resumeOperation(primitive, value, second, frame, site, node)
    case .operate(let primitive, let first, let node):
      return try operate(primitive, first, value, node)
    case .operateAlone(let primitive, let node): return try operate(primitive, value, node)
    case .truth(_, let node):
      guard case .bool = value else {
        throw unexpected(value, wanted: "A truth value", node, nil)
      }
      return .give(value)
    case .compare(let comparing): return try resumeComparison(comparing, with: value)
    case .builtin(let pending): return try resumeBuiltin(pending, with: value)
    case .walk(let walk): return try resumeWalk(walk, with: value)
    case .message(let node, let site):
      guard case .string(let text) = value else {
        throw unexpected(value, wanted: "A text", node, site)
      }
      throw failure(
        "FG0303", text, at: self.site(of: node, within: site), "stopped here")
    case .then(let node, let frame, let site): return .evaluate(node, frame, site)
    case .addOutputs(let identity, let names): return .give(adding(names, identity, to: value))
    }
  }

  private mutating func apply(
    _ function: RuntimeValue, to arguments: [Ref], _ node: CoreID?, _ site: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    switch function {
    case .closure(let lambda, let parent):
      let frame = heap.addFrame(parent: parent, arguments: arguments, size: lambda.frameSize)
      return .evaluate(lambda.body, frame, site)
    case .external(let name):
      guard let input = arguments.first else { throw EvaluationFailure(nil) }
      return .give(.call(name, input))
    case .int, .float, .string, .bool, .list, .pieces, .tuple, .record, .dictionary, .call,
      .construct, .none, .some, .secret, .residual:
      throw unexpected(function, wanted: "A function", node, site)
    }
  }

  private mutating func select(
    _ name: String, of value: RuntimeValue, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
    switch value {
    case .record(let record):
      if let ref = record.fields[name] { return .force(ref) }
      throw failure(
        "FG0304", "There is no field '\(name)' here", at: site(of: node, within: record.site),
        notes: ["It has: " + record.fields.keys.joined(separator: ", ")])
    case .residual(let residual):
      return .give(.residual(try path(residual, extendedBy: AWSName.member(name), node)))
    case .int, .float, .string, .bool, .list, .pieces, .tuple, .dictionary, .closure, .external,
      .call, .construct, .none, .some, .secret:
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
      throw branching("Taking a part of this", at: node, nil)
    }
  }

  private mutating func open(
    _ value: RuntimeValue, _ id: ConstructorID, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
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
      if rest.steps.isEmpty {
        record.fields[name] = change.value
      } else if let old = record.fields[name] {
        record.fields[name] = heap.add(.changed(of: old, rest))
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
    guard case .record(var record) = value else { return value }
    for name in names {
      record.fields[name] = heap.add(
        .residual(.output(Self.placeholder(identity), name: name)))
    }
    return .record(record)
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
