import LudwigSyntax
import Text

/// What a module shows to those that import it.
struct Exports {
  /// Bindings and functions by name.
  var values: [String: GlobalName] = [:]
  /// Types by name.
  var types: [String: TypeConstructorID] = [:]
  /// Constructors by name, those of opaque types left out.
  var constructors: [String: ConstructorReference] = [:]
  /// Operators by key, which tells one before its operands from one between them.
  var operators: [String: OperatorReference] = [:]
  /// Modules that are shown under a qualifier.
  var submodules: [String: ModuleName] = [:]

  /// The key of an operator.
  static func operatorKey(_ name: String, isPrefix: Bool) -> String {
    isPrefix ? "prefix \(name)" : name
  }

  /// The name of an operator's key.
  static func operatorName(_ key: String) -> String {
    key.hasPrefix("prefix ") ? String(key.dropFirst(7)) : key
  }
}

/// A constructor as names find it.
enum ConstructorReference: Hashable {
  /// Of a type that a sheet declares.
  case declared(ConstructorID)
  /// `True` or `False`.
  case bool(Bool)
  /// `None`.
  case none
  /// `Optional x`.
  case some
  /// A function of a virtual module, which is written like a constructor.
  case external(GlobalName)
}

/// An operator as names find it: the binding that it stands for, and how it binds.
struct OperatorReference: Hashable {
  /// The binding of the operator's own name.
  var global: GlobalName
  /// How it binds.
  var fixity: Fixity
}

/// An import, resolved to a module.
struct Import {
  /// What its members are qualified by; empty for `as .`.
  var qualifier: String
  /// The module.
  var module: ModuleName
}

/// A module while it is checked: an object, since it is looked into for every name.
final class Sheet {
  /// Its name.
  var name: ModuleName
  /// Its tree; operators are resolved once all imports are known.
  var tree: SyntaxTree
  /// Whether it may use `builtin`.
  var isLibrary: Bool
  /// What it imports.
  var imports: [Import] = []
  /// Everything it declares itself.
  var own = Exports()
  /// What it shows; nil until asked for.
  var exports: Exports?

  /// A module that is loaded.
  init(name: ModuleName, tree: SyntaxTree, isLibrary: Bool) {
    self.name = name
    self.tree = tree
    self.isLibrary = isLibrary
  }
}
