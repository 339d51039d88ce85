internal import Canon
internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Machine {
  /// Begins to match a value against branches.
  mutating func startMatch(
    _ node: CoreID, _ subject: CoreID, _ branches: [CoreBranch], _ frame: FrameRef,
    _ outer: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    let ref = delay(subject, frame, site(of: node, within: outer))
    return try advance(
      Matching(
        node: node, branches: branches, branch: 0,
        pending: branches.first.map { [($0.pattern, ref)] } ?? [], subject: ref, frame: frame,
        site: outer))
  }

  /// Goes on after a pattern's subject was forced.
  mutating func resumeMatch(
    _ matching: Matching, with value: RuntimeValue
  ) throws(EvaluationFailure) -> Control {
    try advance(matching)
  }

  private mutating func advance(_ matching: Matching) throws(EvaluationFailure) -> Control {
    var matching = matching
    while matching.branch < matching.branches.count {
      guard let (pattern, subject) = matching.pending.last else {
        return .evaluate(
          matching.branches[matching.branch].body, matching.frame, matching.site)
      }
      switch pattern {
      case .wildcard: matching.pending.removeLast()
      case .bind(let slot):
        heap.fill(slot, of: matching.frame, with: subject)
        matching.pending.removeLast()
      case .literal, .tuple, .record, .list, .construct, .none, .some:
        guard case .value(let value) = heap[subject] else {
          stack.append(.match(matching))
          return .force(subject)
        }
        matching.pending.removeLast()
        if let parts = try parts(of: value, by: pattern, matching) {
          matching.pending += parts.reversed()
        } else {
          matching.branch += 1
          if matching.branch < matching.branches.count {
            let next = matching.branches[matching.branch].pattern
            matching.pending = [(next, matching.subject)]
          }
        }
      }
    }
    throw failure(
      "FG0304", "No branch is for this value", at: site(of: matching.node, within: matching.site))
  }

  /// What is still to be matched when a value has a pattern's outermost shape; nil when not.
  private func parts(
    of value: RuntimeValue, by pattern: CorePattern, _ matching: Matching
  ) throws(EvaluationFailure) -> [(pattern: CorePattern, subject: Ref)]? {
    switch value {
    case .residual, .pieces: throw branching("A 'case'", at: matching.node, matching.site)
    case .int, .float, .string, .bool, .list, .tuple, .record, .dictionary, .closure, .external,
      .call, .construct, .none, .some, .secret:
      break
    }
    switch pattern {
    case .wildcard, .bind: return []
    case .literal(let literal): return Self.isEqual(value, literal) ? [] : nil
    case .tuple(let patterns):
      guard case .tuple(let refs) = value, patterns.count == refs.count else { return nil }
      return Array(zip(patterns, refs))
    case .list(let patterns):
      guard case .list(let refs) = value, patterns.count == refs.count else { return nil }
      return Array(zip(patterns, refs))
    case .record(let patterns):
      guard case .record(let record) = value else { return nil }
      var out: [(pattern: CorePattern, subject: Ref)] = []
      for field in patterns {
        guard let ref = record.fields[field.name] else { return nil }
        out.append((field.pattern, ref))
      }
      return out
    case .construct(let id, let inner):
      guard case .construct(let held) = value, id == held.constructor else { return nil }
      guard let inner, let payload = held.payload else { return [] }
      return [(inner, payload)]
    case .none:
      if case .none = value { return [] }
      return nil
    case .some(let inner):
      if case .some(let ref) = value { return [(inner, ref)] }
      return nil
    }
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
