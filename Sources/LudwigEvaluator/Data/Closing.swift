internal import Canon
internal import CloudModel

/// Makes data final: placeholders of resources become addresses, and variables bound by `each`
/// are numbered by their depth, so that equal data are equal bytes whatever the order of
/// evaluation.
struct Closing {
  /// The addresses by resource.
  let addresses: [ResourceIdentity: ResourceAddress]
  /// The resources whose outputs were met.
  var dependencies: Set<ResourceAddress> = []
  private var depths: [Int: Int] = [:]

  /// Makes a pass.
  init(addresses: [ResourceIdentity: ResourceAddress]) { self.addresses = addresses }

  /// The final form of a value.
  mutating func close(_ value: Value) -> Value {
    switch value {
    case .null, .bool, .int, .secret: value
    case .string(let text): .string(close(text))
    case .list(let items): .list(items.map { close($0) })
    case .record(let fields): .record(close(fields))
    case .residual(let residual): .residual(close(residual))
    }
  }

  /// The final form of a record's fields.
  mutating func close(_ fields: SortedMap<String, Value>) -> SortedMap<String, Value> {
    SortedMap(ascending: fields.keys, fields.values.map { close($0) })
  }

  private func close(_ text: String) -> String {
    guard text.utf8.first == 1 else { return text }
    return Machine.identity(of: ResourceAddress(text)).flatMap { addresses[$0] }?.text ?? text
  }

  private mutating func close(_ residual: Residual) -> Residual {
    switch residual {
    case .output(let placeholder, let name):
      let address = Machine.identity(of: placeholder).flatMap { addresses[$0] } ?? placeholder
      dependencies.insert(address)
      return .output(address, name: name)
    case .path(let variable, let path): return .path(close(variable), path)
    case .concat(let parts): return .concat(Self.merged(parts.map { close($0) }))
    case .each(let source, let variable, let body):
      let source = close(source)
      let depth = depths.count
      depths[variable] = depth
      let body = close(body)
      depths[variable] = nil
      return .each(source: source, variable: depth, body: body)
    case .find(let source, let key, let equals, let path):
      return .find(source: close(source), key: key, equals: close(equals), path: path)
    }
  }

  /// The text of parts; known as a whole where all parts are.
  static func text(joining parts: [Value]) -> Value {
    let merged = merged(parts)
    switch (merged.count, merged.first) {
    case (0, _): return .string("")
    case (1, .string(let text)?): return .string(text)
    case (_, _): return .residual(.concat(merged))
    }
  }

  /// Parts of a text, known ones beside each other made one: the same however they were put
  /// together.
  private static func merged(_ parts: [Value]) -> [Value] {
    var out: [Value] = []
    out.reserveCapacity(parts.count)
    for part in parts {
      guard case .string(let text) = part else {
        out.append(part)
        continue
      }
      if text.isEmpty { continue }
      if case .string(let before)? = out.last {
        out[out.count - 1] = .string(before + text)
      } else {
        out.append(part)
      }
    }
    return out
  }

  private func close(_ variable: Variable) -> Variable {
    if case .bound(let number) = variable { .bound(depths[number] ?? number) } else { variable }
  }
}
