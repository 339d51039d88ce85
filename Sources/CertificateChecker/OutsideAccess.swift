import Canon
package import CloudModel
package import PlanEffects
package import Plans

/// What is found against a claim that nobody outside the account may do something.
package struct PolicyFinding: Hashable, Sendable {
  /// Whether somebody outside certainly may; otherwise it cannot be told.
  package var isOpen: Bool
  /// What was found, in a sentence.
  package var sentence: String
  /// The step that puts the policy; nil where it is there before the plan, or there is none.
  package var step: StepID?
  /// The moments of the policy and of the access block that goes with it.
  package var moments: Guard
}

/// Decides whether principals outside an account may act on a bucket, by the bucket's policy and its
/// public access block, at any moment of a plan.
///
/// Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of
/// 'public'"; IAM User Guide, "Policy evaluation logic".
package struct OutsideAccess {
  private let index: FactIndex
  private let moments: Moments
  private let doubts: [Doubt]
  private let account: String
  private let process: String

  /// Prepares the facts of a plan's effects.
  package init(_ model: EffectModel, account: String, process: String) {
    index = FactIndex(model)
    moments = model.moments
    doubts = model.doubts
    self.account = account
    self.process = process
  }

  /// What stands against the claim; nil where it holds at every moment.
  package func finding(
    action: String, resource: ResourceAddress, path: String
  ) -> PolicyFinding? {
    if let doubt = doubts.first(where: { $0.subject == .policies }) {
      return undecided(doubt.reason)
    }
    let names = ClaimFlows(index, process: process).identifiers(of: resource)
    let buckets = Set(names).filter { index.buckets[$0] != nil }.sorted()
    if buckets.isEmpty { return undecided("\(resource) is no bucket that is known") }
    let found = buckets.flatMap { findings(bucket: $0, action, path) }
    return found.first(where: \.isOpen) ?? found.first
  }

  private func undecided(_ sentence: String) -> PolicyFinding {
    PolicyFinding(isOpen: false, sentence: sentence, step: nil, moments: .always)
  }

  private func findings(bucket: String, _ action: String, _ path: String) -> [PolicyFinding] {
    var out: [PolicyFinding] = []
    let tail = path.isEmpty || path.hasPrefix("/") ? path : "/" + path
    let asked = Asked(
      account: account, action: Wildcard(action.lowercased()),
      resource: Wildcard("arn:aws:s3:::" + bucket + tail))
    for policy in index.policies[bucket] ?? [] {
      for block in index.buckets[bucket] ?? [] {
        let when = policy.occurrence.presence.and(block.occurrence.presence)
        guard moments.arePossible(when) else { continue }
        guard let document = PolicyDocument(policy.content) else {
          out.append(undecided("the policy of bucket \(bucket) cannot be read"))
          continue
        }
        let isRestricted = block.content.contains("RestrictPublicBuckets")
        for found in asked.grants(document, isRestricted: isRestricted) {
          out.append(
            PolicyFinding(
              isOpen: found.isOpen, sentence: "bucket \(bucket): \(found.sentence)",
              step: policy.occurrence.addedBy, moments: when))
        }
      }
    }
    return out
  }
}

/// A question: may anybody outside do this to that?
private struct Asked {
  let account: String
  let action: Wildcard
  let resource: Wildcard

  func grants(
    _ document: PolicyDocument, isRestricted: Bool
  ) -> [(isOpen: Bool, sentence: String)] {
    // With RestrictPublicBuckets, a public policy serves nobody outside but AWS's services.
    let isClosedToAccounts = isRestricted && document.statements.contains(where: \.isSurelyPublic)
    var out: [(isOpen: Bool, sentence: String)] = []
    for statement in document.statements where statement.isAllow && isAsked(statement) {
      let limit = limit(of: statement)
      if limit == .inside { continue }
      for outsider in outsiders(statement) {
        let isService = outsider.kind == "Service"
        if isClosedToAccounts, !isService { continue }
        if document.statements.contains(where: { denies($0, outsider) }) { continue }
        let isOpen = outsider.isCertain && limit == .nobody
        let words = isOpen ? "allows" : "may allow"
        out.append((isOpen, "\(statement.name) \(words) \(outsider.text)"))
      }
    }
    return out
  }

