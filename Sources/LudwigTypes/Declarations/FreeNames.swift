import LudwigSyntax

/// Collects the names that an expression uses and does not bind itself. Iterative, so that deep
/// expressions are no matter.
struct FreeNames {
  private enum Errand {
    case visit(ExpressionID)
    case bind([String])
    case unbind([String])
  }

  private let tree: SyntaxTree
  private var bound: [String: Int] = [:]
  private var errands: [Errand] = []
  /// Values that are used, in order of use.
  private(set) var values: [QualifiedName] = []
  /// Operators that are used.
  private(set) var operators: [QualifiedName] = []

  /// Looks through an expression of a tree.
  init(of root: ExpressionID, in tree: SyntaxTree) {
    self.tree = tree
    errands = [.visit(root)]
    run()
  }

  /// Looks through a function.
  init(of function: Function, in tree: SyntaxTree) {
    self.tree = tree
    push(function)
    run()
  }

  private mutating func run() {
    while let errand = errands.popLast() {
      switch errand {
      case .visit(let id): visit(tree[id])
      case .bind(let names): for name in names { bound[name, default: 0] += 1 }
      case .unbind(let names): for name in names { bound[name, default: 0] -= 1 }
      }
    }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .missing, .integer, .float, .string, .constructor: break
    case .name(let name): use(name)
    case .operatorValue(let name): operators.append(QualifiedName([], name))
    case .list(let parts), .tuple(let parts): push(parts)
    case .record(let fields): push(fields.map(\.value))
    case .dictionary(let entries): push(entries.map(\.value))
    case .field(let base, _), .constructorField(let base, _, _): push([base])
    case .call(let callee, let arguments): push([callee] + arguments)
    case .lambda(let function): push(function)
    case .block(let statements, let result): push(statements, result)
    case .conditional(let condition, let then, let otherwise): push([condition, then, otherwise])
    case .match(let subject, let branches):
      for branch in branches { push(branch.body, binding: names(of: branch.pattern)) }
      push([subject])
    case .comprehension(let element, let clauses): push(element, clauses)
    case .update(let base, let updates): push([base] + updates.map(\.value))
    case .sequence(let first, let second): push([first, second])
    case .operators(let items):
      for case .operand(let id) in items { push([id]) }
    case .infix(let name, let left, let right):
      operators.append(name)
      push([left, right])
    case .prefix(let name, let operands):
      operators.append(name)
      push(operands)
    }
  }

  private mutating func use(_ name: QualifiedName) {
    if name.qualifier.isEmpty && bound[name.name.text, default: 0] > 0 { return }
    values.append(name)
  }

  private mutating func push(_ ids: [ExpressionID]) {
    for id in ids.reversed() { errands.append(.visit(id)) }
  }

  private mutating func push(_ body: ExpressionID, binding names: [String]) {
    errands += [.unbind(names), .visit(body), .bind(names)]
  }

  private mutating func push(_ function: Function) {
    var names: [String] = []
    switch function.parameters {
    case .positional(let parameters):
      names = parameters.flatMap { self.names(of: $0.pattern) }
    case .record(let parameters): names = parameters.map(\.name.text)
    }
    push(function.body, binding: names)
  }

  private mutating func push(_ statements: [LocalStatement], _ result: ExpressionID) {
    let bound = statements.flatMap { statement -> [String] in
      switch statement {
      case .binding(let binding): names(of: binding.pattern)
      case .function(let function): function.name.map { [$0.text] } ?? []
      }
    }
    errands += [.unbind(bound), .visit(result)]
    for statement in statements.reversed() {
      switch statement {
      case .binding(let binding): push([binding.body])
      case .function(let function): push(function)
      }
    }
    errands.append(.bind(bound))
  }

  private mutating func push(_ element: ExpressionID, _ clauses: [ComprehensionClause]) {
    var bound: [String] = []
    var order: [Errand] = []
    for clause in clauses {
      switch clause {
      case .each(let pattern, let source):
        order += [.visit(source), .bind(names(of: pattern))]
        bound += names(of: pattern)
      case .condition(let condition): order.append(.visit(condition))
      }
    }
    errands += ((order + [.visit(element), .unbind(bound)]) as [Errand]).reversed()
  }

  private func names(of root: PatternID) -> [String] {
    var out: [String] = []
    var stack = [root]
    while let next = stack.popLast() {
      switch tree[next] {
      case .name(let name): out.append(name.text)
      case .constructor(_, let inner): if let inner { stack.append(inner) }
      case .tuple(let parts), .list(let parts): stack += parts
      case .record(let fields): stack += fields.map(\.pattern)
      case .missing, .wildcard, .integer, .float, .string: break
      }
    }
    return out
  }
}
