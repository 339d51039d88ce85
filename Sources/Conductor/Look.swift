import CloudModel
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
  }

  /// Which of a look's parts asked for a read.
  enum Part: Hashable, Sendable {
    case resources
    case account
  }

  /// Names a read within a look.
  struct ReadID: Hashable, Sendable {
    let part: Part
    let number: Int
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
  var account: AccountLook?
  /// Reads under way, and reads that wait for a repetition.
  var underWay: Set<ReadID> = []
  var retries: [ReadID: Retry] = [:]
  /// How many reads had no usable answer so far.
  var failures = 0

  var isDone: Bool { survey.isDone && (account?.isDone ?? true) }

  /// Reads that are neither under way nor wait for a later moment, in a fixed order, so many at
  /// most.
  func due(at now: Instant, limit: Int) -> [(id: ReadID, call: Call)] {
    var out: [(id: ReadID, call: Call)] = []
    func add(_ part: Part, _ number: Int, _ call: Call) {
      let id = ReadID(part: part, number: number)
      if underWay.contains(id) { return }
      if let retry = retries[id], retry.notBefore > now { return }
      out.append((id, call))
    }
    for read in survey.pending where out.count < limit { add(.resources, read.id, read.call) }
    for read in account?.pending ?? [] where out.count < limit {
      add(.account, read.id, read.call)
    }
    return out
  }

  /// When the next repetition is due; nil when none waits.
  var nextRetry: Instant? {
    retries.filter { !underWay.contains($0.key) }.map(\.value.notBefore).min()
  }

  /// Takes a reply in; gives back an error that means to ask again.
  mutating func answer(_ id: ReadID, with reply: Reply) -> CallError? {
    switch id.part {
    case .resources: survey.answer(id.number, with: reply)
    case .account: account?.answer(id.number, with: reply)
    }
  }
}
