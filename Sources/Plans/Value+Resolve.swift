internal import Canon
package import CloudModel

extension Value {
  /// The value with every residual replaced that the bindings know; the others stay. Record
  /// fields and list elements that come to null are left out, since AWS has no null; where an
  /// `each` stands as an element of a list, its elements stand there.
  package func resolve(_ bindings: Bindings) -> Value { resolving(bindings) ?? self }

  /// The replacement of a value in which something changes; nil where nothing does, so that known
  /// data, which is most, is not copied.
  fileprivate func resolving(_ bindings: Bindings) -> Value? {
    switch self {
    case .null, .bool, .int, .string, .secret: nil
    case .residual(let residual): residual.resolve(bindings)
    case .list(let items): Value.resolving(items, bindings).map { .list($0) }
    case .record(let fields): Value.resolving(fields, bindings)
    }
  }

  private static func resolving(_ items: [Value], _ bindings: Bindings) -> [Value]? {
    var out: [Value]?
    for (index, item) in items.enumerated() {
      if let changed = item.resolving(bindings) {
        var list = out ?? Array(items[..<index])
        if case .residual(.each) = item, case .list(let spliced) = changed {
          list += spliced
        } else if changed != .null {
          list.append(changed)
        }
        out = list
      } else if item == .null {
        out = out ?? Array(items[..<index])
      } else {
        out?.append(item)
      }
    }
    return out
  }

  private static func resolving(
    _ fields: SortedMap<String, Value>, _ bindings: Bindings
  ) -> Value? {
    var changes = false
    let resolved = fields.mapValues { field in
      guard let changed = field.resolving(bindings) else {
        if field == .null { changes = true }
        return field
      }
      changes = true
      return changed
    }
    guard changes else { return nil }
    return .record(resolved.values.contains(.null) ? resolved.filter { $1 != .null } : resolved)
  }
}

extension Residual {
  /// What the residual comes to; a residual again where something in it is not known.
  package func resolve(_ bindings: Bindings) -> Value {
    switch self {
    case .output(let address, let name):
      return bindings.output(address, name) ?? .residual(self)
    case .path(let variable, let path):
      return resolvePath(variable, path, bindings)
    case .concat(let parts):
      let parts = parts.map { $0.resolve(bindings) }
      // A secret among them waits until the call is made.
      return Value.text(joining: parts).map { .string($0) } ?? .residual(.concat(parts))
    case .each(let source, let variable, let body):
      return Residual.comprehension(source.resolve(bindings), variable, body, bindings)
    case .find(let source, let key, let equals, let path):
      let source = source.resolve(bindings)
      let wanted = equals.resolve(bindings)
      if case .residual(let open) = source {
        return .residual(.find(source: open, key: key, equals: wanted, path: path))
      }
      guard wanted.isKnown else { return .residual(self) }
      return source.elements.first { $0.at(key) == wanted }?.at(path) ?? .null
    }
  }

  /// A path whose root is bound; where it leads through what is itself a residual, that one's path
  /// grows, or, for an output, the whole stays as it is.
  private func resolvePath(_ variable: Variable, _ path: [String], _ bindings: Bindings) -> Value {
    guard let root = bindings.value(of: variable) else {
      return bindings.unbound(variable, path) ?? .residual(self)
    }
    var here = root
    for (index, name) in path.enumerated() {
      guard case .residual(let open) = here else {
        here = here.at(CollectionOfOne(name))
        continue
      }
      guard case .path(let inner, let start) = open else { return .residual(self) }
      return .residual(.path(inner, start + path[index...]))
    }
    return here
  }

  private static func comprehension(
    _ source: Value, _ variable: Int, _ body: Value, _ bindings: Bindings
  ) -> Value {
    if case .residual(let open) = source {
      return .residual(.each(source: open, variable: variable, body: body.resolve(bindings)))
    }
    var out: [Value] = []
    for element in source.elements {
      switch body.resolve(bindings.binding(variable, to: element)) {
      case .null: continue
      case .list(let items): out += items
      case let item: out.append(item)
      }
    }
    return .list(out)
  }
}
