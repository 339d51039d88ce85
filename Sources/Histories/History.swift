package import CloudModel
package import CloudSemantics
package import Conductor
package import Determinism
package import Journal

/// What happened to a kernel and in its cloud, line by line: enough to tell whether each line could
/// follow on those before it.
package struct History: Hashable, Sendable {
  /// What was there before.
  package var start: Start
  /// What happened, in order.
  package var lines: [Line]

  /// Makes a history.
  package init(start: Start, lines: [Line] = []) {
    self.start = start
    self.lines = lines
  }

  /// What was there before the first line.
  package struct Start: Hashable, Codable, Sendable {
    /// The form of the text, with its version.
    package static let format = "fugue.history/1"

    /// The form.
    package var format = Start.format
    /// The kernel's settings.
    package var settings: KernelSettings
    /// The account; nil where the cloud is not simulated, so that its answers cannot be foretold.
    package var account: AccountState?
    /// What was in the journal.
    package var journal: [JournalRecord]

    /// Makes a start.
    package init(settings: KernelSettings, account: AccountState?, journal: [JournalRecord] = []) {
      self.settings = settings
      self.account = account
      self.journal = journal
    }
  }

  /// Something that happened.
  package struct Line: Hashable, Codable, Sendable {
    /// When; never before an earlier line.
    package var at: Instant
    /// What.
    package var what: Happening

    /// Makes a line.
    package init(at: Instant, _ what: Happening) {
      self.at = at
      self.what = what
    }
  }

  /// What may happen.
  package enum Happening: Hashable, Codable, Sendable {
    /// The kernel takes an event in.
    case event(Event.Kind)
    /// The cloud meets a call that the kernel made, in the form in which it came to the cloud, and
    /// answers; whether the answer arrives is another line.
    case served(AttemptID, Call, Reply)
    /// Something happens in the cloud by itself.
    case moved(Transition)
    /// Somebody changes the account by hand.
    case edited(Call, Reply)
    /// The kernel's process ends; so many records were durable then.
    case died(durable: Int)
  }
}
