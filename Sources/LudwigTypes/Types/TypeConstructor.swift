/// A named type: built in, declared by a sheet, or a shape of a virtual module.
struct TypeConstructor {
  /// Its full name.
  var name: TypeName
  /// How many arguments it takes.
  var arity: Int
  /// What it is.
  var kind: Kind

  /// What a named type is.
  enum Kind {
    /// A type of the implementation.
    case primitive
    /// A sum of constructors.
    case sum([ConstructorID])
    /// A record that has a name; the body is a record node over `.generic` arguments.
    case record(TypeRef)
    /// A record shape of a virtual module, made into a `record` when first looked into.
    case shape(ModuleName, String, isReply: Bool)
    /// Another name for a type over `.generic` arguments; uses are replaced by it at once.
    case alias(TypeRef)
    /// Declared, not yet looked into.
    case pending
  }
}

/// The types that the language has built in; their identifiers are fixed.
enum BuiltinType: Int32, CaseIterable {
  case int, float, string, bool, bytes, list, dictionary, optional, output, call

  /// Its name in the source.
  var name: String {
    switch self {
    case .int: "Int"
    case .float: "Float"
    case .string: "String"
    case .bool: "Bool"
    case .bytes: "Bytes"
    case .list: "List"
    case .dictionary: "Dictionary"
    case .optional: "Optional"
    case .output: "Output"
    case .call: "Call"
    }
  }

  /// How many arguments it takes.
  var arity: Int {
    switch self {
    case .int, .float, .string, .bool, .bytes: 0
    case .list, .dictionary, .optional, .output, .call: 1
    }
  }

  /// Its identifier.
  var id: TypeConstructorID { TypeConstructorID(index: rawValue) }
}
