/// A type as the checker gives it to others: closed, small, without inference variables.
package indirect enum CheckedType: Hashable, Sendable {
  /// A named type with its arguments: `Int`, `List<a>`, `Fugue.Core.AWS.EC2.Vpc`.
  case named(TypeName, [CheckedType])
  /// A structural record: fields in order of their names; open where further fields may follow.
  case record([CheckedTypeField], isOpen: Bool)
  /// A tuple.
  case tuple([CheckedType])
  /// A function.
  case function([CheckedType], CheckedType)
  /// A type variable, numbered from 0 within one binding's type.
  case variable(Int)
  /// Of an expression that is wrong.
  case unknown
}

/// A field of a record type.
package struct CheckedTypeField: Hashable, Sendable {
  /// Its name.
  package var name: String
  /// Its type.
  package var type: CheckedType

  /// Makes a field.
  package init(name: String, type: CheckedType) {
    self.name = name
    self.type = type
  }
}
