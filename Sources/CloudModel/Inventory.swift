package import Canon
package import Determinism

/// What is there, as far as reads have shown.
package struct Inventory: Hashable, Codable, Sendable {
  /// Twelve digits; who answered the reads.
  package var accountID: String
  /// The region of the reads.
  package var region: String
  /// When the oldest read in it was answered.
  package var observedAt: Instant
  /// Items per address; more than one where a create was carried out twice. Addresses that were
  /// looked for and not found have an empty list.
  package var items: SortedMap<ResourceAddress, [ObservedItem]>
  /// The whole account as far as the semantics know it: also what is not ours.
  package var account: AccountState

  /// Makes an inventory.
  package init(
    accountID: String, region: String, observedAt: Instant,
    items: SortedMap<ResourceAddress, [ObservedItem]>, account: AccountState
  ) {
    self.accountID = accountID
    self.region = region
    self.observedAt = observedAt
    self.items = items
    self.account = account
  }
}

/// One thing that a read showed.
package struct ObservedItem: Hashable, Codable, Sendable {
  /// The item in AWS's member names, details included.
  package var item: Value
  /// Outputs by name.
  package var outputs: SortedMap<String, Value>
  /// The Ludwig type as which it was recognised, since an address may change its type between two
  /// compositions; empty where that is not known.
  package var type: String
  /// The text by which it was recognised, since that may change, too; null where it is not known.
  package var identity: Value

  /// Makes an observed item.
  package init(
    item: Value, outputs: SortedMap<String, Value>, type: String = "", identity: Value = .null
  ) {
    self.item = item
    self.outputs = outputs
    self.type = type
    self.identity = identity
  }
}
