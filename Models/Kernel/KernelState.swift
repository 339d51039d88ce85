package import Canon
import Journal

/// A moment of the kernel in its small world. Large values are numbers in the tables of the
/// `KernelSystem` that made it.
package struct KernelState: Hashable, Sendable {
  /// The kernel, its ledger included.
  var conductor: Int32
  /// The account as it is.
  var account: Int32
  /// The account before the latest change by a call, as long as reads may still show it; -1
  /// otherwise.
  var earlier: Int32 = -1
  /// Until when they may, in milliseconds.
  var earlierUntil: Int64 = 0
  /// When the kernel wants to be woken, in milliseconds; -1 for never.
  var timer: Int64 = -1
  /// The plan or proof that is being made; -1 for none.
  var request: Int32 = -1
  /// One that was being made when the kernel asked for another; -1 for none.
  var formerRequest: Int32 = -1
  /// The certificate that the prover gave last; -1 where it gave none.
  var certificate: Int32 = -1
  /// Calls whose reply has not come, in order of their attempts.
  var flights: [Flight] = []
  /// Faults that may still happen.
  var budget: Budget
  /// How many commands have been given.
  var given: UInt8 = 0
  /// Whether somebody edited the account since the kernel was last asked to look.
  var owesLook = false
  /// When somebody edited the account last, in milliseconds, where steps open something; -1 for
  /// never.
  var editedAt: Int64 = -1
  /// Until when the cloud ends what it does by itself, in milliseconds; -1 where there is nothing.
  var movesUntil: Int64 = -1
  /// When the kernel wants to be woken for the other process; -1 for never.
  var neighbourTimer: Int64 = -1
  /// Until when the kernel asks for the lease, in milliseconds; -1 where it does not.
  var lease: Int64 = -1
  /// Until when the store has given it, in milliseconds; -1 for never.
  var leasedUntil: Int64 = -1
  /// A kernel that another has taken over from, with its effects in hand; -1 for none.
  var sleeper: Int32 = -1
  /// How often somebody edited the account.
  var edited: UInt8 = 0
  /// Processes whose plan in hand is from before the latest command or start, a bit for each.
  var void: UInt8 = 0
  /// When trouble came of which the next round is to wait, in milliseconds; -1 for none.
  var troubledAt: Int64 = -1
  /// When somebody asked for something of which no look has been taken yet, in milliseconds; -1 for
  /// never.
  var commandedAt: Int64 = -1
  /// When all groups of the account were read last, in milliseconds, where steps open something.
  var lookedAt: Int64 = -1
  /// Whether the prover's latest certificate waits for its plan to begin.
  var isProved = false
  /// How many times in a row the prover gave up, where the scope limits it.
  var row: UInt8 = 0
  /// Rules that have been broken.
  var breaches: Breaches = []
  /// How often looks have shown what was acknowledged and does not count as in force yet.
  var sightings: [Sighting] = []
}

/// How often looks in a row have shown the effect of a step since it was acknowledged.
struct Sighting: Hashable, Sendable {
  let process: Int
  let step: Int
  /// How often, 2 at most.
  var count: UInt8 = 0
  /// When it was shown last, in milliseconds.
  var latest: Int64 = -1
}

/// A call on its way.
struct Flight: Hashable, Sendable {
  let attempt: AttemptID
  /// The call, by number.
  let call: Int32
  /// Its reply, by number, once it was carried out; -1 before.
  var reply: Int32 = -1
  /// For a call that the kernel has given up: until when it is carried out, if ever, in
  /// milliseconds. -1 while the kernel waits for it.
  var deadline: Int64 = -1
  /// Whether the kernel that made it is dead, so that its reply reaches nobody.
  var isOrphan = false
  /// Whether it is a read from before somebody asked for something else.
  var isFormer = false
}

/// How often each fault may still happen.
struct Budget: Hashable, Sendable {
  var crashes: UInt8
  var lostReplies: UInt8
  var edits: UInt8
  var staleReads: UInt8
  var repetitions: UInt8
  var refusals: UInt8
  var echoes: UInt8
  var stalls: UInt8
  var staleProofs: UInt8
  var slowProofs: UInt8
  var throttles: UInt8
  var denials: UInt8
  var breakdowns: UInt8
  var readRefusals: UInt8

  init(_ scope: KernelScope) {
    crashes = UInt8(scope.crashes)
    lostReplies = UInt8(scope.lostReplies)
    edits = UInt8(scope.edits)
    staleReads = UInt8(scope.staleReads)
    repetitions = UInt8(scope.repetitions)
    refusals = UInt8(scope.refusals)
    echoes = UInt8(scope.echoes)
    stalls = UInt8(scope.stalls)
    staleProofs = UInt8(scope.staleProofs)
    slowProofs = UInt8(scope.slowProofs)
    throttles = UInt8(scope.throttles)
    denials = UInt8(scope.denials)
    breakdowns = UInt8(scope.breakdowns)
    readRefusals = UInt8(scope.readRefusals)
  }

