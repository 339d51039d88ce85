import Canon
import CloudModel

/// What no drift is, and no plan repairs: the kernel stops and asks a person.
enum DisasterComposition {
  /// The pair, when the credentials suddenly lead to another account.
  static let elsewhere = SmallComposition(
    blueprint: tiny.blueprint,
    edits: [
      edit("gives the kernel another account") { account in
        .fresh(accountID: "210987654321", region: account.region)
      }
    ],
    things: tiny.things, keepsTwice: tiny.keepsTwice, isAsDeclared: tiny.isAsDeclared,
    opening: [], isOfDisaster: true)

  /// Three resources, all of which vanish at once.
  static let emptied = SmallComposition(
    blueprint: three.blueprint,
    edits: [
      edit("deletes everything") { account in
        .fresh(accountID: account.accountID, region: account.region)
      }
    ],
    things: three.things, keepsTwice: three.keepsTwice, isAsDeclared: three.isAsDeclared,
    opening: [], isOfDisaster: true)

  private static let tiny = TinyComposition.small
  private static let three = LargerComposition.three

  private static func edit(
    _ name: String, _ change: @escaping @Sendable (AccountState) -> AccountState
  ) -> SmallComposition.Edit {
    SmallComposition.Edit(name: name, call: { _ in nil }, change: change)
  }
}
