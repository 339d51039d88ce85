import Canon
package import CloudModel
import CloudSemantics
import Determinism
package import Plans

extension EffectModel {
  /// Derives what each step does by carrying the plan out, in list order, on the baseline, with
  /// names of its own. Implicit effects are among them, since the cloud's semantics have them.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - baseline: The account before its first step.
  package init(of plan: Plan, on baseline: AccountState) {
    self = EffectModel.derive(from: plan, on: baseline).model
  }

  /// The same, with the account as it is after the last step. What the plan makes there has
  /// identifiers of the derivation's own, those that the model's facts name.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - baseline: The account before its first step.
  package static func derive(
    from plan: Plan, on baseline: AccountState
  ) -> (model: EffectModel, end: AccountState) {
    let derivation = EffectDerivation.carriedOut(plan, baseline)
    return (derivation.model, derivation.account)
  }

  /// What is not known of a plan's effects, without the effects: what a planner asks.
  package static func doubts(about plan: Plan, on baseline: AccountState) -> [Doubt] {
    EffectDerivation.carriedOut(plan, baseline).doubts
  }
}

/// A plan being carried out on names of its own.
private struct EffectDerivation {
  let plan: Plan
  var order: StepOrder
  var account: AccountState
  var bindings: HoleBindings
  var occurrences: [Occurrence] = []
  var doubts: [Doubt] = []
  /// The occurrences of a key, with the fact as the account has it.
  var places: [FactKey: [(raw: Fact, index: Int)]] = [:]
  /// The last step that touched a key.
  var touched: [FactKey: StepID] = [:]
  /// Steps that read a key.
  var reading: [FactKey: [StepID]] = [:]

  init(_ plan: Plan, _ baseline: AccountState) {
    self.plan = plan
    order = StepOrder(plan)
    account = baseline
    // Identifiers made here must not meet those of the account, whose counter may be unknown.
    account.serial = max(baseline.serial, 1 << 48)
    account.quotas = .lifted
    bindings = HoleBindings(plan)
    for fact in baseline.facts { add(fact, fact, nil) }
    let steps = plan.steps.indices
    let isListed = plan.edges.allSatisfy {
      $0.from < $0.to && steps.contains($0.from.index) && steps.contains($0.to.index)
    }
    if !isListed {
      let reason = "the plan's list of steps does not follow its edges"
      doubts = [Doubt(.network, reason), Doubt(.policies, reason)]
    }
  }

  static func carriedOut(_ plan: Plan, _ baseline: AccountState) -> EffectDerivation {
    var derivation = EffectDerivation(plan, baseline)
    for index in plan.steps.indices { derivation.carryOut(StepID(index)) }
    return derivation
  }

  /// What came of it. A resource that no tags name is what its outputs name.
  var model: EffectModel {
    var occurrences = occurrences
    let named = Set(
      occurrences.compactMap {
        if case .named(let address, _, _) = $0.fact { address } else { nil }
      })
    let addresses = Set(plan.known.map(\.address) + plan.steps.map(\.address))
    for address in addresses.subtracting(named).sorted() {
      for case .string(let id) in bindings.outputs(of: address).values {
        occurrences.append(Occurrence(.named(address, process: plan.process, id: id)))
      }
    }
    return EffectModel(moments: Moments(plan), occurrences: occurrences, doubts: doubts)
  }

  mutating func carryOut(_ id: StepID) {
    let step = plan.steps[id.index]
    guard let parameters = bindings.fill(step, id: id) else {
      doubt(step, "step \(id.index + 1) (\(step.call.operation)) has a hole that nothing fills")
      return
    }
    let call = Call(
      service: step.call.service, operation: step.call.operation, parameters: parameters)
    let done = CloudSemantics.perform(call, on: &account)
    switch done.reply {
    case .success(let reply): bindings.note(reply, of: step)
    case .failure(let error):
      if step.errors[error.code] != .absent {
        doubt(
          step,
          "step \(id.index + 1) (\(call.operation)) has no known effect: \(error.code)")
      }
      return
    }
    let changes = settle(done)
    for change in changes { apply(change, id, call) }
    if call.operation == "RunInstances" { noteLaunch(changes, id) }
  }

  /// Lets what the call set going come to its end; gives the rows that changed.
  private mutating func settle(_ done: Performance) -> [RowChange] {
    var changes = done.changes
    var going = done.begun
    while let next = going.popLast() {
      if case .instance = next {
        let more = CloudSemantics.advance(&account, next, now: .zero)
        going += more.begun
        let known = Set(changes.map(\.key))
        changes += more.changes.filter { !known.contains($0.key) }
      }
    }
    return changes
  }

