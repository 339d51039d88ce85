package import CloudModel

/// What a sheet declares, before any planner: resources with their fields and references, and its
/// other values.
package struct SourceGraph: Hashable, Sendable {
  /// Whether the sheet is a composition.
  package let isComposition: Bool
  /// Resources in order of address.
  package let resources: [SourceResource]
  /// The sheet's top-level values that are no functions, in order of the source.
  package let values: [SourceValue]
  /// The sheet's functions, in order of the source.
  package let functions: [SourceFunction]
  /// What must hold, in order of statement.
  package let invariants: [Invariant]
}

/// A resource as the source declares it.
///
/// In values a reference to a resource is a record whose one field `$ref` is its address; a
/// constructor is a record whose field `$` is its name.
package struct SourceResource: Hashable, Sendable {
  /// Its name for life.
  package let address: ResourceAddress
  /// Its Ludwig type with its module.
  package let type: String
  /// Its fields.
  package let fields: Value
  /// The resources that its fields refer to, in order of address.
  package let references: [ResourceAddress]
  /// Where it is constructed.
  package let origin: Origin
  /// Which parts of it are left to others, in order of statement.
  package internal(set) var ignored: [Ignored] = []
}

/// A top-level value of a sheet.
package struct SourceValue: Hashable, Sendable {
  /// Its name.
  package let name: String
  /// Its type as people write it.
  package let type: String
  /// What it is.
  package let value: Value
  /// The same as Ludwig writes it, on one line; long ones are cut short.
  package let text: String
}

/// A top-level function of a sheet.
package struct SourceFunction: Hashable, Sendable {
  /// Its name.
  package let name: String
  /// Its type as people write it.
  package let type: String
}
