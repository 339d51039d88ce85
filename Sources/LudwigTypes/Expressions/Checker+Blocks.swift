import Diagnostics
import Graphs
import LudwigSyntax
import Text

extension Checker {
  /// `let` lines and their result. Lines may stand in any order; functions are generalised.
  mutating func block(
    _ statements: [LocalStatement], _ result: ExpressionID, _ wanted: TypeRef?, _ mode: Coercion,
    _ why: Why, _ range: SourceRange
  ) -> Typed {
    let mark = locals.count
    reportRepeatedLocals(statements)
    var bindings: [CoreBinding] = []
    for component in components(of: statements) {
      bindings += group(component.map { statements[$0] })
    }
    let value: Typed
    if let wanted {
      value = Typed(core: check(result, wanted, mode, why), type: wanted)
    } else {
      value = infer(result)
    }
    locals.removeSubrange(mark...)
    if bindings.isEmpty { return value }
    return Typed(core: add(.letrec(bindings, body: value.core), range), type: value.type)
  }

  /// Statements that use each other, together; each group after those that it uses.
  private func components(of statements: [LocalStatement]) -> [[Int]] {
    var graph = DirectedGraph(count: statements.count)
    var owner: [String: Int] = [:]
    for (index, statement) in statements.enumerated() {
      for name in names(of: statement) { owner[name.text] = index }
    }
    for (index, statement) in statements.enumerated() {
      let free: FreeNames =
        switch statement {
        case .binding(let binding): FreeNames(of: binding.body, in: tree)
        case .function(let function): FreeNames(of: function, in: tree)
        }
      for name in free.values where name.qualifier.isEmpty {
        if let target = owner[name.text] { graph.addEdge(from: index, to: target) }
      }
    }
    return graph.components
  }

  private func names(of statement: LocalStatement) -> [Identifier] {
    switch statement {
    case .binding(let binding): boundNames(of: binding.pattern, in: tree)
    case .function(let function): function.name.map { [$0] } ?? []
    }
  }

  private mutating func reportRepeatedLocals(_ statements: [LocalStatement]) {
    reportRepeatedNames(statements.flatMap { names(of: $0) }, "block")
  }

  /// Reports names that are bound twice where each may be bound once.
  mutating func reportRepeatedNames(_ names: [Identifier], _ place: String) {
    var seen: [String: SourceRange] = [:]
    for name in names {
      if let earlier = seen[name.text] {
        report(
          Diagnostic(
            "FG0206", "The name \(name.text) is defined twice in this \(place)",
            labels: [
              DiagnosticLabel(name.range, "defined again here"),
              DiagnosticLabel(earlier, "first defined here", isPrimary: false),
            ], hint: "rename one of the two"))
      } else {
        seen[name.text] = name.range
      }
    }
  }

  private mutating func group(_ statements: [LocalStatement]) -> [CoreBinding] {
    let isGeneral = statements.allSatisfy { isNamed($0) }
    let (mark, savedVariables) = (waiting.count, typeVariables)
    typeVariables = [:]
    if isGeneral { types.arena.level += 1 }
    var slots: [(slot: Int, type: TypeRef)] = []
    let first = locals.count
    for statement in statements {
      let (slot, type) = (newSlot(), types.arena.variable())
      slots.append((slot, type))
      switch statement {
      case .function(let function):
        if let name = function.name { bind(name, .slot(slot), type) }
      case .binding(let binding):
        if case .name(let name) = tree[binding.pattern] {
          bind(name, .slot(slot), type)
          locals[locals.count - 1].body = binding.body
        }
      }
    }
    var out: [CoreBinding] = []
    for (statement, place) in zip(statements, slots) {
      out += check(statement, place.slot, place.type)
    }
    if isGeneral {
      force(since: mark)
      types.arena.level -= 1
      for slot in slots where !isFunction(slot.type) { settleNumbers(slot.type) }
      let kinds = types.generalize(slots.map(\.type))
      for index in first..<locals.count { locals[index].scheme.kinds = kinds }
    }
    for (index, statement) in statements.enumerated() {
      let place: SourceRange?
      switch statement {
      case .function(let function): place = function.result.map { tree.range(of: $0) }
      case .binding(let binding): place = binding.annotation.map { tree.range(of: $0) }
      }
      if let place, failedAnnotations.contains(place), isGeneral {
        locals[first + index].scheme = TypeScheme(type: types.error(), kinds: [])
      }
    }
    typeVariables = savedVariables
    return out
  }

