/// Names a pattern of one `SyntaxTree`.
package struct PatternID: Hashable, Sendable, Comparable {
  /// The index in the tree's arena, from 0.
  package let index: Int32

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// What a value is taken apart by.
package enum Pattern: Hashable, Sendable {
  /// Nothing usable stands here; the parser has reported it. Matches anything, binds nothing.
  case missing
  /// `_`.
  case wildcard
  /// A name for the whole value.
  case name(Identifier)
  /// `Optional x`, `None`, `AWS.A`.
  indirect case constructor(QualifiedName, PatternID?)
  /// An integer; a negative one is written with its sign.
  case integer(Int)
  /// A number with a fraction.
  case float(Double)
  /// A string.
  case string(String)
  /// `(a, b)`; `()` has no elements.
  case tuple([PatternID])
  /// `{a: x, b}`; fields that are not named may be there.
  case record([FieldPattern])
  /// `[a, b]`, exactly so many elements.
  case list([PatternID])
}

/// A field in a record pattern; `{port}` is `{port: port}`.
package struct FieldPattern: Hashable, Sendable {
  /// The field.
  package let name: Identifier
  /// What it must look like.
  package let pattern: PatternID
}
