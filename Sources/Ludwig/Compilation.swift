package import CloudModel
package import Diagnostics
package import Text

/// What compiling a composition gave.
package struct Compilation: Sendable {
  /// All sources that were read; diagnostics point into them.
  package let sources: SourceSet
  /// What the composition comes to; nil where there were mistakes.
  package let blueprint: Blueprint?
  /// The mistakes, in order of their places.
  package let diagnostics: [Diagnostic]
}

/// What reading one value of a sheet gave.
package struct DataCompilation: Sendable {
  /// All sources that were read; diagnostics point into them.
  package let sources: SourceSet
  /// The value: a constructor as a record whose field `$` is its name, a resource as its address;
  /// nil where there were mistakes.
  package let value: Value?
  /// The mistakes, in order of their places.
  package let diagnostics: [Diagnostic]
}
