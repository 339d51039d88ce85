import LudwigSyntax

/// A tree as nested words, for golden files: `(call (name f) (integer 1))`.
struct SyntaxOutline {
  let tree: SyntaxTree

  /// A word with what is below it; printed on one line where it fits.
  struct Node {
    let name: String
    let children: [Node]?
    let width: Int

    static func leaf(_ name: String) -> Node {
      Node(name: name, children: nil, width: name.utf8.count)
    }

    static func branch(_ name: String, _ children: [Node]) -> Node {
      Node(
        name: name, children: children,
        width: children.reduce(name.utf8.count + 2) { $0 + $1.width + 1 })
    }

    func text(indent: Int = 0) -> String {
      guard let children else { return name }
      let isFlat = width + indent <= 96
      let margin = isFlat ? " " : "\n" + String(repeating: " ", count: indent + 2)
      return "(\(name)"
        + children.map { margin + $0.text(indent: isFlat ? 0 : indent + 2) }.joined() + ")"
    }
  }

  var text: String { tree.statements.map { node($0.kind).text() + "\n" }.joined() }

  private func node(_ kind: Statement.Kind) -> Node {
    switch kind {
    case .composition(let title): .branch("composition", title.map { [.leaf(quoted($0))] } ?? [])
    case .imports(let items): .branch("import", items.map(node))
    case .export(let items): .branch("export", items.map(node))
    case .type(let type): node(type)
    case .operatorDeclaration(let declared):
      .branch(
        "operator \(declared.name.text) \(declared.fixity.position) \(declared.fixity.precedence)",
        [node(declared.definition)])
    case .binding(let binding): node(binding)
    case .function(let function): node(function)
    case .validate(let name): .branch("validate", [.leaf(name.text)])
    }
  }

  private func node(_ item: ImportItem) -> Node {
    switch item.visibility {
    case .fullName: .leaf(item.module.text)
    case .alias(let name): .leaf("\(item.module.text)=\(name.text)")
    case .unqualified: .leaf("\(item.module.text)=.")
    }
  }

  private func node(_ item: ExportItem) -> Node {
    switch item {
    case .value(let name): .leaf(name.text)
    case .type(let name, let isOpaque):
      .branch(isOpaque ? "opaque" : "type", [.leaf(name.text)])
    case .operatorName(let name): .branch("operator", [.leaf(name.text)])
    case .module(let name, let alias):
      .branch("module", [.leaf(name.text)] + (alias.map { [.leaf($0.text)] } ?? []))
    }
  }

  private func node(_ type: TypeDeclaration) -> Node {
    let head = "type " + ([type.name] + type.parameters).map(\.text).joined(separator: " ")
    switch type.body {
    case .primitive: return .branch(head, [])
    case .alias(let alias): return .branch(head, [node(alias)])
    case .constructors(let constructors):
      return .branch(
        head,
        constructors.map { .branch("| \($0.name.text)", $0.payload.map { [node($0)] } ?? []) })
    }
  }

  private func node(_ binding: Binding) -> Node {
    let annotation = binding.annotation.map { [node($0)] } ?? []
    return .branch("bind", annotation + [node(binding.pattern), node(binding.body)])
  }

  private func node(_ function: Function) -> Node {
    let parameters: [Node]
    switch function.parameters {
    case .positional(let positional):
      parameters = positional.map { parameter in
        parameter.annotation.map { .branch(":", [node(parameter.pattern), node($0)]) }
          ?? node(parameter.pattern)
      }
    case .record(let fields):
      parameters = fields.map { field in
        field.annotation.map { .branch("." + field.name.text, [node($0)]) }
          ?? .leaf("." + field.name.text)
      }
    }
    let result = function.result.map { [Node.branch("->", [node($0)])] } ?? []
    let name = function.name.map { "fun \($0.text)" } ?? "fun"
    return .branch(name, [.branch("of", parameters)] + result + [node(function.body)])
  }

  private func node(_ id: TypeID) -> Node {
    switch tree[id] {
    case .missing: .leaf("?")
    case .named(let name, let arguments):
      arguments.isEmpty ? .leaf(name.text) : .branch(name.text, arguments.map(node))
    case .variable(let name): .leaf(name.text)
    case .tuple(let elements): .branch("tuple", elements.map(node))
    case .record(let fields):
      .branch("record", fields.map { .branch($0.name.text, [node($0.type)]) })
    case .function(let parameters, let result):
      .branch("fun", parameters.map(node) + [.branch("->", [node(result)])])
    }
  }

