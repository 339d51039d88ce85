/// What a virtual module shows: functions whose types come from elsewhere, for instance the
/// operations of a service from the generated catalog.
///
/// Record shapes are asked for by name when they are needed, since they are many and recursive.
package struct ModuleInterface: Sendable {
  /// A function by its name (`CreateVpc`); nil where there is none.
  package var function: @Sendable (String) -> InterfaceFunction?
  /// The members of a record shape by its name, in any order; nil where there is none.
  package var record: @Sendable (String) -> [InterfaceField]?
  /// All functions, for suggestions.
  package var functionNames: [String]

  /// Makes an interface.
  package init(
    functionNames: [String],
    function: @escaping @Sendable (String) -> InterfaceFunction?,
    record: @escaping @Sendable (String) -> [InterfaceField]?
  ) {
    self.functionNames = functionNames
    self.function = function
    self.record = record
  }
}

/// A function of a virtual module: takes one record, gives a `Call` whose reply is another.
package struct InterfaceFunction: Hashable, Sendable {
  /// The record it takes; members that are not required are Optional. Nil for no members.
  package var parameter: String?
  /// The record that the reply is; its members are plain, since they are only selected from.
  package var reply: String?

  /// Makes a function.
  package init(parameter: String?, reply: String?) {
    self.parameter = parameter
    self.reply = reply
  }
}

/// A member of a record shape.
package struct InterfaceField: Hashable, Sendable {
  /// The name as Ludwig shows it: its first letter in lower case.
  package var name: String
  /// Its type.
  package var type: InterfaceType
  /// Whether a call must give it.
  package var isRequired: Bool

  /// Makes a member.
  package init(name: String, type: InterfaceType, isRequired: Bool) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
  }
}

/// The type of a member.
package indirect enum InterfaceType: Hashable, Sendable {
  case string
  case int
  case float
  case bool
  case bytes
  /// A list.
  case list(InterfaceType)
  /// A dictionary with keys of type String.
  case dictionary(InterfaceType)
  /// A record shape by its name.
  case record(String)
  /// Anything; fits every type.
  case any
}
