package import CloudModel
package import Conductor
import Determinism
import Foundation
package import Histories
import Journal
package import Simulator
package import Store

/// A kernel on a journal in SQLite beside the embedded account, for one person on one machine. Time
/// is the account's: it jumps from event to event. Killed at any moment, the next one goes on where
/// this one was.
package struct EmbeddedWorld: ~Copyable {
  /// The kernel.
  package private(set) var conductor: Conductor
  /// The simulated account, a store of its own.
  package private(set) var account: EmbeddedAccount
  /// Where secrets are resolved, at the moment of the call.
  package var vault: Vault
  private let folder: StateFolder
  private let journal: JournalStore
  private var queue = EventQueue<Event.Kind>()
  private var now: Instant
  private var crashPoints = 0
  private let crashAt: Int?
  private var onReport: (Report) -> Void
  /// What happened since the world was opened, line by line; nil unless `keepHistory` was called.
  package private(set) var lines: History?

  /// Opens the world in a folder, and takes up what is there.
  /// - Parameters:
  ///   - folder: The locked folder.
  ///   - fresh: The cloud that a new account begins with.
  ///   - vault: Where the secrets of what will be applied are.
  ///   - crashAt: The crash point at which the program kills itself with signal 9, by number from
  ///     0, for tests; they lie before and after each write of the journal, each call, and each
  ///     commit of the account.
  ///   - onReport: Told each line of the time line.
  package init(
    folder: StateFolder, fresh: SimulatedCloud, vault: Vault,
    settings: KernelSettings = KernelSettings(),
    crashAt: Int? = EmbeddedWorld.crashPointOfEnvironment,
    onReport: @escaping (Report) -> Void
  ) throws(WorldFailure) {
    let journal: JournalStore
    let records: [JournalRecord]
    do throws(StoreFailure) {
      journal = try JournalStore(path: folder.journal)
      records = try journal.records()
    } catch { throw .store(error) }
    let account: EmbeddedAccount
    do throws(EmbeddedAccountError) {
      account = try EmbeddedAccount(path: folder.account, fresh: fresh)
    } catch { throw .account(error) }
    self.folder = folder
    self.vault = vault
    self.crashAt = crashAt
    self.onReport = onReport
    self.journal = journal
    self.account = account
    conductor = Conductor(settings: settings, ledger: Ledger(records))
    // The kernel's own waits move time, too, without a trace in the account.
    now = max(account.cloud.now, records.last?.at ?? .zero)
  }

  /// The crash point that the environment variable `FUGUE_CRASH_AT` names, for tests that kill the
  /// program; nil where it names none.
  package static var crashPointOfEnvironment: Int? {
    ProcessInfo.processInfo.environment["FUGUE_CRASH_AT"].flatMap { Int($0) }
  }

  /// Starts the kernel: processes that were under way go on with the next `run`.
  package mutating func start() throws(WorldFailure) { try handle(.restarted) }

  /// Keeps a history from now on; to be called before the kernel is started.
  package mutating func keepHistory() throws(WorldFailure) {
    let records: [JournalRecord]
    do throws(StoreFailure) { records = try journal.records() } catch { throw .store(error) }
    lines = History(
      start: History.Start(
        settings: conductor.settings, account: account.cloud.account, journal: records))
    _ = account.takeTrail()
  }

  private mutating func recordTrail() {
    guard lines != nil else { return }
    // The kernel's own waits move time on, and the account's comes after.
    for line in account.takeTrail().compactMap({ $0.line }) {
      lines?.lines.append(History.Line(at: max(now, line.at), line.what))
    }
  }

  /// Sends the kernel a command.
  package mutating func send(_ command: Command) throws(WorldFailure) {
    try handle(.command(command))
  }

  /// Somebody changes the account by hand, now.
  package mutating func edit(_ call: Call) throws(WorldFailure) -> Reply {
    defer { recordTrail() }
    do throws(EmbeddedAccountError) { return try account.edit(call) } catch {
      throw .account(error)
    }
  }

  /// Lets things happen until the kernel rests.
  /// - Parameter shouldStop: Asked between events; true leaves everything as it is.
  /// - Returns: Whether the kernel rests.
  package mutating func run(
    shouldStop: () -> Bool = { false }
  ) throws(WorldFailure) -> Bool {
    while !conductor.isQuiescent {
      if shouldStop() { return false }
      guard try step() else { return false }
    }
    return true
  }

  /// Lets the next thing happen; false when there is none.
  private mutating func step() throws(WorldFailure) -> Bool {
    let next = [queue.nextTime, account.nextEventTime].compactMap(\.self).min()
    guard let next else { return false }
    now = max(now, next)
    guard let cloudTime = account.nextEventTime, cloudTime <= now else {
      // The account's time goes with the kernel's, or its reads would lag longer than they say.
      if account.cloud.now < now {
        do throws(EmbeddedAccountError) { _ = try account.advance(to: now) } catch {
          throw .account(error)
        }
      }
      if let entry = queue.pop() { try handle(entry.event) }
      return true
    }
    passCrashPoint()
    let events: [CloudEvent]
    do throws(EmbeddedAccountError) { events = try account.advance(to: cloudTime) } catch {
      throw .account(error)
    }
    recordTrail()
    passCrashPoint()
    for event in events {
      if let attempt = AttemptID(event.id) { try handle(.replied(attempt, event.outcome)) }
    }
    return true
  }

  private mutating func handle(_ kind: Event.Kind) throws(WorldFailure) {
    lines?.lines.append(History.Line(at: now, .event(kind)))
    for effect in conductor.handle(Event(at: now, kind)) { try carryOut(effect) }
  }

  private mutating func carryOut(_ effect: Effect) throws(WorldFailure) {
    switch effect {
    case .append(let record):
      passCrashPoint()
      do throws(StoreFailure) { try journal.append(record) } catch { throw .store(error) }
      passCrashPoint()
    case .call(let attempt, let call):
      passCrashPoint()
      try send(attempt, call)
      passCrashPoint()
    case .plan(let request): queue.push(.planned(request.id, Deliberation.answer(request)), at: now)
    case .prove(let request): queue.push(.proved(request.id, Deliberation.answer(request)), at: now)
    case .lease(let until): queue.push(.lease(.leased(until: until)), at: now)
    case .wakeAt(let moment, let timer): queue.push(.woke(timer), at: max(moment, now))
    case .report(let report): onReport(report)
    }
  }

  private mutating func send(_ attempt: AttemptID, _ call: Call) throws(WorldFailure) {
    let open: Call
    do throws(Vault.Missing) { open = try vault.resolve(call) } catch {
      throw .missingSecret(error.name)
    }
    do throws(EmbeddedAccountError) { try account.submit(open, id: attempt.callID) } catch {
      throw .account(error)
    }
  }

  /// Kills the program without a chance to tidy up, where a test asked for it here.
  private mutating func passCrashPoint() {
    if crashPoints == crashAt { kill(getpid(), SIGKILL) }
    crashPoints += 1
  }
}

/// Why an embedded world cannot go on. All of it is of the outside world.
package enum WorldFailure: Error, Sendable, CustomStringConvertible {
  /// Journal, folder or vault.
  case store(StoreFailure)
  /// The embedded account.
  case account(EmbeddedAccountError)
  /// A secret that a call needs is not in the vault.
  case missingSecret(String)

  package var description: String {
    switch self {
    case .store(let failure): failure.description
    case .account(let error): "the simulated account in \(error.path): \(error.reason)"
    case .missingSecret(let name):
      "the vault does not have the secret `\(name)`; apply the composition again"
    }
  }
}
