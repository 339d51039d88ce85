package import Text

/// One sheet, parsed: its statements over three arenas of nodes.
///
/// Nodes are named by index instead of nested, so that no depth of nesting can overflow a stack
/// when a tree is copied or released.
package struct SyntaxTree: Hashable, Sendable {
  /// The source it was parsed from.
  package let source: SourceID
  /// The statements in source order.
  package internal(set) var statements: [Statement] = []
  /// The expressions; as parsed, children come before their parents.
  package internal(set) var expressions: [Expression] = []
  /// The patterns; children come before their parents.
  package internal(set) var patterns: [Pattern] = []
  /// The types; children come before their parents.
  package internal(set) var types: [TypeSyntax] = []
  /// Values behind which something stands that could not be understood.
  package internal(set) var damaged: Set<ExpressionID> = []
  /// Lines on which something could not be understood, so that further mistakes on them may be
  /// none.
  package internal(set) var damagedLines: [SourceRange] = []
  /// Names that may be bound by what could not be understood, so that nothing can be said of their
  /// uses.
  package internal(set) var lostNames: Set<String> = []
  /// The sheet's tokens with the blanks and comments before each; together they are its bytes.
  package internal(set) var tokens: [Token] = []
  private var expressionRanges: [SourceRange] = []
  private var patternRanges: [SourceRange] = []
  private var typeRanges: [SourceRange] = []

  /// An empty tree with room for the expressions of so many tokens.
  package init(source: SourceID, tokens: Int = 0) {
    self.source = source
    expressions.reserveCapacity(tokens / 3)
    expressionRanges.reserveCapacity(tokens / 3)
  }

  /// An expression.
  package internal(set) subscript(id: ExpressionID) -> Expression {
    get { expressions[Int(id.index)] }
    set { expressions[Int(id.index)] = newValue }
  }
  /// A pattern.
  package subscript(id: PatternID) -> Pattern { patterns[Int(id.index)] }
  /// A type.
  package subscript(id: TypeID) -> TypeSyntax { types[Int(id.index)] }

  /// Names all expressions, children before their parents.
  package var expressionIDs: [ExpressionID] {
    expressions.indices.map { ExpressionID(index: Int32($0)) }
  }

  /// Where an expression stands.
  package func range(of id: ExpressionID) -> SourceRange { expressionRanges[Int(id.index)] }
  /// Where a pattern stands.
  package func range(of id: PatternID) -> SourceRange { patternRanges[Int(id.index)] }
  /// Where a type stands.
  package func range(of id: TypeID) -> SourceRange { typeRanges[Int(id.index)] }

  /// Whether the sheet begins with `composition`, so that it can be run.
  package var isComposition: Bool {
    statements.contains { if case .composition = $0.kind { true } else { false } }
  }

  /// Whether a part of some import could not be understood.
  package var hasDamagedImport: Bool {
    statements.contains { statement in
      if case .imports = statement.kind { statement.isDamaged } else { false }
    }
  }

  /// Adds an expression; its children are in the arena already.
  package mutating func add(_ node: Expression, _ range: SourceRange) -> ExpressionID {
    expressions.append(node)
    expressionRanges.append(range)
    return ExpressionID(index: Int32(expressions.count - 1))
  }

  /// Adds a pattern; its children are in the arena already.
  package mutating func add(_ node: Pattern, _ range: SourceRange) -> PatternID {
    patterns.append(node)
    patternRanges.append(range)
    return PatternID(index: Int32(patterns.count - 1))
  }

  /// Adds a type; its children are in the arena already.
  package mutating func add(_ node: TypeSyntax, _ range: SourceRange) -> TypeID {
    types.append(node)
    typeRanges.append(range)
    return TypeID(index: Int32(types.count - 1))
  }
}
