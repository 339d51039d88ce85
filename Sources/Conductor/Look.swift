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

  /// Names a read within a look.
  enum ReadID: Hashable, Sendable {
    /// Of the resources' survey, by its number there.
    case survey(Int)
    /// Of the whole account.
    case account(Call)
  }

  /// A read that was made and has to be made again.
  struct Retry: Hashable, Sendable {
    var tries: Int
    var notBefore: Instant
  }

  let purpose: Purpose
  /// Tells the looks of a kernel apart.
  let serial: Int
  /// No reply of it shows an earlier state.
  let startedAt: Instant
  var survey: Survey
  var account: AccountReading?
  /// Reads under way, and reads that wait for a repetition.
  var underWay: Set<ReadID> = []
  var retries: [ReadID: Retry] = [:]
  /// How many reads had no usable answer so far.
  var failures = 0
  /// Whether reads may be pending that never went out; while there are none, and no repetition
  /// waits, a reply costs the same however many reads are under way.
  var mayHaveNew = true

  var isDone: Bool { survey.isDone && (account?.isComplete ?? true) }

  /// Whether a read may be due.
  var mayHaveDue: Bool { mayHaveNew || !retries.isEmpty }

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
    return .ask(
      serial: serial, takeDue(at: now, limit: readsAtOnce - underWay.count))
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
    underWay.remove(id)
    switch outcome {
    case .unknown: return .again(CallError("Fugue.NoReply", "no reply came"))
    case .replied(let reply):
      if let error = answer(id, with: reply) { return .again(error) }
      if !retries.isEmpty { retries[id] = nil }
      return .understood
    }
  }

  /// Takes the reads that are neither under way nor wait for a later moment, in a fixed order, so
  /// many at most; they count as under way from then on.
  private mutating func takeDue(at now: Instant, limit: Int) -> [(id: ReadID, call: Call)] {
    let out = due(at: now, limit: limit)
    for read in out { underWay.insert(read.id) }
    if out.count < limit { mayHaveNew = false }
    return out
  }

  private func due(at now: Instant, limit: Int) -> [(id: ReadID, call: Call)] {
    var out: [(id: ReadID, call: Call)] = []
    func add(_ id: ReadID, _ call: Call) {
      if underWay.contains(id) { return }
      if let retry = retries[id], retry.notBefore > now { return }
      out.append((id, call))
    }
    for read in survey.pending {
      if out.count >= limit { return out }
      add(.survey(read.id), read.call)
    }
    for call in account?.pending ?? [] {
      if out.count >= limit { return out }
      add(.account(call), call)
    }
    return out
  }

  /// When the next repetition is due; nil when none waits, or there is no room for it.
  mutating func nextRetry(readsAtOnce: Int) -> Instant? {
    if retries.isEmpty || underWay.count >= readsAtOnce { return nil }
    return retries.filter { !underWay.contains($0.key) }.map(\.value.notBefore).min()
  }

  /// Takes a reply in; gives back an error that means to ask again.
  private mutating func answer(_ id: ReadID, with reply: Reply) -> CallError? {
    switch id {
    case .survey(let number):
      let before = survey.pending.count
      let error = survey.answer(number, with: reply)
      if survey.pending.count >= before { mayHaveNew = true }
      return error
    case .account(let call):
      let before = account?.pending.count ?? 0
      let error = account?.take(reply, to: call)
      if account?.pending.count ?? 0 >= before { mayHaveNew = true }
      return error
    }
  }
}

extension Look.ReadID {
  /// A text that names it, the same in every process.
  var name: String {
    switch self {
    case .survey(let number): "survey.\(number)"
    case .account(let call):
      "account.\(call.operation).\(hexFromBytes(call.parameters.canonicalBytes))"
    }
  }
}
