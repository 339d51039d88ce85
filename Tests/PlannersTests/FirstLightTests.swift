import Canon
import CloudModel
import CloudSemantics
import Determinism
import Diagnostics
import Foundation
import Ludwig
import Planners
import Plans
import TestSupport
import Testing

/// Compositions in Ludwig go the whole way: compiled, planned, carried out, changed, removed.
@Suite struct FirstLightTests {
  private func plan(
    _ planning: Planning, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Plan {
    switch planning {
    case .plan(let plan): return plan
    case .problems(let problems):
      Issue.record("\(problems)", sourceLocation: sourceLocation)
      throw CallError("problems", "no plan")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `first light is made, then nothing is to be done, then it is removed`(seed: UInt64) throws {
    let blueprint = try Sheets.blueprint("Scenarios/first-light/main.lw")
    var world = World()
    var random = RandomSource(Seed(seed))
    let first = try plan(world.plan(blueprint))
    try world.carryOut(first, random: &random)
    #expect(world.account.instances.count == 4)
    #expect(world.account.securityGroups.values.filter { $0.name != "default" }.count == 3)
    let second = try plan(world.plan(blueprint, previous: blueprint))
    #expect(second.steps.map { "\($0.address) \($0.part) \($0.call.operation)" } == [])
    let nothing = Blueprint(
      composition: Digest(of: "nothing"), region: "us-east-1", resources: [], invariants: [])
    let removal = try plan(world.plan(nothing, previous: blueprint))
    try world.carryOut(removal, random: &random)
    #expect(world.account.vpcs.isEmpty)
    #expect(world.account.roles.isEmpty)
    #expect(world.account.buckets.isEmpty)
  }

  @Test func `what somebody changes by hand is put back`() throws {
    let blueprint = try Sheets.blueprint("Scenarios/first-light/main.lw")
    var world = World()
    var random = RandomSource(Seed(4))
    try world.carryOut(plan(world.plan(blueprint)), random: &random)
    let declared = world.account
    let group = try #require(world.account.securityGroups.values.first { $0.name.contains("db") })
    let open = world.ask(
      Call(
        service: "ec2", operation: "AuthorizeSecurityGroupIngress",
        parameters: [
          "GroupId": .string(group.id),
          "IpPermissions": [
            [
              "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
              "IpRanges": [["CidrIp": "0.0.0.0/0"]],
            ]
          ],
        ]))
    guard case .success = open else { throw CallError("edit", "\(open)") }
    let repair = try plan(world.plan(blueprint, previous: blueprint))
    #expect(repair.steps.map(\.call.operation) == ["RevokeSecurityGroupIngress"])
    try world.carryOut(repair, random: &random)
    #expect(world.account.securityGroups == declared.securityGroups)
  }

  @Test func `a queue is added by sheets alone, made, changed and removed`() throws {
    let file = "Tests/PlannersTests/Golden/Queues/main.lw"
    let blueprint = try Sheets.blueprint(file)
    var world = World()
    var random = RandomSource(Seed(5))
    try world.carryOut(plan(world.plan(blueprint)), random: &random)
    #expect(world.account.queues["orders"]?.attributes["VisibilityTimeout"] == "60")
    #expect(try plan(world.plan(blueprint, previous: blueprint)).steps.isEmpty)
    let longer = try Sheets.blueprint(
      file, change: ("visibilityTimeout: 60", "visibilityTimeout: 90"))
    try world.carryOut(plan(world.plan(longer, previous: blueprint)), random: &random)
    #expect(world.account.queues["orders"]?.attributes["VisibilityTimeout"] == "90")
    let nothing = Blueprint(
      composition: Digest(of: "nothing"), region: "us-east-1", resources: [], invariants: [])
    try world.carryOut(plan(world.plan(nothing, previous: longer)), random: &random)
    #expect(world.account.queues.isEmpty)
  }
}
