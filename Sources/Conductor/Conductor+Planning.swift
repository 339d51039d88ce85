import Canon
import CertificateChecker
import Certificates
import CloudModel
import Determinism
import Journal
import PlanEffects
import Plans

/// From what was seen to a plan that may begin: the planner, the brakes, the prover, the gate.
extension Conductor {
  mutating func askForPlan(_ process: Int) {
    guard let inventory = activities[process].inventory else { return }
    let part = ledger.processes[process]
    let id = newRequest(process)
    activities[process].request = id
    enter(.planning, process)
    outbox.append(
      .plan(
        PlanRequest(
          id: id, process: part.alias, blueprint: part.blueprint, previous: part.previous,
          inventory: inventory)))
  }

  /// Takes a plan in. One that was asked for before something changed is void.
  mutating func take(_ answer: PlanAnswer, to id: RequestID) {
    guard let process = ledger.indices[id.process], activities.indices.contains(process),
      activities[process].request == id
    else { return }
    activities[process].request = nil
    switch answer {
    case .refused(let problems): block(process, .notPlannable(problems))
    case .plan(let plan) where plan.steps.isEmpty: findNothingToDo(process)
    case .plan(let plan): consider(plan, process)
    }
    arm(process)
  }

  /// It is as declared, unless a lost call may still have an effect.
  private mutating func findNothingToDo(_ process: Int) {
    guard let inventory = activities[process].inventory else { return }
    let part = ledger.processes[process]
    if part.quietAfter > activities[process].seenAt {
      pause(process, until: part.quietAfter, cause: "a lost call may have had an effect")
      return
    }
    if part.isKilling {
      commit(.killed(process: part.alias))
      report(process, .killed)
      leaveRound(process)
      enter(.killed, process)
      yieldTurn(process)
      return
    }
    var present = PresentResources()
    for (address, items) in inventory.items {
      if let item = items.first { present[address] = item.outputs }
    }
    if !part.isSteady(as: present) || part.accountID != inventory.accountID {
      commit(
        .steady(
          process: part.alias, accountID: inventory.accountID, region: inventory.region, present))
      report(process, .steady)
    }
    rest(process)
  }

  private mutating func consider(_ plan: Plan, _ process: Int) {
    report(process, .differs(steps: plan.steps.count, plan.addresses))
    if let moment = contradicted(plan, process) {
      pause(process, until: moment, cause: "a read contradicts what was just done")
      return
    }
    if let moment = unquiet(since: activities[process].seenAt) {
      pause(process, until: moment, cause: "a lost call may still have an effect")
      return
    }
    let contested = contested(by: plan, process)
    guard contested.isEmpty else {
      block(process, .contested(contested))
      return
    }
    let braked = plan.deletions.filter { !ledger.processes[process].mayDelete($0) }
    guard braked.isEmpty else {
      block(process, .approvalNeeded(braked))
      return
    }
    let id = newRequest(process)
    activities[process].plan = plan
    activities[process].request = id
    enter(.proving, process)
    guard let inventory = activities[process].inventory else { return }
    outbox.append(
      .prove(
        ProofRequest(
          id: id, plan: plan, inventory: inventory, invariants: invariants(process))))
  }

  /// Until when a plan cannot be believed, since it would do again what was done within the
  /// settle window: then the read is stale, and the acknowledgement outranks it.
  private func contradicted(_ plan: Plan, _ process: Int) -> Instant? {
    if settings.mutations.contains(.trustStaleReads) { return nil }
    let part = ledger.processes[process]
    if part.changedAt.isEmpty { return nil }
    var latest: Instant?
    for step in plan.steps {
      guard let changed = part.changedAt[ProcessLedger.Part(step)] else { continue }
      let end = changed + settings.settleWindow
      if end > activities[process].seenAt { latest = max(latest ?? end, end) }
    }
    return latest
  }

  /// Until when a lost call of whatever process may still have an effect, of which a plan that was
  /// made of an earlier look knows nothing; nil where none may.
  private func unquiet(since seenAt: Instant) -> Instant? {
    let latest = ledger.processes.map(\.quietAfter).max() ?? .zero
    return latest > seenAt ? latest : nil
  }

  /// What a plan would change once more although it has been undone again and again.
  private func contested(by plan: Plan, _ process: Int) -> [ResourceAddress] {
    let part = ledger.processes[process]
    if part.isKilling || part.contests.isEmpty { return [] }
    let steps = plan.steps.filter { step in
      guard let contest = part.contests[ProcessLedger.Part(step)] else { return false }
      return contest.times >= settings.contests && now - contest.latest <= Contest.memory
    }
    return Set(steps.map(\.address)).sorted()
  }

