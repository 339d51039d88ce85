package import CloudModel
package import Determinism
package import Journal
package import Plans

/// A line of the time line, for people and for scenarios' expectations.
package struct Report: Hashable, Codable, Sendable {
  /// When.
  package var at: Instant
  /// The process's alias.
  package var process: String
  /// What.
  package var kind: Kind

  /// Makes a report.
  package init(at: Instant, process: String, kind: Kind) {
    self.at = at
    self.process = process
    self.kind = kind
  }

  /// What is told.
  package enum Kind: Hashable, Codable, Sendable {
    /// The process does something else now.
    case phase(Phase)
    /// A look began; why, in a few words.
    case looking(String)
    /// A look found a difference: a plan with so many steps, about these addresses.
    case differs(steps: Int, [ResourceAddress])
    /// The prover's verdicts on the plan.
    case proof([ProofLine])
    /// The plan is carried out; so many of its steps open something, and none of them starts on a
    /// look that is older than the freshness window.
    case running(plan: String, steps: Int, opening: Int, freshness: TimeSpan)
    /// A fresh look showed the account to be as the proof assumes, and the steps that waited for it
    /// start. What was read may be so old: what somebody did since, they have not seen.
    case confirmed([StepID], age: TimeSpan)
    /// A call of a step went out; the try's number from 1.
    case started(StepID, Step.Verb, ResourceAddress, part: String, operation: String, attempt: Int)
    /// A step is done.
    case done(StepID, ResourceAddress, operation: String)
    /// A step is in force.
    case settled(StepID, ResourceAddress)
    /// A step will be tried again; why, and when.
    case retrying(StepID, ResourceAddress, reason: String, at: Instant)
    /// The outcome of a step is not known; it is quarantined until a moment.
    case unknownOutcome(StepID, ResourceAddress, until: Instant)
    /// The effect of a step with unknown outcome was found.
    case found(StepID, ResourceAddress)
    /// A step failed for good.
    case failed(StepID, ResourceAddress, code: String, message: String)
    /// The plan in hand was given up; why.
    case givenUp(String)
    /// A plan was carried out, so many steps.
    case carriedOut(steps: Int)
    /// It is as declared.
    case steady
    /// The kernel stopped the process.
    case blocked(BlockReason)
    /// The process is over.
    case killed
  }
}

/// What a process is doing.
package enum Phase: String, Hashable, Codable, Sendable {
  /// Reading what is there.
  case observing
  /// Waiting for a plan.
  case planning
  /// Waiting for a proof.
  case proving
  /// Waiting for a person.
  case awaitingApproval
  /// Carrying out a plan.
  case running
  /// No new step starts; what is under way is brought to an end.
  case settling
  /// As declared; looks from time to time.
  case enforcing
  /// Stopped for a reason; waits for a person's command.
  case blocked
  /// Over.
  case killed
  /// Something went wrong; tries again after a pause.
  case pausing
}
