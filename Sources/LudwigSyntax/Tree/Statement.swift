package import Text

/// A top-level statement and where it stands.
package struct Statement: Hashable, Sendable {
  /// What it says.
  package let kind: Kind
  /// From its first token to its last.
  package let range: SourceRange
  /// Whether a mistake of syntax has left a part of it out.
  package internal(set) var isDamaged: Bool

  /// What a statement says. Bindings are the many, so that what is larger lies apart.
  package enum Kind: Hashable, Sendable {
    /// `composition`, or `composition "title"`.
    case composition(title: String?)
    /// `import …`; one statement may bring several modules.
    case imports([ImportItem])
    /// `export …`.
    case export([ExportItem])
    /// `type …`.
    indirect case type(TypeDeclaration)
    /// `operator …`.
    indirect case operatorDeclaration(OperatorDeclaration)
    /// `name: …`.
    case binding(Binding)
    /// `fun name(…): …`.
    indirect case function(Function)
    /// `validate NAME`.
    indirect case validate(QualifiedName)
  }
}

/// A module that is imported.
package struct ImportItem: Hashable, Sendable {
  /// The module's full name, with the prefix of an item list already before it.
  package let module: QualifiedName
  /// Under which name its members are seen.
  package let visibility: Visibility

  /// How an imported module's members are named.
  package enum Visibility: Hashable, Sendable {
    /// Qualified by the module's full name.
    case fullName
    /// `as X`: qualified by X.
    case alias(QualifiedName)
    /// `as .`: without a qualifier.
    case unqualified
  }
}

/// One thing that a library shows.
package enum ExportItem: Hashable, Sendable {
  /// `name`.
  case value(Identifier)
  /// `type Name`, or `type opaque Name`, which keeps the constructors to itself.
  case type(Identifier, isOpaque: Bool)
  /// `operator <>`.
  case operatorName(Identifier)
  /// `module M` or `module M as N`: all that the module shows, under that qualifier.
  case module(QualifiedName, alias: QualifiedName?)
}

/// `type Name<a, b>: …`.
package struct TypeDeclaration: Hashable, Sendable {
  /// The type's name.
  package let name: Identifier
  /// Its variables, in order.
  package let parameters: [Identifier]
  /// What it is.
  package let body: Body

  /// What a declared type is.
  package enum Body: Hashable, Sendable {
    /// One of several constructors.
    case constructors([ConstructorDeclaration])
    /// Another name for a type; a record without a constructor is this with a record type.
    case alias(TypeID)
    /// Nothing is said: a type of the implementation, as `type Bytes` in the library.
    case primitive
  }
}

/// `| Name payload`.
package struct ConstructorDeclaration: Hashable, Sendable {
  /// The constructor.
  package let name: Identifier
  /// What it holds; nil for nothing. Fields as an indented block are a record type.
  package let payload: TypeID?
}

/// `operator <> infixl 3: append`.
package struct OperatorDeclaration: Hashable, Sendable {
  /// The operator: punctuation or a name.
  package let name: Identifier
  /// How it binds.
  package let fixity: Fixity
  /// The function it stands for.
  package let definition: ExpressionID
}

/// `Type name: body`; also with a pattern on the left.
package struct Binding: Hashable, Sendable {
  /// The type before the name, if there is one.
  package let annotation: TypeID?
  /// What is bound; a plain name nearly always.
  package let pattern: PatternID
  /// The value.
  package let body: ExpressionID
}

/// A function, or a lambda when it has no name.
package struct Function: Hashable, Sendable {
  /// Its name; nil for a lambda.
  package let name: Identifier?
  /// What it takes.
  package let parameters: Parameters
  /// The type after `->`.
  package let result: TypeID?
  /// What it gives.
  package let body: ExpressionID

  /// What a function takes.
  package enum Parameters: Hashable, Sendable {
    /// `(x: Int, y)`, by position.
    case positional([Parameter])
    /// `{ name: String, port: Int }`: one record, whose fields are in scope by their names.
    case record([RecordParameter])
  }
}

/// A parameter by position.
package struct Parameter: Hashable, Sendable {
  /// What it is bound to; a plain name nearly always.
  package let pattern: PatternID
  /// Its type, where it is said.
  package let annotation: TypeID?
}

/// A parameter by name.
package struct RecordParameter: Hashable, Sendable {
  /// The field of the record, and the name in the body.
  package let name: Identifier
  /// Its type, where it is said.
  package let annotation: TypeID?
}

/// A line before the result of a block.
package enum LocalStatement: Hashable, Sendable {
  /// `let name: …`.
  case binding(Binding)
  /// `let fun name(…): …`.
  case function(Function)
}