  private mutating func apply(_ change: RowChange, _ id: StepID, _ call: Call) {
    let before = change.before?.facts ?? []
    let after = account[row: change.key]?.facts ?? []
    let (gone, new) = differences(before, after)
    for fact in gone { remove(fact, id) }
    for fact in new { add(asNobodyKnows(fact, call), fact, id) }
  }

  /// A fact with the addresses that AWS will choose left open.
  private func asNobodyKnows(_ fact: Fact, _ call: Call) -> Fact {
    if case .publicAddress(let instance, _) = fact {
      return .publicAddress(instance: instance, .any)
    }
    guard case .instance(let id, let subnet, _) = fact else { return fact }
    let interface = call.parameters["NetworkInterfaces"].elements.first ?? .null
    let isFixed =
      call.parameters["PrivateIpAddress"] != .null || interface["PrivateIpAddress"] != .null
    guard !isFixed, let cidr = account.subnets[subnet]?.cidr else { return fact }
    return .instance(id, subnet: subnet, AddressRange(usableIn: cidr))
  }

  private mutating func add(_ fact: Fact, _ raw: Fact, _ id: StepID?) {
    let key = raw.key
    if let id { touch(key, id, fact.subject) }
    places[key, default: []].append((raw, occurrences.count))
    occurrences.append(Occurrence(fact, addedBy: id))
  }

  private mutating func remove(_ raw: Fact, _ id: StepID) { touch(raw.key, id, raw.subject) }

  /// From a step on that touches a key, nothing that stood there before holds.
  private mutating func touch(_ key: FactKey, _ id: StepID, _ subject: Doubt.Subject) {
    if let last = touched[key], last != id, !order.isOrdered(last, id) {
      doubts.append(
        Doubt(
          subject,
          "steps \(last.index + 1) and \(id.index + 1) change the same thing without an order",
          edge: PlanEdge(from: last, to: id, kind: .afterSettled)))
    }
    for reader in reading[key] ?? [] where !order.isOrdered(reader, id) {
      doubts.append(launchDoubt(reader: reader, changer: id, first: reader))
    }
    touched[key] = id
    for place in places[key] ?? [] where occurrences[place.index].addedBy != id {
      if occurrences[place.index].removedBy.last != id {
        occurrences[place.index].removedBy.append(id)
      }
    }
  }

  /// A launch reads whether its subnet gives out public addresses; that must not change unordered.
  private mutating func noteLaunch(_ changes: [RowChange], _ id: StepID) {
    for change in changes {
      guard case .instance(let instance)? = account[row: change.key] else { continue }
      let key = FactKey.setting(6, instance.subnet)
      if let last = touched[key], !order.isOrdered(last, id) {
        doubts.append(launchDoubt(reader: id, changer: last, first: last))
      }
      reading[key, default: []].append(id)
    }
  }

  private func launchDoubt(reader: StepID, changer: StepID, first: StepID) -> Doubt {
    Doubt(
      .network,
      "step \(reader.index + 1) launches in a subnet that step \(changer.index + 1) changes",
      edge: PlanEdge(from: first, to: max(reader, changer), kind: .afterSettled))
  }

  private mutating func doubt(_ step: Step, _ reason: String) {
    switch step.call.service {
    case "iam", "secretsmanager", "sqs", "sts": break
    case "s3": doubts.append(Doubt(.policies, reason))
    case "ec2": doubts.append(Doubt(.network, reason))
    default:
      doubts.append(Doubt(.network, reason))
      doubts.append(Doubt(.policies, reason))
    }
  }
}

/// What is only in the first list and what is only in the second, both in order. Equal ends are
/// skipped first: a call changes little of a row.
private func differences(_ before: [Fact], _ after: [Fact]) -> (gone: [Fact], new: [Fact]) {
  var low = 0
  while low < before.count, low < after.count, before[low] == after[low] { low += 1 }
  var (old, now) = (before.count, after.count)
  while old > low, now > low, before[old - 1] == after[now - 1] {
    old -= 1
    now -= 1
  }
  let (had, has) = (Set(before[low..<old]), Set(after[low..<now]))
  return (
    before[low..<old].filter { !has.contains($0) }, after[low..<now].filter { !had.contains($0) }
  )
}
