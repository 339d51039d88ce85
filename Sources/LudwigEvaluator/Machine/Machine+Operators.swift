internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Machine {
  /// Goes on with the value of the first operand.
  mutating func resumeOperation(
    _ primitive: CorePrimitive, _ first: RuntimeValue, _ second: CoreID, _ frame: FrameRef,
    _ site: SourceRange?, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
    switch (primitive, first) {
    case (.and, .bool(let truth)), (.or, .bool(let truth)):
      if truth == (primitive == .or) { return .give(first) }
      stack.append(.truth(node))
    case (.and, _), (.or, _): throw unexpected(first, wanted: "A truth value", node, site)
    case (.orDefault, .some(let ref)): return .force(ref)
    case (.orDefault, .none): break
    case (.orDefault, _): throw unexpected(first, wanted: "An Optional", node, site)
    case (_, _): stack.append(.operate(primitive, first: first, node))
    }
    return .evaluate(second, frame, site)
  }

  /// An operator on one value.
  func operate(
    _ primitive: CorePrimitive, _ value: RuntimeValue, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
    switch (primitive, value) {
    case (.not, .bool(let truth)): return .give(.bool(!truth))
    case (.negate, .float(let number)): return .give(.float(-number))
    case (.negate, .int(let number)):
      let (result, overflow) = Int64(0).subtractingReportingOverflow(number)
      if overflow { throw arithmetic("too large a number", node) }
      return .give(.int(result))
    case (_, _): throw unexpected(value, wanted: "A number or truth value", node, nil)
    }
  }

  /// An operator on two values.
  mutating func operate(
    _ primitive: CorePrimitive, _ a: RuntimeValue, _ b: RuntimeValue, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
    switch primitive {
    case .append: return .give(try appended(a, b, node))
    case .equal: return try compare(a, b, isNegated: false, node)
    case .notEqual: return try compare(a, b, isNegated: true, node)
    case .add, .subtract, .multiply, .divide, .remainder, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .and, .or, .not, .negate, .orDefault:
      break
    }
    switch (a, b) {
    case (.int(let x), .int(let y)): return .give(try integers(primitive, x, y, node))
    case (.float(let x), .float(let y)): return .give(try floats(primitive, x, y, node))
    case (.string(let x), .string(let y)):
      let isLess = x.utf8.lexicographicallyPrecedes(y.utf8)
      if let truth = Self.order(primitive, isLess, x == y) { return .give(.bool(truth)) }
      throw unexpected(a, wanted: "A number", node, nil)
    case (.residual, _), (.hole, _): throw unexpected(a, wanted: "A number", node, nil)
    case (_, _): throw unexpected(b, wanted: "A number", node, nil)
    }
  }

  private func arithmetic(_ what: String, _ node: CoreID) -> EvaluationFailure {
    failure(
      "FG0306", "This calculation has no result: \(what)",
      at: site(of: node, within: trace().first), hint: "calculate it with other numbers")
  }

  private func integers(
    _ primitive: CorePrimitive, _ x: Int64, _ y: Int64, _ node: CoreID
  ) throws(EvaluationFailure) -> RuntimeValue {
    let (result, overflow): (Int64, Bool)
    switch primitive {
    case .add: (result, overflow) = x.addingReportingOverflow(y)
    case .subtract: (result, overflow) = x.subtractingReportingOverflow(y)
    case .multiply: (result, overflow) = x.multipliedReportingOverflow(by: y)
    case .divide, .remainder:
      if y == 0 { throw arithmetic("a division by zero", node) }
      (result, overflow) =
        primitive == .divide
        ? x.dividedReportingOverflow(by: y) : x.remainderReportingOverflow(dividingBy: y)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .bool(Self.order(primitive, x < y, x == y) ?? false)
    case .equal, .notEqual, .and, .or, .not, .negate, .append, .orDefault:
      throw unexpected(.int(x), wanted: "Another operand", node, nil)
    }
    if overflow { throw arithmetic("too large a number", node) }
    return .int(result)
  }

  private func floats(
    _ primitive: CorePrimitive, _ x: Double, _ y: Double, _ node: CoreID
  ) throws(EvaluationFailure) -> RuntimeValue {
    switch primitive {
    case .add: return .float(x + y)
    case .subtract: return .float(x - y)
    case .multiply: return .float(x * y)
    case .divide:
      if y == 0 { throw arithmetic("a division by zero", node) }
      return .float(x / y)
    case .remainder:
      if y == 0 { throw arithmetic("a division by zero", node) }
      return .float(x.truncatingRemainder(dividingBy: y))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .bool(Self.order(primitive, x < y, x == y) ?? false)
    case .equal, .notEqual, .and, .or, .not, .negate, .append, .orDefault:
      throw unexpected(.float(x), wanted: "Another operand", node, nil)
    }
  }

  /// Whether two things stand in an order; nil where the operator is none of order. Where they are
  /// neither less, nor equal, the first is the greater one, or they have no order at all (NaN).
  private static func order(
    _ primitive: CorePrimitive, _ isLess: Bool, _ isEqual: Bool
  ) -> Bool? {
    switch primitive {
    case .less: isLess
    case .greater: !isLess && !isEqual
    case .lessOrEqual: isLess || isEqual
    case .greaterOrEqual: !isLess
    case .add, .subtract, .multiply, .divide, .remainder, .equal, .notEqual, .and, .or, .not,
      .negate, .append, .orDefault:
      nil
    }
  }

  /// Texts or lists, one after the other; parts may be known only later.
  mutating func appended(
    _ a: RuntimeValue, _ b: RuntimeValue, _ node: CoreID?
  ) throws(EvaluationFailure) -> RuntimeValue {
    if case .string(let x) = a, case .string(let y) = b {
      let size = x.utf8.count + y.utf8.count
      guard size <= limits.size else { throw tooLarge("text") }
      heap.spend(size)
      return .string(x + y)
    }
    if let x = Self.textParts(a), let y = Self.textParts(b) {
      guard x.count + y.count <= limits.size else { throw tooLarge("text") }
      return .residual(.concat(x + y))
    }
    guard let x = Self.pieces(of: a) else {
      throw unexpected(a, wanted: "A text or a list", node, nil)
    }
    guard let y = Self.pieces(of: b) else {
      throw unexpected(b, wanted: "A text or a list", node, nil)
    }
    return try list(of: x + y)
  }

  /// A text as parts to concatenate; nil for what can be no text.
  static func textParts(_ value: RuntimeValue) -> [Value]? {
    switch value {
    case .string(let text): [.string(text)]
    case .secret(let secret): [.secret(secret)]
    case .residual(.concat(let parts)): parts
    case .residual(.each): nil
    case .residual(let residual): [.residual(residual)]
    case .hole(let hole): [.residual(hole.residual)]
    case .int, .float, .bool, .list, .pieces, .tuple, .record, .dictionary, .closure, .external,
      .call, .construct, .none, .some:
      nil
    }
  }
}
