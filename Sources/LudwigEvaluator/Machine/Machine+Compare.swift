internal import Canon
internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Machine {
  /// Compares two values; those without parts at once.
  mutating func compare(
    _ a: RuntimeValue, _ b: RuntimeValue, isNegated: Bool, _ node: CoreID
  ) throws(EvaluationFailure) -> Control {
    guard let parts = try parts(a, b, node) else { return .give(.bool(isNegated)) }
    if parts.isEmpty { return .give(.bool(!isNegated)) }
    comparisons.append(
      Comparing(pending: parts.reversed(), isNegated: isNegated, node: node))
    return try advanceComparison()
  }

  /// Goes on comparing with the value of one side.
  mutating func resumeComparison(
    with value: RuntimeValue
  ) throws(EvaluationFailure) -> Control {
    let top = comparisons.count - 1
    guard let left = comparisons[top].left else {
      guard let right = comparisons[top].right else { throw EvaluationFailure(nil) }
      comparisons[top].left = value
      stack.append(.compare)
      return .force(right)
    }
    comparisons[top].left = nil
    guard let parts = try parts(left, value, comparisons[top].node) else {
      return .give(.bool(comparisons.removeLast().isNegated))
    }
    comparisons[top].pending += parts.reversed()
    return try advanceComparison()
  }

  /// Takes the next pair of the topmost comparison.
  private mutating func advanceComparison() throws(EvaluationFailure) -> Control {
    let top = comparisons.count - 1
    while let (a, b) = comparisons[top].pending.popLast() {
      if a == b, case .value(let value) = heap[a], Self.isSameAsItself(value) { continue }
      comparisons[top].right = b
      stack.append(.compare)
      return .force(a)
    }
    return .give(.bool(!comparisons.removeLast().isNegated))
  }

  private static func isSameAsItself(_ value: RuntimeValue) -> Bool {
    switch value {
    case .int, .string, .bool, .none: true
    case .construct(let constructed): constructed.identity != nil
    case .float, .list, .pieces, .tuple, .record, .dictionary, .closure, .external, .call, .some,
      .secret, .residual, .hole:
      false
    }
  }

  /// The pairs of parts that must be equal for two values to be; nil when they are not.
  ///
  /// Resources are equal when they are the same one, whatever their fields.
  private func parts(
    _ a: RuntimeValue, _ b: RuntimeValue, _ node: CoreID
  ) throws(EvaluationFailure) -> [(Ref, Ref)]? {
    if Self.isLater(a) || Self.isLater(b) {
      if case .residual(let x) = a, case .residual(let y) = b, x == y { return [] }
      throw branching("A comparison", by: Hole.place(in: a) == nil ? b : a, at: node, nil)
    }
    if Self.isFunction(a) || Self.isFunction(b) {
      throw failure(
        "FG0304", "Functions cannot be compared", at: site(of: node, within: trace().first))
    }
    return Self.simpleParts(a, b) ?? Self.compoundParts(a, b)
  }

  private static func isLater(_ value: RuntimeValue) -> Bool {
    switch value {
    case .residual, .pieces, .hole: true
    case .construct(let made): made.identity.flatMap { Hole.place(of: $0) } != nil
    case .int, .float, .string, .bool, .list, .tuple, .record, .dictionary, .closure, .external,
      .call, .none, .some, .secret:
      false
    }
  }

  private static func isFunction(_ value: RuntimeValue) -> Bool {
    switch value {
    case .closure, .external, .call: true
    case .int, .float, .string, .bool, .list, .pieces, .tuple, .record, .dictionary, .construct,
      .none, .some, .secret, .residual, .hole:
      false
    }
  }

  /// No parts where two values without parts are equal; nil otherwise.
  private static func simpleParts(_ a: RuntimeValue, _ b: RuntimeValue) -> [(Ref, Ref)]? {
    let isEqual: Bool
    if case .int(let x) = a, case .int(let y) = b {
      isEqual = x == y
    } else if case .float(let x) = a, case .float(let y) = b {
      isEqual = x == y
    } else if case .string(let x) = a, case .string(let y) = b {
      isEqual = x == y
    } else if case .bool(let x) = a, case .bool(let y) = b {
      isEqual = x == y
    } else if case .secret(let x) = a, case .secret(let y) = b {
      isEqual = x == y
    } else if case .none = a, case .none = b {
      isEqual = true
    } else {
      isEqual = false
    }
    return isEqual ? [] : nil
  }

  private static func compoundParts(_ a: RuntimeValue, _ b: RuntimeValue) -> [(Ref, Ref)]? {
    if case .list(let x) = a, case .list(let y) = b {
      return x.count == y.count ? Array(zip(x, y)) : nil
    }
    if case .tuple(let x) = a, case .tuple(let y) = b {
      return x.count == y.count ? Array(zip(x, y)) : nil
    }
    if case .record(let x) = a, case .record(let y) = b {
      guard x.shape === y.shape || x.shape.names == y.shape.names else { return nil }
      return Array(zip(x.values, y.values))
    }
    if case .dictionary(let x) = a, case .dictionary(let y) = b {
      return x.keys == y.keys ? Array(zip(x.values, y.values)) : nil
    }
    if case .some(let x) = a, case .some(let y) = b { return [(x, y)] }
    guard case .construct(let x) = a, case .construct(let y) = b else { return nil }
    if x.identity != nil || y.identity != nil { return x.identity == y.identity ? [] : nil }
    guard x.constructor == y.constructor else { return nil }
    if let p = x.payload, let q = y.payload { return [(p, q)] }
    return []
  }
}
