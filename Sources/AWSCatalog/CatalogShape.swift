/// What a member, a list's element or a map's value is. Structures are named, not held, so that
/// shapes which contain themselves are no trouble.
package indirect enum CatalogShape: Hashable, Sendable {
  /// A text; enumerations are texts, too.
  case string
  /// A whole number of at most 64 bits.
  case integer
  /// A number with a fraction; it travels as a text.
  case float
  /// A truth value.
  case boolean
  /// Bytes.
  case blob
  /// A moment.
  case timestamp
  /// A sequence of one shape.
  case list(of: CatalogShape)
  /// Texts to one shape.
  case map(of: CatalogShape)
  /// A structure by its name; see `CatalogService.structure`.
  case structure(String)

  init(_ scalar: CatalogScalar) {
    self =
      switch scalar {
      case .string: .string
      case .integer, .long: .integer
      case .float, .double: .float
      case .boolean: .boolean
      case .blob: .blob
      case .timestamp: .timestamp
      }
  }
}

/// A record: what an operation takes or gives, or a part of it.
package struct CatalogStructure: Hashable, Sendable {
  /// AWS's name, for instance `IpPermission`.
  package let name: String
  /// Members in AWS's order.
  package let members: [CatalogMember]

  /// The member of a name, for instance `CidrBlock`; nil where there is none.
  package func member(_ name: String) -> CatalogMember? { members.first { $0.name == name } }
}

/// A member of a structure.
package struct CatalogMember: Hashable, Sendable {
  /// AWS's name, its first letter mostly upper case.
  package let name: String
  /// What it is.
  package let shape: CatalogShape
  /// Whether AWS refuses a request without it.
  package let isRequired: Bool
  /// Whether it is the client token that makes a repetition recognisable.
  package let isIdempotencyToken: Bool
  /// Whether AWS marks the value as one that must not be logged.
  package let isSensitive: Bool
}
