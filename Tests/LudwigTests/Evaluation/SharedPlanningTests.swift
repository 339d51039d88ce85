import CloudModel
import Foundation
import Ludwig
import Testing

/// Planners are applied to the first resources that look alike; the others must come out exactly as
/// if their planner had been applied to them, too.
@Suite struct SharedPlanningTests {
  @Test(arguments: compositions)
  func `a composition of the repository comes to the same, shared or not`(file: String) throws {
    try expectSame { plannedFirst in
      var inputs = Workshop.inputs(environment: ["DB_PASSWORD": "hunter2hunter2"])
      inputs.plannedFirst = plannedFirst
      return Ludwig.compile(path: Workshop.root + file, inputs: inputs)
    }
  }

  @Test func `resources that differ in what planners read come to the same`() throws {
    let blueprint = try expectSame { Self.compile(Self.variety, $0) }
    #expect(blueprint?.resources.count == 59)
  }

  @Test func `a planner that reads texts, compares resources and counts comes to the same`() throws
  {
    let blueprint = try expectSame { Self.compile(Self.ownPlanner, $0) }
    #expect(blueprint?.resources.count == 30)
  }

  @Test func `what a planner traces is traced for each resource`() throws {
    let lines = Lines()
    var inputs = Workshop.inputs(
      files: Self.files(Self.ownPlanner.replacing("# trace: ", with: "")))
    inputs.trace = { lines.add($0) }
    #expect(Ludwig.compile(path: "here/Main.lw", inputs: inputs).blueprint != nil)
    // Its name is asked for four times.
    #expect(lines.all.count == 4 * 30)
  }

  @Test func `the planner of many alike resources is applied a few times only`() throws {
    let asked = Lines()
    var inputs = Workshop.inputs(
      files: Self.files(Self.ownPlanner).merging(
        ["here/Planners/Queues/Queue.lw": Self.plainPlanner]
      ) { $1 })
    inputs.environment = {
      asked.add($0)
      return "-suffix"
    }
    let blueprint = try #require(Ludwig.compile(path: "here/Main.lw", inputs: inputs).blueprint)
    #expect(blueprint.resources.count == 30)
    // Twice applied, once recorded; each time its name is asked for four times.
    #expect(asked.all.count == 3 * 4)
    let names = blueprint.resources.map { $0.lifecycle.create[0].call.parameters["QueueName"] }
    #expect(names.contains("q17-suffix") && names.contains("q19-suffix"))
  }