  /// Nothing more happens.
  static let none: Budget = {
    var scope = KernelScope()
    scope.crashes = 0
    scope.lostReplies = 0
    scope.edits = 0
    return Budget(scope)
  }()
}

/// Rules that hold at every single effect, and are noted when one of them is broken.
struct Breaches: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  /// A changing call went out before its intent was in the journal.
  static let callWithoutIntent = Breaches(rawValue: 1)
  /// A step started without the certificate that the prover gave for its plan.
  static let callWithoutCertificate = Breaches(rawValue: 2)
  /// The fold of the journal is another ledger than the kernel's.
  static let foldDiffers = Breaches(rawValue: 4)
  /// Two calls shared one identifier, or two lives of the kernel one number, so that they could.
  static let attemptUsedTwice = Breaches(rawValue: 8)
  /// A step started before what it follows was far enough.
  static let stepTooEarly = Breaches(rawValue: 16)
  /// A step opened something though somebody had edited the account since its plan began, longer
  /// ago than the freshness window.
  static let openedOnOldLook = Breaches(rawValue: 32)
  /// A call is not the one of its step in the plan, with its holes filled.
  static let callNotOfPlan = Breaches(rawValue: 64)
  /// A call that makes a second thing was repeated while the first may still have its effect.
  static let quarantineBroken = Breaches(rawValue: 128)
  /// A call went out while the calls of another process may still have effects.
  static let framesOverlap = Breaches(rawValue: 256)
  /// A step started without the lease.
  static let startedWithoutLease = Breaches(rawValue: 512)
  /// The store took something from a kernel that another had taken over from, or such a kernel
  /// made a call.
  static let ledByTwo = Breaches(rawValue: 1024)
  /// After a torn write the store gave something else than what had been written whole.
  static let readTorn = Breaches(rawValue: 2048)
  /// A plan began on the proof of another plan, or of another account.
  static let proofOfAnother = Breaches(rawValue: 4096)
  /// A call needed what was not there yet, or what was there no more, or took away what others hung
  /// on.
  static let outOfOrder = Breaches(rawValue: 8192)
  /// A step counted as in force before as many looks in a row as it takes had shown it.
  static let settledUnseen = Breaches(rawValue: 1 << 14)
  /// A step counted as in force while a lost try of it might still have its effect.
  static let settledUnquiet = Breaches(rawValue: 1 << 15)
  /// The answer to a question that the kernel no longer asks changed something.
  static let heardFormer = Breaches(rawValue: 1 << 16)
  /// A plan was over while something of it was open, or a process rested while a lost call might
  /// still have its effect.
  static let endedEarly = Breaches(rawValue: 1 << 17)
  /// A plan deletes what is known as the declared thing, and not what was made beside it.
  static let knownDeleted = Breaches(rawValue: 1 << 18)
  /// An answer was taken for something else than what it says.
  static let misread = Breaches(rawValue: 1 << 19)
  /// Something was done again before its pause was over, or more at once than there is room for.
  static let hasty = Breaches(rawValue: 1 << 20)
  /// After a start the kernel took something up that had stopped, or did not look at the rest.
  static let standsOtherwise = Breaches(rawValue: 1 << 21)
  /// A plan was given up though nothing had gone wrong.
  static let gaveUp = Breaches(rawValue: 1 << 22)
}

extension KernelState: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    for number in [conductor, account, earlier, request, formerRequest, certificate] {
      encoder.write(Int(number))
    }
    encoder.write(sightings) { sighting, encoder in
      encoder.write(sighting.process)
      encoder.write(sighting.step)
      encoder.tag(sighting.count)
      encoder.write(sighting.latest)
    }
    encoder.write(earlierUntil)
    encoder.write(timer)
    encoder.write(editedAt)
    encoder.write(troubledAt)
    encoder.write(commandedAt)
    encoder.write(lookedAt)
    encoder.tag(void)
    encoder.tag(row)
    encoder.write(movesUntil)
    encoder.write(neighbourTimer)
    encoder.write(lease)
    encoder.write(leasedUntil)
    encoder.write(Int(sleeper))
    encoder.write(unsigned: UInt64(breaches.rawValue))
    encoder.write(flights) { flight, encoder in
      encoder.write(flight.attempt)
      encoder.write(Int(flight.call))
      encoder.write(Int(flight.reply))
      encoder.write(flight.deadline)
      encoder.write(flight.isOrphan)
      encoder.write(flight.isFormer)
    }
    for count in [
      budget.crashes, budget.lostReplies, budget.edits, budget.staleReads, budget.repetitions,
      budget.refusals, budget.echoes, budget.stalls, budget.staleProofs, budget.slowProofs,
      budget.throttles, budget.denials, budget.breakdowns, budget.readRefusals, given, edited,
      owesLook ? 1 : 0, isProved ? 1 : 0,
    ] { encoder.tag(count) }
  }
}
