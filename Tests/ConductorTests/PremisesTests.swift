import Canon
import CertificateChecker
import CloudModel
import CloudSemantics
import Conductor
import Determinism
import Journal
import PlanEffects
import Plans
import Runtime
import Simulator
import TestSupport
import Testing

/// Before a step that opens something, the kernel looks again at what the proof assumes.
struct PremisesTests {
  private func bench(
    _ mutations: KernelMutations = [], faults: FaultProfile = .none,
    freshness: TimeSpan = .seconds(1)
  ) -> Bench {
    var settings = KernelSettings()
    settings.freshness = freshness
    settings.mutations = mutations
    return Bench(faults: faults, settings: settings)
  }

  /// Lets time pass until something is in the account.
  private func run(_ bench: inout Bench, until isThere: (AccountState) -> Bool) {
    while !isThere(bench.world.cloud.account), bench.world.step() {}
  }

  private func givenUp(_ bench: Bench) -> [String] {
    bench.world.reports.compactMap {
      if case .givenUp(let reason) = $0.kind { reason } else { nil }
    }
  }

  /// The rules that the kernel had added to the group of `web` by then.
  private func openings(_ bench: Bench) -> Int {
    bench.world.calls.count { $0.call.operation == "AuthorizeSecurityGroupIngress" }
  }

  private func web(_ account: AccountState) -> SecurityGroup? {
    account.securityGroups.values.first { $0.tags["fugue:address"] == "web" }
  }

  private func openByHand(_ group: SecurityGroup) -> Call {
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
      ])
  }

  /// Applies, and opens a group by hand as soon as it is there, before the kernel opens it.
  private func disturbed(_ mutations: KernelMutations) throws -> Bench {
    var bench = bench(mutations)
    bench.apply(Compositions.three)
    run(&bench) { web($0) != nil }
    #expect(openings(bench) == 0)
    #expect(bench.world.edit(openByHand(try #require(web(bench.world.cloud.account)))).isSuccess)
    return bench
  }

  @Test func `an edit that breaks what the proof assumes keeps the opening step back`() throws {
    var bench = try disturbed([])
    while givenUp(bench).isEmpty, bench.world.step() {}
    #expect(openings(bench) == 0)
    let reason = try #require(givenUp(bench).first)
    #expect(reason.contains("the account is not as the proof assumes: a rule of sg-"), "\(reason)")
    bench.mustRest()
    #expect(bench.faultsOfEnd(Compositions.three) == [])
    #expect(web(bench.world.cloud.account)?.ingress.map(\.ports) == [80...80])
  }

  @Test func `without the fresh look the step would open it`() throws {
    var bench = try disturbed(.openOnOldLook)
    bench.mustRest()
    #expect(givenUp(bench) == [])
    #expect(openings(bench) > 0)
  }

  @Test func `whoever takes away what the proof counts on stops the plan, too`() throws {
    var bench = bench()
    bench.apply(Compositions.nine)
    run(&bench) { $0.instances.values.contains { $0.state == .running } }
    let gateway = try #require(bench.world.cloud.account.internetGateways.values.first)
    bench.world.run(until: bench.world.now + .seconds(61))
    bench.mustRest()
    let vpc = try #require(gateway.vpc)
    // A second plan, amid which somebody detaches the gateway.
    let more = Compositions.blueprint(
      "more",
      Compositions.nineResources + [
        Lives.group("late", vpc: "net", from: [("web", 25)]),
        Lives.instance("late.one", subnet: "net.a", groups: ["late"]),
      ])
    bench.apply(more)
    run(&bench) { $0.securityGroups.values.contains { $0.tags["fugue:address"] == "late" } }
    let detach = Call(
      service: "ec2", operation: "DetachInternetGateway",
      parameters: ["InternetGatewayId": .string(gateway.id), "VpcId": .string(vpc)])
    #expect(bench.world.edit(detach).isSuccess)
    while givenUp(bench).isEmpty, bench.world.step() {}
    #expect(try #require(givenUp(bench).first).contains("\(gateway.id) at \(vpc) has gone"))
    bench.mustRest()
    #expect(bench.faultsOfEnd(more) == [])
  }

  @Test(arguments: ["two", "three", "nine", "ten"], [FaultProfile.none, .real])
  func `what only the plan does breaks nothing`(_ name: String, _ faults: FaultProfile) throws {
    let blueprint = try #require(Compositions.named[name])
    var bench = bench(faults: faults)
    bench.apply(blueprint)
    bench.mustRest()
    bench.world.send(.kill(alias: bench.alias, Approvals(coversData: true)))
    bench.mustRest()
    #expect(givenUp(bench).filter { $0.contains("proof assumes") } == [])
  }

  @Test func `first light looks again before each opening step, and finds what it assumed`() throws
  {
    let blueprint = try Sheets.firstLight()
    var bench = bench(faults: .real, freshness: .seconds(2))
    bench.apply(blueprint)
    bench.mustRest()
    #expect(givenUp(bench) == [])
    #expect(bench.faultsOfEnd(blueprint) == [])
    let looks = bench.world.reports.count {
      if case .confirmed = $0.kind { true } else { false }
    }
    #expect(looks > 5)
    let opening = bench.world.reports.compactMap {
      if case .running(_, let steps, let opening, _) = $0.kind { [steps, opening] } else { nil }
    }
    #expect(opening.first == [41, 20])
  }

  @Test func `the steps that open are told from what they do`() throws {
    let plan = try plan(of: Compositions.nine)
    let empty = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    let premises = Premises(of: plan, on: empty)
    let opening = zip(plan.steps, premises.isOpening).filter(\.1).map(\.0.call.operation)
    #expect(
      Set(opening) == [
        "AttachInternetGateway", "CreateRoute", "AssociateRouteTable",
        "AuthorizeSecurityGroupIngress", "RunInstances",
      ])
    let closing = zip(plan.steps, premises.isOpening).filter { !$0.1 }.map(\.0.call.operation)
    #expect(Set(closing).isDisjoint(with: opening))
  }

  /// The plan that makes a composition.
  private func plan(of blueprint: Blueprint) throws -> Plan {
    var bench = bench()
    bench.apply(blueprint)
    while bench.world.step() {
      if let run = bench.world.conductor.ledger.processes.first?.run { return run.plan }
    }
    throw CallError("none", "no plan began")
  }
}
