package import Canon
package import CloudModel

extension Value {
  /// The value for people and reports: JSON's shapes as they are, a secret as the name under which
  /// it is kept, a residual as an object whose only member starts with `$`.
  package var json: JSON {
    switch self {
    case .null: .null
    case .bool(let truth): .bool(truth)
    case .int(let number): .integer(number)
    case .string(let text): .string(text)
    case .list(let items): .array(items.map(\.json))
    case .record(let fields):
      .object(fields.map { JSON.Member($0.key, $0.value.json) })
    case .secret(let secret): .object([JSON.Member("$secret", .string(secret.name))])
    case .residual(let residual): .object([residual.jsonMember])
    }
  }
}

extension Residual {
  fileprivate var jsonMember: JSON.Member {
    switch self {
    case .output(let address, let name):
      JSON.Member("$output", .string("\(address.text).\(name)"))
    case .path(.neighbour(let process), let path):
      JSON.Member("$output", .string("\(process): " + path.joined(separator: ".")))
    case .path(let variable, let path):
      JSON.Member("$path", .string(([variable.word] + path).joined(separator: ".")))
    case .concat(let parts): JSON.Member("$concat", .array(parts.map(\.json)))
    case .each(let source, let variable, let body):
      JSON.Member(
        "$each",
        .object([
          JSON.Member("of", Value.residual(source).json),
          JSON.Member("as", .string(Variable.bound(variable).word)),
          JSON.Member("give", body.json),
        ]))
    case .find(let source, let key, let equals, let path):
      JSON.Member(
        "$find",
        .object([
          JSON.Member("in", Value.residual(source).json),
          JSON.Member("where", .string(key.joined(separator: "."))),
          JSON.Member("equals", equals.json),
          JSON.Member("give", .string(path.joined(separator: "."))),
        ]))
    }
  }
}

extension Variable {
  /// The variable in a word, for people.
  fileprivate var word: String {
    switch self {
    case .item: "item"
    case .reply: "reply"
    case .added: "added"
    case .removed: "removed"
    case .element: "element"
    case .token: "token"
    case .process: "process"
    case .bound(let number): "each\(number)"
    case .neighbour(let process): process
    }
  }
}
