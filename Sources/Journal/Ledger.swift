/// The fold of a journal: everything that the kernel knows after a crash.
package struct Ledger: Hashable, Sendable {
  /// The empty journal's fold.
  package init() {}
}