  private func node(_ id: PatternID) -> Node {
    switch tree[id] {
    case .missing: .leaf("?")
    case .wildcard: .leaf("_")
    case .name(let name): .leaf(name.text)
    case .constructor(let name, let payload):
      payload.map { .branch(name.text, [node($0)]) } ?? .leaf(name.text)
    case .integer(let value): .leaf(String(value))
    case .float(let value): .leaf(String(value))
    case .string(let value): .leaf(quoted(value))
    case .tuple(let elements): .branch("tuple", elements.map(node))
    case .record(let fields):
      .branch("record", fields.map { .branch($0.name.text, [node($0.pattern)]) })
    case .list(let elements): .branch("list", elements.map(node))
    }
  }

  private func node(_ id: ExpressionID) -> Node {
    switch tree[id] {
    case .missing: .leaf("?")
    case .integer(let value): .leaf(String(value))
    case .float(let value): .leaf(String(value))
    case .string(let value): .leaf(quoted(value))
    case .list(let elements): .branch("list", elements.map(node))
    case .tuple(let elements): .branch("tuple", elements.map(node))
    case .record(let fields):
      .branch("record", fields.map { .branch($0.name.text, [node($0.value)]) })
    case .dictionary(let entries):
      .branch("dictionary", entries.map { .branch(quoted($0.key.text), [node($0.value)]) })
    case .name(let name), .constructor(let name): .leaf(name.text)
    case .field(let base, let name): .branch("." + name.text, [node(base)])
    case .constructorField(let base, let constructor, let name):
      .branch(".(\(constructor.text)).\(name?.text ?? "(all)")", [node(base)])
    case .call(let function, let arguments):
      .branch("call", [node(function)] + arguments.map(node))
    case .lambda(let function): node(function)
    case .operatorValue(let name): .branch("operator", [.leaf(name.text)])
    case .block, .conditional, .match, .comprehension, .update, .sequence, .operators, .infix,
      .prefix:
      compound(id)
    }
  }

  private func compound(_ id: ExpressionID) -> Node {
    switch tree[id] {
    case .block(let locals, let result): .branch("block", locals.map(node) + [node(result)])
    case .conditional(let condition, let positive, let negative):
      .branch("if", [node(condition), node(positive), node(negative)])
    case .match(let subject, let branches):
      .branch(
        "case",
        [node(subject)] + branches.map { .branch("|", [node($0.pattern), node($0.body)]) })
    case .comprehension(let element, let clauses):
      .branch("comprehension", [node(element)] + clauses.map(node))
    case .update(let record, let updates): .branch("with", [node(record)] + updates.map(node))
    case .sequence(let first, let second): .branch(";", [node(first), node(second)])
    case .operators(let items): .branch("operators", items.map(node))
    case .infix(let name, let left, let right): .branch(name.text, [node(left), node(right)])
    case .prefix(let name, let operands):
      .branch("prefix \(name.text)", operands.map(node))
    case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .name,
      .constructor, .field, .constructorField, .call, .lambda, .operatorValue:
      node(id)
    }
  }

  private func node(_ local: LocalStatement) -> Node {
    switch local {
    case .binding(let binding): node(binding)
    case .function(let function): node(function)
    }
  }

  private func node(_ clause: ComprehensionClause) -> Node {
    switch clause {
    case .each(let pattern, let list): .branch("for", [node(pattern), node(list)])
    case .condition(let condition): .branch("if", [node(condition)])
    }
  }

  private func node(_ update: FieldUpdate) -> Node {
    let path = update.path.map { step in
      switch step {
      case .field(let name): name.text
      case .constructor(let name): "(\(name.text))"
      }
    }
    return .branch(path.joined(separator: "."), [node(update.value)])
  }

  private func node(_ item: OperatorItem) -> Node {
    switch item {
    case .operand(let id), .word(let id): node(id)
    case .symbol(let name): .leaf(name.text)
    }
  }

  private func quoted(_ text: String) -> String { text.debugDescription }
}
