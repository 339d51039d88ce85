package import Canon
package import Certificates
package import CloudModel
package import Determinism
package import Plans

/// One line of the journal: what the kernel decided or learnt, durable before anything follows
/// from it. The fold of all records is the kernel's state after a crash.
package struct JournalRecord: Hashable, Codable, Sendable {
  /// When it was written, in logical time.
  package var at: Instant
  /// The fencing token: which start of a kernel wrote it, by its number. Nil in journals of before
  /// there were tokens; such a record is taken for one of the latest start.
  package var fence: Int?
  /// What happened.
  package var entry: Entry

  /// Makes a record.
  package init(at: Instant, fence: Int? = nil, entry: Entry) {
    self.at = at
    self.fence = fence
    self.entry = entry
  }

  /// What a record says.
  package enum Entry: Hashable, Codable, Sendable {
    /// The kernel was started; identifiers of calls from here on carry this number. Calls that
    /// were under way have an unknown outcome, which may still show for the span of the window.
    case started(incarnation: Int, window: TimeSpan)
    /// A person wants a process to be as declared.
    indirect case applied(process: String, Blueprint, Approvals)
    /// A person wants a process to be gone.
    case killRequested(process: String, Approvals)
    /// A person lets the kernel go beyond a brake.
    case approved(process: String, Approvals)
    /// A plan passed the gate and begins.
    indirect case adopted(process: String, Plan, Certificate)
    /// A call of a step is about to be made, with its parameters filled in.
    case intent(process: String, StepID, AttemptID, Call)
    /// What became of it.
    case outcome(process: String, StepID, AttemptID, CallOutcome, Resolution)
    /// The effect of a step with unknown outcome was seen in the cloud.
    case found(process: String, StepID, ObservedItem)
    /// The effect was looked for throughout the window and is not there.
    case notFound(process: String, StepID)
    /// A step's effect is in force.
    case settled(process: String, StepID)
    /// The plan in hand is over: carried out, or given up for a reason.
    case concluded(process: String, givenUp: String?)
    /// What a look showed of a process that is as declared.
    case steady(process: String, accountID: String, region: String, PresentResources)
    /// The kernel stopped the process.
    case blocked(process: String, BlockReason)
    /// The process is over.
    case killed(process: String)
  }

  /// What an outcome means for its step.
  package enum Resolution: Hashable, Codable, Sendable {
    /// It is done.
    case acknowledged
    /// It was not done and is tried again, not before a moment.
    case retry(notBefore: Instant)
    /// It may have been done; until the moment it is looked for, or, where repeating does no
    /// harm, tried again.
    case unknown(deadline: Instant)
    /// It is there already, it says; to be looked for until the moment.
    case present(deadline: Instant)
    /// It was not done and will not be.
    case failed
    /// The step had been resolved otherwise before; the outcome changes nothing.
    case late
  }
}

/// Resources that are there, each with its outputs by name.
package typealias PresentResources = SortedMap<ResourceAddress, SortedMap<String, Value>>
