import Canon
import CertificateChecker
import Certificates
import CloudModel
import PlanEffects
import Plans
import Prover

/// A bucket `papers` of account 111122223333, and claims about who may read it.
struct PolicyFixture {
  var account = AccountState(accountID: "111122223333", region: "eu-central-1")
  var plan = Plan(
    composition: Digest(of: "main"), process: "dev", baseline: Digest(of: "before"), steps: [],
    edges: [], known: [])
  let address = ResourceAddress("papers")

  /// A bucket with a policy, and with these settings of public access block.
  init(policy: String?, blocks: SortedMap<String, Bool> = [:]) {
    var bucket = Bucket(
      name: "papers", tags: ["fugue:address": "papers", "fugue:process": "dev"])
    bucket.policy = policy
    bucket.publicAccessBlock = blocks
    account.buckets["papers"] = bucket
  }

  /// Adds a step.
  mutating func add(_ operation: String, _ parameters: Value, part: String = "policy") {
    plan.steps.append(
      Step(
        address: address, type: "S3.Bucket", verb: .update, part: part,
        call: Call(service: "s3", operation: operation, parameters: parameters), yields: [:],
        errors: [:], settle: .acknowledged, duplicates: false,
        origins: [
          PartOrigin(
            aspect: part, element: .string(part),
            origin: Origin(
              file: "main.lw", line: plan.steps.count + 1, column: 1, length: 1, text: part))
        ]))
  }

  /// Adds a step that puts a policy.
  mutating func put(policy: String) {
    add("PutBucketPolicy", ["Bucket": "papers", "Policy": .string(policy)])
  }

  /// Adds a step that sets whether public buckets are restricted.
  mutating func put(isRestricted: Bool) {
    add(
      "PutPublicAccessBlock",
      [
        "Bucket": "papers",
        "PublicAccessBlockConfiguration": ["RestrictPublicBuckets": .bool(isRestricted)],
      ], part: "publicAccessBlock")
  }

  /// Makes a step wait for another one's effect.
  mutating func order(_ first: Int, _ second: Int) {
    plan.edges.append(PlanEdge(from: StepID(first), to: StepID(second), kind: .afterSettled))
  }

  /// What the prover says of the claim, cross-checked with the checker.
  func verdict(_ action: String = "s3:GetObject", path: String = "*") -> Verdict? {
    let invariants = [
      Invariant(
        title: "closed", claim: .nobodyOutside(action: action, resource: address, path: path),
        origin: Origin(file: "main.lw", line: 1, column: 1, length: 1, text: ""))
    ]
    let proof = Prover.prove(plan: plan, baseline: account, invariants: invariants)
    let evaluated = Certificate(
      plan: plan.digest, invariants: Certificate.digest(of: invariants),
      baseline: account.proofDigest, arguments: [.evaluated])
    let checked = CertificateChecker.check(
      proof.certificate ?? evaluated, plan: plan, invariants: invariants, baseline: account)
    return (checked == .accepted) == (proof.certificate != nil)
      ? proof.verdicts.first?.verdict : nil
  }

  /// `proved`, `refuted` or `unknown`.
  func word(_ action: String = "s3:GetObject", path: String = "*") -> String {
    switch verdict(action, path: path) {
    case .proved?: "proved"
    case .refuted?: "refuted"
    case .unknown?: "unknown"
    case nil: "prover and checker disagree"
    }
  }

  /// A policy of these statements.
  static func policy(_ statements: String...) -> String {
    #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
  }

  /// A statement about reading every object.
  static func statement(
    _ effect: String, principal: String = #""*""#, action: String = #""s3:GetObject""#,
    resource: String = #""arn:aws:s3:::papers/*""#, condition: String? = nil
  ) -> String {
    #"{"Effect":"\#(effect)","Principal":\#(principal),"Action":\#(action),"Resource":\#(resource)"#
      + (condition.map { #","Condition":"# + $0 } ?? "") + "}"
  }
}
