import Canon
import CertificateChecker
import CloudModel
import Plans
import Prover
import Testing

@Suite struct PolicyClaimTests {
  private let own = "123456789012"
  private let claim = Invariant(
    title: "nobody outside can s3:GetObject",
    claim: .nobodyOutside(action: "s3:GetObject", resource: ResourceAddress("data"), path: "/*"),
    origin: nowhere)

  private func account(_ policy: String?, isBlocked: Bool = false) -> AccountState {
    var account = AccountState(accountID: own, region: "us-east-1")
    var bucket = Bucket(
      name: "shop-data", tags: ["fugue:address": "data", "fugue:process": "dev"])
    if !isBlocked { bucket.publicAccessBlock = nil }
    bucket.policy = policy
    account.buckets["shop-data"] = bucket
    return account
  }

  private func verdict(_ statements: String, isBlocked: Bool = false) -> Verdict {
    let text = "{\"Version\":\"2012-10-17\",\"Statement\":[\(statements)]}"
    let account = account(text, isBlocked: isBlocked)
    let proof = Prover.prove(plan: testPlan([]), baseline: account, invariants: [claim])
    if let certificate = proof.certificate {
      #expect(
        CertificateChecker.check(
          certificate, plan: testPlan([]), invariants: [claim], baseline: account) == .accepted)
    }
    return proof.verdicts[0].verdict
  }

  private func statement(
    _ principal: String, effect: String = "Allow", action: String = "\"Action\":\"s3:getobject\"",
    resource: String = "\"Resource\":\"arn:aws:s3:::shop-data/*\"", more: String = ""
  ) -> String {
    "{\"Effect\":\"\(effect)\",\(principal),\(action),\(resource)\(more)}"
  }

  private let everybody = "\"Principal\":\"*\""

  private func isRefuted(_ verdict: Verdict) -> Bool {
    if case .refuted = verdict { true } else { false }
  }

  private func isUnknown(_ verdict: Verdict) -> Bool {
    if case .unknown = verdict { true } else { false }
  }

  @Test func `without a policy nobody outside gets in`() {
    let proof = Prover.prove(plan: testPlan([]), baseline: account(nil), invariants: [claim])
    #expect(proof.verdicts[0].verdict == .proved([]))
  }

  @Test func `everybody, another account and everybody but some are outside`() {
    #expect(isRefuted(verdict(statement(everybody))))
    #expect(isRefuted(verdict(statement("\"Principal\":{\"AWS\":\"*\"}"))))
    #expect(
      isRefuted(verdict(statement("\"Principal\":{\"AWS\":\"arn:aws:iam::999999999999:root\"}"))))
    #expect(isRefuted(verdict(statement("\"NotPrincipal\":{\"AWS\":\"\(own)\"}"))))
    #expect(
      verdict(statement("\"Principal\":{\"AWS\":[\"\(own)\",\"arn:aws:iam::\(own):role/app\"]}"))
        == .proved([]))
  }

  @Test func `patterns of actions and resources are told apart`() {
    let put = "\"Action\":\"s3:Put*\""
    #expect(verdict(statement(everybody, action: put)) == .proved([]))
    #expect(isRefuted(verdict(statement(everybody, action: "\"Action\":[\"S3:Get*\"]"))))
    #expect(isRefuted(verdict(statement(everybody, action: "\"NotAction\":\"s3:Put*\""))))
    #expect(verdict(statement(everybody, action: "\"NotAction\":\"s3:*\"")) == .proved([]))
    let other = "\"Resource\":\"arn:aws:s3:::other/*\""
    #expect(verdict(statement(everybody, resource: other)) == .proved([]))
    let part = "\"Resource\":\"arn:aws:s3:::shop-data/public/?\""
    #expect(isRefuted(verdict(statement(everybody, resource: part))))
    let but = "\"NotResource\":\"arn:aws:s3:::shop-data/*\""
    #expect(verdict(statement(everybody, resource: but)) == .proved([]))
  }

  @Test func `a deny counts when it covers the whole question without a condition`() {
    let allow = statement(everybody)
    let deny = statement(everybody, effect: "Deny", action: "\"Action\":\"s3:*\"")
    #expect(verdict(allow + "," + deny) == .proved([]))
    let part = statement(
      everybody, effect: "Deny", resource: "\"Resource\":\"arn:aws:s3:::shop-data/private/*\"")
    #expect(isRefuted(verdict(allow + "," + part)))
    let perhaps = statement(
      everybody, effect: "Deny",
      more: ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}")
    #expect(isRefuted(verdict(allow + "," + perhaps)))
  }

  @Test func `conditions help where they fix the account, and are unknown otherwise`() {
    func when(_ condition: String) -> Verdict {
      verdict(statement(everybody, more: ",\"Condition\":{\(condition)}"))
    }
    #expect(when("\"StringEquals\":{\"aws:PrincipalAccount\":\"\(own)\"}") == .proved([]))
    #expect(isUnknown(when("\"StringEqualsIfExists\":{\"aws:PrincipalAccount\":\"\(own)\"}")))
    #expect(isUnknown(when("\"StringLike\":{\"aws:PrincipalAccount\":\"*\"}")))
    #expect(isUnknown(when("\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-abc\"}")))
    #expect(isUnknown(when("\"StringEquals\":{\"custom:key\":\"x\"}")))
    #expect(isRefuted(when("\"Bool\":{\"aws:SecureTransport\":\"true\"}")))
  }

  @Test func `a public access block keeps outsiders off a public policy only`() {
    #expect(verdict(statement(everybody), isBlocked: true) == .proved([]))
    let named = statement("\"Principal\":{\"AWS\":\"999999999999\"}")
    #expect(isRefuted(verdict(named, isBlocked: true)))
  }

  @Test func `a policy that stands for one moment is refused`() {
    let policy = "{\"Statement\":[\(statement("\"Principal\":{\"AWS\":\"999999999999\"}"))]}"
    let put = Call(
      service: "s3", operation: "PutBucketPolicy",
      parameters: ["Bucket": "shop-data", "Policy": .string(policy)])
    let delete = Call(
      service: "s3", operation: "DeleteBucketPolicy", parameters: ["Bucket": "shop-data"])
    let plan = testPlan(
      [put, delete], [PlanEdge(from: StepID(0), to: StepID(1), kind: .afterSettled)])
    let proof = Prover.prove(plan: plan, baseline: account(nil), invariants: [claim])
    guard case .refuted(let found) = proof.verdicts[0].verdict else {
      Issue.record("\(proof.verdicts)")
      return
    }
    #expect(found.openAfter == StepID(0))
    #expect(!found.failsInTheEnd)
  }
}
