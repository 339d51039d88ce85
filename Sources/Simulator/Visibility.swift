import Canon
import CloudModel
import CloudSemantics
import Determinism

/// Eventual consistency: for a while after a change, each read decides anew whether it shows the
/// change, so that what was seen may be unseen again.
///
/// Source: Amazon EC2 Developer Guide, "Eventual consistency in the Amazon EC2 API"; IAM User
/// Guide, "Changes that I make are not always immediately visible"; Amazon S3 User Guide, "Amazon
/// S3 data consistency model" (bucket configurations).
struct Visibility: Hashable, Codable, Sendable {
  /// A change that may not be visible yet.
  private struct Recent: Hashable, Codable {
    var key: RowKey
    var before: AccountRow?
    var until: Instant
  }

  /// Changes, the oldest first.
  private var recent: [Recent] = []
  /// Until when other services may not know a role or profile.
  private var unknown: SortedMap<RowKey, Instant> = [:]

  /// Notes a change that is visible everywhere only from a moment on.
  mutating func note(_ change: RowChange, until: Instant) {
    recent.append(Recent(key: change.key, before: change.before, until: until))
  }

  /// Notes a role or profile that other services learn of only at a moment.
  mutating func noteUnknown(_ key: RowKey, until: Instant) { unknown[key] = until }

  /// Forgets what is visible everywhere.
  mutating func prune(_ now: Instant) {
    if recent.contains(where: { $0.until <= now }) { recent.removeAll { $0.until <= now } }
    if !unknown.isEmpty { unknown = unknown.filter { $1 > now } }
  }

  /// Whether other services do not know a role or profile yet.
  func isUnknown(_ key: RowKey) -> Bool { unknown[key] != nil }

  /// The names of roles that other services do not know yet.
  var unknownRoles: [String] { unknown.keys.filter { $0.table == .roles }.map(\.id) }

  /// Rows as one read sees them: for each changed row, some number of its latest changes hidden.
  mutating func draw(_ stream: inout RandomSource) -> [(key: RowKey, row: AccountRow?)] {
    var shown: SortedMap<RowKey, Recent> = [:]
    var stopped: Set<RowKey> = []
    for change in recent.reversed() where !stopped.contains(change.key) {
      if stream.below(2) == 0 { shown[change.key] = change } else { stopped.insert(change.key) }
    }
    return shown.map { ($0.key, $0.value.before) }
  }

  /// Rows that are new and that a call names.
  func created(namedIn call: Call) -> [RowKey] {
    guard recent.contains(where: { $0.before == nil }) else { return [] }
    var names: Set<String> = []
    collect(call.parameters, &names)
    return recent.filter { $0.before == nil && names.contains($0.key.id) }.map(\.key)
  }

  private func collect(_ value: Value, _ names: inout Set<String>) {
    switch value {
    case .string(let text): names.insert(text)
    case .list(let items): for item in items { collect(item, &names) }
    case .record(let fields): for item in fields.values { collect(item, &names) }
    case .null, .bool, .int, .secret, .residual: break
    }
  }
}
