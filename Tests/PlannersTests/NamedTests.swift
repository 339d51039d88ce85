import Canon
import CloudModel
import CloudSemantics
import Determinism
import Planners
import Plans
import TestSupport
import Testing

/// Resources that are recognised by their own name, and read one by one.
@Suite struct NamedTests {
  private func sqs(_ operation: String, _ parameters: Value) -> Call {
    Call(service: "sqs", operation: operation, parameters: parameters)
  }

  private func queue(_ name: String, timeout: String?) -> Blueprint {
    let url = Lives.out("jobs", "queueUrl")
    let attributes = Value.residual(
      .path(.item, ["Attributes", "Attributes", "VisibilityTimeout"]))
    let life = Lifecycle(
      observation: Observation(
        call: sqs("GetQueueUrl", ["QueueName": .string(name)]), batch: nil, items: [],
        identity: .string(name), identityOf: .null, goneWhen: [],
        details: [
          Detail(
            name: "Attributes",
            call: sqs(
              "GetQueueAttributes",
              ["QueueUrl": Lives.item("QueueUrl"), "AttributeNames": ["All"]]),
            absentOn: [])
        ],
        outputs: [
          "queueUrl": ["QueueUrl"], "queueArn": ["Attributes", "Attributes", "QueueArn"],
        ]),
      create: [
        CallTemplate(
          call: sqs("CreateQueue", ["QueueName": .string(name)]),
          yields: ["queueUrl": ["QueueUrl"]]),
        CallTemplate(
          call: sqs(
            "GetQueueAttributes",
            ["QueueUrl": .residual(.path(.reply, ["QueueUrl"])), "AttributeNames": ["QueueArn"]]),
          yields: ["queueArn": ["Attributes", "QueueArn"]]),
      ],
      aspects: [
        Aspect(
          kind: .field,
          comparison: Comparison(
            name: "visibilityTimeout", want: timeout.map { .string($0) } ?? .null,
            have: attributes),
          initial: "30",
          add: [
            CallTemplate(
              call: sqs(
                "SetQueueAttributes",
                [
                  "QueueUrl": url,
                  "Attributes": ["VisibilityTimeout": .residual(.path(.element, []))],
                ]))
          ], remove: [])
      ],
      replaceOn: [], delete: [CallTemplate(call: sqs("DeleteQueue", ["QueueUrl": url]))],
      settle: .acknowledged, errors: ["QueueDoesNotExist": .absent], bearsData: true)
    return blueprint([Lives.resource("jobs", "SQS.Queue", life, uses: [])])
  }

  private func steps(_ planning: Planning) -> [String] {
    guard case .plan(let plan) = planning else { return ["no plan: \(planning)"] }
    #expect(plan.defects.isEmpty)
    return plan.steps.map(\.call.operation)
  }

  @Test func `a call may use the reply before it, and a read among them changes nothing`() throws {
    var random = RandomSource(Seed(1))
    var world = World()
    guard case .plan(let plan) = try world.plan(queue("a", timeout: "60")) else {
      Issue.record("no plan")
      return
    }
    #expect(
      plan.steps.map(\.call.operation) == [
        "CreateQueue", "GetQueueAttributes", "SetQueueAttributes",
      ])
    #expect(plan.steps.map(\.verb) == [.create, .read, .update])
    #expect(plan.steps.map(\.duplicates) == [false, false, false])
    #expect(plan.steps[1].call.parameters["QueueUrl"] == Lives.out("jobs", "queueUrl"))
    #expect(plan.edges.allSatisfy { $0.kind == .afterAcknowledged })
    try world.carryOut(plan, random: &random)
    #expect(steps(try world.plan(queue("a", timeout: "60"))).isEmpty)
  }

  @Test func `what is declared no more goes back to what a fresh one has`() throws {
    var random = RandomSource(Seed(1))
    var world = World()
    let sixty = queue("a", timeout: "60")
    guard case .plan(let plan) = try world.plan(sixty) else { return }
    try world.carryOut(plan, random: &random)
    #expect(steps(try world.plan(queue("a", timeout: nil))).isEmpty)
    let open = queue("a", timeout: nil)
    guard case .plan(let back) = try world.plan(open, previous: sixty) else { return }
    #expect(back.steps.map(\.call.operation) == ["SetQueueAttributes"])
    #expect(back.steps[0].call.parameters.at(["Attributes", "VisibilityTimeout"]) == "30")
    try world.carryOut(back, random: &random)
    #expect(steps(try world.plan(open, previous: sixty)).isEmpty)
  }

  @Test func `under a new name a new one is made, then the old one goes`() throws {
    var random = RandomSource(Seed(1))
    var world = World()
    let old = queue("a", timeout: nil)
    guard case .plan(let plan) = try world.plan(old) else { return }
    try world.carryOut(plan, random: &random)
    let new = queue("b", timeout: nil)
    guard case .plan(let rename) = try world.plan(new, previous: old) else { return }
    #expect(
      rename.steps.map(\.call.operation) == ["CreateQueue", "GetQueueAttributes", "DeleteQueue"])
    #expect(
      rename.steps[2].call.parameters["QueueUrl"].text?.hasSuffix("/a") == true)
    try world.carryOut(rename, random: &random)
    #expect(world.account.queues.keys == ["b"])
    #expect(steps(try world.plan(new, previous: old)).isEmpty)
  }
}