  /// What must hold while a plan runs. While a process is being killed, what must be reachable
  /// goes, and what must not be stays so.
  func invariants(_ process: Int) -> [Invariant] {
    let part = ledger.processes[process]
    guard part.isKilling else { return part.blueprint.invariants }
    return part.blueprint.invariants.filter { invariant in
      switch invariant.claim {
      case .never, .only, .nobodyOutside: true
      case .always, .forall: false
      }
    }
  }

  /// Takes a proof in.
  mutating func take(_ answer: ProofAnswer, to id: RequestID) {
    guard let process = ledger.indices[id.process], activities.indices.contains(process),
      activities[process].request == id
    else { return }
    activities[process].request = nil
    report(process, .proof(answer.verdicts))
    weigh(answer, process)
    arm(process)
  }

  private mutating func weigh(_ answer: ProofAnswer, _ process: Int) {
    guard let plan = activities[process].plan else { return }
    if settings.mutations.contains(.skipCertificateCheck) {
      let certificate = Certificate(
        plan: plan.digest, invariants: Certificate.digest(of: invariants(process)),
        baseline: plan.baseline, arguments: [])
      let account = activities[process].inventory?.account
      let premises = Premises(
        of: plan, on: account ?? AccountState(accountID: "", region: ""))
      adopt(plan, answer.certificate ?? certificate, premises, process)
      return
    }
    let refuted = answer.verdicts.filter { $0.verdict == .refuted }.map(\.title)
    if !refuted.isEmpty {
      block(process, .refuted(refuted))
      return
    }
    guard let certificate = answer.certificate else {
      let open = answer.verdicts.filter { $0.verdict != .proved }.map {
        "\($0.title): \($0.reason)"
      }
      trouble(process, "The plan could not be proved.", otherwise: .notProved(open))
      return
    }
    if now - activities[process].seenAt > settings.freshness {
      activities[process].certificate = certificate
      activities[process].inventory = nil
      startLook(process, .recheck)
    } else {
      pass(plan, certificate, process)
    }
  }

  /// Checks a certificate against a fresh look. False where what was assumed is no longer so:
  /// then a new plan is made of what was seen.
  mutating func recheck(_ process: Int) -> Bool {
    guard let plan = activities[process].plan,
      let certificate = activities[process].certificate,
      let inventory = activities[process].inventory,
      inventory.account.proofDigest == certificate.baseline
    else {
      activities[process].plan = nil
      activities[process].certificate = nil
      return false
    }
    pass(plan, certificate, process)
    return true
  }

  /// The gate: nothing begins without a certificate that the checker accepts for exactly this
  /// plan, these invariants, and the account as it was just seen.
  private mutating func pass(_ plan: Plan, _ certificate: Certificate, _ process: Int) {
    guard let inventory = activities[process].inventory else { return }
    let premises = Premises(of: plan, on: inventory.account)
    let verdict = CertificateChecker.check(
      certificate, premises, invariants: invariants(process))
    switch verdict {
    case .accepted: adopt(plan, certificate, premises, process)
    case .refused(let reason):
      trouble(
        process, "The certificate was not accepted: \(reason).", otherwise: .notProved([reason]))
    }
  }

  private mutating func adopt(
    _ plan: Plan, _ certificate: Certificate, _ premises: Premises, _ process: Int
  ) {
    let alias = ledger.processes[process].alias
    let seenAt = activities[process].seenAt
    leaveRound(process)
    commit(.adopted(process: alias, plan, certificate))
    report(
      process,
      .running(
        plan: plan.digest.hex, steps: plan.steps.count,
        opening: premises.isOpening.count { $0 }, freshness: settings.freshness))
    indexRun(process)
    activities[process].premises = premises
    activities[process].isSuspicious = false
    activities[process].freshUntil = max(now, seenAt + settings.freshness)
    enter(.running, process)
    advance(process)
  }
}

extension Plan {
  /// The resources that its steps are about, in order, each once.
  var addresses: [ResourceAddress] { Set(steps.map(\.address)).sorted() }

  /// The resources that its steps delete or replace, in order, each once.
  var deletions: [ResourceAddress] {
    Set(steps.filter { $0.verb == .delete }.map(\.address)).sorted()
  }
}

extension ProcessLedger {
  /// Whether the ledger says already that it is as declared, with just these outputs.
  func isSteady(as present: PresentResources) -> Bool {
    guard case .steady = standing, retired.isEmpty else { return false }
    return present.count == known.count && present.allSatisfy { known[$0.key] == $0.value }
  }
}
