package import LudwigSyntax

extension SyntaxTree {
  /// The qualifiers that names of this sheet have, each once, in order of first use.
  package var usedQualifiers: [[String]] {
    var seen: Set<[String]> = []
    var out: [[String]] = []
    for name in usedNames where !name.qualifier.isEmpty {
      let qualifier = name.qualifier.map(\.text)
      if seen.insert(qualifier).inserted { out.append(qualifier) }
    }
    return out
  }

  /// The types that this sheet names without a qualifier.
  var usedPlainTypes: Set<String> {
    var out: Set<String> = []
    for case .named(let name, _) in types where name.qualifier.isEmpty { out.insert(name.text) }
    return out
  }

  private var usedNames: [QualifiedName] {
    var out: [QualifiedName] = []
    for expression in expressions {
      switch expression {
      case .name(let name), .constructor(let name), .infix(let name, _, _), .prefix(let name, _),
        .constructorField(_, constructor: let name, _):
        out.append(name)
      case .update(_, let updates):
        for case .constructor(let name) in updates.flatMap(\.path) { out.append(name) }
      case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .field,
        .call, .lambda, .block, .conditional, .match, .comprehension, .sequence, .operators,
        .operatorValue:
        break
      }
    }
    for case .constructor(let name, _) in patterns { out.append(name) }
    for case .named(let name, _) in types { out.append(name) }
    for case .validate(let name) in statements.map(\.kind) { out.append(name) }
    return out
  }
}
