import Canon
import CloudModel
import CloudSemantics
import Determinism
import Simulator

/// A caller with a simulated cloud: it submits, waits and notes what it learns.
struct World {
  var cloud: SimulatedCloud
  var events: [CloudEvent] = []
  private var serial = 0

  init(seed: UInt64, faults: FaultProfile = .none) {
    cloud = SimulatedCloud(
      account: .fresh(accountID: "123456789012", region: "us-east-1"), seed: Seed(seed),
      faults: faults)
  }

  /// Submits a call.
  @discardableResult
  mutating func submit(_ service: String, _ operation: String, _ parameters: Value) -> CallID {
    serial += 1
    let id = CallID("\(serial)")
    cloud.submit(
      Call(service: service, operation: operation, parameters: parameters), id: id, at: cloud.now)
    return id
  }

  /// Waits until something happens; what the caller learns by it.
  mutating func step() -> [CloudEvent] {
    guard let time = cloud.nextEventTime else { return [] }
    let learnt = cloud.advance(to: time)
    events += learnt
    return learnt
  }

  /// Submits a call and waits for the first that is learnt of it.
  mutating func outcome(
    _ service: String, _ operation: String, _ parameters: Value = .record([:])
  ) -> CallOutcome {
    let id = submit(service, operation, parameters)
    while cloud.nextEventTime != nil {
      if let event = step().first(where: { $0.id == id }) { return event.outcome }
    }
    return .unknown
  }

  /// The output of a call that succeeds, null otherwise.
  mutating func call(
    _ service: String, _ operation: String, _ parameters: Value = .record([:])
  ) -> Value {
    if case .replied(.success(let output)) = outcome(service, operation, parameters) {
      return output
    }
    return .null
  }

  /// The error code of a call that fails, nil otherwise.
  mutating func code(
    _ service: String, _ operation: String, _ parameters: Value = .record([:])
  ) -> String? {
    if case .replied(.failure(let error)) = outcome(service, operation, parameters) {
      return error.code
    }
    return nil
  }

  /// Lets time pass.
  mutating func pass(_ span: TimeSpan) { events += cloud.advance(to: cloud.now + span) }

  /// A world in which much has gone wrong: some networks, profiles and instances are made, each
  /// call tried again and again.
  static func eventful(seed: UInt64) -> World {
    var world = World(seed: seed, faults: .rough)
    let vpc = world.insist("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])["Vpc"]["VpcId"]
    let subnet = world.insist(
      "ec2", "CreateSubnet", ["VpcId": vpc, "CidrBlock": "10.0.0.0/24"])["Subnet"]["SubnetId"]
    _ = world.insist("iam", "CreateRole", ["RoleName": "r", "AssumeRolePolicyDocument": trust])
    _ = world.insist("iam", "CreateInstanceProfile", ["InstanceProfileName": "p"])
    _ = world.insist(
      "iam", "AddRoleToInstanceProfile", ["InstanceProfileName": "p", "RoleName": "r"])
    for index in 0..<12 {
      _ = world.insist(
        "ec2", "RunInstances",
        [
          "ImageId": "ami-0123456789abcdef0", "InstanceType": "t3.micro", "SubnetId": subnet,
          "MinCount": 1, "MaxCount": 1, "IamInstanceProfile": ["Name": "p"],
          "ClientToken": .string("token-\(index)"),
        ])
      _ = world.insist("ec2", "DescribeInstances", .record([:]))
      _ = world.insist("ec2", "DescribeSubnets", ["SubnetIds": [subnet]])
    }
    world.pass(.minutes(90))
    return world
  }

  /// Tries until it succeeds, at most ten times.
  mutating func insist(_ service: String, _ operation: String, _ parameters: Value) -> Value {
    for _ in 0..<10 {
      let output = call(service, operation, parameters)
      if output != .null { return output }
      pass(.seconds(1))
    }
    return .null
  }
}

/// A trust policy for EC2.
let trust: Value =
  #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#
