/// Names an expression of one `SyntaxTree`.
package struct ExpressionID: Hashable, Sendable, Comparable {
  /// The index in the tree's arena, from 0.
  package let index: Int32

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// An expression; its parts are named by identifiers of the same tree. What is large and rare lies
/// apart, for there are many expressions.
package enum Expression: Hashable, Sendable {
  /// Nothing usable stands here; the parser has reported it. Check it as a value of any type.
  case missing
  /// `42`.
  case integer(Int)
  /// `0.5`.
  case float(Double)
  /// A string with its escapes and line joins carried out.
  case string(String)
  /// `[a, b]`.
  case list([ExpressionID])
  /// `(a, b)`; never of one element; `()` has none.
  case tuple([ExpressionID])
  /// `{a: 1}`, or the same as an indented block.
  case record([RecordField])
  /// `{"a": 1}`.
  case dictionary([DictionaryEntry])
  /// A value by its name: `x`, `EC2.Vpc.new`.
  case name(QualifiedName)
  /// A constructor by its name: `None`, `AWS.Region.Us-east-1`.
  case constructor(QualifiedName)
  /// `r.f`.
  case field(of: ExpressionID, Identifier)
  /// `x.(EC2.Vpc).f` and `x.App.f`: field `f` of what constructor or type `EC2.Vpc` holds; without
  /// a field, all of it.
  indirect case constructorField(of: ExpressionID, constructor: QualifiedName, Identifier?)
  /// `f(a, b)`, `f [1]`, `App { … }`: full application of a function or a constructor.
  case call(ExpressionID, [ExpressionID])
  /// `fun(x): …`; its function has no name.
  indirect case lambda(Function)
  /// `let` lines and the expression they are for.
  case block([LocalStatement], result: ExpressionID)
  /// `if c then x else y`; `elif` is an `if` within the else branch.
  case conditional(if: ExpressionID, then: ExpressionID, else: ExpressionID)
  /// `case e of | p -> x …`.
  case match(ExpressionID, [Branch])
  /// `[e for x in xs if c]`; the clauses in source order. A leading `let` makes `e` a block.
  case comprehension(ExpressionID, [ComprehensionClause])
  /// `r with {f: v}`, `r with a.b: v`.
  case update(ExpressionID, [FieldUpdate])
  /// `e1; e2`: `e1` for its trace, then `e2`.
  case sequence(ExpressionID, ExpressionID)
  /// Operands and operators side by side, as yet without structure, for fixities are known only
  /// when imports are. `SyntaxTree.resolvingOperators` replaces every one of these.
  case operators([OperatorItem])
  /// An infix operator with its two operands; only after `resolvingOperators`.
  case infix(QualifiedName, ExpressionID, ExpressionID)
  /// A prefix operator with all its operands, at least one; only after `resolvingOperators`.
  case prefix(QualifiedName, [ExpressionID])
  /// An operator as a value: `(+)`.
  case operatorValue(Identifier)
}

/// A part of an unresolved operator sequence.
package enum OperatorItem: Hashable, Sendable {
  /// An operand.
  case operand(ExpressionID)
  /// A bare name: an operand, or an operator when it is declared as one and stands as one.
  case word(ExpressionID)
  /// An operator of punctuation.
  case symbol(Identifier)
}

/// `name: value` in a record.
package struct RecordField: Hashable, Sendable {
  /// The field.
  package let name: Identifier
  /// What it holds.
  package let value: ExpressionID
}

/// `"key": value` in a dictionary.
package struct DictionaryEntry: Hashable, Sendable {
  /// The key; an identifier whose text is the string's content.
  package let key: Identifier
  /// What is kept under it.
  package let value: ExpressionID
}

/// `| pattern -> body`.
package struct Branch: Hashable, Sendable {
  /// What the value must look like.
  package let pattern: PatternID
  /// What it gives.
  package let body: ExpressionID
}

/// What follows the expression of a comprehension.
package enum ComprehensionClause: Hashable, Sendable {
  /// `for p in xs`.
  case each(PatternID, in: ExpressionID)
  /// `if c`.
  case condition(ExpressionID)
}

/// One change of a `with`.
package struct FieldUpdate: Hashable, Sendable {
  /// The way to the field, at least one step; the last is a field.
  package let path: [UpdateStep]
  /// The new value.
  package let value: ExpressionID
}

/// One step of the way to a field that `with` changes.
package enum UpdateStep: Hashable, Sendable {
  /// Into a field.
  case field(Identifier)
  /// Through a constructor, as `InternetGateway` in `igw.InternetGateway.tag`.
  case constructor(QualifiedName)
}
