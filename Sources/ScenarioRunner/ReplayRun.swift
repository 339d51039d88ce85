import Canon
import Certificates
package import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Models
import Plans
import Runtime
import Simulator

/// Lets what happens on a trace happen to a kernel beside a simulated cloud, in the order of the
/// trace: nothing is left to chance.
package struct ReplayRun {
  /// A claim, and where it was broken: after so many steps; nil if it was not.
  package struct Judgement: Hashable, Sendable {
    /// The claim.
    package let claim: String
    /// After which step, from 1.
    package let brokenAfter: Int?
  }

  private struct Flight {
    let call: Call
    var reply: Reply?
    /// Whether the kernel that made it is dead.
    var isOrphan = false
  }

  private static let alias = "tiny"

  private let replay: ScenarioReplay
  private let standing: Blueprint
  private let whole: Blueprint
  private let settings: KernelSettings
  private var conductor: Conductor
  private var cloud: SimulatedCloud
  private var earlier: SimulatedCloud?
  private var durable = Ledger()
  private var flights: [(attempt: AttemptID, flight: Flight)] = []
  private var request: Effect?
  private var timer: Instant?
  private var now = Instant.zero
  private var wanted: Blueprint
  private var broken: [String: Int] = [:]
  private var step = 0

  /// Runs a trace.
  ///
  /// - Returns: what became of each claim that it names.
  package static func run(
    _ replay: ScenarioReplay, blueprint: Blueprint
  ) throws(ScenarioProblem) -> [Judgement] {
    var run = ReplayRun(replay, blueprint)
    return try run.run()
  }

  private init(_ replay: ScenarioReplay, _ blueprint: Blueprint) {
    self.replay = replay
    let slice = CompositionSlice(moving: replay.making, standing: replay.standing)
    (standing, whole) = slice.blueprints(of: blueprint)
    var settings = KernelSystem.shortWindows
    settings.callsAtOnce = replay.callsAtOnce
    self.settings = settings
    wanted = standing
    conductor = Conductor(settings: settings)
    cloud = SimulatedCloud(
      account: .fresh(accountID: "123456789012", region: blueprint.region), seed: Seed(1))
  }

  private mutating func run() throws(ScenarioProblem) -> [Judgement] {
    handle(.restarted)
    if !standing.resources.isEmpty { try apply(standing) }
    for step in replay.steps {
      self.step += 1
      try take(step)
      if RestClaims.isTwice(cloud.account) {
        note("nothing is made twice unless a call was carried out twice")
      }
    }
    if conductor.isQuiescent, flights.isEmpty {
      do throws(UserSystem.Problem) {
        for claim in try RestClaims.broken(on: cloud.account, wanted: wanted) { note(claim) }
      } catch { throw ScenarioProblem(error.message) }
    }
    return replay.claims.map { Judgement(claim: $0, brokenAfter: broken[$0]) }
  }

  private mutating func note(_ claim: String) { broken[claim] = broken[claim] ?? step }

  /// Applies something without any fault.
  private mutating func apply(_ blueprint: Blueprint) throws(ScenarioProblem) {
    handle(.command(.apply(alias: Self.alias, blueprint, approvals)))
    for _ in 0..<10_000 {
      if let read = flights.first(where: { isRead($0.flight.call) }) {
        answerReads(first: read.attempt, by: cloud)
      } else if let index = flights.firstIndex(where: { $0.flight.reply == nil }) {
        carryOut(index)
      } else if cloud.nextEventTime != nil, isMoving {
        goOn()
      } else if let done = flights.first {
        reply(done.attempt)
      } else if request != nil {
        answerRequest(givesUp: false)
      } else if conductor.isQuiescent {
        return
      } else if timer != nil {
        ring()
      }
    }
    throw ScenarioProblem("What stands before never comes to rest")
  }

  private var approvals: Approvals {
    Approvals(coversData: true, addresses: whole.resources.map(\.address))
  }

  private func isRead(_ call: Call) -> Bool { !CloudSemantics.writes(call) }
}

