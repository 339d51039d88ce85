package import Canon
package import CloudModel
package import Conductor
package import Determinism
package import Histories
package import Journal
package import Simulator

/// A kernel and a simulated cloud on one line of logical time, in this process: for scenarios,
/// campaigns of seeds, and benchmarks. The same seed and the same commands give the same history.
package struct SimulatedWorld: Sendable {
  /// When the kernel is to crash by itself.
  package struct CrashPlan: Hashable, Sendable {
    /// The crash points at which it crashes, by number, in ascending order. A crash point lies
    /// before and after each record's writing, each call's sending, and each commit of the cloud.
    package var points: [Int]
    /// How long until it is started again.
    package var pause: TimeSpan

    /// Makes a plan of crashes.
    package init(points: [Int], pause: TimeSpan = .seconds(5)) {
      self.points = points
      self.pause = pause
    }
  }

  /// How long the world takes to make a plan.
  package static let planLatency = TimeSpan(milliseconds: 50)
  /// How long the world takes to prove a plan.
  package static let proofLatency = TimeSpan(milliseconds: 500)

  enum Moment: Hashable, Sendable {
    case kernel(Event.Kind, incarnation: Int)
    case restart
  }

  /// The kernel; what it knew is gone while it is down.
  package private(set) var conductor: Conductor
  /// The cloud. May be edited by hand through `edit`.
  package private(set) var cloud: SimulatedCloud
  /// What is durable.
  package private(set) var journal: [JournalRecord] = []
  /// The time line.
  package private(set) var reports: [Report] = []
  /// Logical time.
  package private(set) var now = Instant.zero
  /// Whether the kernel is running.
  package private(set) var isUp = false
  /// How many crash points have been passed.
  package private(set) var crashPoints = 0
  /// How many times the kernel has crashed.
  package private(set) var crashes = 0
  /// Every call that the kernel made, with the number of records that were durable then; for
  /// checks that intent came first. Empty unless `keepsCalls`.
  package private(set) var calls: [SentCall] = []
  /// Attempts of which a reply reached the kernel and was taken in whole. Empty unless
  /// `keepsCalls`.
  package private(set) var replies: [AttemptID] = []
  /// Whether `calls` and `replies` are kept.
  package var keepsCalls = false
  /// What happened so far, line by line; nil unless `keepHistory` was called.
  package private(set) var lines: History?
  /// When the kernel is to crash by itself.
  package var crashPlan = CrashPlan(points: [])

  private let settings: KernelSettings
  private let prove: @Sendable (ProofRequest) -> ProofAnswer
  private var queue = EventQueue<Moment>()
  private var digest = Digest(of: "fugue.history.1")

  /// A call as it went out.
  package struct SentCall: Hashable, Sendable {
    /// Its name.
    package let attempt: AttemptID
    /// What was asked.
    package let call: Call
    /// How many records were durable before.
    package let durable: Int
  }

  /// Starts a kernel on an empty journal beside a cloud.
  /// - Parameters:
  ///   - prove: Answers `.prove`; by default the prover.
  package init(
    cloud: SimulatedCloud, settings: KernelSettings = KernelSettings(),
    prove: @escaping @Sendable (ProofRequest) -> ProofAnswer = { Deliberation.answer($0) }
  ) {
    self.cloud = cloud
    self.settings = settings
    self.prove = prove
    conductor = Conductor(settings: settings)
    start()
  }

  /// Names the history so far: what was told, and what happened in the cloud.
  package var history: Digest { Digest(of: digest.bytes + cloud.history.bytes) }

  /// Keeps a history from now on; to be called before anything has happened but the kernel's start.
  package mutating func keepHistory() {
    lines = History(start: History.Start(settings: settings, account: cloud.account))
    _ = cloud.takeTrail()
    record(.event(.restarted))
  }

  private mutating func record(_ what: History.Happening) {
    lines?.lines.append(History.Line(at: now, what))
  }

  /// Takes over what happened in the cloud.
  private mutating func recordTrail() {
    guard lines != nil else { return }
    lines?.lines += cloud.takeTrail().compactMap { $0.line }
  }

  /// Sends the kernel a command. One that comes while it is down waits until it is up.
  package mutating func send(_ command: Command) {
    if isUp {
      handle(.command(command))
    } else {
      queue.push(.kernel(.command(command), incarnation: -1), at: now)
    }
  }

  /// Somebody changes the account by hand, now.
  package mutating func edit(_ call: Call) -> Reply {
    defer { recordTrail() }
    return cloud.edit(call, at: now)
  }

  /// Changes what may go wrong from now on.
  package mutating func setFaults(_ faults: FaultProfile) { cloud.faults = faults }

  /// Ends the kernel at once, with everything that is not in the journal; it is started again
  /// after a while.
  package mutating func crash(restartAfter pause: TimeSpan) {
    guard isUp else { return }
    isUp = false
    crashes += 1
    record(.died(durable: journal.count))
    queue.push(.restart, at: now + pause)
  }

  /// When something happens next; nil when nothing ever will.
  package var nextTime: Instant? {
    switch (queue.nextTime, cloud.nextEventTime) {
    case (let a?, let b?): min(a, b)
    case (let a, let b): a ?? b
    }
  }

  /// Lets the next thing happen; false when there is none.
  package mutating func step() -> Bool {
    guard let time = nextTime else { return false }
    now = max(now, time)
    if let cloudTime = cloud.nextEventTime, cloudTime <= time {
      _ = passCrashPoint()
      let events = cloud.advance(to: time)
      recordTrail()
      _ = passCrashPoint()
      for event in events { deliver(event) }
    } else if let entry = queue.pop() {
      happen(entry.event)
    }
    return true
  }

  /// Lets time pass up to a moment.
  package mutating func run(until moment: Instant) {
    while let time = nextTime, time <= moment { _ = step() }
    now = max(now, moment)
    _ = cloud.advance(to: now)
    recordTrail()
  }

  /// Lets things happen until the kernel rests, or a moment has passed.
  /// - Returns: Whether it rests.
  package mutating func runUntilQuiescent(limit: Instant) -> Bool {
    while !(isUp && conductor.isQuiescent) {
      guard let time = nextTime, time <= limit else { return false }
      _ = step()
    }
    return true
  }

  private mutating func deliver(_ event: CloudEvent) {
    guard let attempt = AttemptID(event.id), isUp else { return }
    handle(.replied(attempt, event.outcome))
    if keepsCalls, isUp, event.outcome != .unknown { replies.append(attempt) }
  }

  private mutating func happen(_ moment: Moment) {
    switch moment {
    case .restart: restart()
    case .kernel(let kind, let incarnation):
      if !isUp {
        if incarnation < 0 { queue.push(moment, at: now + .seconds(1)) }
      } else if incarnation < 0 || incarnation == crashes {
        handle(kind)
      }
    }
  }

  private mutating func start() {
    isUp = true
    handle(.restarted)
  }

  private mutating func restart() {
    conductor = Conductor(settings: settings, ledger: Ledger(journal))
    start()
  }

  private mutating func handle(_ kind: Event.Kind) {
    record(.event(kind))
    let effects = conductor.handle(Event(at: now, kind))
    for effect in effects {
      carryOut(effect)
      if !isUp { return }
    }
  }

  private mutating func carryOut(_ effect: Effect) {
    switch effect {
    case .append(let record):
      if passCrashPoint() { return }
      journal.append(record)
      _ = passCrashPoint()
    case .call(let attempt, let call):
      if passCrashPoint() { return }
      if keepsCalls {
        calls.append(SentCall(attempt: attempt, call: call, durable: journal.count))
      }
      cloud.submit(call, id: attempt.callID, at: now)
      _ = passCrashPoint()
    case .plan(let request):
      push(.planned(request.id, Deliberation.answer(request)), at: now + Self.planLatency)
    case .prove(let request):
      push(.proved(request.id, prove(request)), at: now + Self.proofLatency)
    case .lease(let until): push(.lease(.leased(until: until)), at: now)
    case .wakeAt(let moment, let timer): push(.woke(timer), at: max(moment, now))
    case .report(let report):
      reports.append(report)
      digest = Digest(of: digest.bytes + report.canonicalBytes)
    }
  }

  private mutating func push(_ kind: Event.Kind, at moment: Instant) {
    queue.push(.kernel(kind, incarnation: crashes), at: moment)
  }

  /// Passes a crash point; true where the kernel crashed at it.
  private mutating func passCrashPoint() -> Bool {
    guard isUp else { return false }
    defer { crashPoints += 1 }
    guard crashPlan.points.first == crashPoints else { return false }
    crashPlan.points.removeFirst()
    crash(restartAfter: crashPlan.pause)
    return true
  }
}

extension CloudTrail.Entry {
  /// The line of a history; nil for a call that no kernel made.
  var line: History.Line? {
    switch what {
    case .served(let id, let call, let reply):
      AttemptID(id).map { History.Line(at: at, .served($0, call, reply)) }
    case .moved(let transition): History.Line(at: at, .moved(transition))
    case .edited(let call, let reply): History.Line(at: at, .edited(call, reply))
    }
  }
}
