import Canon
import CloudModel
import Conductor
import Determinism
import Journal
import Runtime
import Simulator
import Testing

/// A second controller that undoes whatever the kernel repairs.
struct ContestTests {
  private func open(_ group: String) -> Call {
    Call(
      service: "ec2", operation: "AuthorizeSecurityGroupIngress",
      parameters: [
        "GroupId": .string(group),
        "IpPermissions": [
          [
            "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
            "UserIdGroupPairs": [["GroupId": .string(group)]],
          ]
        ],
      ])
  }

  @Test func `what is undone again and again stops the kernel, and a person lets it go on`() throws
  {
    var bench = Bench()
    bench.apply(Compositions.nine)
    bench.mustRest()
    let group = try #require(
      bench.world.cloud.account.securityGroups.values.first {
        $0.tags["fugue:address"] == "web"
      })
    var times = 0
    while bench.world.conductor.phase(of: "dev") != .blocked, times < 40 {
      _ = bench.world.edit(open(group.id))
      times += 1
      bench.world.run(until: bench.world.now + .minutes(5))
    }
    // The run that made the part is the first that wrote it.
    #expect(times == KernelSettings().contests)
    #expect(
      bench.world.conductor.ledger.processes.first?.standing
        == .blocked(.contested([ResourceAddress("web")])))
    bench.apply(Compositions.nine)
    bench.mustRest()
    #expect(bench.faultsOfEnd(Compositions.nine) == [])
  }

  @Test func `what is undone once in two hours is repaired for ever`() throws {
    var bench = Bench()
    bench.apply(Compositions.nine)
    bench.mustRest()
    let group = try #require(
      bench.world.cloud.account.securityGroups.values.first {
        $0.tags["fugue:address"] == "web"
      })
    for _ in 0..<12 {
      _ = bench.world.edit(open(group.id))
      bench.world.run(until: bench.world.now + .minutes(120))
    }
    #expect(bench.faultsOfEnd(Compositions.nine) == [])
  }
}
