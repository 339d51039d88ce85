import Canon
import CloudModel

/// What IAM and S3 check of a policy before they take it.
///
/// Source: IAM User Guide, "Grammar of the IAM JSON policy language"; the sentences are those that
/// the services answer with.
struct PolicyGrammar {
  /// Where the policy stands, which decides what it must and must not have.
  enum Place: Equatable {
    /// In a role: no principal, resources needed.
    case identity
    /// A role's trust policy: a principal, no resources.
    case trust
    /// A bucket's policy: a principal, and resources in the bucket.
    case bucket(String)
  }

  /// Where the policy stands.
  let place: Place
  /// The account, for principals in it.
  let account: AccountState

  /// What is wrong with a policy's text; nil where nothing is.
  func mistake(in text: String) -> String? {
    guard let document = try? JSON(parsing: text), case .object(let members) = document else {
      return "This policy contains invalid Json"
    }
    guard members.allSatisfy({ ["Version", "Id", "Statement"].contains($0.name) }) else {
      return "Syntax errors in policy."
    }
    if let version = document["Version"] {
      guard version.text == "2012-10-17" || version.text == "2008-10-17" else {
        return "Policy document must be version 2012-10-17 or greater."
      }
    }
    guard let statements = document["Statement"]?.oneOrMore, !statements.isEmpty else {
      return "Syntax errors in policy."
    }
    for statement in statements { if let found = mistake(inStatement: statement) { return found } }
    return nil
  }

  private func mistake(inStatement statement: JSON) -> String? {
    let names: Set<String> = [
      "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
      "NotResource", "Condition",
    ]
    guard let members = statement.members, members.allSatisfy({ names.contains($0.name) }),
      ["Allow", "Deny"].contains(statement["Effect"]?.text)
    else { return "Syntax errors in policy." }
    return mistake(inActionsOf: statement) ?? mistake(inPrincipalsOf: statement)
      ?? mistake(inResourcesOf: statement) ?? mistake(inConditionOf: statement)
  }

  private func mistake(inActionsOf statement: JSON) -> String? {
    guard (statement["Action"] == nil) != (statement["NotAction"] == nil),
      let actions = (statement["Action"] ?? statement["NotAction"])?.texts
    else { return "Policy statement must contain actions." }
    for action in actions where action != "*" {
      let parts = action.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
      }
    }
    return nil
  }

  private func mistake(inPrincipalsOf statement: JSON) -> String? {
    let given = statement["Principal"] ?? statement["NotPrincipal"]
    if place == .identity {
      return given == nil ? nil : "Policy document should not specify a principal."
    }
    guard let given else { return "Missing required field Principal" }
    if given.text == "*" { return nil }
    guard let members = given.members, !members.isEmpty else {
      return "Invalid principal in policy"
    }
    for member in members {
      guard ["AWS", "Service", "Federated", "CanonicalUser"].contains(member.name),
        let texts = member.value.texts
      else { return "Invalid principal in policy" }
      for text in texts where member.name == "AWS" && !isPrincipal(text) {
        return "Invalid principal in policy: \"AWS\":\"\(text)\""
      }
    }
    return nil
  }

  /// Whether a text names a principal; roles of this account must be there.
  private func isPrincipal(_ text: String) -> Bool {
    if text == "*" || text.utf8.count == 12 && text.utf8.allSatisfy({ (48...57).contains($0) }) {
      return true
    }
    guard text.hasPrefix("arn:aws:iam::") || text.hasPrefix("arn:aws:sts::"),
      !text.contains("*")
    else { return false }
    let own = "arn:aws:iam::\(account.accountID):role/"
    guard text.hasPrefix(own) else { return true }
    return account.roles[String(text.split(separator: "/").last ?? "")]?.arn(in: account) == text
  }

  private func mistake(inResourcesOf statement: JSON) -> String? {
    let given = statement["Resource"] ?? statement["NotResource"]
    switch place {
    case .trust: return given == nil ? nil : "Has prohibited field Resource"
    case .identity:
      guard let texts = given?.texts, !texts.isEmpty else {
        return "Policy statement must contain resources."
      }
      for text in texts where text != "*" && !text.hasPrefix("arn:") {
        return "Resource \(text) must be in ARN format or \"*\"."
      }
      return nil
    case .bucket(let name):
      guard let texts = given?.texts, !texts.isEmpty else {
        return "Missing required field Resource"
      }
      for text in texts where !lies(text, in: name) { return "Policy has invalid resource" }
      return mistakeOfScope(statement, texts)
    }
  }

  private func lies(_ resource: String, in bucket: String) -> Bool {
    guard resource.hasPrefix("arn:aws:s3:::") else { return false }
    let part = resource.dropFirst(13).prefix { $0 != "/" }
    return matches(bucket, String(part))
  }

  /// An action on objects needs a resource below the bucket, one on the bucket the bucket itself.
  private func mistakeOfScope(_ statement: JSON, _ resources: [String]) -> String? {
    let hasObjects = resources.contains { $0.contains("/") || $0.hasSuffix("*") }
    let hasBucket = resources.contains { !$0.contains("/") }
    for action in statement["Action"]?.texts ?? [] where !action.contains("*") {
      let word = action.lowercased()
      let isOnBucket = word.contains("bucket")
      let isOnObjects = word.contains("object") && !isOnBucket
      if isOnObjects && !hasObjects || isOnBucket && !hasBucket {
        return "Action does not apply to any resource(s) in statement"
      }
    }
    return nil
  }

  private func mistake(inConditionOf statement: JSON) -> String? {
    guard let condition = statement["Condition"] else { return nil }
    for block in condition.members ?? [] {
      guard let keys = block.value.members else { return "Syntax errors in policy." }
      for key in keys {
        let values = key.value.oneOrMore ?? []
        let isPlain = values.allSatisfy { $0.text != nil || $0.truth != nil || $0.integer != nil }
        guard isPlain, !key.name.isEmpty else { return "Syntax errors in policy." }
      }
    }
    return condition.members == nil ? "Syntax errors in policy." : nil
  }
}

extension JSON {
  /// The elements of an array, or the value alone; nil for null.
  var oneOrMore: [JSON]? {
    if let elements { return elements }
    return self == .null ? nil : [self]
  }

  /// A text or an array of texts; nil for anything else.
  var texts: [String]? {
    guard let items = oneOrMore else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }
}
