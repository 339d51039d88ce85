import Canon
import CertificateChecker
import Certificates
import CloudModel
import Plans
import Prover
import Testing

@Suite struct MomentTests {
  let fixture = ThreeTierFixture()

  private func refutation(
    _ plan: Plan, _ account: AccountState, _ invariants: [Invariant]
  ) throws -> Counterexample {
    let proof = Prover.prove(plan: plan, baseline: account, invariants: invariants)
    #expect(proof.certificate == nil)
    for verdict in proof.verdicts {
      if case .refuted(let found) = verdict.verdict { return found }
    }
    throw Missing()
  }

  private struct Missing: Error {}

  @Test func `what is right is proved, and the checker accepts it`() throws {
    let proof = Prover.prove(
      plan: testPlan([]), baseline: fixture.account, invariants: ThreeTierFixture.invariants)
    #expect(proof.verdicts.map(\.verdict) == [.proved([]), .proved([]), .proved([])])
    let certificate = try #require(proof.certificate)
    #expect(
      CertificateChecker.check(
        certificate, plan: testPlan([]), invariants: ThreeTierFixture.invariants,
        baseline: fixture.account) == .accepted)
  }

  @Test func `a rule that opens the database is refused and named`() throws {
    let found = try refutation(
      testPlan([ThreeTierFixture.open()]), fixture.account, [ThreeTierFixture.never])
    #expect(found.openAfter == StepID(0))
    #expect(found.failsInTheEnd)
    #expect(found.packet?.destinationPort == 5432)
    #expect(found.path.last?.step == StepID(0))
    #expect(found.path.last?.isDecisive == true)
    #expect(found.path.last?.text.contains("tcp 5432, 0.0.0.0/0") == true)
  }

  @Test func `a gateway with a rule is refused, the later one decides`() throws {
    var account = fixture.account
    account.internetGateways["igw-1"]?.vpc = nil
    let attach = Call(
      service: "ec2", operation: "AttachInternetGateway",
      parameters: ["InternetGatewayId": "igw-1", "VpcId": "vpc-1"])
    let found = try refutation(
      testPlan([ThreeTierFixture.open(), attach]), account, [ThreeTierFixture.never])
    #expect(found.inForce == [StepID(0), StepID(1)])
    #expect(found.openAfter == StepID(1))
    #expect(found.path.first?.step == StepID(1))
    #expect(found.path.first?.isDecisive == true)
  }

  @Test func `right in the end but open in between is refused, with the edge that helps`() throws {
    let account = withDeny(false)
    let deny = entry("CreateNetworkAclEntry")
    let plan = testPlan([ThreeTierFixture.open(), deny])
    let found = try refutation(plan, account, [ThreeTierFixture.never])
    #expect(!found.failsInTheEnd)
    #expect(found.inForce == [StepID(0)])
    #expect(found.closedBy == [StepID(1)])
    let edge = PlanEdge(from: StepID(1), to: StepID(0), kind: .afterSettled)
    #expect(found.wayOut == [edge])
    let ordered = testPlan(
      [deny, ThreeTierFixture.open()],
      [PlanEdge(from: StepID(0), to: StepID(1), kind: .afterSettled)])
    let proof = Prover.prove(
      plan: ordered, baseline: account, invariants: [ThreeTierFixture.never])
    let certificate = try #require(proof.certificate)
    #expect(
      CertificateChecker.check(
        certificate, plan: ordered, invariants: [ThreeTierFixture.never], baseline: account)
        == .accepted)
    var acknowledged = ordered
    acknowledged.edges[0].kind = .afterAcknowledged
    #expect(throws: Never.self) {
      _ = try refutation(acknowledged, account, [ThreeTierFixture.never])
    }
  }

  @Test func `a repair of an open database is let through with an alert`() throws {
    var account = fixture.account
    account.securityGroups["sg-db"]?.ingress.append(
      SecurityGroupRule(transport: .tcp, ports: 5432...5432, peer: .cidr(.all)))
    let plan = testPlan([ThreeTierFixture.close()])
    let invariants = [ThreeTierFixture.never, ThreeTierFixture.only]
    let proof = Prover.prove(plan: plan, baseline: account, invariants: invariants)
    guard case .proved(let alerts) = proof.verdicts[0].verdict else {
      Issue.record("\(proof.verdicts)")
      return
    }
    #expect(!alerts.isEmpty)
    let certificate = try #require(proof.certificate)
    #expect(
      CertificateChecker.check(
        certificate, plan: plan, invariants: invariants, baseline: account) == .accepted)
    let idle = Prover.prove(plan: testPlan([]), baseline: account, invariants: invariants)
    #expect(idle.certificate == nil)
  }

  @Test func `of 40 unordered steps exactly the pair that opens is named`() throws {
    // The database's subnet is closed to the internet by a deny; one step opens the group, another
    // removes the deny. Every other step is harmless.
    let account = withDeny(true)
    var calls = (0..<40).map { ThreeTierFixture.open("10.1.\($0).0/24") }
    calls[11] = ThreeTierFixture.open()
    calls[29] = entry("DeleteNetworkAclEntry")
    let found = try refutation(testPlan(calls), account, [ThreeTierFixture.never])
    #expect(found.inForce == [StepID(11), StepID(29)])
  }

  @Test func `a demanded flow that a plan cuts for a moment is refused`() throws {
    let revoke = rulesCall(
      "RevokeSecurityGroup", false, "sg-web",
      SecurityGroupRule(transport: .tcp, ports: 443...443, peer: .cidr(.all)))
    let wider = rulesCall(
      "AuthorizeSecurityGroup", false, "sg-web",
      SecurityGroupRule(transport: .tcp, ports: 400...500, peer: .cidr(.all)))
    let bad = try refutation(
      testPlan([revoke, wider]), fixture.account, [ThreeTierFixture.always])
    #expect(!bad.failsInTheEnd)
    let good = testPlan(
      [wider, revoke], [PlanEdge(from: StepID(0), to: StepID(1), kind: .afterSettled)])
    let proof = Prover.prove(
      plan: good, baseline: fixture.account, invariants: [ThreeTierFixture.always])
    #expect(
      CertificateChecker.check(
        try #require(proof.certificate), plan: good, invariants: [ThreeTierFixture.always],
        baseline: fixture.account) == .accepted)
  }

  private func withDeny(_ isThere: Bool) -> AccountState {
    var account = fixture.account
    if isThere {
      account.networkACLs["acl-1"]?.entries.insert(
        NetworkACLEntry(
          number: 50, isEgress: false, isAllow: false, transport: .tcp, ports: 5432...5432,
          cidr: .all), at: 0)
    }
    return account
  }

  private func entry(_ operation: String) -> Call {
    var parameters: [(String, Value)] = [
      ("NetworkAclId", "acl-1"), ("RuleNumber", 50), ("Egress", false),
    ]
    if operation == "CreateNetworkAclEntry" {
      parameters += [
        ("Protocol", "6"), ("RuleAction", "deny"), ("CidrBlock", "0.0.0.0/0"),
        ("PortRange", ["From": 5432, "To": 5432]),
      ]
    }
    return Call(
      service: "ec2", operation: operation, parameters: .record(SortedMap(parameters)))
  }
}
