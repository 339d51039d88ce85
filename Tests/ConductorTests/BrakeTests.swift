import Canon
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Runtime
import Simulator
import TestSupport
import Testing

struct BrakeTests {
  private func terminate(_ bench: inout Bench) {
    for instance in bench.world.cloud.account.instances.values {
      _ = bench.world.edit(
        Call(
          service: "ec2", operation: "TerminateInstances",
          parameters: ["InstanceIds": [.string(instance.id)]]))
    }
  }

  @Test func `where more than a tenth vanishes at once, the kernel asks`() {
    let more = Compositions.blueprint(
      "more",
      Compositions.nineResources + [Lives.instance("x.one", subnet: "net.a", groups: ["web"])])
    var bench = Bench()
    bench.apply(more)
    bench.mustRest()
    terminate(&bench)
    let writes = bench.world.calls.filter { CloudSemantics.writes($0.call) }.count
    bench.world.run(until: bench.world.now + .minutes(5))
    #expect(bench.world.conductor.phase(of: "dev") == .blocked)
    #expect(bench.world.calls.filter { CloudSemantics.writes($0.call) }.count == writes)
    bench.world.send(.approve(alias: "dev", Approvals(coversData: true)))
    bench.mustRest()
    #expect(bench.faultsOfEnd(more) == [])
  }

  @Test func `what bears data is not replaced without approval`() {
    var bench = Bench()
    bench.apply(Compositions.nine)
    bench.mustRest()
    let other = Compositions.nineResources.map { resource in
      resource.address.text == "web.one"
        ? Lives.instance(
          "web.one", subnet: "net.a", groups: ["web"], image: "ami-0fedcba9876543210") : resource
    }
    let changed = Compositions.blueprint("changed", other)
    bench.apply(changed)
    bench.mustRest()
    #expect(bench.world.conductor.phase(of: "dev") == .awaitingApproval)
    bench.world.send(.approve(alias: "dev", Approvals(addresses: [ResourceAddress("web.one")])))
    bench.mustRest()
    #expect(bench.faultsOfEnd(changed) == [])
  }

  @Test func `what is protected stays protected when its text has gone`() throws {
    var resources = Compositions.nineResources
    let place = try #require(resources.firstIndex { $0.address.text == "app" })
    resources[place].isProtected = true
    var bench = Bench()
    bench.apply(Compositions.blueprint("guarded", resources))
    bench.mustRest()
    bench.world.send(.kill(alias: "dev", Approvals(coversData: true)))
    bench.mustRest()
    #expect(bench.world.conductor.phase(of: "dev") == .awaitingApproval)
    #expect(bench.world.cloud.account.owners(process: "dev").count == 9)
    let named = Approvals(coversData: true, addresses: [ResourceAddress("app")])
    bench.world.send(.approve(alias: "dev", named))
    bench.mustRest()
    #expect(bench.world.conductor.phase(of: "dev") == .killed)
    #expect(bench.world.cloud.account.owners(process: "dev") == [])
  }
}
