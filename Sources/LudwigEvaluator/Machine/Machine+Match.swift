internal import Canon
internal import Diagnostics
internal import LudwigTypes
internal import Text

/// How a pattern and a value compare.
enum MatchOutcome {
  /// They fit; the pattern's slots are filled.
  case fits
  /// They do not.
  case differs
  /// A part must be forced first.
  case needs(Ref)
}

extension Machine {
  /// Tries branches in order, from one on. Where a part must be forced first, its branch is tried
  /// again afterwards, from its beginning: by then more of the value is known.
  mutating func match(
    _ node: CoreID, branch first: Int32, _ subject: Ref, _ frame: FrameRef,
    _ outer: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    guard case .match(_, let table) = instruction(node) else { throw EvaluationFailure(nil) }
    let branches = code.branches[Int(table)]
    for index in Int(first)..<branches.count {
      switch try fits(subject, branches[index].pattern, frame, node, outer) {
      case .fits: return .evaluate(branches[index].body, frame, outer)
      case .differs: continue
      case .needs(let ref):
        stack.append(.match(node, branch: Int32(index), subject: subject, frame, outer))
        return .force(ref)
      }
    }
    throw failure("FG0304", "No branch is for this value", at: site(of: node, within: outer))
  }

  private mutating func fits(
    _ subject: Ref, _ pattern: CorePattern, _ frame: FrameRef, _ node: CoreID,
    _ outer: SourceRange?
  ) throws(EvaluationFailure) -> MatchOutcome {
    switch pattern {
    case .wildcard: return .fits
    case .bind(let slot):
      heap.fill(slot, of: frame, with: subject)
      return .fits
    case .literal, .tuple, .record, .list, .construct, .none, .some: break
    }
    guard case .value(let value) = heap[subject] else { return .needs(subject) }
    switch value {
    case .residual, .pieces, .hole:
      throw branching("A 'case'", by: value, at: node, outer)
    case .int, .float, .string, .bool, .list, .tuple, .record, .dictionary, .closure, .external,
      .call, .construct, .none, .some, .secret:
      break
    }
    switch (pattern, value) {
    case (.literal(let literal), _): return Self.isEqual(value, literal) ? .fits : .differs
    case (.tuple(let patterns), .tuple(let refs)):
      return try fits(refs[...], patterns, frame, node, outer)
    case (.list(let patterns), .list(let refs)):
      return try fits(refs, patterns, frame, node, outer)
    case (.record(let patterns), .record(let record)):
      for field in patterns {
        guard let ref = record[field.name] else { return .differs }
        let outcome = try fits(ref, field.pattern, frame, node, outer)
        guard case .fits = outcome else { return outcome }
      }
      return .fits
    case (.construct(let id, let inner), .construct(let held)):
      guard id == held.constructor else { return .differs }
      guard let inner, let payload = held.payload else { return .fits }
      return try fits(payload, inner, frame, node, outer)
    case (.none, .none): return .fits
    case (.some(let inner), .some(let ref)): return try fits(ref, inner, frame, node, outer)
    case (_, _): return .differs
    }
  }

  private mutating func fits(
    _ refs: ArraySlice<Ref>, _ patterns: [CorePattern], _ frame: FrameRef, _ node: CoreID,
    _ outer: SourceRange?
  ) throws(EvaluationFailure) -> MatchOutcome {
    guard refs.count == patterns.count else { return .differs }
    for (ref, pattern) in zip(refs, patterns) {
      let outcome = try fits(ref, pattern, frame, node, outer)
      guard case .fits = outcome else { return outcome }
    }
    return .fits
  }

  private static func isEqual(_ value: RuntimeValue, _ literal: CoreLiteral) -> Bool {
    switch (value, literal) {
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (_, _): false
    }
  }
}
