import CloudModel

/// A composition for a kernel model, small enough for every interleaving, and what can be said of
/// an account under it without the kernel's code.
struct SmallComposition: Sendable {
  /// The process's alias.
  static let alias = "tiny"

  /// Something that somebody does by hand.
  struct Edit: Sendable {
    /// In words: `deletes the subnet`.
    let name: String
    /// The call on the account as it is; nil where there is nothing to edit.
    let call: @Sendable (AccountState) -> Call?
  }

  /// What is declared.
  let blueprint: Blueprint
  /// Edits that somebody makes by hand.
  let edits: [Edit]
  /// The identifiers of everything that the composition could have made.
  let things: @Sendable (AccountState) -> [String]
  /// Whether one declared thing is there twice.
  let keepsTwice: @Sendable (AccountState) -> Bool
  /// Whether an account is as declared.
  let isAsDeclared: @Sendable (AccountState) -> Bool
  /// Operations of steps that open something.
  let opening: Set<String>
}
