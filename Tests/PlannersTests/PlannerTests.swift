import Canon
import CloudModel
import Determinism
import Foundation
import Planners
import Plans
import TestSupport
import Testing

@Suite struct PlannerTests {
  static let small = blueprint([
    Lives.vpc("net", cidr: "10.0.0.0/16", hostnames: true),
    Lives.subnet("front", vpc: "net", cidr: "10.0.1.0/24"),
    Lives.subnet("back", vpc: "net", cidr: "10.0.2.0/24"),
    Lives.gateway("door", vpc: "net"),
    Lives.table(
      "way", vpc: "net", cidr: "10.0.0.0/16", routes: [("0.0.0.0/0", "door")], subnets: ["front"]),
    Lives.group("web", vpc: "net", from: [("db", 443), ("web", 8080)]),
    Lives.group("db", vpc: "net", from: [("web", 5432)]),
    Lives.instance("server", subnet: "front", groups: ["web"]),
    Lives.instance("store", subnet: "back", groups: ["db"]),
  ])

  func plan(_ planning: Planning) throws -> Plan {
    switch planning {
    case .plan(let plan): return plan
    case .problems(let problems):
      Issue.record("\(problems.map(\.message))")
      throw CallError("problems", "")
    }
  }

  @Test func `a first plan reads as it should`() throws {
    var world = World()
    let plan = try plan(try world.plan(Self.small))
    try expectGolden("first.txt", plan.text)
    try expectGolden("first.json", plan.json.text(isPretty: true) + "\n")
    #expect(plan.defects.isEmpty)
  }

  @Test func `whatever order its edges allow, a plan ends where nothing is to be done`() throws {
    for seed in 1...20 {
      var random = RandomSource(Seed(UInt64(seed)))
      var world = World()
      let first = try plan(try world.plan(Self.small))
      try world.carryOut(first, random: &random)
      let second = try plan(try world.plan(Self.small))
      #expect(second.steps.isEmpty, "seed \(seed):\n\(second.text)")
      #expect(second.known.count == Self.small.resources.count)
    }
  }

  @Test func `without resources everything goes, whatever the order`() throws {
    for seed in 1...20 {
      var random = RandomSource(Seed(UInt64(seed)))
      var world = World()
      let fresh = world.account
      try world.carryOut(try plan(try world.plan(Self.small)), random: &random)
      let empty = blueprint([])
      let killing = try plan(try world.plan(empty, previous: Self.small))
      #expect(killing.defects.isEmpty)
      if seed == 1 { try expectGolden("kill.txt", killing.text) }
      try world.carryOut(killing, random: &random)
      #expect(world.account.vpcs == fresh.vpcs, "seed \(seed)")
      #expect(world.account.securityGroups == fresh.securityGroups)
      #expect(world.account.internetGateways.isEmpty)
      #expect(try plan(try world.plan(empty, previous: Self.small)).steps.isEmpty)
    }
  }

  @Test func `the plan does not depend on the order of what is declared`() throws {
    var world = World()
    let reference = try plan(try world.plan(Self.small))
    for seed in 1...10 {
      var random = RandomSource(Seed(UInt64(seed)))
      var shuffled = Self.small
      shuffled.resources.shuffle(using: &random)
      let other = try plan(try world.plan(shuffled))
      #expect(other.digest == reference.digest, "seed \(seed)")
      #expect(other == reference)
    }
  }

  @Test func `a change of a field that cannot be changed makes a new one, and moves its users`()
    throws
  {
    for seed in 1...20 {
      var random = RandomSource(Seed(UInt64(seed)))
      var world = World()
      try world.carryOut(try plan(try world.plan(Self.small)), random: &random)
      var changed = Self.small
      for (index, resource) in changed.resources.enumerated() {
        switch resource.address.text {
        case "front":
          changed.resources[index] = Lives.subnet("front", vpc: "net", cidr: "10.0.3.0/24")
        case "store":
          changed.resources[index] = Lives.instance(
            "store", subnet: "back", groups: ["db", "web"])
        default: continue
        }
      }
      let moving = try plan(try world.plan(changed, previous: Self.small))
      #expect(moving.defects.isEmpty)
      if seed == 1 { try expectGolden("replace.txt", moving.text) }
      try world.carryOut(moving, random: &random)
      let again = try plan(try world.plan(changed, previous: Self.small))
      #expect(again.steps.isEmpty, "seed \(seed):\n\(again.text)")
    }
  }

