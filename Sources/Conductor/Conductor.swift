package import Canon
package import Determinism
package import Journal

/// The kernel: events in, effects out. No clock, disk, network, task or randomness; the simulator,
/// the live runtime and the model checker all run these very lines.
package struct Conductor: Hashable, Sendable {
  /// Its named assumptions and limits.
  package let settings: KernelSettings
  /// What is durable: exactly the fold of the journal.
  package private(set) var ledger: Ledger
  /// The time of the latest event.
  package private(set) var now: Instant = .zero

  /// A kernel on the fold of its journal; its first event is to be `.restarted`.
  package init(settings: KernelSettings = KernelSettings(), ledger: Ledger = Ledger()) {
    self.settings = settings
    self.ledger = ledger
  }

  /// Takes an event in. The effects are to be run strictly in order.
  package mutating func handle(_ event: Event) -> [Effect] {
    now = max(now, event.at)
    return []
  }
}

extension Conductor: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(now)
  }
}
