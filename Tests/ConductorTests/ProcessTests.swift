import Canon
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import Plans
import Runtime
import Simulator
import Testing

struct ProcessTests {
  @Test(arguments: ["two", "three", "nine", "ten"])
  func `a composition is applied, and then nothing is left to do`(_ name: String) throws {
    let blueprint = try #require(Compositions.named[name])
    var bench = Bench()
    bench.apply(blueprint)
    bench.mustRest()
    #expect(bench.world.conductor.phase(of: "dev") == .enforcing)
    #expect(bench.faultsOfEnd(blueprint) == [])
    let calls = bench.world.calls.filter { CloudSemantics.writes($0.call) }.count
    bench.world.send(.enforce(alias: "dev"))
    bench.mustRest()
    #expect(bench.world.calls.filter { CloudSemantics.writes($0.call) }.count == calls)
  }

  @Test func `a killed process leaves nothing, once its data may go`() {
    var bench = Bench()
    bench.apply(Compositions.nine)
    bench.mustRest()
    bench.world.send(.kill(alias: "dev", .none))
    bench.mustRest()
    #expect(bench.world.conductor.phase(of: "dev") == .awaitingApproval)
    bench.world.send(.approve(alias: "dev", Approvals(coversData: true)))
    bench.mustRest()
    #expect(bench.world.conductor.phase(of: "dev") == .killed)
    #expect(bench.world.cloud.account.owners(process: "dev") == [])
    #expect(bench.faultsOfJournal == [])
  }

  @Test func `an update changes what differs, and removes what is declared no more`() {
    var bench = Bench()
    bench.apply(Compositions.nine)
    bench.mustRest()
    let less = Compositions.blueprint(
      "less", Compositions.nineResources.filter { $0.address.text != "app.one" })
    bench.apply(less, Approvals(addresses: [ResourceAddress("app.one")]))
    bench.mustRest()
    #expect(bench.faultsOfEnd(less) == [])
  }

  @Test func `drift is undone`() throws {
    var bench = Bench()
    bench.apply(Compositions.nine)
    bench.mustRest()
    let group = try #require(
      bench.world.cloud.account.securityGroups.values.first {
        $0.tags["fugue:address"] == "web"
      })
    _ = bench.world.edit(
      Call(
        service: "ec2", operation: "AuthorizeSecurityGroupIngress",
        parameters: [
          "GroupId": .string(group.id),
          "IpPermissions": [
            [
              "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
              "UserIdGroupPairs": [["GroupId": .string(group.id)]],
            ]
          ],
        ]))
    let edited = try #require(bench.world.cloud.account.securityGroups[group.id])
    #expect(edited.ingress.count == 2)
    bench.world.run(until: bench.world.now + .minutes(5))
    #expect(bench.faultsOfEnd(Compositions.nine) == [])
    let mended = try #require(bench.world.cloud.account.securityGroups[group.id])
    #expect(mended.ingress == group.ingress)
  }

  @Test func `the same seed gives the same history`() {
    func history(_ seed: UInt64) -> String {
      var bench = Bench(seed: seed, faults: .rough)
      bench.apply(Compositions.nine)
      _ = bench.rest()
      return bench.world.history.hex
    }
    #expect(history(3) == history(3))
    #expect(history(3) != history(4))
  }
}
