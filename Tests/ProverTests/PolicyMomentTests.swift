import Canon
import CloudModel
import Plans
import Prover
import Testing

/// Policies that change while a plan is carried out.
@Suite struct PolicyMomentTests {
  private static let open = PolicyFixture.policy(PolicyFixture.statement("Allow"))
  private static let shut = PolicyFixture.policy(PolicyFixture.statement("Deny"))

  private func counterexample(_ verdict: Verdict?) throws -> Counterexample {
    guard case .refuted(let found)? = verdict else {
      throw Unexpected(text: "\(String(describing: verdict))")
    }
    return found
  }

  private struct Unexpected: Error { var text: String }

  @Test func `a bucket that is open only between two steps is refuted with both`() throws {
    var fixture = PolicyFixture(policy: nil)
    fixture.put(policy: Self.open)
    fixture.put(policy: Self.shut)
    fixture.order(0, 1)
    let found = try counterexample(fixture.verdict())
    #expect(found.inForce == [StepID(0)])
    #expect(found.openAfter == StepID(0))
    #expect(found.closedBy == [StepID(1)])
    #expect(!found.failsInTheEnd)
    #expect(found.wayOut.isEmpty)
    #expect(found.path.first?.origin?.line == 1)
    #expect(found.path.first?.isDecisive == true)
    #expect(found.summary.contains("everybody s3:getobject on arn:aws:s3:::papers/example"))
  }

  @Test func `the block that has to come first is the way out`() throws {
    var fixture = PolicyFixture(policy: nil)
    fixture.put(policy: Self.open)
    fixture.put(isRestricted: true)
    let found = try counterexample(fixture.verdict())
    #expect(!found.failsInTheEnd)
    let edge = PlanEdge(from: StepID(1), to: StepID(0), kind: .afterSettled)
    #expect(found.wayOut == [edge])

    var turned = PolicyFixture(policy: nil)
    turned.put(isRestricted: true)
    turned.put(policy: Self.open)
    #expect(turned.word() == "refuted")
    turned.order(0, 1)
    #expect(turned.word() == "proved")
    turned.plan.edges[0].kind = .afterAcknowledged
    #expect(turned.word() == "refuted")
  }

  @Test func `taking the block away opens what was public behind it`() throws {
    var fixture = PolicyFixture(policy: Self.open, blocks: ["RestrictPublicBuckets": true])
    #expect(fixture.word() == "proved")
    fixture.put(isRestricted: false)
    let found = try counterexample(fixture.verdict())
    #expect(found.inForce == [StepID(0)])
    #expect(found.failsInTheEnd)
    #expect(found.path.last?.isDecisive == true)
    #expect(found.path.last?.step == StepID(0))
  }

  @Test func `what is open before the plan is told as such`() throws {
    var fixture = PolicyFixture(policy: Self.open)
    fixture.put(policy: Self.shut)
    let found = try counterexample(fixture.verdict())
    #expect(found.inForce.isEmpty)
    #expect(found.openAfter == nil)
    #expect(!found.failsInTheEnd)
    #expect(found.summary.hasPrefix("Before the plan already"))
  }

  @Test func `two policies without an order are not believed`() {
    var fixture = PolicyFixture(policy: nil)
    fixture.put(policy: Self.shut)
    fixture.put(
      policy: PolicyFixture.policy(PolicyFixture.statement("Deny", action: #""s3:*""#)))
    #expect(fixture.word() == "unknown")
    fixture.order(0, 1)
    #expect(fixture.word() == "proved")
  }

  @Test func `a policy that S3 will refuse is not believed to be there`() {
    var fixture = PolicyFixture(policy: nil, blocks: ["BlockPublicPolicy": true])
    fixture.put(policy: Self.open)
    #expect(fixture.word() == "unknown")
  }
}
