import Canon
import CloudModel
import CloudSemantics
import Determinism
import Simulator
import Testing

/// How the simulated cloud lags, throttles and loses.
@Suite struct LagTests {
  private func faults(_ rates: SortedMap<FaultKind, Int>) -> FaultProfile {
    var profile = FaultProfile()
    profile.rates = rates
    return profile
  }

  @Test func `what was created is seen, then not seen, and in the end always seen`() throws {
    var patterns: [String] = []
    for seed in 0..<30 {
      var world = World(seed: UInt64(seed), faults: faults([.staleRead: 1_000_000]))
      let vpc = world.call("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])["Vpc"]["VpcId"]
      var pattern = ""
      for _ in 0..<40 {
        let code = world.code("ec2", "DescribeVpcs", ["VpcIds": [vpc]])
        #expect(code == nil || code == "InvalidVpcID.NotFound")
        pattern += code == nil ? "+" : "-"
        world.pass(TimeSpan(milliseconds: 250))
      }
      #expect(pattern.hasSuffix("+++++++"), "\(pattern)")
      patterns.append(pattern)
    }
    #expect(patterns.contains { $0.contains("+-") }, "some reads go back in time")
    #expect(patterns.contains { $0.hasPrefix("-") })
  }

  @Test func `a read of a stale view leaves the account as it is`() {
    var world = World(seed: 1, faults: faults([.staleRead: 1_000_000]))
    _ = world.call("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])
    let before = world.cloud.account
    for _ in 0..<50 { _ = world.call("ec2", "DescribeVpcs") }
    #expect(world.cloud.account == before)
    #expect(world.cloud.fired[.staleRead] ?? 0 > 0)
  }

  @Test func `a fresh profile is refused for a while`() {
    var world = World(seed: 2, faults: faults([.propagation: 1_000_000]))
    let vpc = world.call("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])["Vpc"]["VpcId"]
    let subnet = world.call(
      "ec2", "CreateSubnet", ["VpcId": vpc, "CidrBlock": "10.0.0.0/24"])["Subnet"]["SubnetId"]
    _ = world.call("iam", "CreateRole", ["RoleName": "r", "AssumeRolePolicyDocument": trust])
    _ = world.call("iam", "CreateInstanceProfile", ["InstanceProfileName": "p"])
    _ = world.call(
      "iam", "AddRoleToInstanceProfile", ["InstanceProfileName": "p", "RoleName": "r"])
    let launch: Value = [
      "ImageId": "ami-0123456789abcdef0", "InstanceType": "t3.micro", "SubnetId": subnet,
      "MinCount": 1, "MaxCount": 1, "IamInstanceProfile": ["Name": "p"],
    ]
    #expect(world.code("ec2", "RunInstances", launch) == "InvalidParameterValue")
    world.pass(.minutes(2))
    #expect(world.code("ec2", "RunInstances", launch) == nil)
  }

  @Test func `instances start and end after a while, and stay listed for an hour`() {
    var world = World(seed: 3)
    let vpc = world.call("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])["Vpc"]["VpcId"]
    let subnet = world.call(
      "ec2", "CreateSubnet", ["VpcId": vpc, "CidrBlock": "10.0.0.0/24"])["Subnet"]["SubnetId"]
    let launched = world.call(
      "ec2", "RunInstances",
      [
        "ImageId": "ami-0123456789abcdef0", "InstanceType": "t3.micro", "SubnetId": subnet,
        "MinCount": 1, "MaxCount": 1,
      ])
    let id = launched.at(["Instances", "0", "InstanceId"])
    func state() -> Instance.State? { world.cloud.account.instances[id.text ?? ""]?.state }
    #expect(state() == .pending)
    world.pass(.minutes(1))
    #expect(state() == .running)
    _ = world.call("ec2", "TerminateInstances", ["InstanceIds": [id]])
    #expect(state() == .shuttingDown)
    world.pass(.minutes(1))
    #expect(state() == .terminated)
    world.pass(.minutes(58))
    #expect(state() == .terminated)
    world.pass(.minutes(5))
    #expect(state() == nil)
  }

  @Test func `buckets of tokens run dry and fill again`() {
    var profile = FaultProfile()
    profile.leastLatency = TimeSpan(milliseconds: 1)
    profile.mostLatency = TimeSpan(milliseconds: 1)
    var world = World(seed: 4, faults: profile)
    func burst(_ world: inout World) -> Int {
      for _ in 0..<80 { world.submit("ec2", "CreateInternetGateway", .record([:])) }
      world.events = []
      while world.cloud.nextEventTime != nil { _ = world.step() }
      return world.events.count { event in
        if case .replied(.failure(let error)) = event.outcome {
          return error.code == "RequestLimitExceeded"
        }
        return false
      }
    }
    #expect(burst(&world) == 30)
    #expect(burst(&world) >= 75)
    world.pass(.seconds(60))
    #expect(burst(&world) == 30)
    world.cloud.faults.throttling = [
      FaultProfile.Throttling(
        from: .zero, until: Instant.zero + .minutes(60), service: "ec2",
        factorPartsPerMillion: 200_000)
    ]
    world.pass(.seconds(60))
    #expect(burst(&world) == 70)
  }

  @Test func `the four unknown outcomes do what they say`() {
    func run(_ kind: FaultKind) -> (vpcs: Int, outcomes: [CallOutcome]) {
      var world = World(seed: 5, faults: faults([kind: 1_000_000]))
      world.submit("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])
      while world.cloud.nextEventTime != nil { _ = world.step() }
      #expect(world.cloud.fired[kind] == 1)
      return (world.cloud.account.vpcs.count, world.events.map(\.outcome))
    }
    #expect(run(.lostRequest) == (0, [.unknown]))
    #expect(run(.lostReply) == (1, [.unknown]))
    #expect(run(.duplicate) == (2, [.unknown]))
    let late = run(.lateReply)
    #expect(late.vpcs == 1)
    #expect(late.outcomes.count == 2)
    #expect(late.outcomes.first == .unknown)
    #expect(late.outcomes.last != .unknown)
  }

  @Test func `windows change rates for a while and a service`() {
    var profile = FaultProfile()
    profile.windows = [
      FaultProfile.Window(
        from: Instant.zero + .seconds(10), until: Instant.zero + .seconds(20), kind: .serverError,
        partsPerMillion: 1_000_000, service: "ec2")
    ]
    var world = World(seed: 6, faults: profile)
    #expect(world.code("ec2", "DescribeVpcs") == nil)
    world.pass(.seconds(10))
    #expect(world.code("ec2", "DescribeVpcs") == "InternalError")
    #expect(world.code("s3", "ListBuckets") == nil)
    world.pass(.seconds(10))
    #expect(world.code("ec2", "DescribeVpcs") == nil)
  }
}
