/// The operators that are in scope, by the names under which they are in scope.
///
/// A name may be declared twice: once between operands and once before them, as `-` is.
package struct OperatorTable: Hashable, Sendable {
  private var infixes: [String: Fixity] = [:]
  private var prefixes: [String: Fixity] = [:]

  /// A table without any operator.
  package init() {}

  /// The language's own operators.
  package static let standard: OperatorTable = {
    var table = OperatorTable()
    for (position, precedence, names) in standardLevels {
      for name in names.split(separator: " ") {
        table.declare(String(name), Fixity(position, precedence))
      }
    }
    return table
  }()

  private static let standardLevels: [(Fixity.Position, Int, String)] = [
    (.infixl, 0, "|>"), (.infixr, 2, "||"), (.infixr, 3, "&&"),
    (.infix, 4, "== != < <= > >="), (.infixr, 5, "++"), (.infixl, 6, "+ -"),
    (.infixl, 7, "* / %"), (.infixr, 8, "?|"), (.prefix, 9, "- !"),
  ]

  /// Brings an operator into scope, in place of one of its name in the same position.
  ///
  /// - Parameter name: as it is written where it is used, a qualifier included.
  package mutating func declare(_ name: String, _ fixity: Fixity) {
    switch fixity.position {
    case .infixl, .infixr, .infix: infixes[name] = fixity
    case .prefix: prefixes[name] = fixity
    }
  }

  /// How the operator of a name binds between operands; nil where it is none.
  package func infix(_ name: String) -> Fixity? { infixes[name] }

  /// How the operator of a name binds before its operands; nil where it is none.
  package func prefix(_ name: String) -> Fixity? { prefixes[name] }
}
