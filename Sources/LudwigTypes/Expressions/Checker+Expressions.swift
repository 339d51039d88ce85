import Diagnostics
import LudwigSyntax
import Text

/// An expression of the core with its type.
struct Typed {
  /// The expression.
  var core: CoreID
  /// Its type.
  var type: TypeRef
}

/// Which of the two coercions a position allows.
enum Coercion {
  /// None: the types must agree.
  case none
  /// Fields of a record that is made or changed: an `a` becomes an `Optional a`.
  case lifting
  /// Arguments of functions and constructors: also, a missing Optional field becomes `None`.
  case argument

  /// Whether an `a` may stand for an `Optional a`.
  var lifts: Bool { self != .none }
  /// Whether a missing field may be padded.
  var pads: Bool { self == .argument }
  /// What holds for the fields of a record literal in such a position.
  var withinRecord: Coercion { self == .argument ? .argument : .lifting }
}

extension Checker {
  /// Infers an expression's type.
  mutating func infer(_ id: ExpressionID) -> Typed {
    depth += 1
    defer { depth -= 1 }
    let range = tree.range(of: id)
    guard isShallow(range) else { return invalid(range) }
    let typed = inferNode(id, range)
    if tree.damaged.isEmpty || !tree.damaged.contains(id) { return typed }
    return Typed(core: typed.core, type: types.error())
  }

