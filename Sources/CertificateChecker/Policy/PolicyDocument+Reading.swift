import Canon

extension PolicyDocument {
  /// Reads a policy's text by AWS's grammar, strictly: nil where a name is unknown or comes twice,
  /// where an element is missing, or where it is not what it must be.
  package init?(_ text: String) {
    guard let document = try? JSON(parsing: text),
      document.has(only: ["Version", "Id", "Statement"]), let found = document["Statement"]
    else { return nil }
    if let version = document["Version"] {
      guard ["2012-10-17", "2008-10-17"].contains(version.text) else { return nil }
    }
    statements = []
    for (place, statement) in (found.elements ?? [found]).enumerated() {
      guard let read = Statement(statement, place: place + 1) else { return nil }
      statements.append(read)
    }
  }
}

private let statementNames = [
  "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
  "Condition",
]

extension PolicyDocument.Statement {
  fileprivate init?(_ json: JSON, place: Int) {
    guard json.has(only: statementNames), let effect = json["Effect"]?.text,
      effect == "Allow" || effect == "Deny",
      let principals = PolicyDocument.Principals(json),
      let actions = PolicyDocument.Patterns(json, "Action", isLowered: true),
      let resources = PolicyDocument.Patterns(json, "Resource", isLowered: false),
      let conditions = readConditions(json["Condition"])
    else { return nil }
    if let sid = json["Sid"] { guard sid.text != nil else { return nil } }
    isAllow = effect == "Allow"
    self.principals = principals
    self.actions = actions
    self.resources = resources
    self.conditions = conditions
    let sid = json["Sid"]?.text ?? ""
    name = sid.isEmpty ? "statement \(place)" : sid
  }
}

extension PolicyDocument.Principals {
  fileprivate init?(_ json: JSON) {
    guard let (isNegated, found) = json.either("Principal") else { return nil }
    self.isNegated = isNegated
    if found.text == "*" {
      named = [PolicyDocument.Principal(kind: "AWS", text: "*")]
      return
    }
    let kinds = ["AWS", "Service", "Federated", "CanonicalUser"]
    guard let members = found.members, !members.isEmpty, found.has(only: kinds) else {
      return nil
    }
    named = []
    for member in members {
      guard let texts = texts(member.value) else { return nil }
      named += texts.map { PolicyDocument.Principal(kind: member.name, text: $0) }
    }
  }
}

extension PolicyDocument.Patterns {
  fileprivate init?(_ json: JSON, _ name: String, isLowered: Bool) {
    guard let (isNegated, found) = json.either(name), let texts = texts(found) else { return nil }
    self.isNegated = isNegated
    patterns = texts.map { Wildcard(isLowered ? $0.lowercased() : $0) }
  }
}

private func readConditions(_ json: JSON?) -> [PolicyDocument.Condition]? {
  guard let json else { return [] }
  guard let tests = json.members, json.hasEachOnce else { return nil }
  var out: [PolicyDocument.Condition] = []
  for test in tests {
    guard let keys = test.value.members, test.value.hasEachOnce else { return nil }
    for key in keys {
      guard let values = texts(key.value, isLoose: true) else { return nil }
      out.append(
        PolicyDocument.Condition(
          test: test.name.lowercased(), key: key.name.lowercased(), values: values))
    }
  }
  return out
}

/// A text or a list of some; where it is loose, also truth values and numbers as they are written.
private func texts(_ json: JSON, isLoose: Bool = false) -> [String]? {
  let items = json.elements ?? [json]
  var out: [String] = []
  for item in items {
    switch item {
    case .string(let text): out.append(text)
    case .number(let text) where isLoose: out.append(text)
    case .bool(let truth) where isLoose: out.append(truth ? "true" : "false")
    case .null, .array, .object, .number, .bool: return nil
    }
  }
  return out.isEmpty ? nil : out
}

extension JSON {
  /// Whether it is an object in which no name comes twice.
  fileprivate var hasEachOnce: Bool {
    guard let members else { return false }
    return Set(members.map(\.name)).count == members.count
  }

  /// Whether it is an object of some of these names, each at most once.
  fileprivate func has(only names: [String]) -> Bool {
    hasEachOnce && members?.allSatisfy { names.contains($0.name) } == true
  }

  /// An element that stands there either as it is or negated, but not both.
  fileprivate func either(_ name: String) -> (isNegated: Bool, value: JSON)? {
    switch (self[name], self["Not" + name]) {
    case (let value?, nil): (false, value)
    case (nil, let value?): (true, value)
    case (nil, nil), (.some, .some): nil
    }
  }
}
