import Canon
import CloudModel
import Conductor
import Determinism
import Journal
import Plans

/// What came of one event: the kernel afterwards, and its effects as the world sees them. It
/// depends on kernel and event alone, so it is computed once for each pair.
struct Delivery {
  /// The kernel afterwards.
  let conductor: Int32
  /// Calls that went out, in order.
  var calls: [OutgoingCall] = []
  /// The moment of a new timer, in milliseconds; nil to keep the old one.
  var timer: Int64?
  /// The same of the other process.
  var neighbourTimer: Int64?
  /// The account, by its digest, of which the plan was made that began.
  var baseline: Digest?
  /// Until when the lease is asked for, in milliseconds.
  var lease: Int64?
  /// A new request for a plan or a proof.
  var request: Int32?
  /// When the look began of which a plan is asked for, for the process, in milliseconds.
  var planOfLookAt: Int64?
  /// Whether a proof is asked for, and the certificate that it would be, but for its arguments.
  var proves: Certified?
  /// Whether the event changed anything.
  var isMoved = true
  /// Calls whose outcomes went to the journal.
  var heard: [AttemptID] = []
  /// Whether there was trouble, so that the next round is to wait.
  var isTrouble = false
  /// Whether a plan was given up.
  var givesUp = false
  /// Rules that were broken.
  var breaches: Breaches = []
  /// Steps that were acknowledged or found, and steps that count as in force from now on, in order.
  var progress: [Progress] = []
  /// The journal's fold and the number of calls after each effect that lasts, but for the last.
  var marks: [Mark] = []
}

/// A call that goes out.
struct OutgoingCall {
  let attempt: AttemptID
  let call: Int32
  /// For a changing call: the certificate under which its plan runs, as far as the journal tells;
  /// -1 for none. Nil for a read.
  let certificate: Int32?
  /// For a changing call: its process, as an index of the ledger's.
  var process = 0
  /// Whether it is a read that was answered in the same step.
  var isAnswered = false
  /// For a call that opens something: when its plan began, in milliseconds.
  var opensSince: Int64?
  /// How many effects of the event had run when it went out.
  var effects = 0
}

/// What is durable, and what has gone out, at one point amid the effects of an event.
struct Mark {
  let ledger: Int32
  let calls: Int
  let breaches: Breaches
  /// How many effects have run.
  let effects: Int
  /// Where the last of them is a record: what a store gives of which that record is torn; -1 where
  /// it is none.
  var torn: Int32 = -1
}

/// A step that has come further.
struct Progress {
  let process: Int
  let step: Int
  /// For a step that counts as in force: by how many looks in a row it must have been shown; nil
  /// for one that is acknowledged.
  let settledAfter: UInt8?
}

/// What a certificate is for.
struct Certified: Hashable {
  let plan: Digest
  let baseline: Digest
}

/// What the kernel asked to be made.
enum Request: Hashable {
  case plan(PlanRequest)
  case proof(ProofRequest)
}

/// An event without what the kernel's state tells already.
enum EventKey: Hashable {
  case restarted
  case wish(KernelScope.Wish)
  case enforce
  case replied(AttemptID, reply: Int32)
  case silence(AttemptID)
  case planned(Int32)
  case proved(Int32)
  case provedLate(Int32)
  case provedBefore(Int32, certificate: Int32)
  case notProved(Int32)
  case former(Int32)
  case woke(Int64)
  case wokeNeighbour(Int64)
  case lease(Int64)
}
