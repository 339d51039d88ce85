import Canon

/// A resource policy, as far as access by outsiders needs it.
///
/// Source: IAM User Guide, "IAM JSON policy elements reference".
struct PolicyDocument {
  /// One statement.
  struct Statement {
    /// `Allow`, or else `Deny`.
    var isAllow: Bool
    /// Who it is about; nil for `NotPrincipal` and for what cannot be read.
    var principals: [Principal]?
    /// Which actions, in lower case.
    var actions: Patterns
    /// Which resources.
    var resources: Patterns
    /// Operator, key and values of each condition, operator and key in lower case.
    var conditions: [(test: String, key: String, values: [String])]
    /// Its `Sid`, or its place from 1.
    var name: String
  }

  /// A principal of a statement.
  struct Principal {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`.
    var kind: String
    /// What stands there.
    var text: String
  }

  /// Patterns, or everything but what fits them.
  struct Patterns {
    var isNegated: Bool
    var patterns: [Wildcard]

    /// Whether some text of a pattern is among them.
    func meet(_ asked: Wildcard) -> Bool {
      isNegated
        ? !patterns.contains { $0.covers(asked) } : patterns.contains { $0.meets(asked) }
    }

    /// Whether every text of a pattern is among them; no in case of doubt.
    func cover(_ asked: Wildcard) -> Bool {
      isNegated
        ? !patterns.contains { $0.meets(asked) } : patterns.contains { $0.covers(asked) }
    }
  }

  /// The statements, in their order.
  var statements: [Statement]

  /// Reads a policy's text; nil where it is no policy.
  init?(_ text: String) {
    guard let document = try? JSON(parsing: text), let found = document["Statement"] else {
      return nil
    }
    statements = []
    for (place, statement) in (found.elements ?? [found]).enumerated() {
      guard let read = Statement(statement, place: place + 1) else { return nil }
      statements.append(read)
    }
  }
}

extension PolicyDocument.Statement {
  fileprivate init?(_ json: JSON, place: Int) {
    guard let effect = json["Effect"]?.text, effect == "Allow" || effect == "Deny",
      let actions = PolicyDocument.Patterns(json, "Action", isLowered: true),
      let resources = PolicyDocument.Patterns(json, "Resource", isLowered: false),
      let conditions = readConditions(json["Condition"])
    else { return nil }
    isAllow = effect == "Allow"
    self.actions = actions
    self.resources = resources
    self.conditions = conditions
    name = json["Sid"]?.text ?? "statement \(place)"
    switch json["Principal"] {
    case .string(let text)?:
      principals = [PolicyDocument.Principal(kind: "AWS", text: text)]
    case .object(let members)?:
      principals = members.flatMap { member in
        texts(member.value).map { PolicyDocument.Principal(kind: member.name, text: $0) }
      }
    case .null?, .bool?, .number?, .array?, nil: principals = nil
    }
  }
}

extension PolicyDocument.Patterns {
  fileprivate init?(_ json: JSON, _ name: String, isLowered: Bool) {
    guard let found = json[name] ?? json["Not" + name] else { return nil }
    isNegated = json[name] == nil
    patterns = texts(found).map { Wildcard(isLowered ? $0.lowercased() : $0) }
  }
}

private func readConditions(_ json: JSON?) -> [(test: String, key: String, values: [String])]? {
  guard let json else { return [] }
  guard let tests = json.members else { return nil }
  var out: [(test: String, key: String, values: [String])] = []
  for test in tests {
    guard let keys = test.value.members else { return nil }
    for key in keys {
      out.append((test.name.lowercased(), key.name.lowercased(), texts(key.value)))
    }
  }
  return out
}

/// A text or a list of texts; truth values and numbers as they are written.
private func texts(_ json: JSON) -> [String] {
  switch json {
  case .string(let text), .number(let text): [text]
  case .bool(let truth): [truth ? "true" : "false"]
  case .array(let items): items.flatMap(texts)
  case .null, .object: []
  }
}
