/// Names a type expression of one `SyntaxTree`.
package struct TypeID: Hashable, Sendable, Comparable {
  /// The index in the tree's arena, from 0.
  package let index: Int32

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// A type as it is written.
package enum TypeSyntax: Hashable, Sendable {
  /// Nothing usable stands here; the parser has reported it. Stands for any type.
  case missing
  /// `Int`, `List<a>`, `EC2.Vpc`; the arguments in order.
  case named(QualifiedName, [TypeID])
  /// `a`.
  case variable(Identifier)
  /// `(a, b)`; `()` has no elements.
  case tuple([TypeID])
  /// `{name: String}`, or the same as an indented block.
  case record([FieldType])
  /// `fun(a, b) -> c`.
  case function([TypeID], result: TypeID)
}

/// `name: Type` in a record type.
package struct FieldType: Hashable, Sendable {
  /// The field.
  package let name: Identifier
  /// Its type.
  package let type: TypeID
}
