package import CloudModel
package import Determinism

/// Where a process stands, as far as the journal tells; what it does at the moment is the
/// kernel's `Activity`.
package enum Standing: Hashable, Codable, Sendable {
  /// What is declared and what is there differ, or may differ: work is to be done.
  case working
  /// A look has shown what is declared.
  case steady(at: Instant)
  /// Everything has been deleted; the process is over.
  case killed(at: Instant)
  /// The kernel has stopped; only a person's command goes on.
  case blocked(BlockReason)
}

/// Why the kernel has stopped a process.
package enum BlockReason: Hashable, Codable, Sendable {
  /// Resources would be deleted or replaced that bear data or are protected.
  case approvalNeeded([ResourceAddress])
  /// Invariants that the plan would break, by title.
  case refuted([String])
  /// Invariants of which the prover could not tell, by title, or a certificate that the checker
  /// did not accept.
  case notProved([String])
  /// The declared resources cannot be planned; each problem in a sentence.
  case notPlannable([String])
  /// The account answers as another one, or another region.
  case identityChanged(String)
  /// More than a tenth of the resources vanished at once.
  case massVanishing([ResourceAddress])
  /// Somebody or something undoes again and again what the kernel does to these.
  case contested([ResourceAddress])
  /// Steps failed again and again; each failure in a sentence.
  case failing([String])
}
