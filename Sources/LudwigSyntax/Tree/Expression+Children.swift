extension Expression {
  /// The expressions directly below this one, in source order.
  package var children: [ExpressionID] {
    switch self {
    case .missing, .integer, .float, .string, .name, .constructor, .operatorValue: []
    case .list(let elements), .tuple(let elements): elements
    case .record(let fields): fields.map(\.value)
    case .dictionary(let entries): entries.map(\.value)
    case .field(let base, _), .constructorField(let base, _, _): [base]
    case .call(let function, let arguments): [function] + arguments
    case .lambda(let function): [function.body]
    case .block(let locals, let result): locals.map(\.body) + [result]
    case .conditional(let condition, let positive, let negative):
      [condition, positive, negative]
    case .match(let subject, let branches): [subject] + branches.map(\.body)
    case .comprehension(let element, let clauses): [element] + clauses.map(\.expression)
    case .update(let record, let updates): [record] + updates.map(\.value)
    case .sequence(let first, let second), .infix(_, let first, let second): [first, second]
    case .operators(let items): items.compactMap(\.expression)
    case .prefix(_, let operands): operands
    }
  }
}

extension LocalStatement {
  /// What the statement binds.
  package var body: ExpressionID {
    switch self {
    case .binding(let binding): binding.body
    case .function(let function): function.body
    }
  }
}

extension ComprehensionClause {
  /// The list that is gone through, or the condition.
  package var expression: ExpressionID {
    switch self {
    case .each(_, let list): list
    case .condition(let condition): condition
    }
  }
}

extension OperatorItem {
  /// The operand, if it is or may be one.
  package var expression: ExpressionID? {
    switch self {
    case .operand(let id), .word(let id): id
    case .symbol: nil
    }
  }
}
