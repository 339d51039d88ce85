import Canon
import CloudModel
import CloudSemantics
import Conductor
import Determinism
package import Histories
import Journal
import Planners
import Plans
import Prover

/// Whether a recorded history is one that the models admit.
///
/// The kernel is the very `Conductor`; what it asks for follows from its events alone. An event is
/// admitted if the kernel is up and waits for it: a reply to a call that it made and that the cloud
/// met, with the answer that it gave; a plan and a proof that were asked for, and are what planner
/// and prover say; a timer that was set, and not later than it was set for. The cloud may meet a
/// call of the kernel's once or, lost on the way, twice; its answer to a change is what the rules
/// say, or a refusal that it is free to give; its answer to a read shows each thing as it is, or as
/// it was before a change no longer ago than reads lag.
package struct HistoryCheck {
  /// What came of a check.
  package enum Verdict: Hashable, Sendable {
    /// Every line could follow on those before it.
    case admitted(lines: Int, calls: Int)
    /// The first line that could not, from 1, the start being the first; and why.
    case refused(line: Int, why: String)
  }

  /// A call that the kernel made.
  struct Asked {
    let call: Call
    /// Answers that the cloud gave and that have not arrived.
    var answers: [Reply] = []
    var isGivenUp = false
    var times = 0
  }

  struct Refusal: Error {
    let why: String
  }

  let start: History.Start
  var kernel: Conductor?
  var journal: [JournalRecord]
  var cloud: CloudWitness?
  private var asked: [AttemptID: Asked] = [:]
  private var requests: [RequestID: Event.Kind] = [:]
  private var timers: SortedMap<String, [Instant]> = [:]
  private var now = Instant.zero
  /// Effects of the latest event, and how many records were durable before it.
  private var latest: (effects: [Effect], durable: Int) = ([], 0)
  private var answers = Answers()

  private init(_ start: History.Start) {
    self.start = start
    journal = start.journal
    cloud = start.account.map { CloudWitness($0, isFresh: start.journal.isEmpty) }
  }

  /// Checks a history.
  package static func check(_ history: History) -> Verdict {
    var check = HistoryCheck(history.start)
    for (index, line) in history.lines.enumerated() {
      do throws(Refusal) { try check.take(line) } catch {
        return .refused(line: index + 2, why: error.why)
      }
    }
    return .admitted(lines: history.lines.count + 1, calls: check.asked.count)
  }

  private mutating func take(_ line: History.Line) throws(Refusal) {
    if line.at < now { throw Refusal(why: "time goes back to \(line.at.text)") }
    try checkTimers(until: line.at)
    now = line.at
    switch line.what {
    case .event(let kind): try take(kind)
    case .served(let attempt, let call, let reply): try serve(attempt, call, reply)
    case .moved(let transition): try cloud?.move(transition, at: now)
    case .edited(let call, let reply): try cloud?.edit(call, reply, at: now)
    case .died(let durable): try die(durable)
    }
  }

  /// In a simulated world timers ring when they are due.
  private func checkTimers(until moment: Instant) throws(Refusal) {
    guard kernel != nil, cloud != nil else { return }
    for (process, moments) in timers {
      if let due = moments.first(where: { $0 < moment }) {
        throw Refusal(
          why: "the timer of '\(process)' was due at \(due.text), and did not ring before"
            + " \(moment.text)")
      }
    }
  }
}

// The kernel's side.
extension HistoryCheck {
  private mutating func take(_ kind: Event.Kind) throws(Refusal) {
    if kind == .restarted {
      guard kernel == nil else { throw Refusal(why: "the kernel is started while it runs") }
      kernel = Conductor(settings: start.settings, ledger: Ledger(journal))
      requests = [:]
      timers = [:]
    }
    guard var conductor = kernel else { throw Refusal(why: "the kernel is not running") }
    switch kind {
    case .restarted, .command, .lease: break
    case .replied(let attempt, let outcome): try hear(outcome, of: attempt, conductor)
    case .planned(let id, let answer): try expect(.planned(id, answer), for: id, "plan")
    case .proved(let id, let answer): try expect(.proved(id, answer), for: id, "proof")
    case .woke(let timer): try ring(timer.process)
    }
    let durable = journal.count
    let effects = conductor.handle(Event(at: now, kind))
    kernel = conductor
    latest = (effects, durable)
    for effect in effects { note(effect) }
  }

  private mutating func note(_ effect: Effect) {
    switch effect {
    case .append(let record): journal.append(record)
    case .call(let attempt, let call): asked[attempt] = Asked(call: call)
    case .plan(let request): requests[request.id] = answers.answer(request)
    case .prove(let request): requests[request.id] = answers.answer(request)
    case .wakeAt(let moment, let timer):
      timers[timer.process, default: []].append(max(moment, now))
    case .lease, .report: break
    }
  }

