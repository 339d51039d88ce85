/// A resource policy, as far as access by outsiders needs it.
///
/// Source: IAM User Guide, "IAM JSON policy elements reference".
package struct PolicyDocument: Hashable, Sendable {
  /// One statement.
  package struct Statement: Hashable, Sendable {
    /// `Allow`, or else `Deny`.
    package var isAllow: Bool
    /// Who it is about.
    package var principals: Principals
    /// Which actions, in lower case.
    package var actions: Patterns
    /// Which resources.
    package var resources: Patterns
    /// Its conditions; all of them must be met.
    package var conditions: [Condition]
    /// Its `Sid`, or its place from 1.
    package var name: String
  }

  /// Who a statement is about.
  package struct Principals: Hashable, Sendable {
    /// Whether it is about everybody but these: `NotPrincipal`.
    package var isNegated: Bool
    /// Those that it names.
    package var named: [Principal]
  }

  /// A principal of a statement.
  package struct Principal: Hashable, Sendable {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`.
    package var kind: String
    /// What stands there.
    package var text: String

    /// Whether it is everybody, also those without a name.
    var isEverybody: Bool { kind == "AWS" && text == "*" }

    /// The account it is or belongs to, where that is certain.
    var account: String? { kind == "AWS" ? accountID(in: text) : nil }

    /// Whether it stands for everybody in its account.
    var isWholeAccount: Bool {
      guard let account else { return false }
      return text == account || text.hasSuffix(":" + account + ":root")
    }
  }

  /// One condition: an operator on a key.
  package struct Condition: Hashable, Sendable {
    /// The operator in lower case.
    package var test: String
    /// The key in lower case.
    package var key: String
    /// Values, of which one is to fit (or, for negated operators, none).
    package var values: [String]
  }

  /// Patterns, or everything but what fits them.
  package struct Patterns: Hashable, Sendable {
    /// Whether it is everything but what fits: `NotAction`, `NotResource`.
    package var isNegated: Bool
    /// The patterns.
    package var patterns: [Wildcard]

    /// Whether some text of a pattern is among them; yes in case of doubt.
    func meet(_ asked: Wildcard) -> Bool {
      isNegated
        ? !patterns.contains { $0.covers(asked) } : patterns.contains { $0.meets(asked) }
    }

    /// Whether every text of a pattern is among them; no in case of doubt.
    func cover(_ asked: Wildcard) -> Bool {
      isNegated
        ? !patterns.contains { $0.meets(asked) } : patterns.contains { $0.covers(asked) }
    }

    /// Whether a text of both may be among both; yes in case of doubt.
    func meet(_ others: Patterns) -> Bool {
      isNegated || others.isNegated || others.patterns.contains(where: meet)
    }

    /// Whether everything of a pattern that is among others is among them; no in case of doubt.
    func cover(_ asked: Wildcard, among others: Patterns) -> Bool {
      if cover(asked) { return true }
      return !others.isNegated && others.patterns.filter(asked.meets).allSatisfy(cover)
    }

    /// Texts of a pattern that are among them for certain.
    func samples(of asked: Wildcard) -> [String] {
      let texts =
        isNegated
        ? asked.samples(with: Wildcard("*"))
        : patterns.filter { !$0.hasVariables }.flatMap(asked.samples)
      return texts.filter { cover(Wildcard($0)) }
    }
  }

  /// The statements, in their order.
  package var statements: [Statement]
}

/// The account in an ARN, or a bare account identifier; nil where there is none for certain.
func accountID(in text: String) -> String? {
  func isAccount(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy { (48...57).contains($0) }
  }
  if isAccount(text) { return text }
  let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
  guard parts.count == 6, parts[0] == "arn", isAccount(parts[4]),
    parts[..<4].allSatisfy({ !$0.contains { "*?$".contains($0) } })
  else { return nil }
  return String(parts[4])
}
