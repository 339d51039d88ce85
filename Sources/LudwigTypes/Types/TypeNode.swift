/// Names a type within a `TypeArena`.
struct TypeRef: Hashable {
  /// The index in the arena.
  var index: Int32
}

/// Names a type constructor: an index into the checker's table.
struct TypeConstructorID: Hashable {
  /// The index in the table.
  var index: Int32
}

/// A field of a record type under inference.
struct TypeField {
  /// Its name.
  var name: String
  /// Its type.
  var type: TypeRef
}

/// What an unknown type may still become.
enum VariableKind: Hashable {
  /// Any type.
  case any
  /// Int or Float.
  case number
  /// Int, Float or String.
  case ordered
  /// A text or a list.
  case appendable
  /// The further fields of an open record.
  case row

  /// In words, where not just any type fits.
  var words: String? {
    switch self {
    case .any, .row: nil
    case .number: "Int or Float"
    case .ordered: "Int, Float or String"
    case .appendable: "String or List"
    }
  }

  /// What fits both; nil where nothing does.
  func merged(with other: VariableKind) -> VariableKind? {
    switch (self, other) {
    case (.any, let kind), (let kind, .any): kind
    case (.number, .ordered), (.ordered, .number): .number
    case (.row, .row): .row
    case (.number, .number): .number
    case (.ordered, .ordered): .ordered
    case (.appendable, .appendable): .appendable
    case (.row, _), (_, .row), (.number, .appendable), (.appendable, .number),
      (.ordered, .appendable), (.appendable, .ordered):
      nil
    }
  }
}

/// One node of a type under inference.
enum TypeNode {
  /// Unknown as yet; `level` counts the enclosing generalisation scopes.
  case variable(level: Int32, VariableKind)
  /// Found to be another type.
  case link(TypeRef)
  /// A variable of an annotation, which must stay as general as it is written.
  case rigid(name: String)
  /// A variable of a generalised type, numbered within its scheme.
  case generic(Int32)
  /// A named type with its arguments.
  case named(TypeConstructorID, [TypeRef])
  /// A record, fields in order of their names; `rest` stands for further ones.
  case record([TypeField], rest: TypeRef?)
  /// A tuple.
  case tuple([TypeRef])
  /// A function.
  case function([TypeRef], TypeRef)
  /// Of something that is wrong and has been reported; fits everything.
  case error
}

/// A generalised type.
struct TypeScheme {
  /// The type; `.generic` nodes stand for what each use chooses.
  var type: TypeRef
  /// What each generic may become.
  var kinds: [VariableKind]
}
