package import LudwigSyntax

/// A tree without places, so that two spellings of one sheet can be compared: each node as words,
/// in order of the tree's arenas. Two sheets of equal skeletons mean the same.
package struct SyntaxSkeleton: Hashable, Sendable {
  /// The words of each node.
  package let nodes: [String]

  /// Takes the places off a tree.
  package init(_ tree: SyntaxTree) {
    nodes =
      tree.statements.map { Self.words($0.kind) } + tree.expressions.map(Self.words)
      + tree.patterns.map(Self.words) + tree.types.map(Self.words)
  }

  private static func words(_ kind: Statement.Kind) -> String {
    switch kind {
    case .composition(let title): "composition \(title.debugDescription)"
    case .imports(let items): "import \(items.map(words))"
    case .export(let items): "export \(items.map(words))"
    case .type(let type):
      "type \(type.name.text) \(type.parameters.map(\.text)) \(words(type.body))"
    case .operatorDeclaration(let declared):
      "operator \(declared.name.text) \(declared.fixity) \(declared.definition.index)"
    case .binding(let binding): words(binding)
    case .function(let function): words(function)
    case .validate(let name): "validate \(name.text)"
    }
  }

  private static func words(_ item: ImportItem) -> String {
    switch item.visibility {
    case .fullName: item.module.text
    case .alias(let name): "\(item.module.text) as \(name.text)"
    case .unqualified: "\(item.module.text) as ."
    }
  }

  private static func words(_ item: ExportItem) -> String {
    switch item {
    case .value(let name): name.text
    case .type(let name, let isOpaque): "type \(name.text) \(isOpaque)"
    case .operatorName(let name): "operator \(name.text)"
    case .module(let name, let alias): "module \(name.text) \(alias?.text ?? "")"
    }
  }

  private static func words(_ body: TypeDeclaration.Body) -> String {
    switch body {
    case .primitive: ""
    case .alias(let type): ": \(type.index)"
    case .constructors(let constructors):
      constructors.map { "| \($0.name.text) \(words($0.payload))" }.joined()
    }
  }

  private static func words(_ type: TypeID?) -> String { type.map { "\($0.index)" } ?? "-" }

  private static func words(_ binding: Binding) -> String {
    "bind \(words(binding.annotation)) \(binding.pattern.index) \(binding.body.index)"
  }

  private static func words(_ function: Function) -> String {
    let parameters =
      switch function.parameters {
      case .positional(let list):
        "(\(list.map { "\($0.pattern.index): \(words($0.annotation))" }))"
      case .record(let list): "{\(list.map { "\($0.name.text): \(words($0.annotation))" })}"
      }
    return "fun \(function.name?.text ?? "") \(parameters) \(words(function.result)) "
      + "\(function.body.index)"
  }

  private static func words(_ type: TypeSyntax) -> String {
    switch type {
    case .missing: "?"
    case .named(let name, let arguments): "\(name.text) \(arguments.map(\.index))"
    case .variable(let name): "var \(name.text)"
    case .tuple(let elements): "tuple \(elements.map(\.index))"
    case .record(let fields): "record \(fields.map { "\($0.name.text): \($0.type.index)" })"
    case .function(let parameters, let result): "fun \(parameters.map(\.index)) \(result.index)"
    }
  }

  private static func words(_ pattern: Pattern) -> String {
    switch pattern {
    case .missing: "?"
    case .wildcard: "_"
    case .name(let name): "name \(name.text)"
    case .constructor(let name, let payload): "\(name.text) \(payload?.index ?? -1)"
    case .integer(let value): "int \(value)"
    case .float(let value): "float \(value)"
    case .string(let value): value.debugDescription
    case .tuple(let elements): "tuple \(elements.map(\.index))"
    case .record(let fields): "record \(fields.map { "\($0.name.text): \($0.pattern.index)" })"
    case .list(let elements): "list \(elements.map(\.index))"
    }
  }

  private static func words(_ expression: Expression) -> String {
    switch expression {
    case .missing: "?"
    case .integer(let value): "int \(value)"
    case .float(let value): "float \(value)"
    case .string(let value): value.debugDescription
    case .name(let name): "name \(name.text)"
    case .constructor(let name): "constructor \(name.text)"
    case .operatorValue(let name): "operator \(name.text)"
    case .record(let fields): "record \(fields.map(\.name.text)) \(indices(expression))"
    case .dictionary(let entries): "dictionary \(entries.map(\.key.text)) \(indices(expression))"
    case .field(_, let name): "field \(name.text) \(indices(expression))"
    case .constructorField(_, let constructor, let name):
      "field \(constructor.text).\(name?.text ?? "") \(indices(expression))"
    case .lambda(let function): words(function)
    case .block(let locals, let result): "block \(locals.map(words)) \(result.index)"
    case .match(let subject, let branches):
      "case \(subject.index) \(branches.map { [$0.pattern.index, $0.body.index] })"
    case .comprehension(let element, let clauses): "for \(element.index) \(clauses.map(words))"
    case .update(let record, let updates): "with \(record.index) \(updates.map(words))"
    case .operators(let items): "operators \(items.map(words))"
    case .infix(let name, _, _), .prefix(let name, _): "\(name.text) \(indices(expression))"
    case .list: "list \(indices(expression))"
    case .tuple: "tuple \(indices(expression))"
    case .call: "call \(indices(expression))"
    case .conditional: "if \(indices(expression))"
    case .sequence: "; \(indices(expression))"
    }
  }

  private static func indices(_ expression: Expression) -> [Int32] {
    expression.children.map(\.index)
  }

  private static func words(_ local: LocalStatement) -> String {
    switch local {
    case .binding(let binding): words(binding)
    case .function(let function): words(function)
    }
  }

  private static func words(_ clause: ComprehensionClause) -> String {
    switch clause {
    case .each(let pattern, let list): "for \(pattern.index) \(list.index)"
    case .condition(let condition): "if \(condition.index)"
    }
  }

  private static func words(_ update: FieldUpdate) -> String {
    let path = update.path.map { step in
      switch step {
      case .field(let name): name.text
      case .constructor(let name): "(\(name.text))"
      }
    }
    return "\(path): \(update.value.index)"
  }

  private static func words(_ item: OperatorItem) -> String {
    switch item {
    case .operand(let id): "\(id.index)"
    case .word(let id): "word \(id.index)"
    case .symbol(let name): name.text
    }
  }
}