  private func isAsked(_ statement: PolicyDocument.Statement) -> Bool {
    statement.actions.meet(action) && statement.resources.meet(resource)
  }

  /// Whether a statement denies the whole question to an outsider. Conditions are not relied on.
  private func denies(_ statement: PolicyDocument.Statement, _ outsider: Outsider) -> Bool {
    guard !statement.isAllow, statement.conditions.isEmpty, statement.actions.cover(action),
      statement.resources.cover(resource), let principals = statement.principals
    else { return false }
    return principals.contains {
      $0.text == "*" && $0.kind == "AWS" && outsider.kind == "AWS"
    }
  }

  private struct Outsider {
    var kind: String
    var text: String
    var isCertain: Bool
  }

  private func outsiders(_ statement: PolicyDocument.Statement) -> [Outsider] {
    guard let principals = statement.principals else {
      return [Outsider(kind: "AWS", text: "everybody but some", isCertain: true)]
    }
    return principals.compactMap { principal in
      switch principal.kind {
      case "AWS":
        if principal.text == "*" {
          return Outsider(kind: "AWS", text: "everybody", isCertain: true)
        }
        guard let owner = accountID(in: principal.text) else {
          return Outsider(kind: "AWS", text: principal.text, isCertain: false)
        }
        return owner == account
          ? nil : Outsider(kind: "AWS", text: "account \(owner)", isCertain: true)
      case "Service":
        return Outsider(kind: "Service", text: principal.text, isCertain: false)
      default:
        return Outsider(kind: principal.kind, text: principal.text, isCertain: false)
      }
    }
  }

  /// How far conditions keep outsiders off.
  private enum Limit {
    /// They let only this account in.
    case inside
    /// It cannot be told.
    case unclear
    /// They keep nobody off for being outside.
    case nobody
  }

  private func limit(of statement: PolicyDocument.Statement) -> Limit {
    var limit = Limit.nobody
    for condition in statement.conditions {
      if letsOnlyUsIn(condition) { return .inside }
      let isHarmless = ["aws:securetransport", "aws:sourceip"].contains(condition.key)
      if !isHarmless { limit = .unclear }
    }
    return limit
  }

  private func letsOnlyUsIn(
    _ condition: (test: String, key: String, values: [String])
  ) -> Bool {
    guard !condition.values.isEmpty else { return false }
    let isExact = condition.values.allSatisfy { !$0.contains("*") && !$0.contains("?") }
    switch condition.key {
    case "aws:principalaccount", "aws:sourceaccount":
      let tests = ["stringequals", "stringequalsignorecase", "stringlike"]
      return tests.contains(condition.test) && isExact
        && condition.values.allSatisfy { $0 == account }
    case "aws:principalarn", "aws:sourcearn":
      let tests = ["stringequals", "stringlike", "arnequals", "arnlike"]
      return tests.contains(condition.test)
        && condition.values.allSatisfy { $0.hasPrefix("arn:") && accountID(in: $0) == account }
    default: return false
    }
  }
}

extension PolicyDocument.Statement {
  /// Whether it makes a policy public by S3's definition, beyond doubt.
  fileprivate var isSurelyPublic: Bool {
    isAllow && conditions.isEmpty
      && principals?.contains { $0.kind == "AWS" && $0.text == "*" } == true
  }
}

/// The account in an ARN, or a bare account identifier; nil where there is none for certain.
private func accountID(in text: String) -> String? {
  func isAccount(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy { (48...57).contains($0) }
  }
  if isAccount(text) { return text }
  let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
  guard parts.count == 6, parts[0] == "arn", isAccount(parts[4]),
    parts[..<4].allSatisfy({ !$0.contains("*") && !$0.contains("?") })
  else { return nil }
  return String(parts[4])
}
