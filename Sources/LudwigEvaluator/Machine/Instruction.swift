internal import LudwigTypes

/// A core expression as the machine runs it: plain data without references, so that reading one
/// costs no counting. What has many parts lies in the tables of `Code`.
enum Instruction: Sendable {
  /// Not yet looked at.
  case unread
  /// A literal, kept in one cell for all its uses.
  case constant(Ref)
  /// A slot of a frame.
  case local(depth: Int32, slot: Int32)
  /// A top-level binding.
  case global(Int32)
  /// A function of a virtual module.
  case external(Int32)
  /// A function.
  case lambda(Int32)
  /// An application.
  case apply(function: CoreID, Operands)
  /// Slots to fill: `values` in pairs with `slots`.
  case letrec(slots: Operands, values: Operands, body: CoreID)
  /// A record, its values in the order of the shape's names.
  case record(shape: Int32, Operands)
  /// A tuple.
  case tuple(Operands)
  /// A list.
  case list(Operands)
  /// A dictionary.
  case dictionary(keys: Int32, Operands)
  /// A field of a record.
  case field(CoreID, FieldUse)
  /// What a constructor holds.
  case payload(CoreID, ConstructorID)
  /// A changed record.
  case update(CoreID, Int32)
  /// A value of a sum type.
  case construct(ConstructorID, CoreID?)
  /// `None`.
  case none
  /// `Optional x`.
  case some(CoreID)
  /// A choice by patterns.
  case match(CoreID, Int32)
  /// A choice by a truth value.
  case condition(CoreID, then: CoreID, otherwise: CoreID)
  /// A comprehension.
  case flatMap(CoreID, function: CoreID)
  /// An operator on one value.
  case unary(CorePrimitive, CoreID)
  /// An operator on two values.
  case binary(CorePrimitive, CoreID, CoreID)
  /// A built-in function; nil where there is none of that name and arity.
  case builtin(Int32?, Operands)
  /// An error.
  case error(CoreID)
  /// One, then the other.
  case sequence(CoreID, CoreID)
  /// A mistake.
  case invalid
}

/// A run of operands in the table of `Code`.
struct Operands: Sendable {
  /// The first one's index.
  let start: Int32
  /// How many.
  let count: Int32
}

/// One place where a field is selected: an index into the tables of `Code`.
struct FieldUse: Sendable {
  /// The index.
  let index: Int32
}

/// The names of a record's fields, shared by all records that one expression makes. A class, since
/// two records have the same shape exactly when they share it, which costs one comparison to see.
final class RecordShape: Sendable {
  /// The names, in order.
  let names: [String]

  /// Makes a shape of names in ascending order.
  init(_ names: [String]) { self.names = names }

  /// Where a name stands; nil where there is none.
  func index(of name: String) -> Int? {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle] < name { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low] == name ? low : nil
  }
}
