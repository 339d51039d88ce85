import Canon
import CloudModel
import Determinism
import Plans
import Testing

@testable import Planners

/// Planners as they stand in Ludwig, from composition to plan.
@Suite struct SheetTests {
  private func plan(_ planning: Planning) throws -> Plan {
    switch planning {
    case .plan(let plan): return plan
    case .problems(let problems):
      Issue.record("\(problems.map(\.message))")
      throw CallError("problems", "")
    }
  }

  @Test func `first light's plan reads as it should`() throws {
    var world = World()
    let plan = try plan(try world.plan(try Sheets.firstLight()))
    #expect(plan.defects.isEmpty)
    try expectGolden("first-light.txt", plan.text)
  }

  @Test func `first light ends where nothing is to be done, and goes again`() throws {
    let blueprint = try Sheets.firstLight()
    for seed in 1...4 {
      var random = RandomSource(Seed(UInt64(seed)))
      var world = World()
      let fresh = world.account
      try world.carryOut(try plan(try world.plan(blueprint)), random: &random)
      let again = try plan(try world.plan(blueprint, previous: blueprint))
      #expect(again.steps.isEmpty, "seed \(seed):\n\(again.text)")
      let nothing = Blueprint(
        composition: Digest(of: "nothing"), region: blueprint.region, resources: [],
        invariants: [])
      let killing = try plan(try world.plan(nothing, previous: blueprint))
      #expect(killing.defects.isEmpty)
      if seed == 1 { try expectGolden("first-light-kill.txt", killing.text) }
      try world.carryOut(killing, random: &random)
      #expect(world.account.vpcs == fresh.vpcs, "seed \(seed)")
      #expect(world.account.buckets.isEmpty && world.account.roles.isEmpty)
      #expect(try plan(try world.plan(nothing, previous: blueprint)).steps.isEmpty)
    }
  }

  @Test func `a type added by sheets alone is made, repaired and removed`() throws {
    let blueprint = try Sheets.queue()
    var random = RandomSource(Seed(1))
    var world = World()
    let first = try plan(try world.plan(blueprint))
    #expect(first.steps.map(\.call.operation) == ["CreateQueue"])
    try world.carryOut(first, random: &random)
    #expect(world.account.queues["orders"]?.attributes["VisibilityTimeout"] == "45")
    #expect(try plan(try world.plan(blueprint)).steps.isEmpty)
    world.account.queues["orders"]?.attributes["VisibilityTimeout"] = "10"
    let repair = try plan(try world.plan(blueprint))
    #expect(repair.steps.map(\.call.operation) == ["SetQueueAttributes"])
    try world.carryOut(repair, random: &random)
    #expect(world.account.queues["orders"]?.attributes["VisibilityTimeout"] == "45")
    let nothing = Blueprint(
      composition: Digest(of: "nothing"), region: blueprint.region, resources: [], invariants: [])
    let killing = try plan(try world.plan(nothing, previous: blueprint))
    #expect(killing.steps.map(\.call.operation) == ["DeleteQueue"])
    try world.carryOut(killing, random: &random)
    #expect(world.account.queues.isEmpty)
  }
}
