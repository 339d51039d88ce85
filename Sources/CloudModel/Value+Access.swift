package import Canon

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: Value...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, Value)...) {
    self = .record(SortedMap(elements.map { ($0.0, $0.1) }))
  }
}

extension Value {
  /// The field of a record; null for a missing field and for anything that is no record.
  package subscript(name: String) -> Value {
    if case .record(let fields) = self { return fields[name] ?? .null }
    return .null
  }

  /// What stands at a path of field names; a name that is a number indexes a list from 0.
  package func at(_ path: some Sequence<String>) -> Value {
    var here = self
    for name in path {
      if case .list(let items) = here {
        guard let index = Int(name), items.indices.contains(index) else { return .null }
        here = items[index]
      } else {
        here = here[name]
      }
    }
    return here
  }

  /// The text, where the value is one.
  package var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The number, where the value is one.
  package var number: Int64? { if case .int(let number) = self { number } else { nil } }

  /// The truth value, where the value is one.
  package var truth: Bool? { if case .bool(let truth) = self { truth } else { nil } }

  /// The elements of a list; empty for anything else.
  package var elements: [Value] { if case .list(let items) = self { items } else { [] } }

  /// The fields of a record; empty for anything else.
  package var fields: SortedMap<String, Value> {
    if case .record(let fields) = self { fields } else { [:] }
  }

  /// Every text in it, keys apart.
  package var texts: Set<String> {
    switch self {
    case .null, .bool, .int, .secret, .residual: []
    case .string(let text): [text]
    case .list(let items): items.reduce(into: []) { $0.formUnion($1.texts) }
    case .record(let fields): fields.values.reduce(into: []) { $0.formUnion($1.texts) }
    }
  }

  /// Whether no residual stands anywhere in it.
  package var isKnown: Bool {
    switch self {
    case .residual: false
    case .list(let items): items.allSatisfy(\.isKnown)
    case .record(let fields): fields.values.allSatisfy(\.isKnown)
    case .null, .bool, .int, .string, .secret: true
    }
  }
}

extension Value: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .null: encoder.tag(0)
    case .bool(let value):
      encoder.tag(1)
      encoder.write(value)
    case .int(let value):
      encoder.tag(2)
      encoder.write(value)
    case .string(let value):
      encoder.tag(3)
      encoder.write(value)
    case .list(let items):
      encoder.tag(4)
      encoder.write(items)
    case .record(let fields):
      encoder.tag(5)
      encoder.write(fields)
    case .secret(let secret):
      encoder.tag(6)
      encoder.write(secret.digest)
      encoder.write(secret.name)
    case .residual(let residual):
      encoder.tag(7)
      encoder.write(residual)
    }
  }
}

extension Residual: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .output(let address, let name):
      encoder.tag(0)
      encoder.write(address)
      encoder.write(name)
    case .path(let variable, let path):
      encoder.tag(1)
      encoder.write(variable)
      encoder.write(path)
    case .concat(let parts):
      encoder.tag(2)
      encoder.write(parts)
    case .each(let source, let variable, let body):
      encoder.tag(3)
      encoder.write(source)
      encoder.write(variable)
      encoder.write(body)
    case .find(let source, let key, let equals, let path):
      encoder.tag(4)
      encoder.write(source)
      encoder.write(key)
      encoder.write(equals)
      encoder.write(path)
    }
  }
}

extension Variable: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .item: encoder.tag(0)
    case .reply: encoder.tag(1)
    case .added: encoder.tag(2)
    case .removed: encoder.tag(3)
    case .element: encoder.tag(4)
    case .token: encoder.tag(5)
    case .process: encoder.tag(6)
    case .bound(let index):
      encoder.tag(7)
      encoder.write(index)
    case .neighbour(let process):
      encoder.tag(8)
      encoder.write(process)
    }
  }
}

extension ResourceAddress: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(text) }
}
