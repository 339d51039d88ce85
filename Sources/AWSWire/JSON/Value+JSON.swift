package import Canon
package import CloudModel

/// Values as JSON, for tools: as they are, without a shape. A fraction, which no value has a form
/// for, becomes a text.
extension Value {
  /// The value of a JSON tree.
  ///
  /// - Throws: `WireError` with `parameter` for a number beyond what a double holds.
  package init(json: JSON) throws(WireError) {
    switch json {
    case .null: self = .null
    case .bool(let truth): self = .bool(truth)
    case .string(let text): self = .string(text)
    case .number(let text):
      if let whole = Int64(text) {
        self = .int(whole)
      } else if let number = Double(text), number.isFinite {
        self = .string(WireScalar.text(number))
      } else {
        throw WireError(.parameter, "the number \(text.prefix(40)) is too large")
      }
    case .array(let items):
      var out: [Value] = []
      for item in items { out.append(try Value(json: item)) }
      self = .list(out)
    case .object(let members):
      var out: [(String, Value)] = []
      for member in members { out.append((member.name, try Value(json: member.value))) }
      self = .record(SortedMap(sorting: out))
    }
  }

  /// The value as a JSON tree; a secret and what is not known become null.
  package var json: JSON {
    switch self {
    case .null, .secret, .residual: .null
    case .bool(let truth): .bool(truth)
    case .int(let number): .integer(number)
    case .string(let text): .string(text)
    case .list(let items): .array(items.map(\.json))
    case .record(let fields): .object(fields.map { JSON.Member($0.key, $0.value.json) })
    }
  }
}
