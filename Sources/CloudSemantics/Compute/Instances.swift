import Canon
import CloudModel

/// The life of instances after their launch.
///
/// Source: Amazon EC2 API Reference, TerminateInstances ("This operation is idempotent"),
/// ModifyInstanceAttribute; EC2 User Guide, "Amazon EC2 instance state changes".
let instanceOperations: [Operation] = [
  .write("ec2", "TerminateInstances", needs: "InstanceIds", terminate),
  .write("ec2", "StopInstances", needs: "InstanceIds", stop),
  .write("ec2", "StartInstances", needs: "InstanceIds", start),
  .write("ec2", "MonitorInstances", needs: "InstanceIds", monitor),
  .write("ec2", "UnmonitorInstances", needs: "InstanceIds", unmonitor),
  .read("ec2", "DescribeInstances", takes: "InstanceIds Filters MaxResults NextToken", describe),
  .read("ec2", "DescribeInstanceAttribute", needs: "InstanceId Attribute", describeAttribute),
  .write(
    "ec2", "ModifyInstanceAttribute", needs: "InstanceId",
    takes: "Groups SourceDestCheck InstanceType UserData", modifyAttribute),
]

private func describe(_ turn: inout Turn) throws(CallError) -> Value {
  let selected = try turn.select(Instance.self, ids: "InstanceIds")
  let (page, token) = try turn.pageOf(selected, ids: "InstanceIds") { $0.id }
  var reservations: [String] = []
  var members: [String: [Instance]] = [:]
  for instance in page {
    if members[instance.reservation] == nil { reservations.append(instance.reservation) }
    members[instance.reservation, default: []].append(instance)
  }
  let shown = reservations.map { Value.reservation(members[$0] ?? [], in: turn.account) }
  return .fields([("Reservations", .list(shown)), ("NextToken", .optional(token))])
}

/// Does to each named instance what a call asks, or to none.
private func changeStates(
  _ turn: inout Turn, as member: String,
  _ change: (inout Instance, Turn) throws(CallError) -> Bool
) throws(CallError) -> Value {
  var changed: [(before: Instance, after: Instance, hasBegun: Bool)] = []
  for id in try turn.parameters.texts("InstanceIds") {
    let before = try turn.find(Instance.self, id)
    guard !changed.contains(where: { $0.before.id == id }) else { continue }
    var after = before
    let hasBegun = try change(&after, turn)
    changed.append((before, after, hasBegun))
  }
  for (before, after, hasBegun) in changed where before != after {
    turn.put(after)
    if hasBegun { turn.begun.append(.instance(after.id)) }
  }
  return [
    member: .list(
      changed.map { before, after, _ in
        [
          "InstanceId": .string(after.id), "PreviousState": before.state.asValue,
          "CurrentState": after.state.asValue,
        ]
      })
  ]
}

private func terminate(_ turn: inout Turn) throws(CallError) -> Value {
  var ended: [String] = []
  let reply = try changeStates(&turn, as: "TerminatingInstances") { instance, _ in
    switch instance.state {
    case .terminated, .shuttingDown: return false
    case .pending, .running, .stopping, .stopped:
      instance.state = .shuttingDown
      ended.append(instance.id)
      return true
    }
  }
  for id in ended {
    guard let instance = turn.account.instances[id],
      let vpc = turn.account.subnets[instance.subnet]?.vpc
    else { continue }
    turn.markRoutes(to: .instance(id), in: vpc, isBlackhole: true)
  }
  return reply
}

private func stop(_ turn: inout Turn) throws(CallError) -> Value {
  try changeStates(&turn, as: "StoppingInstances") { instance, turn throws(CallError) in
    switch instance.state {
    case .stopping, .stopped: return false
    case .running:
      instance.state = .stopping
      instance.publicAddress = nil
      return true
    case .pending, .shuttingDown, .terminated: throw turn.wrongState(instance, "stopped")
    }
  }
}

