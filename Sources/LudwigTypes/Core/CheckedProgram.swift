package import OrderedCollections
package import Text

/// A program whose names and types have been checked: what the evaluator runs.
///
/// It is complete also when there were mistakes; then `CoreNode.invalid` stands in their places.
package struct CheckedProgram: Sendable {
  /// All expressions.
  package var core = CoreArena()
  /// The module that was asked for.
  package var root: ModuleName
  /// Modules by name, in the order in which imports lead to them, the root first.
  package var modules: OrderedDictionary<ModuleName, CheckedModule> = [:]
  /// Top-level bindings and functions of all modules.
  package var globals: OrderedDictionary<GlobalName, CheckedGlobal> = [:]
  /// Types that sheets declare.
  package var types: OrderedDictionary<TypeName, CheckedTypeDeclaration> = [:]
  /// Constructors; a `ConstructorID` is an index into it.
  package var constructors: [CheckedConstructor] = []

  /// An empty program.
  package init(root: ModuleName) { self.root = root }

  /// The names of all modules, the root first.
  package var moduleNames: [ModuleName] { Array(modules.keys) }

  /// A module; nil where it is not part of the program.
  package func module(_ name: ModuleName) -> CheckedModule? { modules[name] }

  /// A top-level binding; nil where there is none.
  package func global(_ name: GlobalName) -> CheckedGlobal? { globals[name] }

  /// A constructor.
  package subscript(id: ConstructorID) -> CheckedConstructor { constructors[id.index] }
}

/// What the checker keeps of a module.
package struct CheckedModule: Sendable {
  /// Its source.
  package var source: SourceID
  /// Whether it begins with `composition`.
  package var isComposition: Bool
  /// Names of its bindings and functions, in order of the source.
  package var globals: [GlobalName]
  /// Functions that `validate` statements register, each with the type whose values it judges.
  package var validations: [CheckedValidation]
  /// Modules that it imports.
  package var imports: [ModuleName]

  /// Makes a module.
  package init(
    source: SourceID, isComposition: Bool, globals: [GlobalName],
    validations: [CheckedValidation], imports: [ModuleName]
  ) {
    self.source = source
    self.isComposition = isComposition
    self.globals = globals
    self.validations = validations
    self.imports = imports
  }
}

/// A `validate` statement.
package struct CheckedValidation: Sendable {
  /// The function; one parameter, gives a `Validation`.
  package var function: GlobalName
  /// The type whose values it is run on.
  package var subject: CheckedType
  /// The statement.
  package var range: SourceRange

  /// Makes a validation.
  package init(function: GlobalName, subject: CheckedType, range: SourceRange) {
    self.function = function
    self.subject = subject
    self.range = range
  }
}

/// A top-level binding or function.
package struct CheckedGlobal: Sendable {
  /// Its expression; for a function a `lambda`.
  package var body: CoreID
  /// How many slots the frame of its expression has.
  package var frameSize: Int
  /// Its type, generalised: variables are numbered from 0.
  package var type: CheckedType
  /// Where its name stands.
  package var nameRange: SourceRange
  /// Whether its module exports it.
  package var isExported: Bool

  /// Makes a global.
  package init(
    body: CoreID, frameSize: Int, type: CheckedType, nameRange: SourceRange, isExported: Bool
  ) {
    self.body = body
    self.frameSize = frameSize
    self.type = type
    self.nameRange = nameRange
    self.isExported = isExported
  }
}

/// A type that a sheet declares.
package struct CheckedTypeDeclaration: Sendable {
  /// Its constructors, in order of declaration; empty for a named record.
  package var constructors: [ConstructorID]
  /// The record that it names, its parameters as variables from 0; nil for other types, and where
  /// no validation asks for it.
  package var record: CheckedType?
  /// Where its name stands.
  package var nameRange: SourceRange

  /// Makes a declaration.
  package init(
    constructors: [ConstructorID], nameRange: SourceRange, record: CheckedType? = nil
  ) {
    self.constructors = constructors
    self.record = record
    self.nameRange = nameRange
  }
}

/// A constructor of a sum type.
package struct CheckedConstructor: Sendable {
  /// Its name, without module.
  package var name: String
  /// The type it makes.
  package var type: TypeName
  /// Names of the payload's fields in order of declaration, where the payload is a record;
  /// outputs included.
  package var fields: [String]
  /// The fields of type `Output<a>`: never given at construction, so the payload that `construct`
  /// gets lacks them; reading one gives a value of type `a` that the cloud will yield.
  package var outputs: [String]
  /// Whether it takes a payload.
  package var hasPayload: Bool
  /// The payload's type, the type's parameters as variables from 0; nil where it takes none, and
  /// where no validation asks for it.
  package var payload: CheckedType?

  /// Makes a constructor.
  package init(
    name: String, type: TypeName, fields: [String], outputs: [String], hasPayload: Bool
  ) {
    self.name = name
    self.type = type
    self.fields = fields
    self.outputs = outputs
    self.hasPayload = hasPayload
  }
}
