package import LudwigSyntax

/// What the checker asks of its surroundings.
package struct CheckerInputs {
  /// A module's tree by its name; nil where no such module is found. Asked once a module.
  package var load: (ModuleName) -> SyntaxTree?
  /// The interface of a virtual module; nil where there is none. Asked before `load`.
  package var externalModule: (ModuleName) -> ModuleInterface?
  /// Whether a module belongs to the built-in library, so that it may use `builtin`.
  package var isLibrary: (ModuleName) -> Bool
  /// Qualifiers that are in scope without an import (`List`), each with its module.
  package var implicitModules: [(qualifier: String, module: ModuleName)]
  /// A module to check along with a declared type where there is one: the sheet of its planner.
  package var companion: (TypeName) -> ModuleName?
  /// Modules that could be imported, for suggestions.
  package var knownModules: [ModuleName]
  /// Whether a module of the published library has a member, by the name of either; for names
  /// that are right, yet not built so far. A nil member asks for the module itself.
  package var isPublished: (_ module: String, _ member: String?) -> Bool

  /// Makes inputs.
  package init(
    load: @escaping (ModuleName) -> SyntaxTree?,
    externalModule: @escaping (ModuleName) -> ModuleInterface? = { _ in nil },
    isLibrary: @escaping (ModuleName) -> Bool = { _ in false },
    implicitModules: [(qualifier: String, module: ModuleName)] = [],
    companion: @escaping (TypeName) -> ModuleName? = { _ in nil },
    knownModules: [ModuleName] = [],
    isPublished: @escaping (_ module: String, _ member: String?) -> Bool = { _, _ in false }
  ) {
    self.load = load
    self.externalModule = externalModule
    self.isLibrary = isLibrary
    self.implicitModules = implicitModules
    self.companion = companion
    self.knownModules = knownModules
    self.isPublished = isPublished
  }
}
