internal import Canon
package import CloudModel

extension Value {
  /// The value as it would be written in Ludwig, on one line; long ones are cut.
  package var ludwig: String {
    let text = written
    guard text.count > 400 else { return text }
    return text.prefix(400) + " …"
  }

  private var written: String {
    switch self {
    case .null: "None"
    case .bool(let truth): truth ? "True" : "False"
    case .int(let number): String(number)
    case .string(let text): text.utf8.first == 1 ? "(a resource)" : quoted(text)
    case .list(let items): "[" + items.map(\.written).joined(separator: ", ") + "]"
    case .record(let fields):
      if case .string(let address)? = fields["$ref"], fields.count == 1 {
        address
      } else if case .string(let name)? = fields["$"] {
        construct(name, fields.filter { $0.key != "$" }.map { ($0.key, $0.value) })
      } else {
        braces(fields.map { ($0.key, $0.value) })
      }
    case .secret: "(a secret)"
    case .residual: "(known only later)"
    }
  }

  private func construct(_ name: String, _ fields: [(String, Value)]) -> String {
    if fields.isEmpty { return name }
    if fields.count == 1, fields[0].0 == "value" { return "\(name)(\(fields[0].1.written))" }
    return "\(name) \(braces(fields))"
  }

  private func braces(_ fields: [(String, Value)]) -> String {
    if fields.isEmpty { return "{}" }
    return "{ " + fields.map { "\($0): \($1.written)" }.joined(separator: ", ") + " }"
  }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
