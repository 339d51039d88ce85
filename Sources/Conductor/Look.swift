import Canon
import CloudModel
import CloudSemantics
import Determinism
import Planners
import Plans

/// A look at the cloud in progress: reads go out, replies come in, until what is there is known.
struct Look: Hashable, Sendable {
  /// What a look is for.
  enum Purpose: Hashable, Sendable {
    /// To see everything, and plan.
    case whole
    /// To see everything again, since what a proof assumed was read long ago.
    case recheck
    /// To see what has become of steps.
    case poll
    /// To see, amid a run, whether the account is as the proof assumes.
    case premises
  }

  /// Names a read within a look, by its number in one of the two parts.
  enum ReadID: Hashable, Sendable {
    /// Of the resources' survey.
    case survey(Int)
    /// Of the whole account.
    case account(Int)
  }

  let purpose: Purpose
  /// Tells the looks of a kernel apart.
  let serial: Int
  /// No reply of it shows an earlier state.
  let startedAt: Instant
  var survey: Survey
  var account: AccountReading?
  /// Which reads of the two parts were asked for, and which wait for a repetition.
  private(set) var surveyReads = ReadSchedule()
  private(set) var accountReads = ReadSchedule()
  /// How many reads are under way.
  private(set) var underWay = 0
  /// How many reads had no usable answer so far.
  private(set) var failures = 0

  /// A look of which no read has been asked for.
  init(
    purpose: Purpose, serial: Int, startedAt: Instant, survey: Survey, account: AccountReading?
  ) {
    self.purpose = purpose
    self.serial = serial
    self.startedAt = startedAt
    self.survey = survey
    self.account = account
  }

  var isDone: Bool { survey.isDone && (account?.isComplete ?? true) }

  /// Whether a read may be due; while none may, a reply costs the same however many are under way.
  private var mayHaveDue: Bool {
    surveyReads.mayHaveDue(of: survey.count) || accountReads.mayHaveDue(of: account?.count ?? 0)
  }

  /// What a look wants next.
  enum Turn {
    /// Nothing: everything was read.
    case done
    /// These reads, which count as under way from then on; none while replies are waited for.
    case ask(serial: Int, [(id: ReadID, call: Call)])
  }

  /// Goes on as far as is possible without a reply.
  mutating func goOn(at now: Instant, readsAtOnce: Int) -> Turn {
    if isDone { return .done }
    guard mayHaveDue else { return .ask(serial: serial, []) }
    return .ask(serial: serial, takeDue(at: now, limit: readsAtOnce - underWay))
  }

  /// What came of a read.
  enum Taking {
    /// The look knows more now.
    case understood
    /// It has to be asked again, since this went wrong.
    case again(CallError)
    /// The read was another look's, and says nothing about now.
    case ofAnotherLook
  }

  /// Takes the outcome of a read of some look in.
  mutating func take(_ outcome: CallOutcome, of id: ReadID, look: Int) -> Taking {
    guard look == serial else { return .ofAnotherLook }
    underWay -= 1
    switch outcome {
    case .unknown: return .again(CallError("Fugue.NoReply", "no reply came"))
    case .replied(let reply):
      if let error = answer(id, with: reply) { return .again(error) }
      switch id {
      case .survey(let number): surveyReads.finish(number)
      case .account(let number): accountReads.finish(number)
      }
      return .understood
    }
  }

  /// Takes a reply in; gives back an error that means to ask again.
  private mutating func answer(_ id: ReadID, with reply: Reply) -> CallError? {
    switch id {
    case .survey(let number): survey.answer(number, with: reply)
    case .account(let number): account?.take(reply, to: number)
    }
  }

  /// Takes the reads that are neither under way nor wait for a later moment, in a fixed order, so
  /// many at most; they count as under way from then on.
  private mutating func takeDue(at now: Instant, limit: Int) -> [(id: ReadID, call: Call)] {
    var out: [(id: ReadID, call: Call)] = []
    for number in surveyReads.takeDue(of: survey.count, at: now, limit: limit) {
      if let read = survey.read(number) { out.append((.survey(number), read.call)) }
    }
    let (count, rest) = (account?.count ?? 0, limit - out.count)
    for number in accountReads.takeDue(of: count, at: now, limit: rest) {
      if let call = account?.call(number) { out.append((.account(number), call)) }
    }
    underWay += out.count
    return out
  }

  /// Notes that a read had no usable reply; gives how many of it there were.
  mutating func fail(_ id: ReadID) -> Int {
    failures += 1
    switch id {
    case .survey(let number): return surveyReads.fail(number)
    case .account(let number): return accountReads.fail(number)
    }
  }

  /// Lets a read that failed be asked for again, not before a moment.
  mutating func pause(_ id: ReadID, until moment: Instant) {
    switch id {
    case .survey(let number): surveyReads.pause(number, until: moment)
    case .account(let number): accountReads.pause(number, until: moment)
    }
  }

  /// When the next repetition is due; nil when none waits, or there is no room for it.
  mutating func nextRetry(readsAtOnce: Int) -> Instant? {
    if underWay >= readsAtOnce { return nil }
    guard let first = surveyReads.nextRepetition else { return accountReads.nextRepetition }
    return accountReads.nextRepetition.map { min($0, first) } ?? first
  }

  /// A text that names a read that waits, the same in every process.
  func name(of id: ReadID) -> String {
    switch id {
    case .survey(let number): return "survey.\(number)"
    case .account(let number):
      guard let call = account?.call(number) else { return "account" }
      return "account.\(call.operation).\(hexFromBytes(call.parameters.canonicalBytes))"
    }
  }
}
