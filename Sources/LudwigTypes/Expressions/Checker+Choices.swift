import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// `if`: branches are checked against what is wanted, or against the first of them.
  mutating func conditional(
    _ condition: ExpressionID, _ then: ExpressionID, _ otherwise: ExpressionID,
    _ wanted: TypeRef?, _ mode: Coercion, _ why: Why, _ range: SourceRange
  ) -> Typed {
    let truth = check(condition, types.builtin(.bool), .none, .condition)
    if let wanted {
      let first = check(then, wanted, mode, why)
      let second = check(otherwise, wanted, mode, why)
      return Typed(
        core: add(.condition(truth, then: first, otherwise: second), range), type: wanted)
    }
    let first = infer(then)
    let sameAs = Why.sameAs("the branch before", tree.range(of: then))
    let second = check(otherwise, first.type, .none, sameAs)
    return Typed(
      core: add(.condition(truth, then: first.core, otherwise: second), range), type: first.type)
  }

  /// `case`.
  mutating func match(
    _ subject: ExpressionID, _ branches: [Branch], _ wanted: TypeRef?, _ mode: Coercion,
    _ why: Why, _ range: SourceRange
  ) -> Typed {
    let value = infer(subject)
    settle()
    var result = wanted
    var firstRange: SourceRange?
    var cores: [CoreBranch] = []
    let unknown = unknownPatterns
    var subjectType = value.type
    for branch in branches {
      let (mark, before) = (locals.count, mismatches)
      reportRepeatedNames(boundNames(of: branch.pattern, in: tree), "pattern")
      let lacking = patternsWithoutPayload
      let pattern = pattern(branch.pattern, subjectType)
      let isLacking = patternsWithoutPayload > lacking
      if isLacking { damagedPatterns += 1 }
      defer { if isLacking { damagedPatterns -= 1 } }
      // Once a pattern does not fit, nobody knows what is meant to be matched.
      if mismatches > before { subjectType = types.error() }
      let body: CoreID
      if let known = result {
        let reason = firstRange.map { Why.sameAs("the first branch", $0) } ?? why
        let before = mismatches
        body = check(branch.body, known, wanted == nil ? .none : mode, reason)
        // One branch of another type says that one of the two is wrong, not all that follow.
        if wanted == nil, mismatches > before { result = types.error() }
      } else {
        let typed = infer(branch.body)
        result = typed.type
        firstRange = tree.range(of: branch.body)
        body = typed.core
      }
      locals.removeSubrange(mark...)
      cores.append(CoreBranch(pattern: pattern, body: body))
    }
    if unknown == unknownPatterns {
      requireExhaustive(cores.map(\.pattern), at: tree.range(of: subject), isCase: true)
      if !reportLowerCase(branches, value.type) {
        reportRedundant(cores.map(\.pattern), branches.map { tree.range(of: $0.pattern) })
      }
    }
    let type = result ?? types.error()
    return Typed(core: add(.match(value.core, cores), range), type: type)
  }

  private mutating func isUnknownForGood(_ type: TypeRef) -> Bool {
    if case .error = types.arena[type] { return true }
    guard let element = types.argument(of: type, in: .list) else { return false }
    if case .error = types.arena[element] { return true }
    return false
  }

  /// Reports a name in lower case that is meant as a constructor, and so leaves nothing to the
  /// branches below it.
  private mutating func reportLowerCase(_ branches: [Branch], _ type: TypeRef) -> Bool {
    for branch in branches.dropLast() {
      guard case .name(let name) = tree[branch.pattern] else { continue }
      let meant = constructorNames(of: type).first {
        $0.lowercased() == name.text.lowercased()
      }
      guard let meant else { continue }
      report(
        Diagnostic(
          "FG0218", "The name \(name.text) matches everything, so the branches below it are lost",
          at: name.range, "this is a new name", hint: "the constructor is written \(meant)",
          replacement: meant))
      return true
    }
    return false
  }

  private func constructorNames(of type: TypeRef) -> [String] {
    guard case .named(let id, _) = types.arena[type] else { return [] }
    if id == BuiltinType.optional.id { return ["None", "Optional"] }
    if id == BuiltinType.bool.id { return ["True", "False"] }
    guard case .sum(let ids) = types.constructors[Int(id.index)].kind else { return [] }
    return ids.map { program[$0].name }
  }

  /// A comprehension: a `flatMap` for each `for`, a condition for each `if`. Elements that a
  /// `for`'s pattern does not match are left out.
  mutating func comprehension(
    _ element: ExpressionID, _ clauses: ArraySlice<ComprehensionClause>, _ wanted: TypeRef?,
    _ mode: Coercion, _ range: SourceRange
  ) -> Typed {
    depth += 1
    defer { depth -= 1 }
    guard isShallow(range) else { return invalid(range) }
    guard let clause = clauses.first else {
      if let wanted {
        let core = check(element, wanted, mode, .element)
        return Typed(core: add(.list([core]), range), type: types.builtin(.list, wanted))
      }
      let value = infer(element)
      return Typed(core: add(.list([value.core]), range), type: types.builtin(.list, value.type))
    }
    switch clause {
    case .condition(let condition):
      let truth = check(condition, types.builtin(.bool), .none, .condition)
      let rest = comprehension(element, clauses.dropFirst(), wanted, mode, range)
      let empty = add(.list([]), range)
      return Typed(
        core: add(.condition(truth, then: rest.core, otherwise: empty), range), type: rest.type)
    case .each(let id, let source):
      let value = infer(source)
      var item = types.arena.variable()
      let list = coerce(
        value, types.builtin(.list, item), .none, .source, tree.range(of: source))
      settle()
      // Of the elements of something that has been reported nothing is known.
      if isUnknownForGood(value.type) { item = types.error() }
      let mark = locals.count
      frames.append(Frame(size: 1, parameters: 1))
      let pattern = pattern(id, item)
      let rest = comprehension(element, clauses.dropFirst(), wanted, mode, range)
      locals.removeSubrange(mark...)
      let subject = add(.local(depth: 0, slot: 0), tree.range(of: id))
      var branches = [CoreBranch(pattern: pattern, body: rest.core)]
      if !isExhaustive([pattern]) {
        branches.append(CoreBranch(pattern: .wildcard, body: add(.list([]), range)))
      }
      let body = add(.match(subject, branches), range)
      let frame = frames.removeLast()
      let node = add(
        .lambda(
          CoreLambda(
            arity: 1, frameSize: frame.size, body: body, name: "", parameterTypes: [nil])), range)
      return Typed(core: add(.flatMap(list, function: node), range), type: rest.type)
    }
  }
}
