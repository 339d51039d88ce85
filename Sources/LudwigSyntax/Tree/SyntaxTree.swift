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
  /// none; in order, each once.
  package internal(set) var damagedLines: [SourceRange] = []
  /// Whether the rest of the sheet was left out after very many mistakes.
  package internal(set) var isCutShort = false
  /// Names that may be bound by what could not be understood, so that nothing can be said of their
  /// uses.
  package internal(set) var lostNames: Set<String> = []
  /// The sheet's tokens with the blanks and comments before each; together they are its bytes.
  /// Empty where the parser was not asked to keep them.
  package internal(set) var tokens: [Token] = []
  private var expressionRanges: [Span] = []
  private var patternRanges: [Span] = []
  private var typeRanges: [Span] = []

  /// A range of bytes of this tree's source.
  private struct Span: Hashable {
    var lower: Int32
    var upper: Int32

    init(_ range: SourceRange) {
      lower = range.lower
      upper = range.upper
    }
  }

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
  package func range(of id: ExpressionID) -> SourceRange {
    range(expressionRanges[Int(id.index)])
  }
  /// Where a pattern stands.
  package func range(of id: PatternID) -> SourceRange {
    range(patternRanges[Int(id.index)])
  }
  /// Where a type stands.
  package func range(of id: TypeID) -> SourceRange { range(typeRanges[Int(id.index)]) }

  private func range(_ span: Span) -> SourceRange {
    SourceRange(source: source, lower: Int(span.lower), upper: Int(span.upper))
  }

  /// Whether a place lies on a line on which something could not be understood.
  package func isDamaged(at place: SourceRange) -> Bool {
    var (low, high) = (0, damagedLines.count)
    while low < high {
      let middle = (low + high) / 2
      if damagedLines[middle].lower <= place.lower { low = middle + 1 } else { high = middle }
    }
    return low > 0 && place.lower < damagedLines[low - 1].upper
  }

  /// Whether the sheet begins with `composition`, so that it can be run.
  package var isComposition: Bool {
    statements.contains { if case .composition = $0.kind { true } else { false } }
  }

  /// Whether a part of some import could not be understood.
  package internal(set) var hasDamagedImport = false

  /// Adds an expression; its children are in the arena already.
  package mutating func add(_ node: Expression, _ range: SourceRange) -> ExpressionID {
    expressions.append(node)
    expressionRanges.append(Span(range))
    return ExpressionID(index: Int32(expressions.count - 1))
  }

  /// Adds a pattern; its children are in the arena already.
  package mutating func add(_ node: Pattern, _ range: SourceRange) -> PatternID {
    patterns.append(node)
    patternRanges.append(Span(range))
    return PatternID(index: Int32(patterns.count - 1))
  }

  /// Adds a type; its children are in the arena already.
  package mutating func add(_ node: TypeSyntax, _ range: SourceRange) -> TypeID {
    types.append(node)
    typeRanges.append(Span(range))
    return TypeID(index: Int32(types.count - 1))
  }
}