  /// Whether a statement binds one name, so that it may be used at several types.
  private func isNamed(_ statement: LocalStatement) -> Bool {
    switch statement {
    case .function: return true
    case .binding(let binding):
      if case .name = tree[binding.pattern] { return true }
      return false
    }
  }

  private mutating func check(
    _ statement: LocalStatement, _ slot: Int, _ type: TypeRef
  ) -> [CoreBinding] {
    switch statement {
    case .function(let function):
      let name = function.name?.text ?? ""
      let typed = lambda(function, nil, tree.range(of: function.body))
      unifyOrReport(type, typed.type, function.name?.range ?? tree.range(of: function.body))
      return [CoreBinding(slot: slot, name: name, value: typed.core)]
    case .binding(let binding):
      let core: CoreID
      if let annotation = binding.annotation {
        let wanted = self.type(annotation, .flexible)
        unifyOrReport(type, wanted, tree.range(of: annotation))
        core = check(binding.body, wanted, .none, .annotation(tree.range(of: annotation)))
      } else {
        let typed = infer(binding.body)
        unifyOrReport(type, typed.type, tree.range(of: binding.body))
        core = typed.core
      }
      if case .name(let name) = tree[binding.pattern] {
        return [CoreBinding(slot: slot, name: name.text, value: core)]
      }
      return [CoreBinding(slot: slot, name: "", value: core)] + parts(of: binding, slot, type)
    }
  }

  /// One binding for each name of a pattern on the left of a `let`.
  private mutating func parts(
    of binding: Binding, _ slot: Int, _ type: TypeRef
  ) -> [CoreBinding] {
    let range = tree.range(of: binding.pattern)
    let mark = locals.count
    let pattern = irrefutable(binding.pattern, type)
    var out: [CoreBinding] = []
    for index in mark..<locals.count {
      guard case .slot(let bound) = locals[index].place else { continue }
      let subject = add(.local(depth: 0, slot: slot), range)
      let inner = newSlot()
      let one = pattern.keeping(bound, as: inner)
      let body = add(.local(depth: 0, slot: inner), locals[index].range)
      let value = add(.match(subject, [CoreBranch(pattern: one, body: body)]), range)
      out.append(CoreBinding(slot: bound, name: locals[index].name, value: value))
    }
    return out
  }

  private mutating func unifyOrReport(_ a: TypeRef, _ b: TypeRef, _ range: SourceRange) {
    if !types.unify(a, b) { reportMismatch(a, b, .nothing, range) }
  }
}

extension CorePattern {
  /// The pattern with a single name kept, in another slot; other names match anything.
  func keeping(_ slot: Int, as new: Int) -> CorePattern {
    switch self {
    case .bind(let bound): bound == slot ? .bind(slot: new) : .wildcard
    case .wildcard, .literal, .none: self
    case .tuple(let parts): .tuple(parts.map { $0.keeping(slot, as: new) })
    case .list(let parts): .list(parts.map { $0.keeping(slot, as: new) })
    case .record(let fields):
      .record(
        fields.map {
          CoreFieldPattern(name: $0.name, pattern: $0.pattern.keeping(slot, as: new))
        })
    case .construct(let id, let inner): .construct(id, inner?.keeping(slot, as: new))
    case .some(let inner): .some(inner.keeping(slot, as: new))
    }
  }
}
