package import Text

/// A name as it stands in the source: a value, a type, a module segment or an operator.
package struct Identifier: Hashable, Sendable {
  /// The name itself; empty where the source lacks one and the parser said so.
  package let text: String
  /// Where it stands.
  package let range: SourceRange

  /// Makes an identifier.
  package init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// A name with the modules or types that qualify it: `EC2.Vpc.new` is `new` below `EC2`, `Vpc`.
package struct QualifiedName: Hashable, Sendable {
  /// The segments before the last dot, outermost first; empty for a plain name.
  package let qualifier: [Identifier]
  /// The last segment.
  package let name: Identifier

  /// Makes a name.
  package init(_ qualifier: [Identifier] = [], _ name: Identifier) {
    self.qualifier = qualifier
    self.name = name
  }

  /// The name as it is written, for instance `EC2.Vpc.new`.
  package var text: String {
    qualifier.isEmpty ? name.text : (qualifier + [name]).map(\.text).joined(separator: ".")
  }
  /// From the first segment to the last.
  package var range: SourceRange { (qualifier.first?.range ?? name.range).union(name.range) }
}