  private mutating func inferNode(_ id: ExpressionID, _ range: SourceRange) -> Typed {
    switch tree[id] {
    case .missing, .operators: return invalid(range)
    case .integer(let value): return literal(.int(Int64(value)), .int, range)
    case .float(let value): return literal(.float(value), .float, range)
    case .string(let value): return literal(.string(value), .string, range)
    case .list(let elements): return inferList(elements, range)
    case .tuple(let elements): return inferTuple(elements, range)
    case .record(let fields): return inferRecord(fields, range)
    case .dictionary(let entries): return inferDictionary(entries, range)
    case .name(let name): return use(name, range)
    case .constructor(let name): return constructorValue(name, range)
    case .field(let base, let name): return field(of: base, name, range)
    case .constructorField(let base, let constructor, let name):
      return field(of: base, through: constructor, name, range)
    case .call(let callee, let arguments): return call(callee, arguments, nil, range)
    case .lambda(let function): return lambda(function, nil, range)
    case .block(let statements, let result):
      return block(statements, result, nil, .none, .nothing, range)
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise, nil, .none, .nothing, range)
    case .match(let subject, let branches):
      return match(subject, branches, nil, .none, .nothing, range)
    case .comprehension(let element, let clauses):
      return comprehension(element, clauses[...], nil, .none, range)
    case .update(let base, let updates): return update(base, updates, range)
    case .sequence(let first, let second):
      let before = infer(first)
      let after = infer(second)
      return Typed(core: add(.sequence(before.core, after.core), range), type: after.type)
    case .infix(let name, let left, let right): return infix(name, left, right, nil, range)
    case .prefix(let name, let operands): return prefix(name, operands, range)
    case .operatorValue(let name): return operatorValue(name, range)
    }
  }

  /// Checks that an expression has a type, with what the position allows.
  mutating func check(
    _ id: ExpressionID, _ expected: TypeRef, _ mode: Coercion, _ why: Why
  ) -> CoreID {
    depth += 1
    defer { depth -= 1 }
    let range = tree.range(of: id)
    guard isShallow(range) else { return add(.invalid, range) }
    if !tree.damaged.isEmpty, tree.damaged.contains(id) { return infer(id).core }
    let expression = tree[id]
    if mode.lifts, expression.isLiteral, let inner = types.argument(of: expected, in: .optional) {
      return add(.some(check(id, inner, mode, why)), range)
    }
    switch expression {
    case .integer(let value) where isFloat(expected):
      return add(.literal(.float(Double(value))), range)
    case .string(let text):
      if let core = checkedLiteral(text, expected, range) { return core }
    case .list(let elements):
      if let element = types.argument(of: expected, in: .list), !isUnknown(element) {
        let parts = elements.map { check($0, element, mode, .element) }
        return add(.list(parts), range)
      }
    case .tuple(let elements):
      if case .tuple(let parts) = types.arena[expected], parts.count == elements.count {
        let cores = zip(elements, parts).map { check($0, $1, mode, .element) }
        return add(.tuple(cores), range)
      }
    case .dictionary(let entries):
      if let element = types.argument(of: expected, in: .dictionary) {
        return dictionary(entries, element, mode, range)
      }
    case .record(let fields):
      if let core = checkRecord(fields, expected, mode, why, range) { return core }
    case .lambda(let function):
      if case .function(let parameters, let result) = types.arena[expected],
        parameters.count == arity(of: function)
      {
        return lambda(function, (parameters, result), range, why: why).core
      }
      if case .function(let parameters, _) = types.arena[expected] {
        return reportArity(of: function, parameters.count, range)
      }
    case .block(let statements, let result):
      return block(statements, result, expected, mode, why, range).core
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise, expected, mode, why, range).core
    case .match(let subject, let branches):
      return match(subject, branches, expected, mode, why, range).core
    case .comprehension(let element, let clauses):
      if let wanted = types.argument(of: expected, in: .list) {
        return comprehension(element, clauses[...], wanted, mode, range).core
      }
    case .sequence(let first, let second):
      let before = infer(first)
      return add(.sequence(before.core, check(second, expected, mode, why)), range)
    case .call(let callee, let arguments):
      let typed = call(callee, arguments, expected, range)
      subject = id
      return coerce(typed, expected, mode, why, range)
    case .infix(let name, let left, let right):
      return coerce(infix(name, left, right, expected, range), expected, mode, why, range)
    case .missing, .integer, .float, .name, .constructor, .field, .constructorField,
      .update, .operators, .prefix, .operatorValue:
      break
    }
    let wantedText = wantsText
    if case .named(BuiltinType.string.id, _) = types.arena[expected] { wantsText = true }
    let value = infer(id)
    wantsText = wantedText
    subject = id
    return coerce(value, expected, mode, why, range)
  }

  /// Adds a node.
  mutating func add(_ node: CoreNode, _ range: SourceRange) -> CoreID {
    program.core.add(node, at: range)
  }

  /// What stands for an expression that is wrong and has been reported.
  mutating func invalid(_ range: SourceRange) -> Typed {
    Typed(core: add(.invalid, range), type: types.error())
  }

  /// A constant.
  mutating func literal(
    _ value: CoreLiteral, _ type: BuiltinType, _ range: SourceRange
  ) -> Typed {
    Typed(core: add(.literal(value), range), type: types.builtin(type))
  }

  /// A new slot of the innermost frame.
  mutating func newSlot() -> Int {
    let slot = frames[frames.count - 1].size
    frames[frames.count - 1].size += 1
    return slot
  }

  /// Whether nothing is known of a type as yet.
  func isUnknown(_ type: TypeRef) -> Bool {
    if case .variable = types.arena[type] { true } else { false }
  }

  private func isFloat(_ type: TypeRef) -> Bool {
    if case .named(BuiltinType.float.id, _) = types.arena[type] { true } else { false }
  }

  /// Whether there is room for a further level; reports where there is none.
  mutating func isShallow(_ range: SourceRange) -> Bool {
    if depth <= Checker.depthLimit { return true }
    report(
      Diagnostic(
        "FG0226", "This expression is nested too deeply",
        at: range, "more than \(Checker.depthLimit) levels deep",
        hint: "name a part of it with let"))
    return false
  }
}

extension Expression {
  /// Whether it is a literal or a comprehension, so that it is never itself an Optional.
  var isLiteral: Bool {
    switch self {
    case .integer, .float, .string, .list, .tuple, .record, .dictionary, .lambda, .comprehension:
      true
    case .missing, .name, .constructor, .field, .constructorField, .call, .block, .conditional,
      .match, .update, .sequence, .operators, .infix, .prefix, .operatorValue:
      false
    }
  }
}