  @Test func `a second one of a resource is removed, the first one stays`() throws {
    var random = RandomSource(Seed(1))
    var world = World()
    let blueprint = blueprint([Lives.vpc("net", cidr: "10.0.0.0/16")])
    let create = try plan(try world.plan(blueprint))
    #expect(create.steps[0].duplicates)
    try world.carryOut(create, random: &random)
    try world.carryOut(create, random: &random)
    let inventory = try world.inventory(of: blueprint, previous: nil)
    let ids = (inventory.items["net"] ?? []).compactMap { $0.outputs["vpcId"] }
    #expect(ids.count == 2)
    let repair = try plan(try world.plan(blueprint))
    #expect(repair.steps.map(\.call.operation) == ["DeleteVpc"])
    #expect(repair.steps[0].call.parameters["VpcId"] == ids[1])
    try world.carryOut(repair, random: &random)
    #expect(try plan(try world.plan(blueprint)).steps.isEmpty)
  }

  @Test func `drift is repaired by the calls of the aspect alone`() throws {
    var random = RandomSource(Seed(1))
    var world = World()
    try world.carryOut(try plan(try world.plan(Self.small)), random: &random)
    let before = try world.inventory(of: Self.small, previous: nil)
    let group = try #require(before.items["db"]?.first?.outputs["groupId"])
    _ = world.ask(
      Call(
        service: "ec2", operation: "AuthorizeSecurityGroupIngress",
        parameters: [
          "GroupId": group,
          "IpPermissions": [
            [
              "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
              "UserIdGroupPairs": [["GroupId": group]],
            ]
          ],
        ]))
    let repair = try plan(try world.plan(Self.small))
    #expect(repair.steps.map(\.call.operation) == ["RevokeSecurityGroupIngress"])
    #expect(repair.steps.map(\.part) == ["ipPermissions"])
    try world.carryOut(repair, random: &random)
    #expect(try plan(try world.plan(Self.small)).steps.isEmpty)
  }

  @Test func `without planners the engine can do nothing`() throws {
    var world = World()
    var bare = Self.small
    for index in bare.resources.indices {
      bare.resources[index].lifecycle.create = []
      bare.resources[index].lifecycle.aspects = []
      bare.resources[index].lifecycle.delete = []
    }
    guard case .problems(let problems) = try world.plan(bare) else {
      Issue.record("a plan was made")
      return
    }
    #expect(problems.count == bare.resources.count)
    #expect(problems.first == .missingPlanner("back", type: "EC2.Subnet"))
  }

  @Test func `an output that nothing yields is named, with who needs it`() throws {
    var world = World()
    var broken = Self.small
    broken.resources.removeAll { $0.address == "net" }
    guard case .problems(let problems) = try world.plan(broken) else {
      Issue.record("a plan was made")
      return
    }
    #expect(
      problems.contains(
        .unresolvedHole("front", operation: "CreateSubnet", needs: "net", output: "vpcId")))
  }

  @Test func `creates that wait for each other are refused, the smallest circle named`() throws {
    var world = World()
    var one = Lives.subnet("one", vpc: "two", cidr: "10.0.1.0/24")
    var two = Lives.subnet("two", vpc: "one", cidr: "10.0.2.0/24")
    one.lifecycle.create[0].yields["vpcId"] = ["Subnet", "VpcId"]
    two.lifecycle.create[0].yields["vpcId"] = ["Subnet", "VpcId"]
    let planning = try world.plan(
      blueprint([one, two, Lives.subnet("x", vpc: "one", cidr: "10.0.3.0/24")]))
    #expect(planning == .problems([.cycle(["create one", "create two"])]))
  }
}

extension ResourceAddress: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

/// Compares with the file `Golden/NAME`; with `FUGUE_RECORD` set it rewrites it and fails.
func expectGolden(
  _ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["FUGUE_RECORD"] != nil {
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  #expect(text == expected, sourceLocation: sourceLocation)
}