private func start(_ turn: inout Turn) throws(CallError) -> Value {
  var started: [String] = []
  let reply = try changeStates(&turn, as: "StartingInstances") { instance, turn throws(CallError) in
    switch instance.state {
    case .pending, .running: return false
    case .stopped:
      instance.state = .pending
      started.append(instance.id)
      return true
    case .stopping, .shuttingDown, .terminated: throw turn.wrongState(instance, "started")
    }
  }
  for id in started {
    guard var instance = turn.account.instances[id],
      turn.account.subnets[instance.subnet]?.mapPublicIpOnLaunch == true
    else { continue }
    instance.publicAddress = turn.mintPublicAddress()
    turn.put(instance)
  }
  return reply
}

private func monitor(_ turn: inout Turn) throws(CallError) -> Value {
  try setMonitoring(&turn, isOn: true)
}

private func unmonitor(_ turn: inout Turn) throws(CallError) -> Value {
  try setMonitoring(&turn, isOn: false)
}

/// Source: MonitorInstances and UnmonitorInstances; the state in between is left out.
private func setMonitoring(_ turn: inout Turn, isOn: Bool) throws(CallError) -> Value {
  var changed: [Instance] = []
  for id in try turn.parameters.texts("InstanceIds") {
    var instance = try turn.find(Instance.self, id)
    instance.isMonitored = isOn
    changed.append(instance)
  }
  for instance in changed { turn.put(instance) }
  return [
    "InstanceMonitorings": .list(
      changed.map {
        [
          "InstanceId": .string($0.id),
          "Monitoring": ["State": .string(isOn ? "enabled" : "disabled")],
        ]
      })
  ]
}

extension Turn {
  /// The error for an instance that is in the wrong state for a call.
  func wrongState(_ instance: Instance, _ what: String) -> CallError {
    CallError(
      "IncorrectInstanceState",
      "The instance '\(instance.id)' is not in a state from which it can be \(what).")
  }
}

private func describeAttribute(_ turn: inout Turn) throws(CallError) -> Value {
  let instance = try turn.find(Instance.self, try turn.parameters.need("InstanceId"))
  let attribute = try turn.parameters.need("Attribute")
  let answer: (String, Value)
  switch attribute {
  case "userData":
    answer = (
      "UserData", .fields([("Value", .optional(instance.userData))])
    )
  case "sourceDestCheck":
    answer = ("SourceDestCheck", ["Value": .bool(instance.sourceDestCheck)])
  case "instanceType": answer = ("InstanceType", ["Value": .string(instance.type)])
  case "disableApiTermination": answer = ("DisableApiTermination", ["Value": false])
  case "groupSet":
    answer = ("Groups", .list(instance.groups.map { ["GroupId": .string($0)] }))
  default: throw turn.parameters.invalid("attribute", attribute)
  }
  return .fields([("InstanceId", .string(instance.id)), answer])
}

private func modifyAttribute(_ turn: inout Turn) throws(CallError) -> Value {
  let parameters = turn.parameters
  var instance = try turn.find(Instance.self, try parameters.need("InstanceId"))
  let names = ["Groups", "SourceDestCheck", "InstanceType", "UserData"]
  guard names.count(where: { parameters.record[$0] != .null }) == 1 else {
    throw CallError(
      "InvalidParameterCombination", "Exactly one attribute must be specified")
  }
  guard instance.state != .terminated, instance.state != .shuttingDown else {
    throw turn.wrongState(instance, "modified")
  }
  if parameters.record["Groups"] != .null {
    let vpc = turn.account.subnets[instance.subnet]?.vpc ?? ""
    let groups = try parameters.texts("Groups")
    guard !groups.isEmpty else { throw parameters.missing("groupSet") }
    instance.groups = try turn.checkGroups(groups, vpc: vpc)
  }
  if let isChecked = try parameters.attribute("SourceDestCheck") {
    instance.sourceDestCheck = isChecked
  }
  if let type = try parameters.part("InstanceType") {
    guard instance.state == .stopped else { throw turn.wrongState(instance, "modified") }
    instance.type = try type.need("Value")
    _ = try turn.virtualCPUs(of: instance.type)
  }
  if let data = try parameters.part("UserData") {
    guard instance.state == .stopped else { throw turn.wrongState(instance, "modified") }
    instance.userData = try data.text("Value")
  }
  turn.put(instance)
  return .record([:])
}
