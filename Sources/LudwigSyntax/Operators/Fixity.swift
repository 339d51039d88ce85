/// How an operator binds: where it stands and how tightly.
package struct Fixity: Hashable, Sendable {
  /// Where it stands, and to which side a chain of it leans.
  package let position: Position
  /// From 0, the loosest, to 9; application binds tighter than all.
  package let precedence: Int

  /// Makes a fixity; the precedence is brought into 0…9.
  package init(_ position: Position, _ precedence: Int) {
    self.position = position
    self.precedence = min(max(precedence, 0), 9)
  }

  /// Where an operator stands.
  package enum Position: String, Hashable, Sendable {
    /// Between two operands; `a ~ b ~ c` is `(a ~ b) ~ c`.
    case infixl
    /// Between two operands; `a ~ b ~ c` is `a ~ (b ~ c)`.
    case infixr
    /// Between two operands; a chain of it is a mistake.
    case infix
    /// Before its operands.
    case prefix
  }
}
