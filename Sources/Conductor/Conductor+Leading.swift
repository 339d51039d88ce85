import Determinism
import Journal

/// Where several kernels share a store: only one of them starts steps, the one that holds the
/// lease.
///
/// The kernel asks for the lease when it is about to start a step, so that one that rests holds
/// nothing. Two guards stand behind each other. It starts no step once its lease has run out; and
/// each record bears the number of its start, so that a store takes nothing from a kernel that
/// another has taken over from, even if the world of the former has slept over its lease with
/// effects in hand. What remains is a named assumption: a call leaves within the settle window
/// after its intent was written, or never.
extension Conductor {
  /// Whether steps may start; where they may not, the lease is asked for.
  mutating func holdsLease() -> Bool {
    guard let term = settings.leaseTerm else { return true }
    if now < leasedUntil { return true }
    if !isAskingForLease {
      isAskingForLease = true
      outbox.append(.lease(until: now + term))
    }
    return false
  }

  /// Takes the answer of the store in.
  mutating func take(_ answer: LeaseAnswer) {
    isAskingForLease = false
    switch answer {
    case .leased(let until):
      leasedUntil = max(leasedUntil, until)
      if let process = turns.first { advance(process) }
    case .deposed: isDeposed = true
    }
  }
}