// What happens.
extension ReplayRun {
  private mutating func take(_ step: ScenarioReplay.Step) throws(ScenarioProblem) {
    switch step.what {
    case "asks": ask(step.name, diesAfter: step.diesAfter)
    case "asksToLook": handle(.command(.enforce(alias: Self.alias)), diesAfter: step.diesAfter)
    case "planMade", "proofMade": answerRequest(givesUp: false, diesAfter: step.diesAfter)
    case "proverGivesUp": answerRequest(givesUp: true, diesAfter: step.diesAfter)
    case "timerRings": ring(diesAfter: step.diesAfter)
    case "carriesOut": carryOut(try place(step.name))
    case "carriesOutTwice":
      let index = try place(step.name)
      let attempt = flights[index].attempt
      carryOut(index)
      if let again = flights.firstIndex(where: { $0.attempt == attempt }) { carryOut(again) }
    case "nothingMore": flights.remove(at: try place(step.name))
    case "replyComes": reply(flights[try place(step.name)].attempt, diesAfter: step.diesAfter)
    case "isAnswered", "isAnsweredLate":
      let attempt = flights[try place(step.name)].attempt
      let late = step.what == "isAnsweredLate" ? earlier : nil
      answerReads(first: attempt, by: late ?? cloud, diesAfter: step.diesAfter)
    case "noReply": giveUp(try place(step.name), diesAfter: step.diesAfter)
    case "byHand":
      guard let call = step.edit else { throw ScenarioProblem("An edit needs a call") }
      _ = cloud.edit(call, at: now)
      earlier = nil
    case "goesOn": goOn()
    case "dies": die()
    case let other: throw ScenarioProblem("There is no step '\(other)'")
    }
  }

  private func place(_ name: String) throws(ScenarioProblem) -> Int {
    let place = flights.firstIndex { "\($0.attempt.incarnation).\($0.attempt.serial)" == name }
    guard let place else {
      throw ScenarioProblem("Call \(name) is not under way at step \(step): the trace does not fit")
    }
    return place
  }

  private mutating func ask(_ wish: String, diesAfter: Int) {
    wanted = whole
    let command: Command
    if wish == "kill" {
      wanted.resources = []
      wanted.invariants = []
      command = .kill(alias: Self.alias, approvals)
    } else {
      command = .apply(alias: Self.alias, whole, approvals)
    }
    handle(.command(command), diesAfter: diesAfter)
  }

  private mutating func carryOut(_ index: Int) {
    let before = cloud
    let call = flights[index].flight.call
    let reply = cloud.edit(call, at: now)
    if cloud.account != before.account { earlier = before }
    if flights[index].flight.isOrphan {
      flights.remove(at: index)
    } else {
      flights[index].flight.reply = reply
    }
  }

  private var isMoving: Bool {
    cloud.account.instances.contains { [.pending, .stopping, .shuttingDown].contains($0.1.state) }
  }

  private mutating func goOn() {
    let before = cloud.account
    while let time = cloud.nextEventTime, cloud.account == before { _ = cloud.advance(to: time) }
  }

  private mutating func reply(_ attempt: AttemptID, diesAfter: Int = 0) {
    guard let index = flights.firstIndex(where: { $0.attempt == attempt }),
      let reply = flights[index].flight.reply
    else { return }
    flights.remove(at: index)
    handle(.replied(attempt, .replied(reply)), diesAfter: diesAfter)
  }

  private mutating func giveUp(_ index: Int, diesAfter: Int) {
    let (attempt, flight) = flights[index]
    if isRead(flight.call) { flights.remove(at: index) }
    handle(.replied(attempt, .unknown), diesAfter: diesAfter)
  }

