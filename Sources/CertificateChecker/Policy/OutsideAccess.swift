package import CloudModel
package import PlanEffects

/// What is found against a claim that nobody outside the account may do something.
package struct PolicyFinding: Hashable, Sendable {
  /// Whether somebody outside certainly may; otherwise it cannot be told.
  package var isOpen: Bool
  /// What was found, in a sentence.
  package var sentence: String
  /// The moments of the policy and of the access block that goes with it.
  package var moments: Guard
  /// How the policy comes to it; nil where it is not for a policy's words that it cannot be told.
  package var evidence: Evidence?

  /// What in a policy speaks against a claim.
  package struct Evidence: Hashable, Sendable {
    /// The policy, read.
    package var document: PolicyDocument
    /// What it grants.
    package var grant: PolicyQuestion.Grant
    /// The policy among the facts.
    package var policy: Occurrence
    /// The bucket's settings among the facts.
    package var block: Occurrence
    /// Whether `RestrictPublicBuckets` is on.
    package var isRestricted: Bool
  }
}

/// Decides whether principals outside an account may act on a bucket, by the bucket's policy and
/// its public access block, at any moment of a plan. Access control lists are not looked at.
///
/// Every text of the policy goes with every setting of the block that it may meet at some moment.
/// That `BlockPublicPolicy` would have S3 refuse a policy is not relied on.
///
/// Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning
/// of 'public'"; IAM User Guide, "Policy evaluation logic".
package struct OutsideAccess {
  private let index: FactIndex
  private let moments: Moments
  private let doubts: [Doubt]
  private let account: String
  private let partition: String
  private let process: String

  /// Prepares the facts of a plan's effects.
  ///
  /// - Parameters:
  ///   - model: What the plan does.
  ///   - account: The account's number.
  ///   - region: Its region, which tells the partition of its ARNs.
  ///   - process: The process whose resources are meant.
  package init(_ model: EffectModel, account: String, region: String, process: String) {
    index = FactIndex(model)
    moments = model.moments
    doubts = model.doubts
    self.account = account
    self.process = process
    partition =
      region.hasPrefix("cn-") ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
  }

  /// What stands against the claim; nil where it holds at every moment.
  package func finding(
    action: String, resource: ResourceAddress, path: String
  ) -> PolicyFinding? {
    let found = findings(action: action, resource: resource, path: path)
    return found.first(where: \.isOpen) ?? found.first
  }

  /// Everything that stands against the claim; nothing where it holds at every moment.
  package func findings(
    action: String, resource: ResourceAddress, path: String
  ) -> [PolicyFinding] {
    let found = policyFindings(action, resource, path)
    if found.contains(where: \.isOpen) { return found }
    return doubts.filter { $0.subject == .policies }.map { undecided($0.reason) } + found
  }

  private func policyFindings(
    _ action: String, _ resource: ResourceAddress, _ path: String
  ) -> [PolicyFinding] {
    guard Wildcard("s3:?*").meets(Wildcard(action.lowercased())) else {
      return [undecided("\(action) is no action of S3")]
    }
    let names = ClaimFlows(index, process: process).identifiers(of: resource)
    let buckets = Set(names).filter { index.buckets[$0] != nil }.sorted()
    if buckets.isEmpty { return [undecided("\(resource) is no bucket that is known")] }
    return buckets.flatMap { bucket in
      let question = PolicyQuestion(
        account: account, partition: partition, bucket: bucket, action: action, path: path)
      return findings(bucket, question)
    }
  }

  private func undecided(_ sentence: String) -> PolicyFinding {
    PolicyFinding(isOpen: false, sentence: sentence, moments: .always)
  }

  private func findings(_ bucket: String, _ question: PolicyQuestion) -> [PolicyFinding] {
    var out: [PolicyFinding] = []
    for policy in index.policies[bucket] ?? [] {
      guard let document = PolicyDocument(policy.content) else {
        out.append(undecided("the policy of bucket \(bucket) cannot be read"))
        continue
      }
      for block in index.buckets[bucket] ?? [] {
        let when = policy.occurrence.presence.and(block.occurrence.presence)
        guard moments.arePossible(when) else { continue }
        let isRestricted = block.content.contains("RestrictPublicBuckets")
        for grant in question.grants(in: document, isRestricted: isRestricted) {
          out.append(
            PolicyFinding(
              isOpen: grant.isCertain, sentence: sentence(bucket, document, grant), moments: when,
              evidence: PolicyFinding.Evidence(
                document: document, grant: grant,
                policy: policy.occurrence, block: block.occurrence, isRestricted: isRestricted)))
        }
      }
    }
    return out
  }

  private func sentence(
    _ bucket: String, _ document: PolicyDocument, _ grant: PolicyQuestion.Grant
  ) -> String {
    let name = document.statements[grant.statement].name
    let whom = grant.outsider.words
    guard let request = grant.request else {
      return "\(name) of bucket \(bucket)'s policy may allow it to \(whom)"
    }
    return "\(name) of bucket \(bucket)'s policy allows \(whom) \(request.action) on "
      + request.resource
  }
}

extension PolicyDocument.Principal {
  /// For people.
  package var words: String {
    if isEverybody { return "everybody" }
    return account.map { isWholeAccount ? "account \($0)" : text } ?? text
  }
}
