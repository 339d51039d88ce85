import Canon
import CloudModel
import CloudSemantics
import Determinism

/// What happens at the service's side.
extension SimulatedCloud {
  /// Answers a call that has arrived.
  mutating func serve(_ call: Call) -> Reply {
    let writes = CloudSemantics.writes(call)
    let reply = answer(call, writes: writes)
    fold(3, CallID("")) { $0.write(reply) }
    return reply
  }

  private mutating func answer(_ call: Call, writes: Bool) -> Reply {
    let room = faults.room(at: now, service: call.service)
    let isAdmitted =
      !faults.hasBuckets || buckets.admit(call, writes: writes, at: now, room: room)
    if !isAdmitted {
      count(.throttle)
      return .failure(throttlingError(call.service))
    }
    if fires(.throttle, call) { return .failure(throttlingError(call.service)) }
    if fires(.serverError, call) { return .failure(serverError(call.service)) }
    if let refusal = refusal(of: call) { return .failure(refusal) }
    return writes ? write(call) : read(call)
  }

  /// Answers a read from rows of which some may be older than the latest.
  private mutating func read(_ call: Call) -> Reply {
    let stale = visibility.draw(&streams.visibility)
    guard !stale.isEmpty else { return CloudSemantics.perform(call, on: &account).reply }
    let serial = account.serial
    let fresh = exchange(stale)
    let reply = CloudSemantics.perform(call, on: &account).reply
    _ = exchange(fresh)
    account.serial = serial
    count(.staleRead)
    return reply
  }

  /// Puts rows in, and gives what stood there, so that the same function puts them back.
  private mutating func exchange(
    _ rows: [(key: RowKey, row: AccountRow?)]
  ) -> [(key: RowKey, row: AccountRow?)] {
    rows.map { key, row in
      let present = account[row: key]
      account[row: key] = row
      return (key, present)
    }
  }

  private mutating func write(_ call: Call) -> Reply {
    if let error = staleReference(call) { return .failure(error) }
    let choice = Choice(now: now, pick: streams.choices.below(1_000_000))
    let result = CloudSemantics.perform(call, on: &account, choice)
    record(result)
    return result.reply
  }

  /// The error of a call that names something new which the service does not find yet. The call is
  /// tried with that row hidden; where it would go through anyway, everything is taken back.
  private mutating func staleReference(_ call: Call) -> CallError? {
    let created = visibility.created(namedIn: call)
    guard !created.isEmpty,
      streams.faults.chance(
        partsPerMillion: faults.rate(of: .staleReference, at: now, service: call.service))
    else { return nil }
    let serial = account.serial
    let fresh = exchange([(created[0], nil)])
    let result = CloudSemantics.perform(call, on: &account, Choice(now: now))
    _ = exchange(result.changes.map { ($0.key, $0.before) })
    _ = exchange(fresh)
    account.serial = serial
    guard case .failure(let error) = result.reply else { return nil }
    count(.staleReference)
    return error
  }

  /// AWS's own reasons to refuse a call: no capacity, a role that is not known everywhere yet.
  private mutating func refusal(of call: Call) -> CallError? {
    switch call.operation {
    case "RunInstances":
      if let error = unknownProfile(call) { return error }
      guard fires(.capacity, call) else { return nil }
      return CallError(
        "InsufficientInstanceCapacity",
        "We currently do not have sufficient capacity in the Availability Zone you requested.")
    case "AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation":
      return unknownProfile(call)
    case "PutBucketPolicy":
      let text = call.parameters["Policy"].text ?? ""
      let isUnknown = visibility.unknownRoles.contains { text.contains("/\($0)\"") }
      guard isUnknown else { return nil }
      count(.propagation)
      return CallError("MalformedPolicy", "Invalid principal in policy")
    default: return nil
    }
  }

  private mutating func unknownProfile(_ call: Call) -> CallError? {
    let given = call.parameters["IamInstanceProfile"]
    let text = given["Name"].text ?? given["Arn"].text ?? ""
    let name = String(text.split(separator: "/").last ?? "")
    guard visibility.isUnknown(InstanceProfile.key(name)) else { return nil }
    count(.propagation)
    let field = given["Name"] == .null ? "arn" : "name"
    return CallError(
      "InvalidParameterValue",
      "Value (\(text)) for parameter iamInstanceProfile.\(field) is invalid. Invalid IAM Instance "
        + "Profile \(field == "arn" ? "ARN" : "name")")
  }

  /// Something goes on by itself.
  mutating func happen(_ transition: Transition) {
    let (changes, begun) = CloudSemantics.advance(&account, transition, now: now)
    guard !changes.isEmpty else { return }
    note(.moved(transition))
    fold(4, CallID("")) { encoder in
      for change in changes { encoder.write(change.key.id) }
    }
    for change in changes { delta?.rows.append(change.key) }
    for transition in begun { begin(transition) }
  }

  /// Notes what a call changed and set going.
  mutating func record(_ result: Performance) {
    for change in result.changes {
      delta?.rows.append(change.key)
      lag(change)
    }
    for transition in result.begun { begin(transition) }
  }

  private mutating func lag(_ change: RowChange) {
    let table = change.key.table
    guard table != .memories, table != .secrets else { return }
    let isLate = streams.visibility.chance(
      partsPerMillion: faults.rate(of: .staleRead, at: now, service: ""))
    if isLate {
      let span = streams.visibility.span(
        from: TimeSpan(milliseconds: 200), to: faults.visibilityWindow)
      visibility.note(change, until: now + span)
    }
    guard table == .roles && change.before == nil || table == .instanceProfiles else { return }
    let isUnknown = streams.visibility.chance(
      partsPerMillion: faults.rate(of: .propagation, at: now, service: "iam"))
    if isUnknown {
      let span = streams.visibility.span(from: .seconds(1), to: faults.propagationWindow)
      visibility.noteUnknown(change.key, until: now + span)
    }
  }

  /// Sets something going that happens by itself after a while.
  mutating func begin(_ transition: Transition) {
    let time: Instant
    switch transition {
    case .instance: time = now + streams.latency.span(from: .seconds(8), to: .seconds(45))
    case .forgetInstance: time = now + .minutes(60)
    case .forgetSecret(let name): time = max(now, account.secrets[name]?.deletedAt ?? now)
    case .forgetQueueName: time = now + .seconds(60)
    }
    push(.transition(transition), at: time)
  }
}