  /// Answers one read, then all that are under way, and those that come of them.
  private mutating func answerReads(
    first: AttemptID, by source: SimulatedCloud, diesAfter: Int = 0
  ) {
    var next = first
    var source = source
    while let index = flights.firstIndex(where: { $0.attempt == next }) {
      let call = flights[index].flight.call
      flights.remove(at: index)
      let reply = CloudSemantics.step(source.account, call).reply
      source = cloud
      handle(.replied(next, .replied(reply)), diesAfter: next == first ? diesAfter : 0)
      if diesAfter > 0 { return }
      guard let read = flights.first(where: { isRead($0.flight.call) }) else { return }
      next = read.attempt
    }
  }

  private mutating func answerRequest(givesUp: Bool, diesAfter: Int = 0) {
    guard let asked = request else { return }
    request = nil
    switch asked {
    case .plan(let request):
      handle(.planned(request.id, Deliberation.answer(request)), diesAfter: diesAfter)
    case .prove(let request):
      let line = ProofLine(title: "", verdict: .unknown, reason: "the prover gave up")
      let none = ProofAnswer(verdicts: [line], certificate: nil)
      handle(
        .proved(request.id, givesUp ? none : Deliberation.answer(request)), diesAfter: diesAfter)
    case .append, .call, .lease, .wakeAt, .report: return
    }
  }

  private mutating func ring(diesAfter: Int = 0) {
    now = max(now, timer ?? now)
    timer = nil
    handle(.woke(TimerID(process: Self.alias)), diesAfter: diesAfter)
  }

  private mutating func die() {
    conductor = Conductor(settings: settings, ledger: durable)
    flights = flights.filter { $0.flight.reply == nil && !isRead($0.flight.call) }
    for index in flights.indices { flights[index].flight.isOrphan = true }
    request = nil
    timer = nil
    handle(.restarted)
  }
}

// What the kernel does.
extension ReplayRun {
  private mutating func handle(_ kind: Event.Kind, diesAfter: Int = 0) {
    var left = diesAfter
    for effect in conductor.handle(Event(at: now, kind)) {
      carryOut(effect)
      guard effect.lasts else { continue }
      left -= 1
      if left == 0 { return die() }
    }
    if durable != conductor.ledger { note("the journal's fold is the kernel's ledger") }
  }

  private mutating func carryOut(_ effect: Effect) {
    switch effect {
    case .append(let record):
      if case .started(let number, _) = record.entry, number <= durable.incarnation {
        note("no two calls, and no two lives of the kernel, share an identifier")
      }
      durable.apply(record)
    case .call(let attempt, let call):
      if flights.contains(where: { $0.attempt == attempt }) {
        note("no two calls, and no two lives of the kernel, share an identifier")
      }
      if CloudSemantics.writes(call) { judge(attempt) }
      flights.append((attempt, Flight(call: call)))
    case .plan, .prove: request = effect
    case .wakeAt(let moment, _): timer = moment
    case .lease, .report: break
    }
  }

  /// What is said of a changing call as it goes out.
  private mutating func judge(_ attempt: AttemptID) {
    guard let owner = durable.open[attempt], durable.processes.indices.contains(owner.process),
      let run = durable.processes[owner.process].run
    else { return note("every call's intent is in the journal before it goes out") }
    if run.certificate.plan != run.plan.digest {
      note("no step starts without the certificate for its plan")
    }
    let isEarly = run.plan.edges.contains { edge in
      guard edge.to.index == owner.step else { return false }
      let state = run.steps[edge.from.index].state
      return switch edge.kind {
      case .afterAcknowledged: !state.isAcknowledged
      case .afterSettled: !state.isSettled
      }
    }
    if isEarly { note("no step starts before what it follows is far enough") }
  }
}

extension Effect {
  fileprivate var lasts: Bool {
    switch self {
    case .append: true
    case .call(_, let call): CloudSemantics.writes(call)
    case .plan, .prove, .lease, .wakeAt, .report: false
    }
  }
}