  private static let compositions: [String] = {
    let folders = ["Scenarios", "Tests/PlannersTests", "Tests/LudwigTests/Golden/Published"]
    return folders.flatMap { folder -> [String] in
      let files = FileManager.default.enumerator(atPath: Workshop.root + folder)
      let paths = (files?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".lw") }
      return paths.map { "\(folder)/\($0)" }.filter { path in
        let data = FileManager.default.contents(atPath: Workshop.root + path) ?? Data()
        return String(decoding: data, as: UTF8.self).contains("\ncomposition")
          || data.starts(with: Data("composition".utf8))
      }
    }.sorted()
  }()

  @discardableResult
  private func expectSame(_ compile: (Int) -> Compilation) throws -> Blueprint? {
    let apart = compile(Int.max)
    let report = Workshop.report(apart.diagnostics, apart.sources)
    for plannedFirst in [0, 1, 2] {
      let shared = compile(plannedFirst)
      #expect(shared.blueprint?.resources.count == apart.blueprint?.resources.count)
      for (a, b) in zip(shared.blueprint?.resources ?? [], apart.blueprint?.resources ?? []) {
        #expect(a == b)
      }
      #expect(shared.blueprint == apart.blueprint)
      #expect(Workshop.report(shared.diagnostics, shared.sources) == report)
    }
    return apart.blueprint
  }

  private static func files(_ text: String) -> [String: String] {
    ["here/Main.lw": text, "here/Queues.lw": queues, "here/Planners/Queues/Queue.lw": planner]
      .mapValues { $0.replacing("# trace: ", with: text.contains("# trace: ") ? "# trace: " : "") }
  }

  private static func compile(_ text: String, _ plannedFirst: Int) -> Compilation {
    var inputs = Workshop.inputs(files: files(text))
    inputs.plannedFirst = plannedFirst
    return Ludwig.compile(path: "here/Main.lw", inputs: inputs)
  }

  private static let variety = """
    composition
    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2
    import Fugue.AWS.S3 as S3

    vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }
    subnets: [
      EC2.Subnet.new {
        vpc: vpc, cidrBlock: "10.0." ++ String.fromInt(i) ++ ".0/24",
        availabilityZone: if i % 2 == 0 then AWS.A else AWS.B,
        mapPublicIpOnLaunch: if i % 3 == 0 then None else Optional(i % 3 == 1),
      } for i in List.range(0, 6)]

    fun rules(i: Int) -> List<EC2.IpPermission>:
      [
        EC2.IpPermission.tcp(
          8000 + p % 2,
          EC2.IpPermission.Target.ipRange("10." ++ String.fromInt(p % 3) ++ ".1.7/16"),
        )
        for p in List.range(0, i % 5)
      ]

    groups: [
      EC2.SecurityGroup.new {
        vpc: vpc,
        description: "group number " ++ String.fromInt(i),
        groupName: if i % 4 == 0 then Optional("named-" ++ String.fromInt(i)) else None,
        ipPermissions: rules(i),
        ipPermissionsEgress: if i % 7 == 0 then Optional(rules(i + 1)) else None,
        tags: [AWS.tag("Name", "group-" ++ String.fromInt(i)) for k in List.range(0, i % 3)],
      } for i in List.range(0, 40)]

    buckets: [S3.Bucket.new { name: "bucket-" ++ String.fromInt(i), region: AWS.Us-east-1 }
      for i in List.range(0, 12)]
    """

  private static let queues = """
    type Queue:
      | Queue
          name: String
          size: Int
          peer: Optional<Queue>
          other: Optional<Queue>
          queueUrl: Output<String>
    """

  private static let ownPlanner = """
    composition
    import Queues

    fun queue(i: Int) -> Queues.Queue:
      Queues.Queue {
        name: "q" ++ String.fromInt(i % 20), size: i % 3,
        peer: if i % 2 == 0 then None else Optional(first),
        other: if i % 4 < 2 then None else Optional(List.index(many, i % 5)),
      }

    first: queue(100)
    many: [queue(i) for i in List.range(0, 29)]
    # trace: 
    """

  /// A planner that reads names, counts and compares.
  private static let planner = life(
    """
    fun name(want: Queues.Queue) -> String:
      # trace: Debug.trace "planned";
      (if part(want).peer == part(want).other then "same-" else "") ++ (
        if String.endsWith("3", part(want).name) then "three" else part(want).name
      ) ++ (if part(want).size > 1 then String.fromInt(part(want).size) else "")

    fun part(want: Queues.Queue):
      case want of
        | Queues.Queue q -> q
    """)

  /// One that passes the name on.
  private static let plainPlanner = life(
    """
    fun name(want: Queues.Queue) -> String:
      want.(Queues.Queue).name ++ String.getEnvOrError("SUFFIX")
    """)

  private static func life(_ name: String) -> String {
    """
    import Api.SQS as Api
    import Fugue.Planner as Planner
    import Queues

    Planner.Planner<Queues.Queue> planner: Planner.new(fun(want): Planner.lifecycle {
      region: None,
      observe: Planner.single {
        call: Api.GetQueueUrl { queueName: name(want) },
        identity: name(want),
        outputs: fun(item): { queueUrl: item.queueUrl },
      },
      create: [
        Planner.yielding(
          Api.CreateQueue {
            queueName: name(want),
            tags: {
              "fugue:address": Planner.address(want), "fugue:process": Planner.process,
              "both": Planner.process ++ "/" ++ Planner.address(want) ++ "/" ++ name(want),
            },
          },
          fun(reply): { queueUrl: reply.queueUrl },
        ),
      ],
      delete: fun(item): [
        Planner.call(Api.DeleteQueue { queueUrl: want.(Queues.Queue).queueUrl })],
      errors: Planner.throttling,
    })

    """ + name
  }

  private final class Lines: @unchecked Sendable {
    private let lock = NSLock()
    private var lines: [String] = []

    var all: [String] { lock.withLock { lines } }

    func add(_ line: String) { lock.withLock { lines.append(line) } }
  }
}
