package import Canon

/// What a composition comes to: the resources it declares, and what must hold of them.
package struct Blueprint: Hashable, Codable, Sendable {
  /// Digest of all sources that were read.
  package var composition: Digest
  /// The region all calls go to.
  package var region: String
  /// Resources in order of address.
  package var resources: [DeclaredResource]
  /// What must hold, in order of statement.
  package var invariants: [Invariant]

  /// Makes a blueprint.
  package init(
    composition: Digest, region: String, resources: [DeclaredResource], invariants: [Invariant]
  ) {
    self.composition = composition
    self.region = region
    self.resources = resources
    self.invariants = invariants
  }
}

/// A resource as it is declared.
package struct DeclaredResource: Hashable, Codable, Sendable {
  /// Its name for life.
  package var address: ResourceAddress
  /// Its Ludwig type, for instance `Fugue.Core.AWS.EC2.Vpc`; for people and for `forall`.
  package var type: String
  /// The declared fields, references to other resources as residual outputs; for people.
  package var declared: Value
  /// How it lives.
  package var lifecycle: Lifecycle
  /// Resources whose outputs its lifecycle uses, in order of address.
  package var dependencies: [ResourceAddress]
  /// Whether it may never be deleted or replaced; lives on in the state when the text goes.
  package var isProtected: Bool
  /// Which parts of it others may change.
  package var ignored: [Ignored] = []
  /// Where it was constructed.
  package var origin: Origin
  /// Where the parts of it were written: (aspect name, the wanted element, where).
  package var parts: [PartOrigin]

  /// Makes a declared resource.
  package init(
    address: ResourceAddress, type: String, declared: Value, lifecycle: Lifecycle,
    dependencies: [ResourceAddress], isProtected: Bool, origin: Origin, parts: [PartOrigin]
  ) {
    self.address = address
    self.type = type
    self.declared = declared
    self.lifecycle = lifecycle
    self.dependencies = dependencies
    self.isProtected = isProtected
    self.origin = origin
    self.parts = parts
  }
}

/// A place in the user's text, kept as data so that plans and verdicts can show it. It is never
/// part of a digest.
package struct Origin: Hashable, Codable, Sendable {
  /// The file as the user knows it.
  package var file: String
  /// Line from 1.
  package var line: Int
  /// Column from 1.
  package var column: Int
  /// How many columns to underline; at least 1.
  package var length: Int
  /// The whole line.
  package var text: String

  /// Makes an origin.
  package init(file: String, line: Int, column: Int, length: Int, text: String) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.text = text
  }
}

/// Where one wanted element of an aspect was written, for instance a security group's rule.
package struct PartOrigin: Hashable, Codable, Sendable {
  /// The aspect's name.
  package var aspect: String
  /// The wanted element.
  package var element: Value
  /// Its place.
  package var origin: Origin

  /// Makes a part's origin.
  package init(aspect: String, element: Value, origin: Origin) {
    self.aspect = aspect
    self.element = element
    self.origin = origin
  }
}
