/// A module by its full name, for instance `Fugue.AWS.EC2`.
package struct ModuleName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name, parts separated by dots.
  package let text: String

  /// Makes a name from its text.
  package init(_ text: String) { self.text = text }

  package var description: String { text }

  package static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}

/// A top-level value by its home: the module that defines it, whatever it was imported as.
package struct GlobalName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The module that defines it.
  package let module: ModuleName
  /// Its name there.
  package let name: String

  /// Makes a name.
  package init(module: ModuleName, name: String) {
    self.module = module
    self.name = name
  }

  package var description: String { "\(module.text).\(name)" }

  package static func < (a: Self, b: Self) -> Bool {
    (a.module, a.name) < (b.module, b.name)
  }

  /// Feeds the name alone: few modules have the same, and names are looked up very often.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A named type by its home. Built-in types (`Int`, `List`, `Optional` …) have the module "".
package struct TypeName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The module that defines it.
  package let module: ModuleName
  /// Its name there.
  package let name: String

  /// Makes a name.
  package init(module: ModuleName, name: String) {
    self.module = module
    self.name = name
  }

  /// Full, for instance `Fugue.Core.AWS.EC2.Vpc`.
  package var description: String { module.text.isEmpty ? name : "\(module.text).\(name)" }

  package static func < (a: Self, b: Self) -> Bool {
    (a.module, a.name) < (b.module, b.name)
  }

  /// Feeds the name alone: few modules have the same, and names are looked up very often.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Names one constructor of a program: an index into `CheckedProgram.constructors`.
package struct ConstructorID: Hashable, Sendable, Comparable {
  /// The index, from 0.
  package let index: Int

  /// Makes an identifier.
  package init(index: Int) { self.index = index }

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}
