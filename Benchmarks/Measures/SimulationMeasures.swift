import Canon
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Runtime
import Simulator

/// The simulated cloud, alone and under a kernel.
enum SimulationMeasures {
  static var all: [Benchmark] {
    [
      queue("queue", pending: 10_000, events: 2_000_000),
      queue("queue-deep", pending: 10_000_000, events: 1_000_000),
      .rate("simulated-calls", "calls", "30,000 reads of one group of 100", of: 30_000) {
        () throws(BenchmarkFailure) in
        let blueprint = try Groups.stamped(100)
        var cloud = SimulatedCloud(account: Groups.account(of: blueprint), seed: Seed(1))
        cloud.faults.hasBuckets = false
        let id = cloud.account.securityGroups.keys[50]
        let call = Call(
          service: "ec2", operation: "DescribeSecurityGroups",
          parameters: ["GroupIds": [.string(id)]])
        let start = cloud
        return { () throws(BenchmarkFailure) in
          var cloud = start
          var answers = 0
          for number in 0..<30_000 {
            cloud.submit(call, id: CallID(String(number)), at: cloud.now)
            if number % 10 == 9 { answers += cloud.advance(to: cloud.now + .seconds(60)).count }
          }
          try BenchmarkFailure.unless(answers >= 30_000, "not every call was answered")
        }
      },
      reconcile("apply", 500, .apply), reconcile("reconcile", 1_000, .emptyReconcile),
    ]
  }

  private enum Phase {
    case apply
    case emptyReconcile
  }

  private static func queue(_ name: String, pending: Int, events: Int) -> Benchmark {
    .rate(name, "events", "the event queue with \(pending) pending", of: events) {
      () throws(BenchmarkFailure) in
      var source = RandomSource(Seed(1).split("queue"))
      var queue = EventQueue<Int>()
      for event in 0..<pending {
        queue.push(event, at: Instant(milliseconds: Int64(source.below(1_000_000))))
      }
      let gaps = (0..<4096).map { _ in TimeSpan(milliseconds: Int64(source.below(1_000_000))) }
      return { () throws(BenchmarkFailure) in
        var last = Instant.zero
        for number in 0..<events {
          guard let entry = queue.pop() else { throw BenchmarkFailure("the queue is empty") }
          try BenchmarkFailure.unless(entry.time >= last, "time goes back")
          last = entry.time
          queue.push(entry.event, at: entry.time + gaps[number & 4095])
        }
      }
    }
  }

  private static func reconcile(_ name: String, _ count: Int, _ phase: Phase) -> Benchmark {
    let what = phase == .apply ? "apply through the kernel" : "empty reconcile by the kernel"
    return .rate(name, "resources", "\(what), \(count) groups", of: count) {
      () throws(BenchmarkFailure) in
      let blueprint = try Groups.compiled(count)
      var account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
      account.quotas.securityGroups = count + 2
      var cloud = SimulatedCloud(account: account, seed: Seed(1))
      cloud.faults.hasBuckets = false
      var settings = KernelSettings()
      settings.enforcePeriod = nil
      let fresh = SimulatedWorld(cloud: cloud, settings: settings)
      if phase == .apply {
        return { () throws(BenchmarkFailure) in
          var world = fresh
          world.send(.apply(alias: "bench", blueprint, .none))
          try rest(&world)
        }
      }
      var applied = fresh
      applied.send(.apply(alias: "bench", blueprint, .none))
      try rest(&applied)
      let start = applied
      return { () throws(BenchmarkFailure) in
        var world = start
        world.send(.enforce(alias: "bench"))
        try rest(&world)
      }
    }
  }

  private static func rest(_ world: inout SimulatedWorld) throws(BenchmarkFailure) {
    let limit = world.now + .minutes(60 * 24 * 30)
    let isAtRest = world.runUntilQuiescent(limit: limit)
    try BenchmarkFailure.unless(
      isAtRest && world.conductor.phase(of: "bench") == .enforcing, "the kernel has no rest")
  }
}
