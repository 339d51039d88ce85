import Canon
import CloudModel
import Determinism
import Planners
import Plans
import TestSupport
import Testing

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
    let blueprint = try Sheets.blueprint("Tests/PlannersTests/Sheets/main.lw")
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

/// A policy of the bucket `papers`, as a resource of its own.
private func policy(_ address: String) -> DeclaredResource {
  func call(_ operation: String, _ more: SortedMap<String, Value> = [:]) -> Call {
    var parameters: SortedMap<String, Value> = ["Bucket": "papers"]
    for (name, value) in more { parameters[name] = value }
    return Call(service: "s3", operation: operation, parameters: .record(parameters))
  }
  let statement =
    #"{"Sid":"\#(address)","Effect":"Deny","Principal":"*","Action":"s3:*","#
    + #""Resource":"arn:aws:s3:::papers/*"}"#
  let text = #"{"Version":"2012-10-17","Statement":[\#(statement)]}"#
  let life = Lifecycle(
    observation: Observation(
      call: call("GetBucketPolicy"), batch: nil, items: [], identity: .string(address),
      identityOf: .null, goneWhen: [], details: [], outputs: [:]),
    create: [CallTemplate(call: call("PutBucketPolicy", ["Policy": .string(text)]))],
    aspects: [], replaceOn: [], delete: [CallTemplate(call: call("DeleteBucketPolicy"))],
    settle: .acknowledged, errors: ["NoSuchBucketPolicy": .absent], bearsData: false)
  return Lives.resource(address, "S3.Policy", life, uses: [])
}

@Test func `steps that change the same thing get an order`() throws {
  var world = World()
  world.account.buckets["papers"] = Bucket(name: "papers")
  guard case .plan(let plan) = try world.plan(blueprint([policy("a"), policy("b")])) else {
    Issue.record("there is no plan")
    return
  }
  #expect(plan.steps.map(\.address.text) == ["a", "b"])
  #expect(
    plan.edges == [PlanEdge(from: StepID(0), to: StepID(1), kind: .afterSettled)])
  #expect(plan.defects.isEmpty)
}
