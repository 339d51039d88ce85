import CertificateChecker
import Certificates
import CloudModel
import Determinism
import Plans

/// What the kernel is doing for one process at the moment. None of it is durable: after a crash
/// the ledger alone decides what is done next.
struct Activity: Hashable, Sendable {
  /// What is shown to people.
  var phase = Phase.pausing
  /// When the process is to be taken up again; nil while something else moves it on.
  var resumeAt: Instant?
  /// Why, in a few words.
  var cause = ""
  /// The look in progress.
  @Boxed var look: Look?
  /// What the latest whole look showed, while a plan is made of it, proved, and begun.
  @Boxed var inventory: Inventory?
  /// When that look began.
  var seenAt = Instant.zero
  /// The request whose answer is waited for.
  var request: RequestID?
  /// The plan that is being proved.
  @Boxed var plan: Plan?
  /// A certificate that is to be checked against a fresh look.
  @Boxed var certificate: Certificate?
  /// The run in hand, indexed.
  @Boxed var queue: RunQueue?
  /// What the run's proof assumes of the account; nil after a crash, when no step starts any more.
  @Boxed var premises: Premises?
  /// Until when steps that open something may start on the latest look.
  var freshUntil = Instant.zero
  /// Whether the latest look at the premises showed something else. Replies of one look are of
  /// different moments, so only a second such look is believed.
  var isSuspicious = false
  /// Why no new step starts; nil while steps do.
  var stopping: String?
  /// When the next poll is due; nil when nothing is waited for.
  var pollAt: Instant?
  /// The pause before the poll after that.
  var pollPause = TimeSpan.zero
  /// Troubles in a row: looks that failed, plans given up, proofs without answer.
  var troubles = 0
  /// What went wrong last, in sentences.
  var complaints: [String] = []
  /// The moment for which a timer was asked.
  var armed: Instant?

  /// Whether a look is in progress.
  var isLooking: Bool { $look }
  /// Whether a run is in hand.
  var isRunning: Bool { $queue }

  /// Takes the look in progress out.
  mutating func takeLook() -> Look? {
    defer { look = nil }
    return look
  }

  /// When something of it is due by itself; nil when nothing is.
  mutating func due(_ settings: KernelSettings) -> Instant? {
    var due = resumeAt
    func add(_ moment: Instant?) {
      if let moment { due = min(due ?? moment, moment) }
    }
    if isLooking {
      add(look?.nextRetry(readsAtOnce: settings.readsAtOnce))
    } else {
      add(pollAt)
    }
    if stopping == nil, isRunning, let next = queue?.nextPause(callsAtOnce: settings.callsAtOnce) {
      add(next)
    }
    return due
  }
}
