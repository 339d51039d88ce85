import ModelChecker

/// What can happen to the kernel and its world. Indices are places in the state's flights.
package enum KernelAction: Hashable, Sendable {
  /// The kernel takes an event in, and all its effects run.
  case deliver(Occasion)
  /// The kernel takes an event in and dies when so many of the marked effects have run; it is
  /// started again on its journal.
  case crashAmid(Occasion, effects: Int)
  /// The kernel takes an event in and dies while a record is being written, which is torn.
  case crashTorn(Occasion, effects: Int)
  /// The kernel takes an event in and sleeps over its lease when so many of the marked effects
  /// have run; another kernel takes over.
  case stall(Occasion, effects: Int)
  /// The kernel that slept wakes up and goes on with what it has in hand.
  case awake
  /// The kernel dies between two events and is started again on its journal.
  case crash
  /// The cloud carries a call out.
  case carryOut(Int)
  /// The cloud carries a call out twice.
  case carryOutTwice(Int)
  /// A call that nobody waits for is never carried out, or its reply never comes.
  case vanish(Int)
  /// The cloud refuses a call, since there were too many.
  case refuse(Int)
  /// The cloud refuses a call for good.
  case deny(Int)
  /// The cloud says that it failed, of a call that it carried out or not.
  case breakDown(Int)
  /// Somebody edits the account by hand.
  case edit(Int)
  /// The cloud does what it has before it by itself.
  case move(Int)
  /// No fault happens any more.
  case calm
}

/// Why an event comes.
package enum Occasion: Hashable, Sendable {
  /// The reply to a call that was carried out.
  case reply(Int)
  /// The reply to a call that was carried out, which will come a second time.
  case echo(Int)
  /// The answer to a read.
  case read(Int)
  /// The answer to a read, as the account was before the latest change.
  case staleRead(Int)
  /// A read is refused, since there were too many.
  case refusedRead(Int)
  /// No reply came in time.
  case silence(Int)
  /// The plan is made.
  case planned
  /// The proof is made.
  case proved
  /// The prover answers with the certificate that it gave before.
  case provedBefore
  /// The proof is made, after so long that what was read is not fresh any more.
  case provedLate
  /// The prover gives up.
  case notProved
  /// The answer to a question comes that the kernel has meanwhile asked otherwise.
  case former
  /// The timer rings.
  case wake
  /// The timer of the other process rings.
  case wakeNeighbour
  /// The store gives the kernel the lease.
  case lease
  /// Somebody gives the next command.
  case wish
  /// Somebody asks to look.
  case enforce
}

extension KernelAction: ModelAction {
  package static var kinds: [String] {
    [
      "reply", "read", "stale read", "silence", "plan", "proof", "prover gives up", "timer",
      "command", "look", "crash amid effects", "crash", "carry out", "carry out twice", "vanish",
      "edit by hand", "calm", "the cloud by itself",
      "crash tearing a record", "sleep", "awake", "echo", "old proof", "lease", "late proof",
      "throttling", "answer to a former question", "denial", "breakdown", "read refused",
    ]
  }

  package var kind: Int {
    switch self {
    case .deliver(let occasion): occasion.kind
    case .crashAmid: 10
    case .crash: 11
    case .carryOut: 12
    case .carryOutTwice: 13
    case .vanish: 14
    case .edit: 15
    case .calm: 16
    case .move: 17
    case .crashTorn: 18
    case .stall: 19
    case .awake: 20
    case .refuse: 25
    case .deny: 27
    case .breakDown: 28
    }
  }
}

extension Occasion {
  fileprivate var kind: Int {
    switch self {
    case .reply: 0
    case .read: 1
    case .staleRead: 2
    case .silence: 3
    case .planned: 4
    case .proved: 5
    case .notProved: 6
    case .wake, .wakeNeighbour: 7
    case .echo: 21
    case .provedBefore: 22
    case .lease: 23
    case .provedLate: 24
    case .former: 26
    case .refusedRead: 29
    case .wish: 8
    case .enforce: 9
    }
  }
}
