import CloudModel

extension PolicyDocument.Condition {
  /// What a condition means for principals outside an account.
  enum Meaning: Hashable {
    /// Only principals of the account meet it, or services that act for it.
    case keepsOutsidersOff
    /// Outsiders can meet it at will.
    case isInTheirHands
    /// It cannot be told.
    case unclear
  }

  /// What it means for principals outside an account. `…IfExists`, `ForAllValues:` and negated
  /// operators hold where the key is missing, so they keep nobody off.
  func meaning(for account: String) -> Meaning {
    let equals = ["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"]
    let test = test.hasPrefix("foranyvalue:") ? String(test.dropFirst(12)) : test
    if equals.contains(test), isOnlyAbout(account) { return .keepsOutsidersOff }
    switch (self.test, key) {
    case ("bool", "aws:securetransport"):
      return values == ["true"] ? .isInTheirHands : .unclear
    case ("stringequals", "aws:referer"), ("stringlike", "aws:referer"),
      ("stringequals", "aws:useragent"), ("stringlike", "aws:useragent"):
      return .isInTheirHands
    case ("ipaddress", "aws:sourceip"):
      return values.contains(where: isPublicBlock) ? .isInTheirHands : .unclear
    default: return .unclear
    }
  }

  /// Whether every principal outside an account meets it, those without a name included.
  func isMetOutside(_ account: String) -> Bool {
    let differs = [
      "stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals",
      "arnnotlike",
    ]
    let test = test.hasSuffix("ifexists") ? String(test.dropLast(8)) : test
    return differs.contains(test) && isOnlyAbout(account)
  }

  /// Whether a request over TLS does not meet it.
  var isAvoidedByTLS: Bool {
    key == "aws:securetransport" && (test == "bool" || test == "boolifexists")
      && values == ["false"]
  }

  /// Whether what it compares names an account, and all its values this one.
  private func isOnlyAbout(_ account: String) -> Bool {
    switch key {
    case "aws:principalaccount", "aws:sourceaccount":
      values.allSatisfy { $0 == account }
    case "aws:principalarn", "aws:sourcearn":
      values.allSatisfy { $0.hasPrefix("arn:") && accountID(in: $0) == account }
    default: false
    }
  }
}

/// Whether somebody on the internet has an address of the block; no for IPv6, which is not known.
private func isPublicBlock(_ text: String) -> Bool {
  guard let block = CIDR(text.contains("/") ? text : text + "/32") else { return false }
  let inner = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "224.0.0.0/3",
  ]
  return !inner.compactMap { CIDR($0) }.contains {
    $0.lower <= block.lower && block.upper <= $0.upper && block.length > 0
  }
}

extension PolicyDocument.Statement {
  /// Whether all its conditions are met by every request over TLS, or by none of them: they do not
  /// tell outsiders apart.
  private var isOpenToAll: Bool {
    conditions.allSatisfy {
      ["aws:securetransport", "aws:referer", "aws:useragent"].contains($0.key)
    }
  }

  /// Whether it may make a policy public by S3's definition.
  var mayBePublic: Bool {
    isAllow && (principals.isNegated || principals.named.contains { $0.text.contains("*") })
  }

  /// Whether it makes a policy public by S3's definition, beyond doubt.
  func isSurelyPublic(among statements: [Self]) -> Bool {
    guard isAllow, isOpenToAll, !principals.isNegated,
      principals.named.contains(where: \.isEverybody)
    else { return false }
    return !statements.contains { other in
      !other.isAllow && other.actions.meet(actions) && other.resources.meet(resources)
        && !other.conditions.contains(where: \.isAvoidedByTLS)
    }
  }

  /// Whether, as a denial, it is about a principal for certain.
  func surelyConcerns(_ outsider: PolicyDocument.Principal, outside account: String) -> Bool {
    if principals.isNegated { return principals.named.allSatisfy { $0.account == account } }
    return principals.named.contains { named in
      named.isEverybody || named == outsider
        || (named.isWholeAccount && named.account == outsider.account)
    }
  }

  /// Whether, as a denial, it may be about everybody that a principal stands for.
  func mayConcern(_ outsider: PolicyDocument.Principal) -> Bool {
    if principals.isNegated { return true }
    if principals.named.contains(where: \.isEverybody) { return true }
    if outsider.isEverybody { return false }
    if outsider.isWholeAccount {
      return principals.named.contains {
        $0.isWholeAccount && $0.account == outsider.account
      }
    }
    return principals.named.contains { named in
      named.kind != outsider.kind || named.account == nil || named.account == outsider.account
    }
  }
}