  private mutating func expect(
    _ kind: Event.Kind, for id: RequestID, _ what: String
  ) throws(Refusal) {
    guard let right = requests[id] else {
      throw Refusal(why: "nobody waits for a \(what) numbered \(id.serial)")
    }
    guard right == kind else {
      throw Refusal(why: "the \(what) is not the one that is made of what was asked")
    }
    requests[id] = nil
  }

  private mutating func ring(_ process: String) throws(Refusal) {
    guard let place = timers[process]?.firstIndex(where: { $0 <= now }) else {
      throw Refusal(why: "no timer of '\(process)' is due at \(now.text)")
    }
    timers[process]?.remove(at: place)
  }

  private mutating func hear(
    _ outcome: CallOutcome, of attempt: AttemptID, _ conductor: Conductor
  ) throws(Refusal) {
    let name = "\(attempt.incarnation).\(attempt.serial)"
    guard var call = asked[attempt] else {
      // A call of a life before the history began.
      if attempt.incarnation < conductor.ledger.incarnation, !start.journal.isEmpty { return }
      throw Refusal(why: "an outcome of call \(name) comes, which the kernel did not make")
    }
    let operation = call.call.operation
    switch outcome {
    case .unknown:
      if call.isGivenUp { throw Refusal(why: "call \(name) is given up twice") }
      call.isGivenUp = true
    case .replied(let reply):
      if cloud != nil {
        guard let place = call.answers.firstIndex(of: reply) else {
          let why =
            call.answers.isEmpty ? "which the cloud has not answered" : "with another answer"
          throw Refusal(why: "a reply to \(operation) (call \(name)) comes, \(why)")
        }
        call.answers.remove(at: place)
      }
    }
    asked[attempt] = call
  }

  private mutating func die(_ durable: Int) throws(Refusal) {
    guard kernel != nil else { throw Refusal(why: "the kernel dies while it is not running") }
    guard (latest.durable...journal.count).contains(durable) else {
      throw Refusal(
        why: "\(durable) records are said to be durable, of at least \(latest.durable) and at most"
          + " \(journal.count)")
    }
    journal.removeLast(journal.count - durable)
    kernel = nil
    // What followed on a record that was not written was never asked.
    var written = latest.durable
    for effect in latest.effects {
      switch effect {
      case .append: written += 1
      case .call(let attempt, _): if written > durable { asked[attempt] = nil }
      case .plan, .prove, .lease, .wakeAt, .report: continue
      }
    }
  }

  private mutating func serve(
    _ attempt: AttemptID, _ call: Call, _ reply: Reply
  ) throws(Refusal) {
    let name = "\(call.operation) (call \(attempt.incarnation).\(attempt.serial))"
    let isOld =
      !start.journal.isEmpty && asked[attempt] == nil
      && attempt.incarnation < (kernel?.ledger.incarnation ?? Int.max)
    if !isOld {
      guard let own = asked[attempt], own.call.isMade(as: call) else {
        throw Refusal(why: "the cloud meets \(name), which the kernel did not make")
      }
      if own.times > 1 { throw Refusal(why: "the cloud meets \(name) a third time") }
      asked[attempt]?.times += 1
      asked[attempt]?.answers.append(reply)
    }
    try cloud?.serve(call, reply, at: now, name)
  }
}

/// Plans and proofs, each made once.
private struct Answers {
  private var plans: [PlanRequest: PlanAnswer] = [:]
  private var proofs: [ProofRequest: ProofAnswer] = [:]

  mutating func answer(_ request: PlanRequest) -> Event.Kind {
    var key = request
    key.id = RequestID(process: request.process, serial: 0)
    let answer = plans[key] ?? Deliberation.plan(request)
    plans[key] = answer
    return .planned(request.id, answer)
  }

  mutating func answer(_ request: ProofRequest) -> Event.Kind {
    var key = request
    key.id = RequestID(process: request.plan.process, serial: 0)
    let answer = proofs[key] ?? Deliberation.proof(request)
    proofs[key] = answer
    return .proved(request.id, answer)
  }
}

extension Call {
  /// Whether this call, as the kernel made it, comes to the cloud as the other: secrets are put in
  /// on the way.
  fileprivate func isMade(as other: Call) -> Bool {
    service == other.service && operation == other.operation
      && parameters.agrees(with: other.parameters)
  }
}

extension Value {
  fileprivate func agrees(with other: Value) -> Bool {
    switch (self, other) {
    case (.secret, _), (_, .secret), (.residual, _): true
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.agrees(with: $1) }
    case (.record(let a), .record(let b)):
      a.keys == b.keys && zip(a.values, b.values).allSatisfy { $0.agrees(with: $1) }
    case (.null, _), (.bool, _), (.int, _), (.string, _), (.list, _), (.record, _): self == other
    }
  }
}

extension Instant {
  /// For people: `12.345 s`.
  fileprivate var text: String {
    let digits = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits) s"
  }
}
